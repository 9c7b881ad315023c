"""Sources of a case: who published, who is quoted by name, who speaks as a party; each with its class and what people decided.

The history of a source shows what it told, when and of which incidents, how often its posts are copies of others', and how often
its figure was overtaken by its own later one or stands apart from another origin's. These are counts to read by, never a score.
A person under their own name is shown by role, with their items and nothing more (do no harm).
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from sqlalchemy import Connection, func, or_, select

from witnessmark.casefile import decisions, items, rows, shown, tables
from witnessmark.casefile.admiralty import reliability_row
from witnessmark.casefile.ids import find
from witnessmark.casefile.voices import PRIVATE, UNNAMED, Voice, classified, source_of
from witnessmark.errors import UsageError
from witnessmark.packs.larder import PackLarder
from witnessmark.terms.incident import Incident
from witnessmark.terms.likeness import PASSED_ON
from witnessmark.terms.source import Source
from witnessmark.terms.toll import Toll

_FIGURES = ("killed", "injured")


def every(db: Connection, larder: PackLarder, standing: Mapping[str, decisions.Standing]) -> Iterator[rows.Row]:
    """Every source of a case as a row, in order of class and name, those whom nothing names left out."""
    voice = tables.voice.c
    counted = select(
        voice.source,
        func.min(voice.key).label("key"),
        func.count(voice.item.distinct()).label("items"),
        func.count(voice.claim).label("claims"),
        func.count(tables.claim.c.incident.distinct()).label("incidents"),
    ).select_from(tables.voice.outerjoin(tables.claim, tables.claim.c.id == voice.claim))
    named = counted.where(~voice.key.startswith("unnamed:")).group_by(voice.source)
    spoken = _voices(db)
    found = [
        source_row(
            classified(spoken[one.source], larder),
            standing.get(one.source),
            {"items": one.items, "claims": one.claims, "incidents": one.incidents},
            larder,
        )
        for one in db.execute(named)
    ]
    yield from sorted(found, key=lambda row: (row["class"], row["name"], row["id"]))


def _voices(db: Connection) -> dict[str, Voice]:
    """Each named source as it first speaks, publishers' own names before how others word them."""
    voice = tables.voice.c
    asked = select(voice.source, voice.key, voice.name, voice.actor, voice.manner)
    told = asked.where(~voice.key.startswith("unnamed:")).order_by(
        voice.manner, voice.name.desc(), voice.item.desc()
    )  # the last of each stands: as a publisher before as quoted, the first name by letters
    return {
        row.source: Voice(key=row.key, name=row.name, actor=row.actor, manner=row.manner) for row in db.execute(told)
    }


def source_row(
    source: Source, standing: decisions.Standing | None, counts: Mapping[str, int], larder: PackLarder
) -> rows.Row:
    """One source, by the contract of ``export --what publishers``."""
    decided = standing.slots if standing else {}
    kind = str(decided.get("class") or source.kind)
    return {
        "id": source.id,
        "name": source.name,
        "actor": source.actor,
        "class": kind,
        "class_why": "decided by a person" if decided.get("class") else source.kind_why,
        "affiliation": decided.get("affiliation", source.affiliation),
        "party": source.party,
        **reliability_row(decided.get("reliability"), larder),
        "items": counts.get("items", 0),
        "claims": counts.get("claims", 0),
        "incidents": counts.get("incidents", 0),
        **rows.decided_row(standing),
    }


def about(db: Connection, wanted: str, larder: PackLarder, standing: decisions.Standing | None) -> rows.Row:
    """One source as a row, as it is suggested and decided."""
    return source_row(source_of(db, wanted, larder), standing, _counts(db, wanted), larder)


def _counts(db: Connection, wanted: str) -> dict[str, int]:
    told = _told(db, wanted)
    incidents = {row["incident"] for row in told if row["incident"]}
    return {
        "items": len({row["item_id"] for row in told}),
        "claims": sum(row["claim"] is not None for row in told),
        "incidents": len(incidents),
    }


def _told(db: Connection, wanted: str) -> list[rows.Row]:
    """Where a source speaks: its items, and the claims that are its word."""
    voice = tables.voice.c
    joined = tables.voice.outerjoin(tables.claim, tables.claim.c.id == voice.claim)
    asked = select(voice.item, voice.claim, voice.manner, tables.claim.c.incident, tables.claim.c.kind)
    told = db.execute(asked.select_from(joined).where(voice.source == wanted).order_by(voice.item, voice.number))
    return [
        {"item_id": row.item, "claim": row.claim, "manner": row.manner, "incident": row.incident, "kind": row.kind}
        for row in told
    ]


def history(db: Connection, wanted: str, larder: PackLarder) -> rows.Row:
    """One source with what it told across the case.

    Raises:
        UnknownId: nothing is called that.
        UsageError: it is no source.
    """
    found = find(db, wanted)
    if found.kind != "source":
        raise UsageError(
            f"{wanted} is a {found.kind}, and no source.",
            "Nothing was changed.",
            "Ids of sources begin with source-; `witnessmark sources CASE` lists them.",
        )
    standing = decisions.attached(db).standing
    row = about(db, found.id, larder, standing.get(found.id))
    told = _told(db, found.id)
    dated = _dates(db, sorted({one["item_id"] for one in told}))
    names, words = {}, {}
    for item in items.fetch(db, sorted(dated)):
        names[item.id] = item.name
        read = shown.reading(db, item.id)
        words.update({claim.id: rows.cut(item, claim.span) for claim in (read.claims if read else ())})
    row["told"] = sorted(
        (
            {**one, "item": names[one["item_id"]], "published": dated[one["item_id"]], "words": words.get(one["claim"])}
            for one in told
        ),
        key=lambda one: (one["published"] or "9999", one["item_id"], one["claim"] or ""),
    )
    if row["class"] in (PRIVATE, UNNAMED):
        return {**row, "history": None}
    return {**row, "history": _history(db, found.id, row["told"])}


def _dates(db: Connection, wanted: Sequence[str]) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for one in wanted:
        read = shown.reading(db, one)
        found[one] = read.publication.earliest if read else None
    return found


def _history(db: Connection, wanted: str, told: Sequence[rows.Row]) -> rows.Row:
    """Copies, figures overtaken and figures apart, each with where."""
    own = {one["item_id"]: one["published"] for one in told if one["claim"] is None}
    overtaken: list[rows.Row] = []
    apart: list[rows.Row] = []
    for incident in sorted({one["incident"] for one in told if one["incident"]}):
        whole = shown.incident(db, incident)
        mine = [one["claim"] for one in told if one["incident"] == incident and one["claim"]]
        overtaken += _overtaken(db, incident, mine)
        apart += _apart(whole, wanted)
    copies = _copies(db, own)
    return {"copied": copies, "overtaken": overtaken, "apart": apart}


def _copies(db: Connection, own: Mapping[str, str | None]) -> list[rows.Row]:
    """Its items that are copies of what others published before, or say that they have their matter from others."""
    found: list[rows.Row] = []
    like = tables.likeness.c
    for lot in tables.chunks(sorted(own)):
        touching = select(like.one, like.other, like.manner).where(or_(like.one.in_(lot), like.other.in_(lot)))
        pairs = [(row.one, row.other, row.manner) for row in db.execute(touching) if row.manner in PASSED_ON]
        others = _dates(db, sorted({one for pair in pairs for one in pair[:2]} - own.keys()))
        for one, other, manner in pairs:
            mine, theirs = (one, other) if one in own else (other, one)
            if theirs in own:
                continue
            first, second = others.get(theirs), own[mine]
            if first and second and first < second:
                found.append({"item": mine, "of": theirs, "manner": manner})
    return sorted(found, key=lambda row: (row["item"], row["of"], row["manner"]))


def _overtaken(db: Connection, incident: str, claims: Sequence[str]) -> list[rows.Row]:
    """Where its later figure for one incident differs from its earlier one."""
    out: list[rows.Row] = []
    told = [shown.claim(db, one)[0] for one in claims]
    dates = _dates(db, sorted({one.item for one in told}))
    for slot in _FIGURES:
        series = sorted(
            (dates[one.item] or "", one.id, toll) for one in told if isinstance(toll := getattr(one, slot), Toll)
        )
        for (before, _, was), (after, claim, now) in pairwise(series):
            if before < after and was.pair != now.pair:
                out.append(
                    {"incident": incident, "slot": slot, "then": list(was.pair), "now": list(now.pair), "claim": claim}
                )
    return out


def _apart(incident: Incident, wanted: str) -> list[rows.Row]:
    """Where its figure that counts and another origin's cannot both hold."""
    mine = {one.origin for one in incident.grounds.behind if wanted in one.sources}
    out: list[rows.Row] = []
    for slot in _FIGURES:
        counted = [one for one in incident.figures if one.slot == slot and one.left_out is None]
        own = [one for one in counted if one.origin in mine]
        against = Counter(
            other.origin
            for one in own
            for other in counted
            if other.origin not in mine and _disjoint(one.toll, other.toll)
        )
        out += [{"incident": incident.id, "slot": slot, "origin": origin} for origin in sorted(against)]
    return out


def _disjoint(one: Toll, other: Toll) -> bool:
    return (one.most is not None and one.most < other.least) or (other.most is not None and other.most < one.least)
