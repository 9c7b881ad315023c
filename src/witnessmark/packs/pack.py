"""One pack: a folder with ``pack.toml``, tables and examples, checked against its own description.

``pack.toml`` holds name, version, licence, source, compiled_by, reviewed_by and, under ``[sha256]``, the digest of
each file. An empty ``reviewed_by`` is said aloud by the program: "unreviewed". A pack may name ``languages``: then only
texts in these are read with it, and without the packs it stands ``instead_of``. A row may list in a column ``endings``
what its first column takes behind it, split by ``|``; ``@name`` stands for a row of the pack's table ``endings``. A pack
proves only that its files are those its compiler listed, not that what they say is right.
"""

import csv
import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path

from witnessmark.errors import BadPack
from witnessmark.terms.address import Address, digest_of
from witnessmark.terms.ports import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A loaded pack. ``tables``: stem of each TSV to its entries; ``digest``: over the digests of all its files."""

    name: str
    version: str
    licence: str
    source: str
    compiled_by: str
    reviewed_by: str
    digest: str
    folder: Path
    tables: dict[str, tuple[Entry, ...]]
    languages: tuple[str, ...] = ()
    instead_of: tuple[str, ...] = ()


def files_of(folder: Path) -> list[Path]:
    """Every file of a pack but its description, in order of name."""
    return sorted(path for path in folder.iterdir() if path.is_file() and path.name != "pack.toml")


def _address(path: Path) -> Address:
    """The SHA-256 of a file, streamed: a register may be large."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _table(pack: str, path: Path) -> tuple[Entry, ...]:
    """The rows of a TSV: first line names the columns, lines that start with # are remarks."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(
            (line for line in lines if line.strip() and not line.startswith("#")),
            delimiter="\t",
            quoting=csv.QUOTE_NONE,
        )
        header = next(rows, [])
        entries = []
        for row in rows:
            if len(row) > len(header):
                raise BadPack(pack, f"{path.name}: the row {row[0]!r} has more cells than the header")
            fields = dict(zip(header, [*row, *[""] * (len(header) - len(row))], strict=True))
            entries.append(Entry(row[0], fields, f"{pack}:{path.stem}:{row[0]}"))
    return tuple(entries)


def _inflected(tables: dict[str, tuple[Entry, ...]]) -> dict[str, tuple[Entry, ...]]:
    """The tables, each row's ``endings`` written out behind its first column as further ``forms``."""
    known = {f"@{row.key}": row.fields["endings"] for row in tables.get("endings", ())}
    return {
        name: tuple(_with_forms(row, known) if row.fields.get("endings") else row for row in rows)
        for name, rows in tables.items()
        if name != "endings"
    }


def _with_forms(row: Entry, known: dict[str, str]) -> Entry:
    endings = "|".join(known.get(one, one) for one in row.fields["endings"].split("|")).split("|")
    forms = [form for form in row.fields.get("forms", "").split("|") if form]
    longer = [row.key + ending for ending in endings if ending]
    return Entry(row.key, {**row.fields, "forms": "|".join(dict.fromkeys([*forms, *longer]))}, row.cite)


def load(folder: Path, *, check: bool = True) -> Pack:
    """Read a pack.

    Raises:
        BadPack: no description, a file that is not listed, listed and missing, or altered.
    """
    try:
        about = tomllib.loads((folder / "pack.toml").read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as trouble:
        raise BadPack(folder.name, f"its pack.toml cannot be read ({trouble})") from trouble
    listed = about.get("sha256", {})
    found = {path.name: _address(path) for path in files_of(folder)}
    if check and listed != found:
        wrong = sorted(name for name in listed.keys() | found.keys() if listed.get(name) != found.get(name))
        raise BadPack(folder.name, f"these files are not as listed in its pack.toml: {', '.join(wrong)}")
    name = str(about.get("name", folder.name))
    return Pack(
        name=name,
        version=str(about.get("version", "")),
        licence=str(about.get("licence", "")),
        source=str(about.get("source", "")),
        compiled_by=str(about.get("compiled_by", "")),
        reviewed_by=str(about.get("reviewed_by", "")),
        digest=digest_of(name, str(about.get("version", "")), found),
        folder=folder,
        tables=_inflected({path.stem: _table(name, path) for path in files_of(folder) if path.suffix == ".tsv"}),
        languages=tuple(about.get("languages", ())),
        instead_of=tuple(about.get("instead_of", ())),
    )


def describe(folder: Path) -> None:
    """Write the digests of a pack's files into its ``pack.toml`` (for those who compile packs)."""
    path = folder / "pack.toml"
    head = path.read_text(encoding="utf-8").split("\n[sha256]\n", 1)[0].rstrip("\n")
    lines = [f'"{file.name}" = "{_address(file)}"' for file in files_of(folder)]
    path.write_text(head + "\n\n[sha256]\n" + "\n".join(lines) + "\n", encoding="utf-8")
