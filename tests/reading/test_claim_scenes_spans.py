"""Spans that lie inside longer ones, found without holding each against all."""

from hypothesis import given
from hypothesis import strategies as st

from witnessmark.reading.claim_scenes import _inside_longer
from witnessmark.terms.anchor import Span

SPANS = st.builds(
    lambda passage, start, length: Span(passage=passage, start=start, end=start + length),
    st.integers(0, 1),
    st.integers(0, 12),
    st.integers(0, 6),
)


@given(st.sets(SPANS, max_size=8), st.lists(SPANS, max_size=12))
def test_as_holding_each_against_all(spans: set[Span], longer: list[Span]) -> None:
    assert _inside_longer(spans, longer) == {
        one for one in spans if any(other.covers(one) and other != one for other in longer)
    }
