"""What ``read`` prints, from literals: every span says its passage, and a case's own fields stay out."""

import json

from witnessmark.publishing.readings import error_row, read_row
from witnessmark.terms.anchor import Span
from witnessmark.terms.claim import Claim
from witnessmark.terms.credit import Credit
from witnessmark.terms.item import Item
from witnessmark.terms.mention import ActorMention, WeaponMention
from witnessmark.terms.moment import Moment, Publication
from witnessmark.terms.passage import Passage
from witnessmark.terms.place import PlaceCandidate, PlaceMention
from witnessmark.terms.reading import Reading, Unreadable
from witnessmark.terms.statement import Statement
from witnessmark.terms.toll import Toll, TollMention
from witnessmark.terms.why import Why

WHY = Why(rule="test.rule")
TITLE = "Strike on Dunes"
TEXT = "A group said on Monday that at least 3 people were killed by aircraft in Dunes."
ITEM = Item(
    address="a" * 64, selector="line:1", kind="post", given_id="post-1",
    passages=(Passage(role="title", text=TITLE, selector="title"), Passage(role="body", text=TEXT, selector="text")),
)  # fmt: skip
UNDATED = Publication(earliest=None, latest=None, zone=None, basis="unresolved", why="not said")


def at(words: str, passage: int = 1) -> Span:
    """Where words stand in the title or the text."""
    start = (TITLE, TEXT)[passage].index(words)
    return Span(passage=passage, start=start, end=start + len(words))


def full() -> Reading:
    """A reading with one of everything."""
    place = PlaceMention(
        span=at("Dunes", 0), text="Dunes", role="scene", why=WHY,
        candidates=(PlaceCandidate(id="g:1", name="Dunes", name_ar="الكثبان", lat=1.5, lon=2.5, level="town", country="XX"),),
    )  # fmt: skip
    moment = Moment(
        span=at("Monday"),
        text="Monday",
        earliest=None,
        latest=None,
        precision="unresolved",
        basis="unresolved",
        why=WHY,
    )
    killed = Toll(least=3, most=None)
    return Reading(
        item=ITEM.id, language="en", publication=UNDATED, moments=(moment,), places=(place,),
        statements=(
            Statement(
                span=at(TEXT), content=at("at least 3 people were killed"), source="A group", source_span=at("A group"),
                source_actor=None, cue="said", cue_span=at("said"), certainty="asserted", form="indirect", why=WHY, moments=(0,),
            ),
        ),
        tolls=(
            TollMention(span=at("at least 3 people"), text="at least 3 people", kind="killed", who="unstated", count=killed, why=WHY),
            TollMention(span=at("killed"), text="killed", kind="killed", who="unstated", count=None, why=WHY, negated=True),
        ),
        actors=(ActorMention(span=at("A group"), text="A group", actor=None, label=None, why=WHY, role="speaker"),),
        weapons=(WeaponMention(span=at("aircraft"), text="aircraft", slot="delivery", key="aircraft", label="Airstrike", why=WHY),),
        credits=(Credit(to="A group", actor=None, manner="forward", span=None, why=WHY),),
        claims=(
            Claim(
                item=ITEM.id, span=at(TEXT), anchor=ITEM.anchor(at(TEXT)), kind="attack", why=WHY, place=place, moment=moment,
                killed=killed,
            ),
        ),
    )  # fmt: skip


def test_every_span_says_its_words_its_passage_and_the_role_of_that_passage() -> None:
    row = read_row(ITEM, full())
    assert row["id"] == "post-1"
    assert row["passages"] == [{"role": "title", "selector": "title"}, {"role": "body", "selector": "text"}]
    (place,) = row["places"]
    assert (place["text"], place["start"], place["end"], place["passage"], place["passage_role"]) == (
        "Dunes",
        10,
        15,
        0,
        "title",
    )
    assert (place["role"], place["name"], place["lat"], place["precision"]) == ("scene", "Dunes", 1.5, "town")
    (said,) = row["statements"]
    assert said["source_span"]["text"] == "A group"
    assert said["cue_span"]["text"] == "said"
    assert said["content"]["passage_role"] == "body"


def test_tolls_keep_an_open_end_and_a_denial() -> None:
    counted, denied = read_row(ITEM, full())["tolls"]
    assert (counted["least"], counted["most"], counted["negated"]) == (3, None, False)
    assert (denied["least"], denied["most"], denied["negated"]) == (None, None, True)


def test_a_claim_holds_nothing_that_only_a_case_knows() -> None:
    (claim,) = read_row(ITEM, full())["claims"]
    assert claim["killed"] == [3, None]
    assert claim["place"]["passage"] == 0
    assert claim["moment"]["text"] == "Monday"
    assert claim["text"] == TEXT
    assert not {"item", "item_id", "incident", "state", "review", "decided", "decisions", "anchor"} & claim.keys()


def test_the_row_is_plain_json() -> None:
    row = read_row(ITEM, full())
    assert json.loads(json.dumps(row)).keys() == row.keys()


def test_a_capture_without_a_post_says_by_which_words() -> None:
    wall = Unreadable(kind="login wall", words="Log in", span=None, why="asks for an account")
    row = read_row(ITEM, Reading(item=ITEM.id, language="en", publication=UNDATED, unreadable=wall))
    assert row["unreadable"] == {"kind": "login wall", "words": "Log in", "why": "asks for an account"}
    assert row["claims"] == row["tolls"] == []


def test_a_line_that_is_no_item_keeps_its_number() -> None:
    assert error_row(7, "cut off") == {"id": None, "line": 7, "error": "cut off"}
