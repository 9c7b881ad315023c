"""Figures in a text: digits of any script, number words, vague quantities, ranges, and how firm each is.

The rule: a figure is kept as the range the words give. "At least seven" is seven with an open end, "more than seven"
eight with an open end, "between five and eight" and "5-8" five to eight, "up to five" one to five. "About ten" stays
ten. Words for vague quantities take their range from the pack. Digits glued to letters, decimals, clock times, dates
with strokes and longer digit runs are no figures. That a figure stands in a text does not prove that it counts people.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate

from witnessmark.reading.patterns import ByDigest
from witnessmark.terms.anchor import Span
from witnessmark.terms.ports import Hit, Larder
from witnessmark.terms.script import Folded, key

# The patterns begin with the digit and look back from it, so that the search passes over letters at once.
# A plain integer, thousands with commas; the Arabic "and" or a whole Arabic word may be glued before it (وأصيب11 مدنيا).
_DIGITS = re.compile(
    r"\d(?<![\d.,:/٫٬\-+#@$€£_]\d)(?:(?<![^\W\d_و]\d)|(?<=[\u0621-\u064a]{3}\d))(?:\d{0,2}(?:[,٬]\d{3})+|\d*)(?![\d_]|[.:/٫٬]\d|,\d{3}|(?![\u0621-\u064a]{3})[^\W\d_ʼ]|\s*[%٪°])"
)
_DECIMAL = re.compile(r"(\d(?<![\w.,:/٫$€£-]\d)\d{0,2})[.,٫](\d{1,2})(?=\s+[^\W\d_])")  # 1.2 million
_POWER = re.compile(r"\d(?<![\w.,:/]\d)\d*(?:\*\*|\^)\d+(?!\w)")  # 10**30
_RANGE_DIGITS = re.compile(r"(\d(?<![\d.,:/\-+#@_]\d)\d{0,3})\s?[-–—]\s?(\d{1,4})(?![\d\-–_]|[.:/,]\d|[^\W\d_])")
_JOINED = re.compile(r"[\s\-]*(?:and\s+)?و?[\s\-]*")
_DASHES = ("-", "–", "—")
_NOUN = re.compile(r"\s+[^\W\d_]+")
_ARTICLE = 2  # letters of the Arabic article, which stand before a figure and are no part of it
_LINK = 100  # code points between two numbers within which words join them
_NOUN_WORDS = 3  # words of a noun between a figure and what opens it from behind
_HUNDRED, _THOUSAND = 100, 1000
_WIDEST = 10  # a range whose ends lie further apart is two figures
_MOST = 10**10  # more people than live: 8.2 thousand million (United Nations, World Population Prospects 2024)
_PADDED = 3  # digits of a count with noughts before it
_LONGEST = 12  # digits of a number that is still worked out


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a text as the range its words give; ``start``, ``end`` in code points as given.

    ``vague``: the words name no number ("several"). ``definite``: with the Arabic article. ``beyond``: more than there
    are people, so no number of people. ``entries``: pack entries used.
    """

    start: int
    end: int
    least: int
    most: int | None
    vague: bool = False
    definite: bool = False
    beyond: bool = False
    entries: tuple[str, ...] = ()


def figures(folded: Folded, larder: Larder, moments: Sequence[Span] = ()) -> list[Figure]:
    """Every figure of a passage, in order, none overlapping. ``moments``: stretches that tell a time, and no number."""
    found = [
        *_ranges(folded.given),
        *_digits(folded.given),
        *_vague(larder.lexicon("vague").find(folded)),
        *(worded := _worded(folded.given, larder.lexicon("numbers").find(folded), _links(ByDigest(larder))[2])),
        *_decimals(folded.given, worded),
    ]
    chosen: list[Figure] = []
    for figure in sorted(_timeless(found, moments), key=lambda one: (one.start, -one.end, one.least)):
        if not chosen or figure.start >= chosen[-1].end:
            chosen.append(figure)
    firm = _firm(folded.given, chosen, larder.lexicon("toll_firmness").find(folded), _links(ByDigest(larder)))
    return [replace(one, least=0, most=None, beyond=True) if one.least >= _MOST else one for one in firm]


def _timeless(found: Sequence[Figure], moments: Sequence[Span]) -> list[Figure]:
    """The figures that are no part of a time: "19 June 2024"."""
    spans = sorted(moments)
    starts = [span.start for span in spans]
    ends = list(accumulate((span.end for span in spans), max))  # of nested stretches, the furthest end so far
    kept = []
    for figure in found:
        index = bisect_left(starts, figure.end)
        if not index or ends[index - 1] <= figure.start:
            kept.append(figure)
    return kept


def _ranges(text: str) -> list[Figure]:
    """Digits with a dash between them, the lower first."""
    found = []
    for hit in _RANGE_DIGITS.finditer(text):
        low, high = int(hit.group(1)), int(hit.group(2))
        if low < high:
            found.append(Figure(hit.start(), hit.end(), low, high))
    return found


def _digits(text: str) -> list[Figure]:
    """Plain integers, and powers, which are more than there are people."""
    found = [Figure(hit.start(), hit.end(), _MOST, _MOST) for hit in _POWER.finditer(text)]
    for hit in _DIGITS.finditer(text):
        digits = hit.group().replace(",", "").replace("٬", "")
        number = int(digits) if len(digits) <= _LONGEST else _MOST
        if len(digits) <= _PADDED or int(digits[0]):  # 0599 123 is a number of a telephone, 05 a count
            found.append(Figure(hit.start(), hit.end(), number, number))
    return found


def _decimals(text: str, worded: Sequence[Figure]) -> list[Figure]:
    """A decimal before a thousand, a million or the like; alone it counts no people."""
    scales = {one.start: one for one in worded if one.least >= _HUNDRED and not one.vague}
    if not scales:
        return []
    found = []
    for hit in _DECIMAL.finditer(text):
        scale = scales.get(_forward(text, hit.end()))
        if scale is not None:
            number = int(hit.group(1) + hit.group(2)) * scale.least // 10 ** len(hit.group(2))
            found.append(Figure(hit.start(), scale.end, number, number, entries=scale.entries))
    return found


def _vague(hits: Sequence[Hit]) -> list[Figure]:
    """Words for a quantity without a number, with the pack's range."""
    found = []
    for hit in hits:
        least, most = hit.entry.fields.get("least", ""), hit.entry.fields.get("most", "")
        if least.isdecimal():
            top = int(most) if most.isdecimal() else None
            found.append(Figure(hit.start, hit.end, int(least), top, vague=True, entries=(hit.entry.cite,)))
    return found


def _worded(text: str, hits: Sequence[Hit], pairs: frozenset[str]) -> list[Figure]:
    """Number words, neighbours composed: "one hundred and twenty", خمسة وعشرون (five and twenty)."""
    found: list[Figure] = []
    run: list[Hit] = []
    for hit in hits:
        if run and not (_joined(text[run[-1].end : hit.start], pairs) and _composes(run[-1], hit)):
            found.append(_composed(run))
            run = []
        run.append(hit)
    if run:
        found.append(_composed(run))
    return found


def _joined(gap: str, pairs: frozenset[str]) -> bool:
    """Whether nothing or a word for "and" stands between two number words."""
    return _JOINED.fullmatch(gap) is not None or (len(gap) <= _LINK and key(gap) in pairs)


def _composes(before: Hit, hit: Hit) -> bool:
    """Whether a number word goes on the number before it: "twenty five", خمسة وعشرون, "two hundred"."""
    pair = before.entry.fields["part"], hit.entry.fields["part"]
    large = {"scale", "scales", "hundreds"}
    return pair in {("tens", "unit"), ("unit", "tens")} or bool(large & set(pair))


def _composed(run: Sequence[Hit]) -> Figure:
    """Scales multiply what stands before them, the rest adds up; what falls in no order is no number of people."""
    total, current, last = 0, 0, _MOST
    for hit in run:
        value = int(hit.entry.fields["value"])
        scale = hit.entry.fields["part"] in {"scale", "scales"}
        if scale and value >= _THOUSAND:
            if current and value >= last:
                total = _MOST  # "five million six million"
            elif value >= last:
                total = min(total * value, _MOST)  # "two thousand million"
            else:
                total += max(current, 1) * value
            current, last = 0, value
        elif scale:
            current = min(max(current, 1) * value, _MOST)
        else:
            current += value
    number = min(total + current, _MOST)
    entries = tuple(dict.fromkeys(hit.entry.cite for hit in run))
    definite = run[0].clitics.endswith("ال")
    if len(run) == 1 and run[0].entry.fields["part"] == "scales":  # "thousands": two of them or more
        return Figure(run[0].start, run[0].end, 2 * number, None, vague=True, definite=definite, entries=entries)
    return Figure(run[0].start, run[-1].end, number, number, definite=definite, entries=entries)


def _firm(text: str, found: list[Figure], around: Sequence[Hit], links: tuple[frozenset[str], ...]) -> list[Figure]:
    """Figures with the words beside them that open, close or join them."""
    before = {hit.end: hit for hit in around}
    after = {hit.start: hit for hit in around if hit.entry.fields["effect"] in {"least", "least-after", "more-after"}}
    starts = sorted({_back(text, figure.start) for figure in found})
    firm: list[Figure] = []
    last = ""
    for figure in found:
        hit = before.get(_back(text, figure.start - _ARTICLE * (figure.definite and text[figure.start - 1].isalpha())))
        effect = hit.entry.fields["effect"] if hit else ""
        start = hit.start if hit else figure.start
        if firm and (joined := _range(text, firm[-1], replace(figure, start=start), {last, effect}, links)):
            firm[-1], last = joined, ""
            continue
        if (
            firm
            and figure.entries
            and figure.least >= _THOUSAND
            and firm[-1].least < _THOUSAND
            and _back(text, start) == firm[-1].end
        ):
            firm.append(_scaled(firm.pop(), figure, last))  # "3 thousand": digits before a scale in words
            continue
        beside = bool(firm) and firm[-1].vague and _back(text, figure.start) == firm[-1].end
        if beside and figure.vague:
            firm[-1] = replace(firm[-1], end=figure.end)  # "dozens of others"
            continue
        if beside:
            firm.pop()  # "some ten people": a vague word before a number says only "about"
        here = _effect(effect, figure, hit) if hit else figure
        tail = after.get(_forward(text, figure.end)) or _trailing(text, figure, after, starts)
        if tail and not _stands_in(starts, tail.end):
            over = tail.entry.fields["effect"] == "more-after"
            here = replace(here, least=here.least + over, most=None, entries=(*here.entries, tail.entry.cite))
        firm.append(here)
        last = effect
    return firm


def _scaled(few: Figure, scale: Figure, effect: str) -> Figure:
    """A figure times the scale behind it; "more than three thousand" is one more than three thousand, not four."""
    times = scale.least // 2 if scale.vague else scale.least
    over, under = int(effect == "more"), int(effect == "less")
    least = few.least if effect in {"most", "less"} else (few.least - over) * times + over
    most = None if few.most is None else (few.most + under) * times - under
    return replace(few, end=scale.end, least=least, most=most, entries=(*few.entries, *scale.entries))


def _trailing(text: str, figure: Figure, after: dict[int, Hit], starts: Sequence[int]) -> Hit | None:
    """A word that opens a figure from behind its noun: "seven civilians at least", سبعة مدنيين على الأقل."""
    here = figure.end
    for _ in range(_NOUN_WORDS):
        found = _NOUN.match(text, here)
        if found is None or bisect_left(starts, found.end()) > bisect_right(starts, figure.end):
            return None
        here = found.end()
        hit = after.get(_forward(text, here))
        if hit:
            return hit
    return None


def _stands_in(places: Sequence[int], place: int) -> bool:
    """Whether a position is among sorted ones."""
    index = bisect_left(places, place)
    return index < len(places) and places[index] == place


def _back(text: str, at: int) -> int:
    """Where the blanks before a position begin."""
    while at > 0 and text[at - 1].isspace():
        at -= 1
    return at


def _forward(text: str, at: int) -> int:
    """Where the blanks after a position end."""
    while at < len(text) and text[at].isspace():
        at += 1
    return at


@lru_cache(maxsize=8)
def _links(held: ByDigest) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Folded words that join two figures into a range by themselves, those that do so after "between", and words for "and"."""
    rows = held.larder.rows("number_links")
    ranged = frozenset(key(row.key) for row in rows if row.fields["role"] == "range") | frozenset(_DASHES)
    pairs = frozenset(key(row.key) for row in rows if row.fields["role"] == "pair")
    return ranged, ranged | {key(row.key) for row in rows} | {""}, pairs


def _range(text: str, low: Figure, high: Figure, effects: set[str], links: tuple[frozenset[str], ...]) -> Figure | None:
    """Two figures that make one range: "between five and eight", "5 to 8", "at least five, up to eight"."""
    if low.vague or high.vague or not low.least < high.least <= low.least * _WIDEST:
        return None
    if high.start - low.end > _LINK:
        return None
    joint = key(text[low.end : high.start].strip())
    ranged, paired = links[:2]
    plain = low.most == low.least and joint in ranged
    joined = joint.lstrip(", ") in paired
    if not (plain or (joined and ("between" in effects or {"least", "most"} <= effects))):
        return None
    return Figure(low.start, high.end, low.least, high.least, entries=(*low.entries, *high.entries))


def _effect(effect: str, figure: Figure, hit: Hit) -> Figure:
    """The figure under a word before it."""
    least, most = figure.least, figure.most
    if effect == "between":
        return figure
    if effect == "least":
        most = None
    elif effect == "more":
        least, most = least + 1, None
    elif effect == "most":
        least = min(1, least)
    elif effect == "less":
        least, most = min(1, least), max(least - 1, 1)
    return replace(figure, start=hit.start, least=least, most=most, entries=(*figure.entries, hit.entry.cite))
