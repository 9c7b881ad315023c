"""A case is graded by one standard: the one that ships, or another whose pack lies in the case."""

import shutil
from pathlib import Path

import pytest

from witnessmark.casefile.standards import standard
from witnessmark.errors import BadPack
from witnessmark.packs.larder import SHIPPED, PackLarder, open_larder
from witnessmark.packs.pack import describe, load


def other(folder: Path, name: str, old: str, new: str, table: str = "grading.tsv") -> Path:
    """A copy of the shipped standard under another name, with some words changed."""
    made = folder / name
    shutil.copytree(SHIPPED / "airwars-2025", made)
    about = (made / "pack.toml").read_text(encoding="utf-8").replace('name = "airwars-2025"', f'name = "{name}"')
    (made / "pack.toml").write_text(about, encoding="utf-8")
    text = (made / table).read_text(encoding="utf-8")
    assert old in text
    (made / table).write_text(text.replace(old, new), encoding="utf-8")
    describe(made)
    return made


def test_the_shipped_standard_cites_every_number_and_word() -> None:
    found = standard(open_larder())
    assert found.name == "airwars-2025"
    for table in ("grades", "grading", "flags"):
        assert [row.key for row in open_larder().rows(table) if not row.fields["source"]] == []


def test_a_standard_in_the_case_takes_the_place_of_the_shipped_one_whole(tmp_path: Path) -> None:
    made = load(other(tmp_path, "three-sources", "G4_most\t2", "G4_most\t3"))
    found = standard(PackLarder([*open_larder().packs, made]))
    assert (found.name, found.number("G4_most")) == ("three-sources", 3)


def test_two_standards_in_a_case_are_refused(tmp_path: Path) -> None:
    packs = [load(other(tmp_path, name, "G4_most\t2", "G4_most\t3")) for name in ("one", "two")]
    with pytest.raises(BadPack, match="graded by one"):
        standard(PackLarder([*open_larder().packs, *packs]))


def test_half_a_standard_is_refused(tmp_path: Path) -> None:
    made = other(tmp_path, "half", "G4_most\t2", "G4_most\t3")
    (made / "flags.tsv").unlink()
    describe(made)
    with pytest.raises(BadPack, match="it lacks flags"):
        standard(PackLarder([load(made)]))
