"""Makes any number of captured items out of a benchmark set, for measuring speed; never for measuring quality.

    python -m benchmarks.speed.make_items COUNT FILE

Items come in invented events: a place of the register, a day, a toll. Each event gets some posts, each made from one
post of the set: its places and small numbers are swapped for the event's, its dates for the event's day, a third of its
sentences for sentences of other posts of its language, and some of its words for words of those (more in short posts),
since otherwise fifty posts from one original would be copies of each other. One item in thirty is a copy of an earlier
one under another id. Captures that hold no post are left out, being copies of each other. The same count gives the same
bytes; a smaller count gives the beginning of a larger.
"""

import csv
import json
import random
import re
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from benchmarks.shared import BENCH, lines

SET = BENCH / "airwars-syria"
COPIES = 0.033  # with those that happen by chance, below the twentieth that counts as the most
_SWAPPED = 0.33  # share of sentences that come from another post
_LONG = 120  # words from which fewer need to be exchanged
_EXCHANGED = (0.24, 0.12)  # share of words that come from other posts, in short posts and in long ones
_KEPT = 1000  # earlier items to copy from
_POSTS = 6  # per event, on average; the set has 2,247 for 369
_FIRST, _SPAN = date(2012, 1, 1), 4700  # days over which events are spread
_BREAK = re.compile(r"(?<=[.!?؟\n]\s)(?=\S)")
_WORD = re.compile(r"[^\W\d_]{3,}")
_NUMBER = re.compile(r"(?<![\d/.:-])\d{1,2}(?![\d/.:-])")
_DATE = re.compile(r"\b\d{4}-\d\d-\d\d\b")
_SHORTEST = 4  # letters of a name that is swapped; shorter ones are words of their own

Row = dict[str, Any]


class Place(NamedTuple):
    """A place of the register in both scripts."""

    name: str
    arabic: str


class Post(NamedTuple):
    """A post of the set, cut into sentences."""

    row: Row
    sentences: tuple[str, ...]


def places(path: Path) -> list[Place]:
    """Every place with a name in both scripts, once, in order of name."""
    with path.open(encoding="utf-8", newline="") as source:
        found = {Place(row["place"].strip(), row["place_ar"].strip()) for row in csv.DictReader(source)}
    return sorted(place for place in found if place.name and place.arabic)


class Maker:
    """Everything that is made once: posts by language, the register's names, one source of chance."""

    def __init__(self, folder: Path, seed: int = 1) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - no secret depends on it
        self.places = places(folder / "register.csv")
        names = sorted({name for place in self.places for name in place if len(name) >= _SHORTEST})
        self.names = AhoCorasick(names, matchkind=MatchKind.LeftmostLongest)
        empty = set(json.loads((folder / "walls.json").read_text(encoding="utf-8")))
        self.posts = [
            Post(row, tuple(_BREAK.split(row["text"])))
            for row in lines(folder / "items.jsonl")
            if row.get("text") and row["id"] not in empty
        ]
        self.by_language: dict[str, list[Post]] = {}
        self.words: dict[str, list[str]] = {}
        for post in self.posts:
            self.by_language.setdefault(post.row["lang"], []).append(post)
            self.words.setdefault(post.row["lang"], []).extend(_WORD.findall(post.row["text"]))

    def swap_places(self, text: str, place: Place, other: Place) -> str:
        """The first name found becomes the event's place wherever it stands; every other one another place."""
        out, last, first = [], 0, None
        for _, start, end in self.names.find_matches_as_indexes(text):
            if (start and text[start - 1].isalpha()) or (end < len(text) and text[end].isalpha()):
                continue
            name = text[start:end]
            first = first or name
            chosen = place if name == first else other
            out += [text[last:start], chosen.name if name.isascii() else chosen.arabic]
            last = end
        return "".join([*out, text[last:]])

    def text(self, post: Post, place: Place, other: Place, toll: int, day: date) -> str:
        """A new text from a post."""
        mates = self.by_language[post.row["lang"]]
        sentences = [
            self.chance.choice(self.chance.choice(mates).sentences) if self.chance.random() < _SWAPPED else sentence
            for sentence in post.sentences
        ]
        # The last sentence of a post has no blank after it.
        words = "".join(sentence if sentence[-1:].isspace() else sentence + "\n" for sentence in sentences).rstrip()
        words = self.swap_places(self.exchange(words, post.row["lang"]), place, other)
        words = _DATE.sub(day.isoformat(), words)
        return _NUMBER.sub(lambda found: str((int(found.group()) + toll) % 29 + 1), words)

    def exchange(self, text: str, language: str) -> str:
        """Some words in a text exchanged for words of the language's other posts, by how often they stand there."""
        others = self.words[language]
        share = _EXCHANGED[len(text.split()) >= _LONG]
        return _WORD.sub(
            lambda found: self.chance.choice(others) if self.chance.random() < share else found.group(), text
        )

    def event(self, number: int) -> Iterator[Row]:
        """The posts of one invented event."""
        place, other = self.chance.choice(self.places), self.chance.choice(self.places)
        day = _FIRST + timedelta(days=self.chance.randrange(_SPAN))
        toll = self.chance.randrange(29)
        for post in range(1 + int(self.chance.expovariate(1 / (_POSTS - 0.5)))):
            model = self.chance.choice(self.posts)
            published = datetime(day.year, day.month, day.day, self.chance.randrange(24), tzinfo=UTC)
            published += timedelta(days=self.chance.randrange(3))
            name = f"made-{number}-{post}"
            yield {
                **model.row,
                "id": name,
                "url": f"https://example.org/{name}",
                "archived": None,
                "publisher": f"channel{self.chance.randrange(400)}",
                "published_at": published.isoformat(),
                "captured_at": (published + timedelta(days=900)).isoformat(),
                "title": self.swap_places(model.row["title"] or "", place, other),
                "text": self.text(model, place, other, toll, day),
            }

    def copy(self, original: Row, row: Row) -> Row:
        """The original under another id and publisher; every other time with a sentence of another post before it."""
        first = ""
        if self.chance.random() < 1 / 2:
            first = self.chance.choice(self.chance.choice(self.by_language[original["lang"]]).sentences).strip() + "\n"
        return {
            **original,
            "id": row["id"],
            "url": row["url"],
            "publisher": row["publisher"],
            "text": first + original["text"],
        }

    def items(self, count: int) -> Iterator[Row]:
        """That many items; every event's posts together, copies anywhere after their originals."""
        made = number = 0
        kept: list[Row] = []
        while made < count:
            number += 1
            for made_up in self.event(number):
                if made >= count:
                    return
                if kept and self.chance.random() < COPIES:
                    yield self.copy(self.chance.choice(kept), made_up)
                else:
                    yield made_up
                    if len(kept) < _KEPT:
                        kept.append(made_up)
                    else:
                        kept[self.chance.randrange(_KEPT)] = made_up
                made += 1


def make(count: int, path: Path, folder: Path = SET) -> int:
    """Write that many items; returns the bytes written."""
    with path.open("w", encoding="utf-8") as out:
        for row in Maker(folder).items(count):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path.stat().st_size


if __name__ == "__main__":
    print(make(int(sys.argv[1]), Path(sys.argv[2])), "bytes")
