"""Words of harm that speak of things and animals: "killed 35 sheep", أصاب القصف مدرسة (the shelling hit a school)."""

from witnessmark.reading.toll_marks import Line, Mark
from witnessmark.reading.toll_mentions import kind_of


def kills_a_thing(line: Line, harm: Mark) -> bool:
    """Whether a word for killing has animals or things as its object: "killed 35 sheep"."""
    if kind_of(harm) != "killed" or harm.field("side") not in {"after", "either"}:
        return False
    at = harm.end
    for mark in line.ahead(harm.end):
        if line.words(at, mark.start) or line.clause_ends(at, mark.start):
            return False
        if line.arabic and mark.kind == "thing" and mark.definite and at == harm.end:
            at = mark.end  # the shelling, which killed
            continue
        if mark.kind == "thing":
            behind = next(line.ahead(mark.end), None)
            whose = behind is not None and behind.kind == "people" and not line.words(mark.end, behind.start)
            return mark.field("sort") == "animal" and not whose  # cattle farmers are people
        if mark.figure is None and mark.role not in {"one", "the"}:
            return False
        at = mark.end
    return False


def hits_a_thing(line: Line, harm: Mark) -> bool:
    """Whether an Arabic word for "hit, wounded" has a thing as its object: أصاب القصف مدرسة (the shelling hit a school)."""
    if not line.arabic or kind_of(harm) != "injured":
        return False
    behind = next(line.ahead(harm.end), None)
    if behind is None or behind.kind != "thing" or line.clause_ends(harm.end, behind.start):
        return False
    if behind.field("sort") in {"age", "time"} or behind.clitics.lstrip("وف").rstrip("ال"):
        return False
    return line.words(harm.end, behind.start) <= 1
