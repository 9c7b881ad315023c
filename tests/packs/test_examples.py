"""Every pack is read by its own examples: small invented sentences with the reading expected.

A line holds ``text``, perhaps ``title``, ``published``, ``gloss`` and ``note``, and what is expected, each key in the form of
``EXPECTED``. Tables are held to their own rules here too: every row parses, none says twice what another says.
"""

import csv
import json
import re
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.incidents.cards import card, party
from tests.reading import posts
from witnessmark.casefile.search import _stems
from witnessmark.casefile.standards import standard
from witnessmark.casefile.voices import classified, publisher_voice
from witnessmark.packs.case_register import compile_register
from witnessmark.packs.larder import REGISTER, SHIPPED, open_larder
from witnessmark.packs.pack import Pack, load
from witnessmark.reading.item import read_item
from witnessmark.reading.toll_numbers import figures
from witnessmark.terms.item import Item
from witnessmark.terms.origin import Origin
from witnessmark.terms.reading import Reading
from witnessmark.terms.script import fold
from witnessmark.weighing.grade import Heard, grade
from witnessmark.weighing.grounds import grounds

LEAST = 8  # examples of a pack
ABOUT = {"text", "title", "published", "gloss", "note"}
# A person's name, or empty: "unreviewed" is then said aloud.
REVIEWER = re.compile(r"|[^\W\d_][\w'’.\-]+(?: [^\W\d_][\w'’.\-]+)+")
_ARABIC = re.compile(r"[\u0621-\u064a]")
# Tables in which a text's words are looked up, the longest first: of two rows of one word the second never fires.
LOOKED_UP = {
    "access", "actors", "carriers", "claim_words", "cues", "deeds", "deliveries", "epithets", "harm", "hedges", "nationalities", "not_people",
    "numbers", "observations", "people", "platforms", "roles", "source_nouns", "targets", "toll_firmness", "toll_words", "vague", "via",
    "weapons",
}  # fmt: skip
# Words that play one role each in several places may stand once for each role.
ROLES = ("role", "effect", "side", "sort", "kind")


def _sorted(found: list[list[object]]) -> list[list[object]]:
    return sorted(found, key=str)


Reader = Callable[[Item, Reading], object]
EXPECTED: dict[str, Reader] = {
    "moments": lambda _, read: [list(pair) for pair in posts.moments(read)],
    "accused": lambda _, read: [one.label for one in read.actors if one.role == "accused"],
    "actors": lambda _, read: [[one.actor, one.role] for one in read.actors],
    "epithets": lambda _, read: [one.text for one in read.actors if one.epithet],
    "sources": lambda _, read: [one.source for one in read.statements if one.source],
    "certainty": lambda _, read: [one.certainty for one in read.statements],
    "resolved": lambda _, read: [one.source_resolved for one in read.statements if one.source],
    "credits": lambda _, read: [[one.to, one.manner] for one in read.credits],
    "access": lambda item, read: posts.words(item, read.access) if read.access else None,
    "weapons": lambda _, read: list(dict.fromkeys(one.label for one in read.weapons)),
    "places": lambda _, read: [one.text for one in read.places],
    "roles": lambda _, read: [one.role for one in read.places],
    "levels": lambda _, read: [one.candidates[0].level for one in read.places if one.candidates],
    "tolls": lambda _, read: [list(one) for one in posts.tolls(read)],
    "victims": lambda _, read: [[one.name, one.kind, one.age, one.sex, one.child] for one in read.victims],
    "claims": lambda _, read: [[one.kind, one.polarity] for one in read.claims],
    "unreadable": lambda _, read: read.unreadable is not None,
    "wall": lambda _, read: read.unreadable.kind if read.unreadable else None,
    "read": lambda item, read: [posts.words(item, span) for span in read.sentences],
    "number": lambda item, read: _number(item.passages[-1].text, read.language),
    "language": lambda _, read: read.language,
    "search": lambda item, _: " ".join(stem for stem, _, _ in _stems(item.passages[-1].text, open_larder())),
    "register": lambda item, _: _register(item.passages[-1].text),
}


def _number(text: str, language: str) -> object:
    """The one figure of a text: a number where it is firm, else its least and most."""
    (found,) = figures(fold(text), open_larder().speaking(language))
    return found.least if found.least == found.most else [found.least, found.most]


def _register(text: str) -> list[object]:
    """The format that a table of incidents is taken for, and what is read of its one row."""
    with tempfile.TemporaryDirectory() as folder:
        source, pack = Path(folder) / "given.csv", Path(folder) / "pack"
        source.write_text(text, encoding="utf-8")
        report = compile_register(source, pack, "register-test", source.name)
        with (pack / REGISTER).open(encoding="utf-8", newline="") as lines:
            (row,) = csv.DictReader(lines)
    return [report["format"], [row[name] for name in ("id", "first", "last", "level", "killed", "dead", "injured")]]


def examples(pack: Pack) -> list[dict[str, Any]]:
    path = pack.folder / "examples.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [json.loads(line) for line in lines if line.strip()]


PACKS = [load(folder, check=False) for folder in sorted(SHIPPED.iterdir()) if (folder / "pack.toml").is_file()]
LINES = [(pack.name, line) for pack in PACKS for line in examples(pack)]
each_pack = pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)


@pytest.mark.parametrize(("name", "line"), LINES, ids=[f"{name}-{line['text'][:40]}" for name, line in LINES])
def test_a_pack_is_read_as_its_examples_say(name: str, line: dict[str, Any]) -> None:
    expected = {key: value for key, value in line.items() if key not in ABOUT}
    if name in BY_OTHERS:
        assert BY_OTHERS[name](line) == {key: value for key, value in expected.items() if key != "given"}
        return
    item = posts.post(line["text"], title=line.get("title"), published=line.get("published"))
    reading = read_item(item, open_larder())
    assert expected
    assert {key: EXPECTED[key](item, reading) for key in expected} == expected


def _graded(line: dict[str, Any]) -> dict[str, object]:
    """The grade of an incident of which only what grading looks at is given."""
    given = line["given"]
    shown, judged = given.get("shown", 0), given.get("judged", 0)
    origins = [
        Origin(claims=(f"claim-{n}",), items=(), name=None, shown=n < shown, reason="") for n in range(given["origins"])
    ]
    admitted = tuple(given.get("admitted", ()))
    cards = [
        card(
            kind,
            kind=kind,
            accused=(party("guard"),) if kind != "attack" else (),
            harm_unnumbered=admitted if kind == "acceptance" else (),
        )
        for kind in given.get("kinds", ["attack"])
    ]
    rules = standard(open_larder())
    known = replace(
        grounds(cards, origins, sides=given.get("sides", []), standard=rules), harmed=given.get("harmed", True)
    )
    heard = Heard(near_action=given.get("action"), reliability={one.id: "B" for one in origins[:judged]})
    made = grade(known, rules, heard)
    return {"grade": made.grade, "label": made.label, "rule": made.rule}


def _code(line: dict[str, Any]) -> dict[str, object]:
    """What the Admiralty code says of one letter or number."""
    (row,) = [row.fields for row in open_larder().rows("admiralty") if row.key == line["given"]]
    return {"label": row["label"], "unverified": [row["army_unverified"] == "yes", row["nato_unverified"] == "yes"]}


def _classed(line: dict[str, Any]) -> dict[str, object]:
    """The class of a publisher of this name."""
    found = classified(publisher_voice(line["text"], open_larder()), open_larder())
    return {"class": found.kind, "private": found.private}


BY_OTHERS: dict[str, Callable[[dict[str, Any]], dict[str, object]]] = {
    "airwars-2025": _graded, "admiralty": _code, "source-classes": _classed,
}  # fmt: skip


@each_pack
def test_a_pack_has_enough_examples(pack: Pack) -> None:
    assert len(examples(pack)) >= LEAST


@each_pack
def test_arabic_stands_beside_its_gloss(pack: Pack) -> None:
    bare = [line["text"] for line in examples(pack) if _ARABIC.search(line["text"]) and not line.get("gloss")]
    assert bare == []


@each_pack
def test_a_pack_is_what_its_description_lists(pack: Pack) -> None:
    assert load(pack.folder) == pack
    assert all((pack.version, pack.licence, pack.source, pack.compiled_by))


@each_pack
def test_a_reviewer_is_named_or_the_pack_says_unreviewed(pack: Pack) -> None:
    assert REVIEWER.fullmatch(pack.reviewed_by)


@each_pack
def test_every_row_has_its_words_and_only_cells_of_its_header(pack: Pack) -> None:
    for table, rows in pack.tables.items():
        assert rows, table
        assert [row.cite for row in rows if not row.key.strip() or None in row.fields] == []


@each_pack
def test_no_row_says_twice_what_another_says(pack: Pack) -> None:
    twice = []
    for table, rows in pack.tables.items():
        said = Counter((row.key, *(row.fields.get(column, "") for column in ROLES)) for row in rows)
        twice += [(table, *words) for words, count in said.items() if count > 1]
    assert twice == []


@pytest.mark.parametrize(
    "pack",
    [
        pytest.param(
            one, marks=pytest.mark.xfail(reason="rows of toll_words and toll_firmness hide later ones of their words")
        )
        if one.name in ("harm-ar", "harm-en")
        else one
        for one in PACKS
    ],
    ids=lambda pack: pack.name,
)
def test_no_row_is_hidden_by_an_earlier_one_of_its_word(pack: Pack) -> None:
    counts = {table: Counter(row.key for row in rows) for table, rows in pack.tables.items() if table in LOOKED_UP}
    assert [(table, word) for table, found in counts.items() for word, count in found.items() if count > 1] == []
