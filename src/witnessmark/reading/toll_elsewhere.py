"""People of the same harm at another place: "six people were killed in one village and two in another"."""

import re
from collections.abc import Sequence

from witnessmark.reading.toll_group import Group
from witnessmark.reading.toll_marks import Line
from witnessmark.reading.toll_mentions import Row
from witnessmark.reading.toll_sides import Found

_CLAUSE_END = re.compile(r"[.,;:!?؟،؛\n()]|\sand\s")
_ARABIC_NAME = 2  # words of a place's name


def elsewhere(line: Line, row: Row, right: Sequence[Group]) -> list[Row]:
    """Those of the same harm at another place: "six people were killed in one village and two in another"."""
    last = row.found.tops[-1].end if row.found.tops else 0
    found = []
    for group in right:
        behind, before = next(line.ahead(group.end), None), next(line.back(group.start), None)
        joined = group.joined or (
            before is not None and before.role == "join" and not line.words(before.end, group.start)
        )
        placed = (
            behind is not None
            and behind.plays("where")
            and not line.words(group.end, behind.start)
            and _ends_in_a_name(line, behind.end)
        )
        if last and group.start >= last and group.form == "bare" and joined and placed and row.found.tops[0].count:
            found.append(Row(harm=row.harm, found=Found(tops=(group,)), start=group.start, end=group.end))
    return found


def _ends_in_a_name(line: Line, start: int) -> bool:
    """Whether a clause holds nothing more than a place's name, so that no verb of its own tells of other people."""
    rest = _CLAUSE_END.split(line.text[start : line.end], maxsplit=1)[0].split()
    if line.arabic:
        return 1 <= len(rest) <= _ARABIC_NAME
    return bool(rest) and all(word[:1].isupper() or word in ("the", "of") or "-" in word for word in rest)
