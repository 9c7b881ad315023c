"""Those who died of people held or hurt: وفاة ثلاثة جرحى (three wounded died), إعدام ثمانية معتقلين (eight detained executed).

The rule: a word of death right before a word for people hurt, held or missing takes their figure, and they are the dead.
"""

from collections.abc import Sequence

from witnessmark.reading.toll_denials import denial
from witnessmark.reading.toll_group import Group
from witnessmark.reading.toll_marks import Line, Mark, tight
from witnessmark.reading.toll_mentions import Row, kind_of
from witnessmark.terms.toll import Toll

_DEATH_REACH = 3  # words between a word of death and the figure of those who died


def who_died(line: Line, harm: Mark, following: Mark, near: Sequence[Group]) -> Row | None:
    """A word of death before those held or hurt: وفاة ثلاثة جرحى (three wounded died), إعدام ثمانية معتقلين."""
    if not line.arabic or kind_of(harm) != "killed" or harm.field("side") != "after" or denial(line, harm)[0]:
        return None
    if following.field("side") != "self" or kind_of(following) not in {"injured", "detained", "missing"}:
        return None
    figure = next((one for one in near if harm.end <= one.start), None)
    start = figure.start if figure else following.start
    if (
        following.joined
        or line.words(harm.end, start) > (_DEATH_REACH if figure else 1)
        or line.clause_ends(harm.end, start)
        or (figure and not tight(line, figure.end, following.start))
    ):
        return None
    own = (
        figure.count
        if figure
        else {"singular": Toll(least=1, most=1), "dual": Toll(least=2, most=2)}.get(following.field("number"))
    )
    return Row(harm=harm, own=own, start=start, end=following.end) if own else None
