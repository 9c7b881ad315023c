"""Copies of text among 5,000 posts, against every pair of them compared: which copies are found, whatever was done to them.

The posts are those of ``airwars-syria`` that hold one, less what their pages say around them, and copies of them made here: with another first line, tags and signs, words
written around a filter, letters of another keyboard, some words exchanged, cut short, quoted in a longer text, several in one. Two
texts count as found where the ties lead from the one to the other, as origins are folded. Held against are all pairs whose runs of
three plainly folded words come to a Jaccard of 0.6, and the copies made, one kind after the other; a copy inside a longer text counts
where a tie of that manner joins the two groups. What it does not prove:
that others change texts as this does.
"""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from benchmarks.quality.texts import larder
from benchmarks.shared import BENCH, Row, digest, lines
from witnessmark.intake.items_jsonl import item_of
from witnessmark.reading.layout import lay_out
from witnessmark.terms.address import address_of
from witnessmark.terms.item import Item
from witnessmark.terms.likeness import Likeness
from witnessmark.terms.script import fold, words
from witnessmark.terms.sketch import Sketch
from witnessmark.tracing.shingles import LEAST_SHINGLES, LEAST_WORDS, hashes, signature
from witnessmark.tracing.stretches import Wording
from witnessmark.tracing.texts import likenesses
from witnessmark.tracing.wording import compared

ITEMS = BENCH / "airwars-syria" / "items.jsonl"
WALLS = BENCH / "airwars-syria" / "walls.json"
_COUNT = 5000
_ALIKE, _STRANGE = 0.6, 0.3
_LEAST = 12  # words of a post that copies are made of
_PERSIAN = str.maketrans("كيىأإة0123456789", "کیيااه٠١٢٣٤٥٦٧٨٩")  # letters and digits as another keyboard gives them
_ALIEN = str.maketrans("aeocpxAEOCPX", "аеосрхАЕОСРХ")
_LETTERS = re.compile(r"[^\W\d_]{5,}")


class Text(NamedTuple):
    """A post, and of which earlier ones it was made, how."""

    item: str
    words: str
    publisher: str
    published: str | None
    of: tuple[str, ...] = ()
    kind: str = ""


def _hidden(text: str, chance: random.Random) -> str:
    """Every third long word written around a filter."""
    signs = (".", "ـ", "\u200b", "·")

    def hide(found: re.Match[str]) -> str:
        word = found.group()
        if chance.random() < 2 / 3:
            return word
        if word.isascii():
            return word.translate(_ALIEN)
        return word[:2] + chance.choice(signs) + word[2:]

    return _LETTERS.sub(hide, text)


def _exchanged(text: str, chance: random.Random) -> str:
    """One word in thirty for another of the text."""
    said = text.split()
    return " ".join(chance.choice(said) if chance.random() < 1 / 30 else word for word in said)


def _cut(text: str, chance: random.Random) -> str:
    said = text.split()
    return " ".join(said[: max(_LEAST, int(len(said) * chance.uniform(0.7, 0.9)))])


def _headed(text: str, other: str) -> str:
    return " ".join(other.split()[: max(3, len(text.split()) // 6)]) + "\n" + text


CHANGES: dict[str, Callable[[str, str, random.Random], str]] = {
    "as it is": lambda text, _, __: text,
    "another first line": lambda text, other, _: _headed(text, other),
    "tags, signs and an address": lambda text, _, __: (
        f"🔴🔴 {text} 💔\n#one #two_words #three #عاجل https://t.me/some/123"
    ),
    "written around a filter": lambda text, _, chance: _hidden(text, chance),
    "letters of another keyboard": lambda text, _, __: text.translate(_PERSIAN),
    "some words exchanged": lambda text, _, chance: _exchanged(text, chance),
    "cut short": lambda text, _, chance: _cut(text, chance),
    "quoted in a longer text": lambda text, other, _: f"{other}\n{text}\n{other[::-1]}",
}


def made(count: int = _COUNT, seed: int = 7) -> list[Text]:
    """That many texts, the posts of the set first."""
    chance = random.Random(seed)  # noqa: S311 - no secret depends on it
    empty = set(WALLS.read_text(encoding="utf-8").split('"'))
    rows = [row for row in lines(ITEMS) if row["text"] and row["id"] not in empty]
    texts = [Text(row["id"], _body(row), row["publisher"] or row["id"], _day(row["published_at"])) for row in rows]
    models = [one for one in texts if _LEAST <= len(one.words.split()) <= 400]
    kinds = list(CHANGES)
    for number in range(count - len(texts)):
        kind = kinds[number % len(kinds)]
        model, other = chance.choice(models), chance.choice(models)
        words = CHANGES[kind](model.words, f"{other.words} {chance.choice(models).words}", chance)
        texts.append(Text(f"made-{number}", words, f"other-{number}", model.published, (model.item,), kind))
    return texts[:count]


def _body(row: Row) -> str:
    """The post itself, less what its page says around it."""
    item = item_of(row, address_of(b""), "")
    if not isinstance(item, Item):
        return ""
    told = zip(item.passages, lay_out(item, larder()).regions, strict=True)
    return "\n".join(
        passage.text[one.start : one.end]
        for passage, regions in told
        for one in regions
        if one.role in ("body", "quoted")
    )


def _day(given: str | None) -> str | None:
    found = re.match(r"\d{4}-\d\d-\d\d", given or "")
    return found.group() if found else None


def sketches(texts: Iterable[Text]) -> tuple[list[Sketch], dict[str, Wording]]:
    """What the search for copies is given."""
    out, wordings = [], {}
    for one in texts:
        found = compared(one.words)
        told = Wording([word for word, _, _ in found], [(0, start, end) for _, start, end in found])
        signed = signature(told.words)
        wordings[one.item] = told
        out.append(
            Sketch(
                item=one.item, digest=signed.digest, count=len(told.words), minhash=signed.minhash, terms=b"", native=None,
                series=None, published=one.published, readable=True, marks=signed.marks, publisher=one.publisher,
            )
        )  # fmt: skip
    return out, wordings


def all_pairs(texts: Sequence[Text], least: float) -> dict[tuple[str, str], float]:
    """Every pair of texts alike to some share, by plainly folded words; those of eight words and more."""
    grams = {one.item: found for one in texts if len(found := _grams(one.words)) >= LEAST_SHINGLES}
    having: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for item, mine in grams.items():
        for gram in mine:
            having[gram].append(item)
    shared = Counter(pair for items in having.values() for pair in combinations(items, 2))
    jaccard = {
        (one, other): number / (len(grams[one]) + len(grams[other]) - number)
        for (one, other), number in shared.items()
        if number >= least * max(len(grams[one]), len(grams[other]))
    }
    return {pair: alike for pair, alike in jaccard.items() if alike >= least}


def _grams(text: str) -> set[tuple[str, ...]]:
    folded = fold(text)
    said = [folded.text[start:end] for start, end in words(folded)]
    return {tuple(said[at : at + 3]) for at in range(len(said) - 2)}


class Groups:
    """Texts that ties of whole texts join, one leading to the next; and which groups hold a part of which."""

    def __init__(self, found: Iterable[Likeness]) -> None:
        self._up: dict[str, str] = {}
        found = list(found)
        for like in found:
            if like.manner != "contained":
                self._up[self.root(like.one)] = self.root(like.other)
        self._inside = {
            frozenset((self.root(like.one), self.root(like.other))) for like in found if like.manner == "contained"
        }

    def root(self, item: str) -> str:
        """The name of a text's group."""
        while (up := self._up.setdefault(item, item)) != item:
            item = up
        return item

    def one(self, one: str, other: str) -> bool:
        """Whether two texts stand in one group."""
        return self.root(one) == self.root(other)

    def tied(self, one: str, other: str) -> bool:
        """Whether they do, or their groups hold a part of each other."""
        return self.one(one, other) or frozenset((self.root(one), self.root(other))) in self._inside

    def pairs(self, items: Iterable[str]) -> Iterator[tuple[str, str]]:
        """All pairs that stand in one group, in order."""
        members: dict[str, list[str]] = defaultdict(list)
        for item in items:
            members[self.root(item)].append(item)
        for group in members.values():
            yield from combinations(sorted(group), 2)


def score() -> tuple[dict[str, float], str]:
    """Recall of pairs and of each kind of copy; how many pairs joined are hardly alike; how many ties a text has."""
    texts = made()
    known, wordings = sketches(texts)
    found = likenesses(known, lambda wanted: {item: wordings[item] for item in wanted})
    groups, alike = Groups(found), all_pairs(texts, _ALIKE)
    joined = list(groups.pairs(item for item, wording in wordings.items() if len(wording.words) >= LEAST_WORDS))
    grams = {item: set(hashes(wordings[item].words).tolist()) for pair in joined for item in pair}
    shares = [len(grams[one] & grams[other]) / len(grams[one] | grams[other]) for one, other in joined]
    figures = {
        "recall of pairs of 0.6 and more": sum(groups.one(*pair) for pair in alike) / len(alike),
        "of pairs joined, alike by 0.3 at least": sum(share >= _STRANGE for share in shares) / len(joined),
    }
    for kind in CHANGES:
        mine = [one for one in texts if one.kind == kind]
        figures[f"found: {kind}"] = sum(groups.tied(one.item, one.of[0]) for one in mine) / len(mine)
    held = {frozenset((one.item, one.of[0])) for one in texts if one.kind == "quoted in a longer text"}
    told = [like for like in found if like.manner == "contained" and {like.one, like.other} in held]
    figures["the longer told rightly"] = sum(str(like.holder).startswith("made-") for like in told) / len(told)
    figures["ties to a text"] = len(found) / len(texts)
    return figures, digest([ITEMS])


if __name__ == "__main__":
    for figure, value in score()[0].items():
        print(f"{figure:40} {value:10.4f}")
