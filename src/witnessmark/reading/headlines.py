"""Headlines of other pages: what a site prints below an article, or in its stead.

The rule: below the last sentence of an article, four lines in a row or more that end no sentence, go on with none and are no
list of its own are headlines of others, where the article's own paragraphs do end in stops. A headline may ask, exclaim or be cut off
with dots; what stands so right below the article's last sentence is still its own. A page in which no line is a sentence,
and some repeat its title, holds that title and nothing else. What it does not do: read a list of points as headlines; a line that shares
half its words with the title stays the page's own.
"""

import re
from collections.abc import Iterator
from functools import cached_property

from witnessmark.terms.script import key

_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"\w+")
_ENDS = re.compile(r"[.!?؟۔][\"”»’')\]]*\s*\Z")
_LISTED = re.compile(r"\s*(?:[-–—•▪◾●*#@]|\d{1,3}\s*[.)\-–]|[\u0660-\u0669]{1,2}\s*[.)\-–])")
_STOP = re.compile(r"(?<!\.)\.[\"”»’')\]]*\s*\Z")  # a headline may ask, exclaim or be cut off; it ends in no full stop
_OPEN = re.compile(r"[:;؛,،—–]\s*\Z")  # ends of lines with which a text goes on
_AND = "و"  # and, written together with the next word
_SENTENCE, _PARAGRAPH = 10, 30  # words from which a line that ends in a stop is a sentence, and any line a paragraph
TITLE_LEAST = 4  # words of a title that says anything
_HEADLINE = range(4, 26)  # words of a headline
_OPENING = 4  # words from which a line before a colon says what follows; fewer are a label ("Tags:")
_PATH, _ESCAPED = re.compile(r"\w+://[^/]*(?P<path>[^?#]*)"), re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_SLUG = re.compile(r"[^\W_]+(?:-[^\W_]+){3,}")  # words of a headline in an address
_SIGNED = 2  # lines below an article's last sentence that may say whose it is
_LABELLED = re.compile(r"\s*\w+\s*[:：](?:\W*\w+){1,3}\W*\Z")  # "Source: a news agency"
_FEW = 10  # words that may all be of other matter
_LABEL, _NEW = (
    4,
    4,
)  # different words from which a line is no label, and that make a line with the title's words say more
_SHORT = 17  # words from which a line is no headline where nothing else tells it from a paragraph
# Headlines that make a row below an article; that make one beside a title; that make a page on which the title itself
# is not said again.
_BELOW_ROW, _ROW, _PAGEFUL = 4, 3, 4
_TAGS, _LONG = 2, 6  # short lines that are tags; words of a headline that is no name
BESIDE, BELOW = "headlines of other pages beside a title", "headlines of other pages below the article"


class Row:
    """A line: what a headline, a sentence, a label and a point of a list are told apart by, each found when it is asked.

    ``title``: the words of the page's own; ``verbs``: as of :func:`others`.
    """

    def __init__(self, line: re.Match[str], title: set[str], verbs: frozenset[str]) -> None:
        self.start, self.end = line.span()
        self._text, self._title, self._verbs = line.group(), title, verbs

    @cached_property
    def _found(self) -> list[str]:
        return _WORD.findall(self._text)

    @cached_property
    def words(self) -> int:
        """How many words it has."""
        return len(self._found)

    @cached_property
    def sentence(self) -> bool:
        """Whether it is long enough for a sentence, and ends as one does, or is a paragraph."""
        stopped = self.words >= _SENTENCE and _ENDS.search(self._text) is not None
        return stopped or self.words >= _PARAGRAPH

    @cached_property
    def full(self) -> bool:
        """Whether it ends in a full stop."""
        return _STOP.search(self._text) is not None

    @cached_property
    def own(self) -> bool:
        """Whether it has half the title's words."""
        return len(_telling(self._found) & self._title) * 2 >= len(self._title)

    @cached_property
    def listed(self) -> bool:
        """Whether it is a point of a list."""
        return _LISTED.match(self._text) is not None

    @property
    def goes_on(self) -> bool:
        """Whether it goes on with what was told, or is gone on with."""
        joined = bool(self._found) and self._found[0][0] == _AND and key(self._found[0][1:]) in self._verbs
        return joined or self.full or _OPEN.search(self._text) is not None

    @property
    def opens(self) -> bool:
        """Whether it says what follows."""
        if self._text.rstrip()[-1:] != ":":
            return False
        return self.words >= _OPENING or any(key(word) in self._verbs for word in self._found)

    @property
    def labelled(self) -> bool:
        """Whether it is a label and a name: "Source: a news agency"."""
        return _LABELLED.match(self._text) is not None


def others(text: str, title: str, top: int, verbs: frozenset[str]) -> Iterator[tuple[int, int, str]]:
    """Stretches of a body that are headlines of other pages, with the reason. ``top``: where furniture above it ends.

    ``verbs``: folded words of harm, of speech and before names, which with an Arabic "and" before them go on with what
    was told, and in a label open a list ("The dead:").
    """
    named = words_of(title)
    if len(named) < TITLE_LEAST:
        return
    rows = [Row(line, named, verbs) for line in _LINE.finditer(text, top) if line.group().strip()]
    if rows and not any(row.sentence or row.listed for row in rows):
        strange = sum(not row.own and row.words in _HEADLINE for row in rows)
        if any(row.words > _SHORT and not row.own for row in rows):
            return  # a paragraph whose author sets no stops
        if strange >= (_ROW if any(row.own for row in rows) else _PAGEFUL):
            yield from ((row.start, row.end, BESIDE) for row in rows if not row.own)
        return
    yield from _below(rows)


def _below(rows: list[Row]) -> Iterator[tuple[int, int, str]]:
    """The rows of headlines below an article whose paragraphs end in stops; short sentences and lists stand between them."""
    last = max((number for number, row in enumerate(rows) if row.sentence and not _may_be_headline(row)), default=-1)
    while 0 <= last < len(rows) - 1 and rows[last + 1].sentence:
        last += 1
    long = [row for row in rows if row.words >= _SENTENCE and not row.listed]
    stopped = sum(row.sentence for row in long)
    tail = rows[last + 1 :]
    if last < 0 or 2 * stopped < len(long) - sum(row.words in _HEADLINE for row in tail):
        return
    run: list[Row] = []
    after: Row | None = rows[last]
    for row in (*tail, None):
        if row is not None and not (row.listed or row.own or row.goes_on or row.words > _HEADLINE[-1]):
            run.append(row)
            continue
        found = _headlines(run, right_below=after is rows[last], ends=row is None)
        if found and not (after and after.opens):
            yield found[0].start, found[-1].end, BELOW
        run, after = [], row


def _headlines(run: list[Row], *, right_below: bool, ends: bool) -> list[Row]:
    """The headlines of a run, if they are enough; fewer are behind the tags of an article, at the end of its page."""
    found = _unsigned(run) if right_below else run
    if sum(one.words in _HEADLINE for one in found) >= _BELOW_ROW:
        return found
    tags = next((number for number, one in enumerate(run) if one.words >= _HEADLINE[0]), len(run))
    few = ends and tags >= _TAGS and len(run) - tags >= _ROW and all(one.words >= _LONG for one in run[tags:])
    return run[tags:] if few else []


def _unsigned(run: list[Row]) -> list[Row]:
    """A run less who signs the article above it: one line or two of a name, or of a label and a name."""
    signed = 0
    while signed < min(_SIGNED, len(run)) and (run[signed].words < _HEADLINE[0] or run[signed].labelled):
        signed += 1
    return run[signed:]


def _may_be_headline(row: Row) -> bool:
    """Whether a line that ends as a sentence does may be a headline all the same: one that asks, or is cut off."""
    return not row.full and row.words in _HEADLINE


def more_than(text: str, title: str) -> int:
    """How many words stand in lines of a text that say more than a title, labels and dates left aside.

    None where the title is not said again, and they are no sentence, few, and none of its words: what else a site has.
    """
    named = words_of(title)
    rows = [words_of(line) for line in _LINE.findall(text)]
    own = [row for row in rows if len(row & named) * 2 >= len(named)]
    more = [row for row in rows if len(row) >= _LABEL and not (row in own and len(row - named) < _NEW)]
    count, said = sum(map(len, more)), set[str]().union(*more)
    strange = not own and count < _FEW and not said & named and _latin(said) == _latin(named)
    return 0 if strange and not any(telling(text, "", 0)) else count


def elsewhere(url: str | None, text: str, title: str) -> bool:
    """Whether a page's address is made of words of which none is in its title, and next to none in its text.

    Sites write a headline into its address; one that sends whoever asks for an old page to its front keeps the address.
    """
    found = _PATH.match(url or "")
    path = _ESCAPED.sub(_letters, found["path"]) if found else ""
    slug = max(_SLUG.findall(path), key=len, default="")
    asked = words_of(" ".join(word for word in slug.split("-") if word.isalpha()))
    named = words_of(title)
    if len(asked) < TITLE_LEAST or asked & named or _latin(asked) != _latin(named):
        return False
    return 4 * len(asked & words_of(text)) <= len(asked)


def _letters(escaped: re.Match[str]) -> str:
    """What bytes in an address stand for (RFC 3986, section 2.1)."""
    return bytes.fromhex(escaped.group().replace("%", "")).decode("utf-8", "replace")


def _latin(words: set[str]) -> bool:
    return 2 * sum(word.isascii() for word in words) > len(words)


def telling(text: str, title: str, start: int) -> Iterator[tuple[int, bool]]:
    """Where each sentence below a place begins, and whether it has half the title's words."""
    named = words_of(title)
    for line in _LINE.finditer(text, start):
        row = Row(line, named, frozenset())
        if row.sentence:
            yield row.start, bool(named) and row.own


def words_of(text: str) -> set[str]:
    """The words of a line, folded, less the shortest."""
    return _telling(_WORD.findall(text))


def _telling(words: list[str]) -> set[str]:
    return {key(word) for word in words if len(word) > 2}
