"""The step that holds the case's incidents, and the earlier events its claims mention, against what is known of others.

Incidents are held against the rows of each register; earlier events against the registers and against the case's own
incidents. Kept under one key: over the gathering that stands, what people decided of incidents, the registers and the
packs. Nothing is merged or opened by it. All rows are replaced in one transaction.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

import msgspec
from sqlalchemy import Connection, delete, select

from witnessmark.casefile import decisions, exports, registers, rows, tables
from witnessmark.casefile.case import Case
from witnessmark.casefile.limits import uncollected
from witnessmark.casefile.matches import OWN, Kept
from witnessmark.casefile.progress import Progress
from witnessmark.casefile.spread import batched
from witnessmark.incidents.match import SAME_KM
from witnessmark.incidents.registers import match
from witnessmark.packs.case_register import place_keys
from witnessmark.packs.larder import PackLarder, register_folders
from witnessmark.terms.account import Account, Match, Point, RegisterRow
from witnessmark.terms.address import digest_of
from witnessmark.terms.card import Card, Spot, kilometres
from witnessmark.terms.incident import Incident
from witnessmark.terms.place import LANDS
from witnessmark.terms.toll import Toll

STEP = "match"
VERSION = 1
_COMPARED = ("date", "place", "place_ar", "lat", "lon", "precision", "killed", "combatants_killed", "injured", "strike")
_LOT = 500  # incidents of which the cards are held at once
_POINTS = 3  # places an account is looked for at, beside the settled one
_encode = msgspec.json.encode


def current(case: Case, db: Connection) -> bool:
    """Whether what stands was matched from incidents and registers as they are."""
    return _stands(db) == _key(case, db)


def _stands(db: Connection) -> str | None:
    return db.execute(select(tables.step.c.key).where(tables.step.c.name == STEP)).scalar()


def _key(case: Case, db: Connection) -> str:
    gathered = db.execute(select(tables.step.c.key).where(tables.step.c.name == "gather")).scalar()
    standing = {one: found.slots for one, found in decisions.attached(db).standing.items() if found.slots}
    decided = {one: {slot: slots[slot] for slot in _COMPARED if slot in slots} for one, slots in standing.items()}
    told = {one: slots for one, slots in decided.items() if slots}
    return digest_of(STEP, VERSION, gathered, case.larder.digest, told, registers.digests(case))


def match_pending(case: Case, *, progress: Progress) -> None:
    """Match incidents and earlier events, unless what stands is current."""
    with case.transaction() as db, uncollected():
        key = _key(case, db)
        if _stands(db) == key:
            return
        folders = register_folders(case.packs_folder)
        progress("matching", 0, 1 + len(folders))
        incidents = _incidents(case, db)
        earlier, never = _earlier(db)
        db.execute(delete(tables.match))
        _keep(db, OWN, [replace(one, also=()) for one in match(earlier, incidents, never)], {})
        for number, folder in enumerate(folders, 1):
            progress("matching", number, 1 + len(folders))
            found = match([*incidents, *earlier], registers.accounts(folder, case.larder))
            _keep(
                db, folder.name, _apart(found, incidents), registers.rows(folder, frozenset(one.other for one in found))
            )
        tables.put(db, tables.step, [{"name": STEP, "key": key}])
        progress("matching", 1 + len(folders), 1 + len(folders))


def _apart(found: Sequence[Match], incidents: Sequence[Account]) -> list[Match]:
    """The matches with only incidents in ``also``: that a mention is of the row, too, is no second event."""
    known = {one.id for one in incidents}
    return [replace(one, also=tuple(other for other in one.also if other in known)) for one in found]


def _keep(db: Connection, source: str, found: Sequence[Match], known: dict[str, RegisterRow]) -> None:
    ranks: Counter[str] = Counter()
    kept = []
    for one in found:
        ranks[one.one] += 1
        blob = _encode(Kept(match=one, row=known.get(one.other)))
        kept.append({"about": one.one, "source": source, "other": one.other, "rank": ranks[one.one], "blob": blob})
    tables.put(db, tables.match, kept)


def _incidents(case: Case, db: Connection) -> list[Account]:
    """Every incident as an account, with what people decided in place of what was suggested."""
    standing = decisions.attached(db).standing
    expanded = strikes(case.larder)
    out: list[Account] = []
    for lot in batched(exports.incidents(db), _LOT):
        told = _told(db, [one.id for one in lot])
        for one in lot:
            row = rows.incident_row(one, {}, standing.get(one.id))
            out.append(incident_account(one, row, told[one.id], expanded))
    return out


def _told(db: Connection, incidents: Sequence[str]) -> defaultdict[str, list[Card]]:
    """The cards of each of these incidents that name a place."""
    decoder = msgspec.msgpack.Decoder(Card)
    out: defaultdict[str, list[Card]] = defaultdict(list)
    found = select(tables.claim.c.incident, tables.claim.c.card).where(tables.claim.c.incident.in_(incidents))
    for row in db.execute(found.order_by(tables.claim.c.id)):
        card = decoder.decode(row.card)
        if card.place_text:
            out[row.incident].append(card)
    return out


Strikes = Callable[[Sequence[str]], frozenset[str]]


def strikes(larder: PackLarder) -> Strikes:
    """Labels of ways of delivery, with those that leave open which of two ways written out as both."""
    either = {row.key: row.fields["of"].split("|") for row in larder.rows("strikes")}
    return lambda labels: frozenset(way for label in labels for way in either.get(label, [label]))


def incident_account(incident: Incident, row: rows.Row, cards: Sequence[Card], expanded: Strikes) -> Account:
    """An incident as an account. ``row``: its export, in which decided values stand; ``cards``: those naming places."""
    placed = row["lat"] is not None and row["precision"] not in LANDS
    point = Point(row["lat"], row["lon"], row["precision"] or "village") if placed else None
    by_hand = bool(row["decided"].keys() & {"place", "lat", "lon"})
    said = () if by_hand else cards
    here, elsewhere = _here(said, row["place_id"], point)
    settled = next((spot for card in said for spot in card.spots[:1] if spot.id == row["place_id"]), None)
    called = [] if row["precision"] in LANDS else [*filter(None, (row["place"], row["place_ar"])), *here]
    names, around = place_keys(called, settled.within if settled else ())
    others = Counter(spot for card in said for spot in card.spots[:1] if spot.id != row["place_id"])
    parties = {one.actor: one.label or one.words for one in incident.accused if one.actor}
    return Account(
        id=incident.id,
        place=row["place"] or row["place_ar"],
        names=frozenset(names),
        within=frozenset(around),
        mentions=frozenset(place_keys(elsewhere)[0]) - frozenset(names),
        points=(*((point,) if point else ()), *_points([spot for spot, _ in others.most_common(_POINTS)])),
        first=row["date"],
        last=row["date_latest"] or row["date"],
        stated=not row["date_why"].startswith("inferred") or "date" in row["decided"],
        tolls=_ways_of_counting({slot: _toll(row[slot]) for slot in ("killed", "combatants_killed", "injured")}),
        parties=tuple(sorted(parties.items())),
        ways=expanded(row["strike"]),
    )


def _here(cards: Sequence[Card], settled: str | None, point: Point | None) -> tuple[list[str], list[str]]:
    """The words that cards name the settled place with, and those that name another; where none is settled, all name it."""
    words: tuple[list[str], list[str]] = ([], [])
    for card in cards:
        spot = card.spots[0] if card.spots else None
        same = point is None or (spot and (spot.id == settled or kilometres(spot, point) <= SAME_KM))
        words[0 if same else 1].append(card.place_text or "")
    return words


def _points(spots: Sequence[Spot]) -> tuple[Point, ...]:
    placed = (spot for spot in spots if spot.lat is not None and spot.level not in LANDS)
    return tuple(Point(spot.lat, spot.lon, spot.level) for spot in placed)


def _toll(pair: Sequence[int | None] | None) -> Toll | None:
    return None if pair is None or pair[0] is None else Toll(least=pair[0], most=pair[1])


def _ways_of_counting(figures: dict[str, Toll | None]) -> tuple[tuple[str, tuple[Toll, ...]], ...]:
    """Figures by slot; the dead counted as civilians, and with fighters, since registers count either way."""
    killed, fighters, injured = (figures.get(slot) for slot in ("killed", "combatants_killed", "injured"))
    dead = killed.plus(fighters) if killed and fighters else fighters
    ways = tuple(one for one in (killed, dead) if one)
    return (*([("killed", ways)] if ways else []), *([("injured", (injured,))] if injured else []))


def _earlier(db: Connection) -> tuple[list[Account], dict[str, frozenset[str]]]:
    """The earlier events that claims mention, as accounts; and the incidents that each one's own item tells of.

    Cumulative claims count where they name one day: a sum over many events is of none.
    """
    decoder = msgspec.msgpack.Decoder(Card)
    loose = select(tables.claim.c.card).where(tables.claim.c.incident.is_(None)).order_by(tables.claim.c.id)
    found = [
        card
        for card in map(decoder.decode, db.execute(loose).scalars())
        if (card.kind == "earlier" or (card.cumulative and card.precise)) and (card.earliest or card.tolls)
    ]
    own: dict[str, set[str]] = defaultdict(set)
    for row in db.execute(
        select(tables.claim.c.item, tables.claim.c.incident).where(tables.claim.c.incident.is_not(None))
    ):
        own[row.item].add(row.incident)
    accounts = [_mentioned(card) for card in found if card.place_text]
    never = {card.claim: frozenset(own[card.item]) for card in found if card.item in own}
    return accounts, never


def _mentioned(card: Card) -> Account:
    spots = card.spots[: _POINTS + 1]
    called = [card.place_text, *(name for spot in spots[:1] for name in (spot.name, spot.name_ar))]
    called = [] if spots and spots[0].level in LANDS else called
    names, around = place_keys(filter(None, called), spots[0].within if spots else ())
    return Account(
        id=card.claim,
        place=card.place_text,
        names=frozenset(names),
        within=frozenset(around),
        points=_points(spots),
        first=card.earliest,
        last=card.latest or card.earliest,
        before=card.published_latest or card.published,
        tolls=_ways_of_counting(dict(card.figures)),
        parties=tuple(sorted({one.actor: one.label or one.words for one in card.accused if one.actor}.items())),
        ways=frozenset(card.one_way),
    )
