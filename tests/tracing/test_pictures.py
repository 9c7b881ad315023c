"""Copies of pictures by hashes: found whichever came first, joined by few links, the same in any order."""

import random
from collections.abc import Sequence

import numpy as np
import pytest

from witnessmark.terms.fingerprint import Fingerprint, Hashed, Region
from witnessmark.tracing.picture_copies import Match, copy_of, forest, transform, undone
from witnessmark.tracing.pictures import Pictures, copies

WHOLE = Region(name="whole")
INNER = Region(name="content", left=0.1, top=0.2, right=0.9, bottom=0.7)
PART = Region(name="crop", left=0.0, top=0.0, right=0.9, bottom=0.9)


def a_hash(seed: int, flips: int = 0, forms: int = 8) -> bytes:
    """Hashes that no other seed has, so many bits of each turned."""
    rows = np.random.default_rng(seed).integers(0, 256, (8, 32), dtype=np.uint8)[:forms]
    bits = np.unpackbits(rows, axis=1)
    bits[:, np.random.default_rng(flips + 1).choice(256, flips, replace=False)] ^= 1
    return np.packbits(bits, axis=1).tobytes()


def picture(*hashed: tuple[Region, bytes]) -> Fingerprint:
    return Fingerprint(
        width=640,
        height=480,
        hashed=tuple(Hashed(region=region, hashes=given, quality=100) for region, given in hashed),
    )


def one_by_one(pictures: dict[str, Fingerprint], order: Sequence[str], size: int) -> list[Match]:
    held, links = Pictures(), list[Match]()
    for start in range(0, len(order), size):
        _, links = copies({name: pictures[name] for name in order[start : start + size]}, held, links)
    return links


def test_a_framed_copy_is_found_and_placed() -> None:
    pictures = {"a": picture((WHOLE, a_hash(1))), "b": picture((WHOLE, a_hash(2)), (INNER, a_hash(1, 9)))}
    [found], _ = copies(pictures)
    assert (found.one, found.other, found.manner, found.certain) == ("a", "b", "hash", True)
    assert "9 of 256 bits differ" in found.why
    assert found.transform is not None
    assert found.transform.shared_other == (0.1, 0.2, 0.9, 0.7)
    matrix = np.array(found.transform.matrix).reshape(3, 3)
    assert np.allclose(matrix @ [0, 0, 1], [0.1, 0.2, 1])
    assert np.allclose(matrix @ [1, 1, 1], [0.9, 0.7, 1])


@pytest.mark.parametrize("form", range(8))
@pytest.mark.parametrize("first", ["a", "b"])
def test_a_turned_or_mirrored_copy_is_found_in_either_order(form: int, first: str) -> None:
    shown = a_hash(1)[form * 32 : form * 32 + 32] + a_hash(77)[32:]
    pictures = {"a": picture((WHOLE, a_hash(1))), "b": picture((WHOLE, shown))}
    [link] = one_by_one(pictures, [first, "b" if first == "a" else "a"], 1)
    assert (link.one, link.other, link.form, link.distance) == ("a", "b", form, 0)


def test_a_form_and_what_undoes_it_lead_back() -> None:
    for form in range(8):
        there = np.array(transform(Match(0, "a", "b", WHOLE, WHOLE, form)).matrix).reshape(3, 3)
        back = np.array(transform(Match(0, "a", "b", WHOLE, WHOLE, undone(form))).matrix).reshape(3, 3)
        assert np.allclose(there @ back, np.eye(3)), form


def test_a_mirrored_copy_says_so() -> None:
    found = copy_of(Match(3, "a", "b", WHOLE, WHOLE, 5))
    assert found.transform is not None
    assert found.transform.mirrored
    assert found.transform.turned == 90
    assert "turned by 90 degrees and mirrored" in found.why


@pytest.mark.parametrize("order", [["a", "b"], ["b", "a"]])
def test_a_cropped_copy_is_found_by_a_crop_and_two_crops_are_not_compared(order: list[str]) -> None:
    pictures = {"a": picture((WHOLE, a_hash(1)), (PART, a_hash(5, 0, 1))), "b": picture((WHOLE, a_hash(5, 12)))}
    assert [link.distance for link in one_by_one(pictures, order, 1)] == [12]
    crops = {name: picture((WHOLE, a_hash(seed)), (PART, a_hash(5, 0, 1))) for name, seed in (("a", 1), ("b", 2))}
    assert one_by_one(crops, order, 1) == []


def test_a_thousand_copies_make_as_few_links_as_join_them() -> None:
    pictures = {f"{n:04}": picture((WHOLE, a_hash(1, n % 12))) for n in range(1000)}
    _, links = copies(pictures)
    assert len(links) == 999


def test_the_links_are_the_same_in_any_order_and_split() -> None:
    pictures = {
        f"{n:02}": picture((WHOLE, a_hash(n % 5, n * 3 % 50)), (INNER, a_hash(n % 7 + 100, n % 46))) for n in range(60)
    }
    _, wanted = copies(pictures)
    assert len(wanted) < len(pictures)
    for seed, size in ((1, 1), (2, 7), (3, 31)):
        order = sorted(pictures)
        random.Random(seed).shuffle(order)  # noqa: S311 - an order, no secret
        assert one_by_one(pictures, order, size) == wanted


def test_indexes_made_again_find_the_same() -> None:
    pictures = {f"{n:02}": picture((WHOLE, a_hash(n % 9, n))) for n in range(40)}
    earlier = {name: pictures[name] for name in list(pictures)[:30]}
    _, links = copies(earlier)
    held = Pictures()
    held.hold(earlier)
    _, again = copies({name: pictures[name] for name in list(pictures)[30:]}, held, links)
    assert again == copies(pictures)[1]


def test_far_pictures_and_plain_ones_match_nothing() -> None:
    plain = Fingerprint(width=9, height=9, plain="it is only 9 by 9 pixels")
    found, _ = copies({"a": picture((WHOLE, a_hash(1))), "b": picture((WHOLE, a_hash(2))), "c": plain, "d": plain})
    assert found == []


def test_one_picture_that_is_not_held_is_looked_for_and_not_kept() -> None:
    held = Pictures()
    held.add({"a": picture((WHOLE, a_hash(1))), "b": picture((WHOLE, a_hash(2)))})
    assert [(match.one, match.other) for match in held.like({"new": picture((WHOLE, a_hash(2, 4)))})] == [("b", "new")]
    assert len(held) == 2


def test_a_forest_of_a_forest_is_the_same() -> None:
    matches = [Match(n * 7 % 11, f"{n % 5}", f"{n % 3 + 5}", WHOLE, WHOLE, 0) for n in range(30)]
    assert forest([*forest(matches[:20]), *matches[20:]]) == forest(matches)
