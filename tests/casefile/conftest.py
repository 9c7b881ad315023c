"""A small case that was added and run, made once; tests that change it change a copy."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.casefile import corpus
from tests.casefile.corpus import STRAIGHT
from tests.strategies import StillClock
from witnessmark.casefile import opening, readings
from witnessmark.casefile.case import Case, open_case


@pytest.fixture(scope="session")
def corpus_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus on the disk; not to be changed."""
    return corpus.lay_out(tmp_path_factory.mktemp("material"))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, corpus_folder: Path) -> Path:
    """The folder of a case with the whole corpus added and run; not to be changed."""
    root = tmp_path_factory.mktemp("built") / "case"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "Spread", corpus.Here)
        patch.setattr(readings, "Spread", corpus.Here)
        corpus.carry_out(root, corpus_folder, STRAIGHT)
    return root


@pytest.fixture
def copied(built: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return Path(shutil.copytree(built, tmp_path / "case"))


@pytest.fixture
def open_copy(copied: Path) -> Iterator[Case]:
    """The copy, open."""
    with open_case(copied, StillClock()) as case:
        yield case
