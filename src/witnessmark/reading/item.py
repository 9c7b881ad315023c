"""Reading one item: every finder in its order, from the laid-out page to the claims.

The order is the rule: regions and sentences first, then walls, then what is named (moments, places, tolls, actors,
weapons), then whose word each sentence is, then what is claimed. The body of a capture that holds no post is not
read, but words left in its title are, save that of another page served in its stead. Reading looks at one item alone: what other items say, and which of two places
of one name is meant across the case, is settled later. An empty reading does not prove that nothing was said.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from witnessmark.reading.access import access
from witnessmark.reading.actors import actors, labels_of, voiced
from witnessmark.reading.claims import Bearing, bearings, claims
from witnessmark.reading.credits import credits as credited_in
from witnessmark.reading.layout import lay_out
from witnessmark.reading.places import places
from witnessmark.reading.quotations import statements
from witnessmark.reading.sheet import Sheet
from witnessmark.reading.times import moments
from witnessmark.reading.toll_named import with_named
from witnessmark.reading.tolls import counted, laid_out
from witnessmark.reading.victims import victims
from witnessmark.reading.walls import ANOTHER, unreadable
from witnessmark.reading.weapons import weapons
from witnessmark.terms.anchor import Span
from witnessmark.terms.item import Item
from witnessmark.terms.mention import ActorMention
from witnessmark.terms.moment import Moment
from witnessmark.terms.passage import Region
from witnessmark.terms.place import PlaceMention
from witnessmark.terms.ports import Larder
from witnessmark.terms.reading import Reading, Unreadable


def read_item(item: Item, larder: Larder) -> Reading:
    """Everything found in one item, each thing with its span and its reason. Pure: same item and packs, same reading."""
    sheet, wall, larder = _laid(item, larder)
    reading = Reading(
        item=item.id,
        language=sheet.language,
        publication=sheet.publication,
        unreadable=wall,
        regions=sheet.regions,
        sentences=sheet.sentences,
    )
    if not sheet.sentences:
        return reading
    when, named = moments(sheet, larder), places(sheet, larder)
    passages = laid_out(sheet, larder, when)
    parties = actors(sheet, larder, named)
    named = _free(named, parties, when)
    said = statements(sheet, parties, when, named, larder)
    credited = credited_in(sheet, said, parties, larder)
    reading = replace(
        reading,
        moments=when,
        places=named,
        tolls=counted(passages),
        actors=voiced(parties, said, labels_of(larder)),
        weapons=weapons(sheet, larder),
        statements=said,
        credits=credited,
        access=access(sheet, said, credited, larder),
    )
    dead = victims(sheet, reading, passages, larder)
    reading = replace(reading, victims=dead, tolls=with_named(reading.tolls, passages, dead))
    return replace(reading, claims=claims(sheet, reading, larder))


def tolls_of_claims(item: Item, reading: Reading, larder: Larder) -> dict[str, Bearing]:
    """For each claim of an item that was read, by id, the tolls that bear on it. ``larder``: that it was read with."""
    sheet, _, larder = _laid(item, larder)
    return bearings(sheet, reading, larder)


def _laid(item: Item, larder: Larder) -> tuple[Sheet, Unreadable | None, Larder]:
    """An item laid out, what stands in the way of reading it, and the packs of its language."""
    sheet = lay_out(item, larder)
    wall = unreadable(sheet, larder)
    if wall is not None:
        sheet = titles_only(sheet) if wall.kind != ANOTHER else replace(sheet, sentences=())
    return sheet, wall, larder.speaking(sheet.language)


def _free(
    places: Sequence[PlaceMention], actors: Sequence[ActorMention], moments: Sequence[Moment]
) -> tuple[PlaceMention, ...]:
    """The places whose words are not another thing's: no party's or agency's name, no time."""
    taken = [one.span for one in actors if not one.why.rule.endswith("nationality")]
    spans = sorted(taken + [one.span for one in moments])
    starts = [(span.passage, span.start) for span in spans]
    ends = list(accumulate(((span.passage, span.end) for span in spans), max))  # the furthest end so far

    def covered(span: Span) -> bool:
        before = bisect_right(starts, (span.passage, span.start))
        return before > 0 and ends[before - 1] >= (span.passage, span.end)

    return tuple(place for place in places if not covered(place.span))


def titles_only(sheet: Sheet) -> Sheet:
    """The sheet of a capture without a post: its titles stay as they are, every other region becomes furniture."""
    regions = tuple(
        tuple(region if region.role == "title" else _furniture(region) for region in passage)
        for passage in sheet.regions
    )
    kept = tuple(
        span
        for span in sheet.sentences
        if any(
            region.role == "title" and region.start <= span.start and span.end <= region.end
            for region in regions[span.passage]
        )
    )
    return replace(sheet, regions=regions, sentences=kept)


def _furniture(region: Region) -> Region:
    """The same stretch, not to be read."""
    return Region(start=region.start, end=region.end, role="chrome", why=region.why or "the capture holds no post")
