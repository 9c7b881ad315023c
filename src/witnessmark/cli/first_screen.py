"""One thing of a case on one screen: what, where, when, who, figures of people, origins, grade, and where to read on.

What is not known is named as such. What it does not show: reasons and candidates, which ``explain`` gives, and all else
that ``show --all`` prints.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from witnessmark.cli.printed import pairs, say, say_line, toll
from witnessmark.publishing.report.wording import basis, changes, means, parties, signer
from witnessmark.terms.claim import FIGURE_SLOTS

Row = Mapping[str, Any]
Line = tuple[str, object]
_FEW = 5  # claims, items and so on; more of them push the head off a screen of 24 lines
_MANY = 12  # lines of what a source told
_PEOPLE = 3  # persons named as harmed, of each kind
_MATCHES = 2
_MEDIA = ("picture", "clip", "sound")
_DISPUTED = 3
_WORDS = 150  # characters of a quotation or a list
_UNKNOWN = "not known"
_SLOTS = {"killed_status_unstated": "presumed"}
_UNCOUNTED = " (no number said: “dozens”, or a plural)"


def counted(number: int, one: str, many: str = "") -> str:
    """``1 origin``, ``2 origins``."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def first_screen(row: Row, case: str) -> None:
    """Print the beginning of what is known of a thing, and how to see all of it. ``row``: as ``show`` gives it."""
    name = row["item_id"] if row["shown"] == "item" else row.get("id") or row["address"]
    if was := row.get("formerly"):
        say_line(f"{was['asked']} is {was['now']} now: {was['why']}")
        say()
    say_line(f"{row['shown']} {name}" + _standing(row))
    pairs(_SHAPES[row["shown"]](row), indent=2)
    _decided(row)
    for title, lines, total in _LISTS[row["shown"]](row):
        if lines:
            say(f"\n{title} ({len(lines)} of {total}):" if total > len(lines) else f"\n{title} ({total}):")
            for line in lines:
                say_line(f"  {line}")
    say(f"\nEverything: witnessmark show {case} {name} --all\nWhy: witnessmark explain {case} {name}")


def _standing(row: Row) -> str:
    """What stands for a thing: its state or that its draft was accepted, whichever was decided last; and who last decided.

    An incident about which something else was decided says that it is in no other state yet.
    """
    last = [one for one in row.get("decisions") or () if one["act"] in {"state", "accept"}][-1:]
    said = [
        f"{one['value'] if one['act'] == 'state' else 'accepted as drafted'} (entry {one['entry']})" for one in last
    ]
    if row["shown"] == "incident" and row.get("decisions") and not said:
        said = [row["state"]]
    told = [*said, *filter(None, [row.get("review")])]
    return f": {'; '.join(told)}" if told else ""


def _decided(row: Row) -> None:
    """Every decision that stands or stood, the last first; of an incident they stand in its lines, else beside the draft."""
    decisions = list(reversed(row.get("decisions") or ()))
    if decisions:
        say(f"\nDecided by people ({len(decisions)}):")
    for one in decisions[:_FEW]:
        what = f"{one['act']} {one['value']}".strip()
        say_line(f"  entry {one['entry']}: {what}, by {one['by']}, {one['at']}: {short(one['reason'])}")
    if len(decisions) > _FEW:
        say(f"  and {len(decisions) - _FEW} before these: --all")


def short(text: str, most: int = _WORDS) -> str:
    """Words on one line, cut where they are long."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else f"{flat[: most - 2].rstrip()} …"


def _listed(values: Sequence[str] | None) -> str:
    return short("; ".join(values)) if values else ""


def _parties(row: Row) -> str:
    return (" or " if row["alternatives"] else "; ").join(parties(row["accused"])) or "nobody named"


def _days(earliest: str | None, latest: str | None) -> str:
    if not earliest or not latest or earliest == latest:
        return earliest or latest or _UNKNOWN
    return f"{earliest} to {latest}"


def _tolls(row: Row) -> Iterator[Line]:
    given = [
        (_SLOTS.get(slot, slot.replace("_", " ")), toll(row[slot]) + _marks(row, slot))
        for slot in FIGURE_SLOTS
        if row.get(slot)
    ]
    yield from given or [("people", "no figure" + (" for one kind of harm alone" if row["harm_unnumbered"] else ""))]
    if row["harm_unnumbered"]:
        yield (
            "unnumbered",
            f"{_listed(row['harm_unnumbered'])} (told {'also ' if given else ''}without a number of its own)",
        )


def _marks(row: Row, slot: str) -> str:
    """What is to be said behind a figure."""
    presumed = " (of these, civilian only by presumption)" if slot in _SLOTS else ""
    return presumed + (_UNCOUNTED if slot in row["uncounted"] else "") + _signed(row, slot)


def _signed(row: Row, slot: str) -> str:
    """Who decided what stands in a slot of an incident, and what the machine suggests there."""
    if row["shown"] != "incident" or slot not in row["decided"]:
        return ""
    suggested = row["suggested"].get(slot)
    return f" (decided by {signer(row, slot)}; suggested: {toll(suggested) if suggested else 'none'})"


def _grade(row: Row) -> str:
    rule = f" (rule {row['rule']})" if row["rule"] else ""
    if "grade" not in row["decided"]:
        return f"{row['grade_label']}{rule}"
    return f"{row['grade']}, decided by {signer(row, 'grade')}; suggested: {row['suggested'].get('grade_label', row['grade_label'])}{rule}"


def _incident(row: Row) -> Iterator[Line]:
    what = _listed([*means(row["strike"]), *row["weapon"]]) or "an attack or harm, its means not named"
    yield "what", f"{what}, on: {_listed(row['target'])}" if row["target"] else what
    places = [row["place"], row["place_ar"]]
    place = " / ".join(one for one in places if one) or _UNKNOWN
    yield "where", place + (f" ({row['precision']})" if row["precision"] else "") + f": {short(row['place_why'])}"
    yield "when", f"{_days(row['date'], row['date_latest'])}: {short(row['date_why'])}"
    yield "who", _parties(row)
    yield from _tolls(row)
    shown, most = row["origins"]
    yield "origins", f"{shown} with access shown, at most {most}, behind {counted(row['posts'], 'post')}"
    yield "grade", _grade(row)
    yield from (("missing", short(one)) for one in row["missing"])
    yield from (("disputed", short(one)) for one in row["contradictions"][:_DISPUTED])
    if len(row["contradictions"]) > _DISPUTED:
        yield "disputed", f"and {len(row['contradictions']) - _DISPUTED} more: --all"
    yield from (
        (
            "RECYCLED",
            f"{one['later']['item']} carries what {one['earlier']['item']} carried before: {short(one['why'])}",
        )
        for one in row["recycled"][:_MATCHES]
    )
    yield from _drifts(row)
    for one in row["answers"][-2:]:
        yield "answered", f"{one['date'] or 'no date'}, {one['party']} {one['act']}: {short(one['words'] or '')}"
    yield from (("changed", f"since it was signed: {one}") for one in list(changes(row["changed"]))[:_FEW])
    yield from (("register", _match(one)) for one in row["registers"][:_MATCHES])
    yield from (("mentioned", f"by {one['claim']}: {one['verdict']}") for one in row["mentioned"][:_MATCHES])


def _drifts(row: Row) -> Iterator[Line]:
    """The first two drifts, in short: what is said to have changed, and between which items."""
    for one in row["drifts"][:2]:
        ends = f"{one['earlier']['item']}: {one['earlier']['said']} > {one['later']['item']}: {one['later']['said']}"
        yield "drift", short(f"{one['slot']}, {ends}")


def _claim(row: Row) -> Iterator[Line]:
    yield "words", short(row["words"], 4 * _WORDS)
    yield "in", f"{row['item']}, incident {row['incident'] or 'none'}"
    means = _listed([*row["weapon"], *row["delivery"]])
    yield "what", f"{row['kind']}" + (f", {means}" if means else "") + f"; {row['polarity']}, {row['certainty']}"
    place, moment = row["place"], row["moment"]
    yield "where", (place["name"] or f"{place['text']} (not found)") if place else _UNKNOWN
    when = _days(moment["earliest"], moment["latest"]) if moment else _UNKNOWN
    yield "when", f"{when}: {moment['text']!r}, {basis(moment['basis'])}" if moment else when
    yield "who", _parties(row)
    yield from _tolls(row)
    yield "whose word", " > ".join(row["on_whose_word"]) or "the publisher's own"
    yield from (("refers to", _match(one)) for one in row["refers_to"][:_MATCHES])


def _match(one: Row) -> str:
    """What may be the same event: a row of a register, or an incident of the case; and why."""
    where = f" in {one['register']}" if one["register"] else ""
    return short(f"{one['verdict']} as {one['id']}{where}: {'; '.join(one['reasons'])}", 2 * _WORDS)


def _item(row: Row) -> Iterator[Line]:
    yield "called", row["id"]
    yield "what", ", ".join(filter(None, (row["kind"], row["language"], row["platform"])))
    yield "who", row["publisher"] or row["author"] or row["site"] or "nobody named"
    when = row["published_resolved"]
    yield "when", _days(when["earliest"], when["latest"]) if when else row["published"] or "not read yet"
    if row["url"]:
        yield "address", row["url"]
    if row["unreadable"]:
        yield "empty", row["unreadable"]["why"]
    if row["kind"] in _MEDIA:
        yield "says", _of_itself(row["metadata"])
    yield "text", short(" ".join(passage["text"] for passage in row["passages"]), 4 * _WORDS) or "none"
    yield "found as", _listed([one["name"] for one in row["findings"]])
    counts = [counted(len(row.get(key, ())), one) for key, one in (("statements", "statement"), ("origins", "origin"))]
    yield "holds", ", ".join(counts) if row["read"] else "it waits to be read"
    yield from _drifts(row)


def _of_itself(told: Mapping[str, str]) -> str:
    """What a picture, clip or sound says of itself, in short."""
    size = f"{told['width']} x {told['height']}" if "width" in told else None
    length = f"{told['duration']} s" if "duration" in told else None
    place = f"at {told['latitude']}, {told['longitude']}" if "latitude" in told else None
    made = (
        f"made {told['taken']}" + (f" (zone {told['taken zone']})" if "taken zone" in told else "")
        if "taken" in told
        else None
    )
    by = f"with {told['software']}" if "software" in told else None
    return ", ".join(filter(None, (told.get("format"), size, length, made, place, by)))


def _origin(row: Row) -> Iterator[Line]:
    yield "who", row["name"] or "nobody named"
    yield "access", ("shown" if row["access_shown"] else "not shown") + f": {short(row['reason'])}"
    yield "kind", row["kind"]
    yield "party", row["party"] or "no party to the conflict"
    yield from (("missing", f"{name}: credited, and not in the case") for name in row["missing"])
    if row["loop"]:
        yield "circle", f"{_listed(row['loop'])} credit each other"


def _source(row: Row) -> Iterator[Line]:
    yield "who", row["name"] or "nobody named"
    yield "class", f"{row['class']}: {row['class_why']}"
    yield "affiliation", f"{row['affiliation'] or 'none known'}" + (", a party to the conflict" if row["party"] else "")
    judged = "as a person judged" if row["reliability_judged"] else "nobody has judged it"
    yield "reliability", f"{row['reliability']}, {row['reliability_label']} ({row['scale']}): {judged}"
    yield (
        "holds",
        f"{counted(row['claims'], 'claim')} in {counted(row['items'], 'item')}, of {counted(row['incidents'], 'incident')}",
    )
    past = row["history"]
    if past is None:
        yield "history", "none is kept of a person, nor of whom nobody names"
        return
    yield "copied", counted(len({one["item"] for one in past["copied"]}), "item") + " that others had before"
    yield "overtaken", counted(len(past["overtaken"]), "figure") + " that it changed later"
    yield "apart", counted(len(past["apart"]), "figure") + " of other origins that cannot hold beside its own"


def _retired(row: Row) -> Iterator[Line]:
    yield "now", row["now"] or "in no incident"
    yield "why", row["why"]


def _object(row: Row) -> Iterator[Line]:
    yield "outcomes", _listed([f"{one['kind']}: {one['why']}" for one in row["outcomes"]]) or "opened, nothing to say"


def _victim(row: Row) -> Iterator[Line]:
    yield "name", " / ".join(filter(None, (row["name"], row["other_script"])))
    yield "kind", _person(row)
    yield "words", short(row["words"], 4 * _WORDS)
    yield "in", f"{row['item']}, claim {row['claim'] or 'none'}, incident {_listed(row['incidents']) or 'none'}"
    yield "whose word", row["source"] or "the publisher's own"
    yield "rule", row["rule"]
    yield "note", row["publication"]


def _person(one: Row) -> str:
    """How somebody was harmed, and what is said of them."""
    said = [one["relation"], one["role"], f"aged {one['age']}" if one["age"] is not None else None, one["sex"]]
    return ", ".join([one["kind"], *filter(None, said), *(["a child"] if one["child"] else [])])


def _same(row: Row) -> Iterator[tuple[str, list[str], int]]:
    found = row["candidates"]
    lines = [f"{one['id']}  {one['item']}: {one['name']}, {_person(one)}" for one in found[:_FEW]]
    yield "May be the same person", lines, len(found)


def _claims_and_people(row: Row) -> Iterator[tuple[str, list[str], int]]:
    yield from _claims_of(row)
    people = row.get("victims", [])
    for kind in dict.fromkeys(one["kind"] for one in people):
        named = [one for one in people if one["kind"] == kind]
        lines = [f"{one['id']}  {one['name']}, {_person(one)}" for one in named[:_PEOPLE]]
        yield f"Named as {kind}", lines, len(named)


def _claims_of(row: Row) -> Iterator[tuple[str, list[str], int]]:
    claims = row.get("claim_rows", row.get("claims", []))
    lines = [f"{one['id']}  {one['item']}: {short(one['words'], _WORDS - 60)}" for one in claims[:_FEW]]
    yield "Claims", lines, len(claims)


def _items_of(row: Row) -> Iterator[tuple[str, list[str], int]]:
    held = row["items"]
    names = [
        one if isinstance(one, str) else f"{one['item']}  {one['publisher'] or one['url'] or ''}".rstrip()
        for one in held
    ]
    yield "Items", names[:_FEW], len(held)


def _findings_of(row: Row) -> Iterator[tuple[str, list[str], int]]:
    found = row["findings"]
    lines = [
        f"{one['name']}, {one['at']}" + (f", by {one['collector']}" if one["collector"] else "") for one in found[:_FEW]
    ]
    yield "Findings", lines, len(found)
    yield from _items_of(row)


def _told(row: Row) -> Iterator[tuple[str, list[str], int]]:
    told = row["told"]
    lines = [
        f"{(one['published'] or 'no date')[:10]}  {one['item']}: {one['manner']}"
        + (f", {one['kind']} {one['claim']}, {one['incident'] or 'in no incident'}" if one["claim"] else "")
        + (f": {short(one['words'], _WORDS - 60)}" if one["words"] else "")
        for one in told[:_MANY]
    ]
    yield "Told", lines, len(told)


def _nothing(row: Row) -> Iterator[tuple[str, list[str], int]]:  # noqa: ARG001 - the shape of the others
    yield from ()


_SHAPES: dict[str, Callable[[Row], Iterator[Line]]] = {
    "incident": _incident, "claim": _claim, "item": _item, "origin": _origin, "object": _object,
    "victim": _victim, "source": _source, "retired": _retired,
}  # fmt: skip
_LISTS: dict[str, Callable[[Row], Iterator[tuple[str, list[str], int]]]] = {
    "incident": _claims_of, "claim": _nothing, "item": _claims_and_people, "origin": _items_of,
    "object": _findings_of, "victim": _same, "source": _told, "retired": _nothing,
}  # fmt: skip
