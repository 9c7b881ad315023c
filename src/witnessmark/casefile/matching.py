"""Is this picture, clip or text already in the case: a file held against what was preserved, without depositing it.

The file is opened as it would be, its pictures and clips looked at, its texts read for their words; each is sought among those of the case.
Nothing is written. What it does not prove: that what is not found is not there; cropped copies of stretches under a second, or texts under
eight words, are not found.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection

from witnessmark.casefile import gathering, looking
from witnessmark.casefile.case import Case
from witnessmark.casefile.comparing import held_against
from witnessmark.casefile.copied import carriers
from witnessmark.casefile.rows import Row
from witnessmark.casefile.sketches import sketch_of, wording_of
from witnessmark.errors import Missing, UsageError
from witnessmark.intake.formats import open_object
from witnessmark.media.medium import medium
from witnessmark.reading.item import read_item
from witnessmark.terms.address import address_of
from witnessmark.terms.item import Item
from witnessmark.terms.unread import Unread

MOST = 100  # items of one file that are held against the case


def matched(case: Case, path: Path) -> Iterator[Row]:
    """What each thing in a file is found as: ``what`` it is, and ``found`` in the case.

    Raises:
        UsageError: there is no such file, or nothing in it can be read.
        Missing: it is a picture or clip, and the extra ``[media]`` is not installed.
    """
    if not path.is_file():
        raise UsageError(f"{path} is no file.", "Nothing was changed.", "Name a picture, a clip, a text or an export.")
    address = _digest(path)
    with tempfile.TemporaryDirectory() as spool:
        opened = list(open_object(path, address, path.name, Path(spool)))
    things = [one for one in opened if isinstance(one, Item)]
    if not things:
        why = next((one.why for one in opened if isinstance(one, Unread)), "nothing in it is an item")
        raise UsageError(f"{path} cannot be read: {why}.", "Nothing was changed.", "Give a picture, a clip or a text.")
    with case.transaction() as db:
        for item in things[:MOST]:
            if item.kind in looking.KINDS:
                yield {"what": item.kind, "name": path.name, "found": _media(case, db, path, item)}
            else:
                yield {"what": item.kind, "name": item.name, "found": _texts(case, db, item)}


def _digest(path: Path) -> str:
    """The address of a file's bytes."""
    return address_of(path.read_bytes())


def _media(case: Case, db: Connection, path: Path, item: Item) -> list[Row]:
    """Pictures and clips of the case that are copies of one, with who carries them."""
    if not looking.ready():
        raise Missing(
            "What opens pictures and clips is not installed.", "Install it: pip install 'witnessmark[media]'."
        )
    seen = medium(path, item.kind)
    if seen.unseen:
        raise UsageError(f"{path} cannot be looked at: {seen.unseen}.", "Nothing was changed.", "Give another file.")
    rows = [_same(db, item.address)] if carriers(db, item.address) else []
    found = held_against(case, db, item.address, path, seen)
    for copy in found:
        other = copy.other if copy.one == item.address else copy.one
        rows.append(
            {
                "medium": other,
                "manner": copy.manner,
                "certain": copy.certain,
                "why": copy.why,
                "carried": carriers(db, other),
            }
        )
    return rows


def _same(db: Connection, address: str) -> Row:
    """The very file."""
    row: Row = {"medium": address, "manner": "bytes", "certain": True, "why": "the very same bytes"}
    return {**row, "carried": carriers(db, address)}


def _texts(case: Case, db: Connection, item: Item) -> list[Row]:
    """Items of the case with an item's words."""
    reading = read_item(item, case.larder)
    sketch = sketch_of(item, reading, case.larder)
    found = gathering.held_against(db, case.larder, sketch, wording_of(item, reading))
    return [
        {
            "item": other.name,
            "publisher": other.publisher,
            "published": other.published,
            "manner": like.manner,
            "certain": like.manner != "translated",
            "why": like.why,
        }
        for other, like in found
    ]
