"""Tests time nothing: hypothesis sets no deadline, since a busy machine would fail them."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
