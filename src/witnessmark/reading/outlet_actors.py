"""Which party or body of the packs a publisher is, by its name: "SDF Press Office", "SANA English", وكالة أعماق Amaq.

A name is an actor's where nothing stands beside the actor's own names but words for an office, a language or that it is official;
beside an agency's or an outlet's also what kind of outlet it is, for "Syrian Army News" need not be the army's. What it does not
prove: that the account is what it calls itself.
"""

import re
from functools import lru_cache

from witnessmark.reading.patterns import ByDigest
from witnessmark.terms.ports import Larder
from witnessmark.terms.script import fold, key

_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u064b-\u0652\u0670\u0640])*")
_OFFICE = frozenset({"office", "language"})


def outlet_actor(larder: Larder, publisher: str | None) -> str | None:
    """The actor that a publisher's name is, where it is one wholly but for words that tell none from another."""
    return _actor(publisher, ByDigest(larder)) if publisher else None


@lru_cache(maxsize=4096)
def _actor(publisher: str, held: ByDigest) -> str | None:
    hits = [hit for hit in held.larder.lexicon("actors").find(fold(publisher)) if hit.entry.fields.get("id")]
    if len({hit.entry.fields["id"] for hit in hits}) != 1:
        return None
    taken = [(hit.start, hit.end) for hit in hits]
    party = hits[0].entry.fields.get("party") == "yes"
    for word in _WORD.finditer(publisher):
        inside = any(start <= word.start() < end for start, end in taken)
        roles = _roles(held).get(key(word.group()), frozenset())
        if not inside and not (roles & _OFFICE or (roles and not party)):
            return None
    return str(hits[0].entry.fields["id"])


@lru_cache(maxsize=8)
def _roles(held: ByDigest) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in held.larder.rows("name_words"):
        found.setdefault(key(row.key), set()).add(row.fields["role"])
    return {word: frozenset(roles) for word, roles in found.items()}
