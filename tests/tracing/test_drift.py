"""Drift on imagined texts: what is found, by slot, and the faithful texts that are never accused; and texts meant to break it."""

import itertools
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.casefile.genera import wider_of
from witnessmark.intake.items_jsonl import item_of
from witnessmark.packs.larder import open_larder
from witnessmark.reading.item import read_item
from witnessmark.reading.sayings import account, outlet_keys
from witnessmark.terms.address import address_of
from witnessmark.terms.drift import Drift
from witnessmark.terms.item import Item
from witnessmark.terms.saying import Account
from witnessmark.tracing.drift import Bond, arabic, between, fanned, within
from witnessmark.tracing.drift_pairs import Hint, credits_press, day_of, groups, keys_of, marks_of, names_of, pairs
from witnessmark.tracing.same_statement import sorted_out

LARDER = open_larder()
WIDER = wider_of(LARDER)
CASES = [json.loads(line) for line in Path(__file__).with_name("drifts.jsonl").read_text(encoding="utf-8").splitlines()]


def told(number: int, raw: dict[str, Any]) -> Account | None:
    """The account of one imagined item."""
    item = item_of({"id": str(number), **raw, "published_at": raw.get("published")}, address_of(b""), f"line:{number}")
    assert isinstance(item, Item)
    return account(item, read_item(item, LARDER), outlet_keys(None, item.publisher), LARDER)


def accounts(raws: Sequence[dict[str, Any]]) -> list[Account]:
    return [one for number, raw in enumerate(raws) if (one := told(number, raw))]


def drifts(found: Sequence[Account]) -> list[Drift]:
    """Every drift between any two of some accounts, each pair and slot once."""
    texts = [sorted_out(one) for one in found]
    out = [one for each in found for one in within(each, WIDER)]
    for earlier, later in itertools.permutations(texts, 2):
        out += between(earlier, later, WIDER)
    for later in texts:
        out += fanned([one for one in texts if one is not later], later, WIDER)
    return list({(one.slot, frozenset((one.earlier.item, one.later.item))): one for one in out}.values())


def hint(one: Account, outlets: set[str]) -> Hint:
    return Hint(
        item=one.item, day=day_of(one.published), keys=frozenset(keys_of(one)), outlet=one.outlet,
        names=frozenset(outlets.intersection(names_of(one))), marks=marks_of(one),
        several=max(said.several for said in one.sayings), press=credits_press(one), arabic=any(map(arabic, one.outlet)), digest=crc32(one.item.encode()),
    )  # fmt: skip


@pytest.mark.parametrize("case", [one for one in CASES if one["slot"]], ids=lambda case: str(case["id"]))
def test_a_later_text_that_says_more_is_found_in_its_slot(case: dict[str, Any]) -> None:
    assert {one.slot for one in drifts(accounts(case["items"]))} == {case["slot"]}


@pytest.mark.parametrize("case", [one for one in CASES if not one["slot"]], ids=lambda case: str(case["id"]))
def test_a_faithful_text_is_not_accused(case: dict[str, Any]) -> None:
    assert drifts(accounts(case["items"])) == []


@pytest.mark.parametrize("case", [one for one in CASES if one["slot"]], ids=lambda case: str(case["id"]))
def test_the_search_for_pairs_finds_those_that_drift(case: dict[str, Any]) -> None:
    found = accounts(case["items"])
    outlets = {name for one in found for name in one.outlet}
    hints = [hint(one, outlets) for one in found]
    compared = {frozenset(pair) for pair in pairs(hints, [])}
    compared |= {frozenset((later, one)) for later, before in groups(hints) for one in before}
    for one in drifts(found):
        ends = frozenset((one.earlier.item, one.later.item))
        assert len(ends) == 1 or ends in compared


def text(by: str, words: str, day: str = "2031-06-09", **more: Any) -> dict[str, Any]:  # noqa: ANN401 (any field of an item)
    return {"publisher": by, "published": day, "text": words, **more}


ARTILLERY = "Artillery fire on Kobani killed four civilians on Thursday, the Syrian Observatory for Human Rights said."
WARPLANES = "Warplanes bombed Kobani on Thursday, killing four civilians, the Syrian Observatory for Human Rights said."


def test_who_publishes_its_own_words_may_say_more_than_before() -> None:
    monitor = "Syrian Observatory for Human Rights"
    found = [told(1, text("The Ledger", ARTILLERY)), told(2, text(monitor, WARPLANES))]
    keys = outlet_keys("sohr", monitor)
    item = item_of({"id": "2", **text(monitor, WARPLANES), "published_at": "2031-06-09"}, address_of(b""), "line:2")
    assert isinstance(item, Item)
    own = account(item, read_item(item, LARDER), keys, LARDER)
    assert found[0]
    assert own
    assert between(sorted_out(found[0]), sorted_out(own), WIDER) == []


def test_an_outlet_with_several_texts_is_not_known_to_mean_one() -> None:
    cited = told(1, text("Saltmarsh Courier", "Shells with white phosphorus burst over Kobani on Thursday."))
    later = told(
        2, text("Radio Ambry", "White phosphorus was used in Kobani and Manbij, the Saltmarsh Courier reported.")
    )
    assert cited
    assert later
    known, unknown = (between(sorted_out(cited), sorted_out(later), WIDER, Bond(only=only)) for only in (True, False))
    assert [one.slot for one in known] == ["place"]
    assert unknown == []


def test_words_that_stand_in_the_earlier_text_are_not_added() -> None:
    cited = told(1, text("Saltmarsh Courier", "Shells with white phosphorus burst over Kobani on Thursday."))
    later = told(
        2, text("Radio Ambry", "White phosphorus was used in Kobani and Manbij, the Saltmarsh Courier reported.")
    )
    assert cited
    assert later
    assert between(sorted_out(cited), sorted_out(later), WIDER, Bond(has=lambda words: "Manbij" in words)) == []


def test_an_item_that_credits_itself_and_two_that_credit_each_other_end() -> None:
    loop = [
        text("The Ledger", f"{ARTILLERY} So The Ledger reported, citing Radio Ambry.", forwarded_from="The Ledger"),
        text("Radio Ambry", f"{WARPLANES} So Radio Ambry reported, citing The Ledger.", forwarded_from="The Ledger"),
    ]
    assert {one.slot for one in drifts(accounts(loop))} == {"delivery"}
    itself = sorted_out(accounts(loop[:1])[0])
    assert between(itself, itself, WIDER) == []


def test_marks_of_direction_in_the_words_compared_change_nothing() -> None:
    marked = WARPLANES.replace("Kobani", "\u202eKobani\u202c").replace("four", "\u200ffour\u200e")
    plain, with_marks = (
        drifts(accounts([text("The Ledger", ARTILLERY), text("Radio Ambry", one)])) for one in (WARPLANES, marked)
    )
    assert [one.slot for one in plain] == [one.slot for one in with_marks] == ["delivery"]


@pytest.mark.parametrize("words", [ARTILLERY, "Four agencies confirmed it. The same video, the same video. "])
def test_two_long_texts_are_compared_in_a_bounded_time(words: str) -> None:
    long = " ".join([words] * (1_000_000 // len(words)))
    one, other = told(1, text("The Ledger", words * 3)), told(2, text("Radio Ambry", words.replace("four", "nine") * 3))
    first = account_of_long(1, "The Ledger", long)
    assert one
    assert other
    start = time.process_time()
    drifts([one, other, *first])
    assert time.process_time() - start < 20


def account_of_long(number: int, by: str, words: str) -> list[Account]:
    """The account of a text of one megabyte, cut to the reading's first sentences by the account itself."""
    found = told(number, text(by, words[:100_000]))
    return [found] if found else []


@given(st.lists(st.sampled_from(CASES), min_size=1, max_size=3), st.randoms())
@settings(max_examples=15, deadline=None)
def test_the_order_of_items_never_matters(cases: list[dict[str, Any]], random: Any) -> None:  # noqa: ANN401 (hypothesis' own)
    found = accounts([raw for case in cases for raw in case["items"]])
    outlets = {name for one in found for name in one.outlet}
    hints = [hint(one, outlets) for one in found]
    shuffled = list(hints)
    random.shuffle(shuffled)
    assert pairs(hints, []) == pairs(shuffled, [])
    assert sorted(groups(hints)) == sorted(groups(shuffled))
