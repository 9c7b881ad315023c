"""Translated copies: 30 invented Arabic posts, each with a translation and with another's report of the same event.

Every post is held against every English text, all in one case: what is tied is right where it is the post's translation. The texts
(``gold/translated.jsonl``) are ours; the reports were written to share place, day and toll with the post, and to tell their own
details; ten tell the whole toll alike. What they do not prove: how often translators reorder or shorten what they translate.
"""

from pathlib import Path

from benchmarks.quality.texts import larder
from benchmarks.shared import digest, lines
from witnessmark.casefile.facts import facts_of
from witnessmark.reading.item import read_item
from witnessmark.terms.address import address_of
from witnessmark.terms.fact import Fact, packed
from witnessmark.terms.item import Item
from witnessmark.terms.passage import Passage
from witnessmark.terms.sketch import Sketch
from witnessmark.tracing.translated import share, told, translated, translations

GOLD = Path(__file__).resolve().parent / "gold" / "translated.jsonl"


def sketch(name: str, language: str, published: str, facts: list[Fact]) -> Sketch:
    """Only what the search for translations takes."""
    return Sketch(
        item=name, digest=name, count=1, minhash=b"", terms=b"", native=None, series=None, published=published, readable=True,
        language=language, facts=packed(facts),
    )  # fmt: skip


def read() -> tuple[list[Sketch], dict[str, list[str]]]:
    """Every text of the set as the search takes it, named by its event and what it is, and its facts in words."""
    sketches, labels = [], {}
    for row in lines(GOLD):
        name = f"{row['event']:02} {row['kind']}"
        passage = Passage(role="body", text=row["text"], selector="text")
        address = address_of(name.encode())
        item = Item(address=address, selector="", kind="text", passages=(passage,), published=row["published"])
        facts = facts_of(item, read_item(item, larder()), larder())
        sketches.append(sketch(name, row["language"], row["published"], facts))
        labels[name] = [one.words for one in facts]
    return sketches, labels


def score() -> tuple[dict[str, float], str]:
    """Precision and recall over all texts together; and how many reports are tied where their event's translation is not there."""
    sketches, labels = read()
    found = [
        (one.one, one.other) for one in translations(sketches, lambda wanted: {one: labels[one] for one in wanted})
    ]
    right = sum(one[:2] == other[:2] and "report" not in one + other for one, other in found)
    known = {one.item: told(one) for one in sketches}
    posts = [one for one in sorted(known) if one.endswith("original")]
    reports = [one for one in sorted(known) if "report" in one]
    alone = [translated(share(known[f"{one[:2]} original"], known[one])) for one in reports]
    return {
        "precision": right / len(found) if found else 0.0,
        "recall": right / len(posts),
        "reports of the same event taken for one": sum(alone) / len(reports),
    }, digest([GOLD])


if __name__ == "__main__":
    for figure, value in score()[0].items():
        print(f"{figure:46} {value:8.4f}")
