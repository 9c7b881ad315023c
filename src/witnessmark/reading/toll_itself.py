"""Words of harm that are themselves the people harmed, and counts: "five dead", شهيدان, "the death toll rose to 12".

The rule: such a word takes the figure right before it, else its own number; a plural may have its figure stated behind it.
Of people of whom only the ranks are said ("five dead in the ranks of the army") the ranks say the class.
"""

import re
from dataclasses import replace

from witnessmark.reading.toll_changes import changed, earlier
from witnessmark.reading.toll_group import Group
from witnessmark.reading.toll_groups import opened, who_of
from witnessmark.reading.toll_marks import Line, Mark, tight
from witnessmark.reading.toll_mentions import Row
from witnessmark.reading.toll_sides import Found
from witnessmark.terms.toll import Toll, Who

_FOR = re.compile(r"(?<!\w)ل\u0640?\s*$")  # the Arabic "to", apart from its figure: لـ 14
_FIGURE_REACH, _RANK_REACH = 12, 2  # words


def itself(line: Line, row: Row, left: list[Group], right: list[Group]) -> None:
    """A word that is itself the people harmed: "five dead", شهيدان, "civilian casualties"."""
    harm = row.harm
    number = harm.field("number")
    row.who = who_of(harm.field("who"))
    if left and _of_itself(line, left[-1], harm) and left[-1].form != "single":
        group = left[-1]
        row.start, row.who = group.start, group.who
        row.own = group.count
        if row.own and row.own.most is not None and opened(line, harm.end):
            row.own = replace(row.own, most=None)  # اثنان وعشرون قتيلا على الأقل (22 dead at least)
        if group.form in {"figure", "bare", "vague", "dual"}:
            row.found = Found()
            _qualify(line, row, right)
            return
    if row.own is None and number == "plural":
        figure = stated(line, harm, right) if harm.definite or not line.arabic else None
        row.own = (
            figure.count if figure and figure.count and figure.count.least > 1 else None
        )  # الشهداء 1. begins a list
    if (
        row.own is None
        and number in {"singular", "dual"}
        and not harm.definite
        and (line.arabic or _article(line, harm))
    ):
        count = 1 if number == "singular" else 2
        row.own = Toll(least=count, most=None if opened(line, harm.end) else count)
    _qualify(line, row, right)


def _of_itself(line: Line, group: Group, harm: Mark) -> bool:
    """Whether people stand right before a word for those harmed, or nothing but "are still" between: ما زالوا عالقين."""
    between = line.between(group.end, harm.start)
    spoken = sum(line.words(mark.start, mark.end) for mark in between if mark.role == "be")
    near = bool(between) and line.arabic and line.words(group.end, harm.start) == spoken
    return tight(line, group.end, harm.start) or (near and not line.clause_ends(group.end, harm.start))


def _article(line: Line, harm: Mark) -> bool:
    """Whether an article stands right before a word."""
    before = next(line.back(harm.start), None)
    return before is not None and before.role == "one" and tight(line, before.end, harm.start)


def _qualify(line: Line, row: Row, right: list[Group]) -> None:
    """The sort of people named right after: قتلى مدنيون (civilian dead)."""
    if right and not right[0].joined and not right[0].part and right[0].form != "figure":
        gap = line.roles(row.harm.end, right[0].start)
        if tight(line, row.harm.end, right[0].start) or (
            gap <= {"stop"} and line.words(row.harm.end, right[0].start) <= 1 and right[0].form in {"plural", "quality"}
        ):
            row.who = right[0].who
            row.end = right[0].end


def rank(line: Line, row: Row) -> None:
    """The class of people of whom only their ranks are said: "five dead in the ranks of the army", إصابات في صفوف المدنيين."""
    end = max(row.end, row.found.tops[-1].end if row.found.tops else 0)
    ranks = next(line.ahead(end), None)
    if ranks is None or not ranks.plays("ranks") or line.words(end, ranks.start) > 1:
        return
    named = next(line.ahead(ranks.end), None)
    if named is None or line.words(ranks.end, named.start) > _RANK_REACH or named.field("number") == "household":
        who: Who = "unstated"
    else:
        who = "combatants" if named.role == "force" or ranks.plays("force") else who_of(named.field("who"))
    row.who = who if row.who == "unstated" else row.who
    tops = tuple(replace(one, who=who) if one.who == "unstated" else one for one in row.found.tops)
    row.found = replace(row.found, tops=tops)


def stated(line: Line, harm: Mark, right: list[Group]) -> Group | None:
    """A figure that a count is said to have reached: "the death toll rose to 12"."""
    for group in right:
        if (
            group.form not in {"bare", "figure", "vague"}
            or group.count is None
            or earlier(line, group.start, group.end)
        ):
            continue
        reach = line.words(harm.end, group.start)
        if reach > _FIGURE_REACH:
            return None
        leads = any(mark.plays("to") for mark in line.between(harm.end, group.start))
        if leads or not reach or changed(line, group.start) or _FOR.search(line.gap(harm.end, group.start)):
            return group
    return None
