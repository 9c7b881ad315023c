"""What a card holds beyond its claim: the instant of publication, the kind of its access, how many dead are named.

What they do not prove: that a clock was right, that who claims access had it, or that a name is of one of those counted.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import urlsplit

from witnessmark.packs.larder import PackLarder
from witnessmark.packs.place_names import bones
from witnessmark.reading.access import own_source
from witnessmark.terms.claim import Claim
from witnessmark.terms.item import Item
from witnessmark.terms.moment import Publication
from witnessmark.terms.reading import Reading
from witnessmark.terms.script import fold, squeezed, told
from witnessmark.terms.statement import Statement

_CAPTION = 40  # words of a text that is a caption and no report
_PARTS = re.compile(r"\s*[|/]\s*|\s+[-–—]\s+")
_LEAST_NAME = 4  # letters of a name less such words
_BESIDE_NAME = ("language", "office")  # words that tell none from another: "SANA English" is SANA
_LEAST_BONES = 2  # consonants of a word of a name
_OUTLETS = ("agency", "local outlet or activist group")
_NO_ACCOUNT = ("", "s")  # t.me/s/ACCOUNT is its page of posts


def instant(publication: Publication) -> str | None:
    """The instant of publication in UTC, where one is known."""
    earliest = publication.earliest or ""
    if "T" not in earliest:
        return None
    at = datetime.fromisoformat(earliest)
    return at.astimezone(UTC).isoformat() if at.tzinfo else None


def access_kind(words: str | None, larder: PackLarder) -> str | None:
    """Which kind of access some words state, by the first entry of the packs found in them."""
    hits = larder.lexicon("access").find(fold(words)) if words else []
    return hits[0].entry.fields.get("kind") or None if hits else None


def aliases(item: Item, larder: PackLarder) -> tuple[str, ...]:
    """More names under which others may credit who published an item: author, site, and the account or host of its address."""
    told = (item.author, item.site, *_of_address(item.url, larder))
    return tuple(dict.fromkeys(name for one in told if one and len(name := squeezed(one)) > 1))


def names_of(publisher: str | None, larder: PackLarder) -> tuple[str, ...]:
    """What a publisher goes by: its name and each part of it ("Al-Dardar Network | …"), less words such as "agency".

    What is left of a name must be no place's: "Aleppo News" is not Aleppo.
    """
    found: dict[str, None] = {}
    for part in _PARTS.split(publisher or ""):
        found[" ".join(told(part))] = None
        for roles in (_BESIDE_NAME, None):
            left = _less(part, roles, larder)
            if sum(map(len, left)) >= _LEAST_NAME and not larder.gazetteer.lookup(" ".join(left)):
                found[" ".join(left)] = None
    return tuple(name for name in found if name)


def _less(name: str, roles: Sequence[str] | None, larder: PackLarder) -> list[str]:
    """The words of a name less those in some roles of the table of such words; without roles less all of them."""
    bare, folded = list(name), fold(name)
    hits = [
        hit for hit in larder.lexicon("name_words").find_all(folded) if not roles or hit.entry.fields["role"] in roles
    ]
    for hit in (*hits, *(larder.lexicon("class_words").find_all(folded) if not roles else ())):
        bare[hit.start : hit.end] = " " * (hit.end - hit.start)
    return told("".join(bare))


def person_bones(name: str | None) -> tuple[str, ...]:
    """The consonants of each word of a person's name, by which it is the same in either script; words of few tell nothing."""
    return tuple(bone for word in told(name or "") if len(bone := bones(word)) >= _LEAST_BONES)


def names_outlet(source: str | None, actor: str | None, larder: PackLarder) -> bool:
    """Whether the words for a source name an outlet, by the actors packs or by a word for one."""
    if actor:
        kinds = {row.fields.get("kind") for row in larder.rows("actors") if row.fields.get("id") == actor}
        return bool(kinds & {"media", "agency"})
    hits = larder.lexicon("class_words").find(fold(source or ""))
    return any(hit.entry.fields["class"] in _OUTLETS for hit in hits)


def _of_address(url: str | None, larder: PackLarder) -> tuple[str, ...]:
    """The account in an address of a host that carries what others publish, else the host, with its ending and without."""
    try:
        parts = urlsplit(url or "")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ()  # an address that is none
    if any(host == row.key or host.endswith(f".{row.key}") for row in larder.rows("person_hosts")):
        return tuple(part for part in parts.path.split("/") if part not in _NO_ACCOUNT)[:1]
    return (host, host.rpartition(".")[0]) if host else ()


def named_killed(claim: Claim, reading: Reading) -> int:
    """How many people the words of a claim name as killed; none where it names more than it counts: not all are dead then."""
    inside = {one.name for one in reading.victims if one.kind == "killed" and claim.span.covers(one.span)}
    told = claim.killed
    if told is None or told.vague or claim.kind not in ("attack", "harm"):
        return 0
    return len(inside) if len(inside) <= (told.least if told.most is None else told.most) else 0


def of_another(said: Statement | None, reading: Reading, larder: PackLarder) -> Statement | None:
    """Whose word it is where the source is only another's somebody: "its correspondent" is the outlet's that quotes it."""
    if said is None or said.nested_in is None or said.source_resolved:
        return said
    hits = larder.lexicon("access").find(fold(said.source or ""))
    theirs = any(hit.entry.fields.get("role") == "theirs" for hit in hits)
    return reading.statements[said.nested_in] if theirs else said


def borrowed(said: Statement, item: Item, reading: Reading, larder: PackLarder) -> bool:
    """Whether a source is a bare "the correspondent" in an item that has its matter from somebody it credits."""
    passed = any(one.manner in ("via", "forward") for one in reading.credits)
    return passed and not said.source_resolved and own_source(item, said, larder, bare=True)


def passing(item: Item) -> tuple[str, ...]:
    """The manners of credits that pass the words on too: that of a picture or clip does where they are but its caption.

    Who adds no more than a caption to what another filmed adds nothing (``benchmarks/quality/gold/ORIGINS.md``, 2 and 6).
    """
    told = sum(len(one.text.split()) for one in item.passages if one.role == "body")
    return ("via", "forward", "medium") if told <= _CAPTION else ("via", "forward")
