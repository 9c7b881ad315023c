"""Many pairs at once come to what each comes to alone, and to what the words give by the plain arithmetic."""

from math import log, sqrt

from hypothesis import given
from hypothesis import strategies as st

from tests.incidents.cards import sketch
from witnessmark.incidents.resemblance import Resemblance
from witnessmark.terms.sketch import packed

TERMS = st.sets(st.integers(1, 400) | st.just(0xFFFFFFFF), max_size=90).map(sorted)
DEAD = st.sets(st.integers(1, 14), max_size=6).map(lambda names: packed(sorted(names)))
ITEMS = st.lists(st.tuples(TERMS, DEAD, st.booleans()), min_size=1, max_size=12)


def _of(items: list[tuple[list[int], bytes, bool]]) -> Resemblance:
    return Resemblance(
        sketch(f"item-{at:02}", terms=terms, dead=dead, readable=readable)
        for at, (terms, dead, readable) in enumerate(items)
    )


@given(ITEMS)
def test_many_at_once_as_one_by_one(items: list[tuple[list[int], bytes, bool]]) -> None:
    alike = _of(items)
    names = [*(f"item-{at:02}" for at in range(len(items))), "item-unknown"]
    pairs = [(one, other) for one in names for other in names if one < other]
    ones, others = (alike.numbers(pair[end] for pair in pairs) for end in (0, 1))
    assert alike.codes(ones, others).tolist() == [alike.of(*pair).code for pair in pairs]


@given(ITEMS)
def test_the_cosine_of_rare_words(items: list[tuple[list[int], bytes, bool]]) -> None:
    alike = _of(items)
    said = [set(terms) if readable else set() for terms, _, readable in items]
    many = max(2, sum(readable for _, _, readable in items))
    counts = {term: sum(term in terms for terms in said) for terms in said for term in terms}
    weight = {term: log(many / count) ** 2 for term, count in counts.items()}
    norms = [sqrt(sum(weight[term] for term in terms)) for terms in said]
    for at in range(1, len(items)):
        shared = sum(weight[term] for term in said[0] & said[at])
        expected = shared / (norms[0] * norms[at]) if norms[0] * norms[at] else 0.0
        assert abs(alike.of("item-00", f"item-{at:02}").words - expected) < 0.02


@given(ITEMS)
def test_the_rarest_words_that_another_has_too(items: list[tuple[list[int], bytes, bool]]) -> None:
    alike = _of(items)
    said = [terms if readable else [] for terms, _, readable in items]
    counts = {term: sum(term in terms for terms in said) for terms in said for term in terms}
    for at, terms in enumerate(said):
        ranked = sorted((counts[term].bit_length(), term) for term in terms if counts[term] > 1)
        assert alike.rare(f"item-{at:02}") == [term for _, term in ranked[:12]]
    assert alike.rare("item-unknown") == []
