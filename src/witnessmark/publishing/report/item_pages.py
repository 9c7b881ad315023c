"""The pages of items: the text as preserved with every reading highlighted, whose word each sentence is, and where from."""

from witnessmark.casefile import matches, rows, show
from witnessmark.publishing.report import marks, wording
from witnessmark.publishing.report.material import Material
from witnessmark.publishing.report.press import Press
from witnessmark.terms.anchor import Span
from witnessmark.terms.claim import Claim
from witnessmark.terms.item import Item
from witnessmark.terms.place import PlaceMention
from witnessmark.terms.reading import Reading
from witnessmark.terms.toll import TollMention


def claim_view(claim: Claim, item: Item, reading: Reading, found: Material) -> dict[str, object]:
    """A claim as pages show it: its row, whose word it is, and where its words stand."""
    by = found.by(item)
    refers = matches.of(found.db, claim.id).about.get(claim.id, ()) if claim.id not in found.home else ()
    row = rows.claim_row(claim, item, found.home.get(claim.id), found.standing.get(claim.id), refers)
    return {
        "id": claim.id,
        "item": item.id,
        "item_name": item.name,
        "by": by,
        "published": reading.publication.earliest,
        "row": row,
        "home": found.listed.get(str(row["incident"])),
        "chain": wording.chain(claim, by),
        "lang": reading.language,
        "at": wording.anchor(claim.span),
        "place_at": wording.anchor(claim.place.span) if claim.place else None,
        "moment_at": wording.anchor(claim.moment.span) if claim.moment else None,
        "access": claim.access,
    }


def write_items(press: Press, found: Material) -> int:
    """Write a page for each item that has one; returns how many."""
    count = 0
    for item, reading in found.read(found.pages()):
        press.page(f"item/{item.id}.html", "item.html", **_item(item, reading, found))
        count += 1
    return count


def _item(item: Item, reading: Reading | None, found: Material) -> dict[str, object]:
    row = rows.item_row(item, reading, found.standing.get(item.id))
    return {
        "row": row,
        "by": found.by(item),
        "reading": reading,
        "passages": _passages(item, reading),
        "claims": [claim_view(claim, item, reading, found) for claim in reading.claims] if reading else [],
        "said": _statements(item, reading) if reading else [],
        "mentions": _mentions(item, reading) if reading else {},
        "findings": show.findings(found.db, item.address),
        "attachments": show.attachments(found.db, item),
        "origins": [
            {"origin": found.origins[one], "name": found.origin_name(found.origins[one])}
            for one in found.item_origins.get(item.id, [])
        ],
    }


def _passages(item: Item, reading: Reading | None) -> list[dict[str, object]]:
    marked = marks.passages(item, reading)
    lang = reading.language if reading else item.language
    return [
        {
            "role": one.role,
            "author": one.author,
            "markup": text,
            "lang": lang,
            "digest": one.digest,
            "selector": one.selector,
        }
        for one, text in zip(item.passages, marked, strict=True)
    ]


def _statements(item: Item, reading: Reading) -> list[dict[str, object]]:
    return [
        {
            "number": number,
            "at": wording.anchor(said.span),
            "words": rows.cut(item, said.content if said.content.end > said.content.start else said.span),
            "source": said.source,
            "source_at": wording.anchor(said.source_span) if said.source_span else None,
            "resolved": said.source_resolved,
            "cue": said.cue,
            "certainty": said.certainty,
            "form": said.form,
            "nested_in": said.nested_in,
        }
        for number, said in enumerate(reading.statements)
    ]


def _mentions(item: Item, reading: Reading) -> dict[str, list[dict[str, object]]]:
    """Times, places, figures, parties and means: the words, where they stand, what was read, and by which rule."""
    return {
        "Times": [
            _mention(
                item,
                one.span,
                f"{wording.days(one.earliest, one.latest)}; {one.precision}, {wording.basis(one.basis)}",
                one.why.rule,
            )
            for one in reading.moments
        ],
        "Places": [_mention(item, one.span, _place(one), one.why.rule) for one in reading.places],
        "Figures of people": [_mention(item, one.span, _figure(one), one.why.rule) for one in reading.tolls],
        "Parties and sources": [
            _mention(item, one.span, f"{one.role}: {one.label or one.actor or 'the words alone'}", one.why.rule)
            for one in reading.actors
        ],
        "Weapons, means and what was hit": [
            _mention(item, one.span, f"{one.slot}: {one.label}", one.why.rule) for one in reading.weapons
        ],
        "Credits": [
            _mention(item, one.span, f"{one.manner}: {one.to}", one.why.rule) for one in reading.credits if one.span
        ],
    }


def _mention(item: Item, span: Span, meant: str, rule: str) -> dict[str, object]:
    return {"at": wording.anchor(span), "words": rows.cut(item, span), "meant": meant, "rule": rule}


def _place(one: PlaceMention) -> str:
    if not one.candidates:
        return f"{one.role}; in no gazetteer"
    best, more = one.candidates[0], len(one.candidates) - 1
    return f"{one.role}; perhaps {best.name} ({best.level})" + (
        f", or {'another' if more == 1 else f'one of {more} others'}" if more else ""
    )


def _figure(one: TollMention) -> str:
    marks = [word for word in ("negated", "cumulative", "shared", "preliminary") if getattr(one, word)]
    count = wording.toll(None if one.count is None else one.count.pair)
    return ", ".join([f"{one.kind}, {one.who}: {count}", *marks])
