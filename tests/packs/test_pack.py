"""A pack is what its description says, or it is not used."""

import re
from pathlib import Path

import pytest

from witnessmark.errors import BadPack
from witnessmark.packs.larder import PackLarder, folders
from witnessmark.packs.pack import describe, load

HEAD = (
    'name = "invented"\nversion = "1"\nlicence = "none"\nsource = "made up"\ncompiled_by = "a test"\nreviewed_by = ""\n'
)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "packs" / "invented"
    folder.mkdir(parents=True)
    (folder / "pack.toml").write_text(HEAD, encoding="utf-8")
    (folder / "words.tsv").write_text("word\tforms\n# a remark\n\nقصف\tقصفت\nshell\n", encoding="utf-8")
    (folder / "examples.jsonl").write_text("", encoding="utf-8")
    describe(folder)
    return folder


def test_a_table_is_rows_by_column_and_says_where_each_comes_from(pack: Path) -> None:
    rows = load(pack).tables["words"]
    assert [(row.key, row.fields) for row in rows] == [
        ("قصف", {"word": "قصف", "forms": "قصفت"}), ("shell", {"word": "shell", "forms": ""}),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "change"),
    [("words.tsv", "\nmore\t"), ("examples.jsonl", "{}\n"), ("planted.tsv", "a\tb\n"), ("planted.txt", "x")],
)
def test_a_changed_or_planted_file_is_refused_and_named(pack: Path, file: str, change: str) -> None:
    with (pack / file).open("a", encoding="utf-8") as out:
        out.write(change)
    with pytest.raises(BadPack, match=file):
        load(pack)


def test_a_missing_file_is_refused_and_named(pack: Path) -> None:
    (pack / "words.tsv").unlink()
    with pytest.raises(BadPack, match=r"words\.tsv"):
        load(pack)


@pytest.mark.parametrize("about", [None, b"name = ", b"\xff\xfe"])
def test_a_description_that_cannot_be_read_is_refused(pack: Path, about: bytes | None) -> None:
    (pack / "pack.toml").unlink()
    if about is not None:
        (pack / "pack.toml").write_bytes(about)
    with pytest.raises(BadPack, match="cannot be read"):
        load(pack)


def test_a_row_with_more_cells_than_the_header_is_refused(pack: Path) -> None:
    with (pack / "words.tsv").open("a", encoding="utf-8") as out:
        out.write("a\tb\tc\n")
    describe(pack)
    with pytest.raises(BadPack, match="more cells"):
        load(pack)


def test_describing_again_changes_nothing(pack: Path) -> None:
    before = (pack / "pack.toml").read_bytes()
    describe(pack)
    assert (pack / "pack.toml").read_bytes() == before


def test_the_digest_follows_the_files_not_the_folder(pack: Path, tmp_path: Path) -> None:
    before = load(pack).digest
    moved = pack.rename(tmp_path / "elsewhere")
    assert load(moved).digest == before
    with (moved / "words.tsv").open("a", encoding="utf-8") as out:
        out.write("more\n")
    describe(moved)
    assert load(moved).digest != before


def test_the_packs_of_a_case_come_after_those_that_ship_in_order_of_name(pack: Path) -> None:
    (pack.parent / "no pack").mkdir()
    found = folders(pack.parent)
    assert found[-1] == pack
    assert found[:-1] == folders(None) == sorted(folders(None))
    larder = PackLarder([load(folder) for folder in found])
    assert larder.digest != PackLarder([load(folder) for folder in found[:-1]]).digest
    assert [row.key for row in larder.rows("words")][-2:] == ["قصف", "shell"]


@pytest.mark.parametrize("folder", folders(None), ids=lambda folder: str(folder.name))
def test_a_row_cites_what_a_reader_can_find(folder: Path) -> None:
    """A paragraph of notes that are not published is no source."""
    cited = {source for rows in load(folder).tables.values() for row in rows if (source := row.fields.get("source"))}
    assert not [source for source in cited if re.search(r"\b[A-Z]{4,} \d", source)]
