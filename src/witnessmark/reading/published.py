"""When an item was published, as far as the material itself says; never the time of capture.

In order of trust: what the source gives with its year (a platform's own stamp in the text before words a collector
wrote), a dateline in the text, a post's number that holds its time, a date in the address, the day of a post that an
article shows within it. The stamp of a web archive
bounds it from above. A date that stands alone above a page and is the day of capture is the site's clock, not the
article's; so is one above the headline that is the day of the archive's capture, and the days beside headlines of other
pages are theirs. Day and month in digits are read in that order unless only the other is a day. What is not known is
said, with the reason.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import lru_cache

from witnessmark.reading import days
from witnessmark.reading.calendar_words import BEFORE, CLITIC, Calendar, Held, alternation, calendar_of
from witnessmark.reading.headlines import BELOW, BESIDE
from witnessmark.reading.page import ABOVE_HEADLINE, CARDS
from witnessmark.reading.weekday_dates import bound_of, told_today
from witnessmark.terms.item import Item
from witnessmark.terms.moment import Publication
from witnessmark.terms.passage import Region
from witnessmark.terms.ports import Larder
from witnessmark.terms.script import Folded, fold

_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?")
_IN_ADDRESS = re.compile(r"/(20[0-3]\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?:/|-|$)")
_IN_SLUG = re.compile(r"(?<!\d)(0?[1-9]|[12]\d|3[01])-(0?[1-9]|1[0-2])-(20[0-3]\d)(?=/|$|[?#]|\.html?\b)")
_IN_NUMBER = re.compile(
    r"/(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])(20[0-3]\d)\d{0,2}(?=/?\Z)"
)  # /261120233: day, month, year
_EMBEDDED = re.compile(r"[—–-] ?[^\n()]{1,60}\(@\w{2,}\)\s*")  # what an embedded post of X ends with: name, handle, day
_OTHERS_DAY = re.compile(_EMBEDDED.pattern + r"[^\n]{0,40}")
_SHOWN = re.compile(rf"(?:\A|\n)[^\n]*\n+{_EMBEDDED.pattern}")  # with its last line: its "today" is not the article's
_EMBEDDED_REACH = 40  # code points behind it within which its day stands
_ARCHIVE = re.compile(r"(20\d{2})(\d{2})(\d{2})\d{0,6}")
_X_NUMBER = re.compile(r"(?:twitter|x)\.com/[^/]+/status(?:es)?/(\d{15,20})|^x::(\d{15,20})$")
_X_EPOCH = 1288834974657  # ms since 1970 at which the numbers of posts on X begin to hold their time (2010-11-04)
_YEAR = re.compile(r"(?:19|20)\d{2}")  # of a full date
_CLOCK_REACH = 60  # code points at the top where a site prints the day of the visit
_STAMP_REACH = 400  # folded code points at the top or end of a text where a page prints its stamp
_OTHERS = (BESIDE, BELOW, CARDS)  # regions whose days are those of other pages
_CLOCK = (
    r"(?:\s*(?:at|,|-|\|)?\s*(?P<h>\d{1,2}):(?P<i>\d{2})"
    r"(?:\s?(?:(?P<ap>[ap])\.?m\.?|(?P<am>AM)(?!\w)|(?P<pm>PM)(?!\w)))?(?:\s*(?P<z>ZONES))?)?"
)


def publication(
    item: Item, regions: tuple[tuple[Region, ...], ...], folded: tuple[Folded, ...], larder: Larder
) -> Publication:
    """The time of publication, or unresolved with the reason."""
    calendar = calendar_of(larder)
    given = _given(item, calendar)
    stamped = next(
        (found for text, above in _stamps(item, regions, folded) if (found := _dated(text, calendar, item, above))),
        None,
    )
    if given and given.basis == "given" and (stamped is None or _ISO.match(item.published or "")):
        return given
    if stamped:
        return stamped
    told = given or _from_number(item) or _from_address(item, larder)
    today = told or _from_today(item, regions, folded, calendar)
    return today or _from_embedded(item, folded, calendar) or _from_archive(item)


def _from_embedded(item: Item, folded: tuple[Folded, ...], calendar: Calendar) -> Publication | None:
    """The day of the last post that an article shows within it, where the text names that weekday as its own."""
    bound = bound_of(item, _from_archive(item))
    found = [
        known
        for passage, text in zip(item.passages, folded, strict=True)
        if passage.role == "body"
        for mark in _EMBEDDED.finditer(text.text)
        if (known := _dated(text.text[mark.end() : mark.end() + _EMBEDDED_REACH], calendar, item))
        and (bound is None or (known.earliest or "")[:10] <= bound.isoformat())
    ]
    last = max((known.earliest[:10] for known in found if known.earliest), default=None)
    weekday = _first_weekday(folded, item, calendar)
    if last is None or weekday is None or date.fromisoformat(last).weekday() != weekday:
        return None  # an old post may be shown, too
    why = f"the last post shown in it is of {last}, the weekday that the text names first"
    return Publication(earliest=last, latest=last, zone=None, basis="embedded post", why=why)


@lru_cache(maxsize=8)
def _weekday(held: Held) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){CLITIC}(?P<w>(?:ال)?{held.calendar.weekdays.any})(?!\w)")


def _first_weekday(folded: tuple[Folded, ...], item: Item, calendar: Calendar) -> int | None:
    """The first weekday that the top of a body names, Monday 0."""
    for passage, text in zip(item.passages, folded, strict=True):
        found = _weekday(Held(calendar)).search(text.text[: 2 * _STAMP_REACH])
        if passage.role == "body" and found:
            row = calendar.weekdays.get(found.group("w"))
            return int(row.fields["day"]) if row else None
    return None


def _from_today(
    item: Item, regions: tuple[tuple[Region, ...], ...], folded: tuple[Folded, ...], calendar: Calendar
) -> Publication | None:
    """A text that names the date of its own "today"; a post shown within it has another."""
    bound = bound_of(item, _from_archive(item))
    texts = (
        own[text.forth(region.start) : text.forth(region.end)]
        for text, cut in zip(folded, regions, strict=True)
        for own in (_SHOWN.sub(lambda found: " " * len(found.group()), text.text),)
        for region in cut
        if region.role in ("body", "title")
    )
    found = told_today(texts, calendar, bound)
    if found is None:
        return None
    day = found[0].isoformat()
    return Publication(
        earliest=day, latest=day, zone=None, basis="dateline", why=f"the text dates its own day: {found[1]}"
    )


def _given(item: Item, calendar: Calendar) -> Publication | None:
    """What the source gave as a field: ISO 8601, or a date in words."""
    if not item.published:
        return None
    found = _ISO.match(item.published.strip())
    if found and _is_day(found.group(1)):
        clock, zone = found.group(2), found.group(3)
        offset = None if zone is None else ("+00:00" if zone == "Z" else f"{zone[:3]}:{zone[-2:]}")
        stamp = found.group(1) + (f"T{clock}{offset or ''}" if clock else "")
        return Publication(earliest=stamp, latest=stamp, zone=offset, basis="given", why=f"given as {item.published}")
    words = _dated(fold(item.published).text, calendar, item)
    if words:
        return Publication(
            earliest=words.earliest,
            latest=words.latest,
            zone=words.zone,
            basis="given",
            why=f"given as {item.published}",
        )
    return None


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _stamps(
    item: Item, regions: tuple[tuple[Region, ...], ...], folded: tuple[Folded, ...]
) -> Iterator[tuple[str, bool]]:
    """Stretches of text where a page prints when it was published: below its headline, its top, and the end of a post;

    and whether a menu stands there, which may show the day of the visit.
    """
    for passage, text, cut in zip(item.passages, folded, regions, strict=True):
        if passage.role != "body":
            continue
        below = max((text.forth(region.end) for region in cut if region.why == ABOVE_HEADLINE), default=0)
        if below:
            yield _own_days(text, cut, below), False
        yield _own_days(text, cut, 0), below > 0
        stamps = re.finditer(r"\d{1,2}:\d{2}\s?[ap]m · ", text.text)
        yield from ((text.text[mark.start() : mark.start() + 60], False) for mark in stamps)


def _own_days(text: Folded, cut: tuple[Region, ...], start: int) -> str:
    """A stretch with blanks in the place of days that are those of other posts and pages."""
    end = start + _STAMP_REACH
    parts, at = [], start
    for region in cut:
        here, until = max(at, text.forth(region.start)), min(end, text.forth(region.end))
        if region.why in _OTHERS and here < until:
            parts += [text.text[at:here], re.sub(r"[^\n]", " ", text.text[here:until])]
            at = until
    return _OTHERS_DAY.sub(" ", "".join([*parts, text.text[at:end]]))


@lru_cache(maxsize=8)
def _stamped(held: Held) -> tuple[re.Pattern[str], ...]:
    """The shapes of a full date with, perhaps, an hour."""
    calendar = held.calendar
    month = rf"(?P<m>{calendar.months.any})(?:\s*[/\\]\s*{calendar.months.any})?\.?"
    of = calendar.roles.get("of", "(?!)")
    clock = _CLOCK.replace("ZONES", calendar.zones.any)
    clock = clock.replace("AM", calendar.roles.get("stamp-am", "(?!)")).replace(
        "PM", calendar.roles.get("stamp-pm", "(?!)")
    )
    year = rf"(?P<y>{_YEAR.pattern})"
    patterns = (
        rf"{month}\s+(?P<d>\d{{1,2}}),?\s+{year}{clock}(?=\s?·)",  # glued to the name before it, as saved pages do
        rf"{BEFORE}{month}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{year}{clock}",
        rf"(?<!\d)(?P<d>\d{{1,2}})\s+(?:{of}\s+)?{month}\s*[,،]?\s*{year}{clock}",
        rf"(?<!\d)(?P<d>\d{{1,2}})[/.\-](?P<n>\d{{1,2}})[/.\-]{year}{clock}",
        rf"(?<!\d){year}[/.\-](?P<n>\d{{1,2}})[/.\-](?P<d>\d{{1,2}}){clock}",
    )
    return tuple(re.compile(pattern) for pattern in patterns)


def _dated(text: str, calendar: Calendar, item: Item, above: bool = False) -> Publication | None:
    """The first full date of a stretch that stands as a stamp: day, month and year. ``above``: in it stands a menu."""
    if not _YEAR.search(text):
        return None
    for pattern in _stamped(Held(calendar)):
        for found in pattern.finditer(text):
            known = _stamp(found, calendar)
            if (
                known
                and not _is_site_clock(known, text, found, item, calendar, above=above)
                and not _in_sentence(text, found, calendar)
            ):
                return known
    return None


def _stamp(found: re.Match[str], calendar: Calendar) -> Publication | None:
    given = found.groupdict()
    row = calendar.months.get(" ".join(given["m"].split())) if given.get("m") else None
    if row and row.fields["calendar"] != "gregorian":
        return None
    number = int(row.fields["month"]) if row else int(given["n"])
    year, numbered = int(given["y"]), int(given["d"])
    day = days.day(year, number, numbered) or (None if row else days.day(year, numbered, number))
    if day is None:
        return None
    zone = _zone(given.get("z"), day, calendar)
    stamp = day.isoformat() + _clock(given, zone)
    return Publication(
        earliest=stamp,
        latest=stamp,
        zone=zone,
        basis="page stamp",
        why=f"the page's own stamp: {found.group().strip()}",
    )


def _clock(given: dict[str, str | None], zone: str | None) -> str:
    if not given.get("h"):
        return ""
    hour = int(given["h"] or 0)
    if given.get("ap") or given.get("am") or given.get("pm"):
        hour = hour % 12 + (12 if given.get("ap") == "p" or given.get("pm") else 0)
    return f"T{hour:02d}:{given['i']}{zone or ''}" if hour < 24 and int(given["i"] or 0) < 60 else ""


def _zone(name: str | None, day: date, calendar: Calendar) -> str | None:
    """The offset of a zone's abbreviation; summer by the northern rule of March to October where it has one."""
    row = calendar.zones.rows.get(name) if name else None
    if row is None:
        return None
    summer = row.fields.get("summer") or row.fields["offset"]
    return summer if date(day.year, 3, 14) <= day <= date(day.year, 11, 1) else row.fields["offset"]


def _is_site_clock(
    known: Publication, text: str, found: re.Match[str], item: Item, calendar: Calendar, *, above: bool
) -> bool:
    """A date at the very top that is the day of capture: the site prints today's date there.

    Of an archive's capture, which may be of the day of the post itself, only one that stands without an hour above
    everything or on a line with its weekday, as sites print it, or among a menu above the headline.
    """
    if not known.earliest or (found.start() >= _CLOCK_REACH and not above):
        return False
    day = date.fromisoformat(known.earliest[:10])
    if item.captured and _is_day(item.captured[:10]) and abs((day - date.fromisoformat(item.captured[:10])).days) <= 1:
        return True
    held = _from_archive(item).latest
    line = text[text.rfind("\n", 0, found.start()) + 1 :].partition("\n")[0]
    first = not text[: found.start()].strip() and text[found.end() : found.end() + 1] == "\n"
    named = (above or first or _weekday(Held(calendar)).search(line) is not None) and "T" not in known.earliest
    return named and held is not None and abs((day - date.fromisoformat(held)).days) <= 1


def _in_sentence(text: str, found: re.Match[str], calendar: Calendar) -> bool:
    """Whether a date stands inside a sentence of the text rather than as a stamp: on a line of its own, between dots, or

    with its weekday at the end of the first line, as a round-up names its day ("events of Wednesday 15-09-2021").
    """
    before = text[max(0, found.start() - 40) : found.start()].rsplit("\n", 1)[-1].strip()
    after = text[found.end() : found.end() + 40].split("\n", 1)[0].strip()
    alone = len(before.split()) <= 4 and len(after.split()) <= 3
    marked = after.startswith(("·", "|", "-")) or before.endswith(("·", "|", ":"))
    by_agency = before == "(" and after.startswith("/")  # "(June 11, 2017 / an agency) Shells fell ..."
    heads = not text[: found.start()].strip("\n ").count("\n")
    named = heads and not after and bool(_weekday_last(Held(calendar)).search(before))
    return not (alone or marked or by_agency or named)


@lru_cache(maxsize=8)
def _weekday_last(held: Held) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){CLITIC}(?:ال)?{held.calendar.weekdays.any}\s*[,،:]?$")


def _from_number(item: Item) -> Publication | None:
    """The time that a post's number on X holds."""
    found = _X_NUMBER.search(item.url or "") or _X_NUMBER.search(item.native_id or "")
    if not found:
        return None
    milliseconds = (int(found.group(1) or found.group(2)) >> 22) + _X_EPOCH
    stamp = datetime.fromtimestamp(milliseconds / 1000, tz=UTC)
    if stamp.year > 2100:
        return None
    text = stamp.isoformat(timespec="seconds")
    return Publication(
        earliest=text, latest=text, zone="+00:00", basis="post id", why="the number of a post on X holds its time"
    )


def _slug_words(url: str, larder: Larder) -> tuple[str, ...]:
    """Year, month and day from an address in which a site spells the month in Latin letters: ``25-aylwl-2023``."""
    months = {row.key: row.fields["month"] for row in larder.rows("month_slugs")}
    found = re.search(rf"(?<!\d)(\d{{1,2}})-({alternation(list(months))})-(20[0-3]\d)(?!\d)", url) if months else None
    return (found[3], months[found[2]], found[1]) if found else ()


def _from_address(item: Item, larder: Larder) -> Publication | None:
    found = _IN_ADDRESS.search(item.url or "")
    slug = _IN_SLUG.search(item.url or "")
    parts = found.groups() if found else (slug.groups()[::-1] if slug else _slug_words(item.url or "", larder))
    number = _IN_NUMBER.search((item.url or "").partition("?")[0].partition("#")[0])
    parts = parts or (number.groups()[::-1] if number else ())
    day = days.day(*(int(part) for part in parts)) if parts else None
    bound = bound_of(item, _from_archive(item))
    if day is None or (bound and day > bound):
        return None
    text = day.isoformat()
    return Publication(earliest=text, latest=text, zone=None, basis="address", why=f"the address holds {text}")


def _from_archive(item: Item) -> Publication:
    """An archive's stamp says only that the page was there by then."""
    found = _ARCHIVE.search((item.archived or "").rpartition("/web/")[2])
    day = days.day(*(int(part) for part in found.groups())) if found else None
    if day is None:
        why = "neither the source, its text nor its address says when it was published"
        return Publication(earliest=None, latest=None, zone=None, basis="unresolved", why=why)
    latest = day.isoformat()
    why = f"a web archive held it by {latest}; when it was published is not said"
    return Publication(earliest=None, latest=latest, zone=None, basis="archive stamp", why=why)
