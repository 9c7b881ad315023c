"""The working report: a static folder of pages in which every sentence leads to the words it rests on.

It opens from a disk, asks nobody for anything, runs no script, and says on every page that it is not for publication.
What it shows are drafts of a machine and the decisions people signed; it asserts nothing about what happened.
"""

from witnessmark.publishing.report.site import write_report

__all__ = ["write_report"]
