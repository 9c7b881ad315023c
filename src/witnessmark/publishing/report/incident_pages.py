"""The pages of incidents and origins: what is alleged, on whose word, with which figures, and what speaks against it.

A figure stands beside the origin that gives it and leads to its words; the range over all is a suggestion. Parties are
named with those who accuse them. An incident of very many claims goes on over several pages.
"""

from collections.abc import Sequence

from witnessmark.casefile import drifting, matches, rows, shown
from witnessmark.casefile.beside import beside
from witnessmark.casefile.graded import graded
from witnessmark.publishing.report import wording
from witnessmark.publishing.report.item_pages import claim_view
from witnessmark.publishing.report.material import Material
from witnessmark.publishing.report.press import Press, paged
from witnessmark.terms.claim import FIGURE_SLOTS
from witnessmark.terms.incident import Incident

CLAIMS = 200  # claims of one page
_ANSWERS = ("acceptance", "denial")
_VOICES = 12  # sources named beside an accusation before "and others"
View = dict[str, object]


def write_incidents(press: Press, found: Material) -> int:
    """Write the pages of each incident; returns how many incidents there are."""
    lines, drifts = [line.id for line in found.incidents], drifting.Found(found.db)
    for before, here, after in zip([None, *lines], lines, [*lines[1:], None], strict=False):
        incident = graded(shown.incident(found.db, here), found.standing, found.rules)
        views = _claims(incident, found)
        where = _where(incident.id, views)
        told = beside(found.db, incident, drifts, matches.of(found.db, here))
        row = rows.incident_row(incident, {}, found.standing.get(here), told)
        for number, of, lot in paged(views, CLAIMS):
            turn = {"number": number, "of": of, "files": [_file(incident.id, one) for one in range(1, of + 1)]}
            values: View = {"row": row, "claims": lot, "turn": turn, "first": (number - 1) * CLAIMS}
            values["telling"] = len({view["item"] for view in views})
            if number == 1:
                values |= _whole(incident, row, views, where, found) | {"before": before, "after": after}
                values["mentioned"] = _mentioned(row, found)
            press.page(f"incident/{_file(incident.id, number)}", "incident.html", **values)
    return len(lines)


def _mentioned(row: rows.Row, found: Material) -> list[View]:
    """The claims elsewhere that mention an incident as an earlier event, each with the item it stands in."""
    homes = {one.id: one.item for one in found.loose}
    named = [(one, found.line.get(homes.get(one["claim"], ""))) for one in row["mentioned"]]
    return [{**one, "line": line} for one, line in named]


def _file(incident: str, number: int) -> str:
    return wording.ordinal_page(incident, number)


def _claims(incident: Incident, found: Material) -> list[View]:
    """Every claim of an incident, in order of publication."""
    wanted = set(incident.claims)
    views = [
        claim_view(claim, item, reading, found)
        for item, reading in found.read(incident.items)
        for claim in (reading.claims if reading else ())
        if reading and claim.id in wanted
    ]
    return sorted(views, key=lambda view: (str(view["published"] or "9999"), str(view["item_name"]), str(view["id"])))


def _where(incident: str, views: Sequence[View]) -> dict[str, View]:
    """For each claim: its number, and the page and place where it stands."""
    return {
        str(view["id"]): {
            "number": number,
            "href": f"{_file(incident, (number - 1) // CLAIMS + 1)}#{view['id']}",
            "words": f"../item/{view['item']}.html#{view['at']}",
            "chain": view["chain"],
            "lang": view["lang"],
        }
        for number, view in enumerate(views, 1)
    }


def _whole(incident: Incident, row: rows.Row, views: list[View], where: dict[str, View], found: Material) -> View:
    """What the first page of an incident shows beside its claims."""
    inside = set(incident.items)
    origins = [found.origins[one] for one in incident.origins if one in found.origins]
    return {
        "where": where,
        "tolls": _tolls(row, where, found),
        "accused": _accused(views, row),
        "answers": _answers(views),
        "origins": [
            {
                "origin": one,
                "name": found.origin_name(one),
                "items": [found.line[item] for item in one.items if item in inside],
            }
            for one in origins
        ],
    }


def _tolls(row: rows.Row, where: dict[str, View], found: Material) -> list[View]:
    """Each kind of harm with a figure: the suggested range, and each origin's figure with its words."""
    out: list[View] = []
    for slot in FIGURE_SLOTS:
        figures = [
            {
                "toll": one["toll"],
                "uncounted": one["uncounted"],
                "origin": found.origins.get(one["origin"]),
                "name": found.origin_name(found.origins[one["origin"]]) if one["origin"] in found.origins else "",
                "claim": where.get(one["claim"]),
                "left_out": one["left_out"],
                "decided": one["decided"],
            }
            for one in row["figures"]
            if one["slot"] == slot
        ]
        if row[slot] is not None or figures:
            out.append({"slot": slot, "range": row[slot], "figures": figures})
    return out


def _accused(views: list[View], incident: rows.Row) -> list[View]:
    """Each party that the incident names as blamed, with those on whose word, each leading to the words."""
    blamed: dict[str, list[View]] = {party: [] for party in wording.parties(incident["accused"])}
    for view in views:
        row = view["row"]
        if isinstance(row, dict) and row["kind"] not in _ANSWERS:
            for party in wording.parties(row["accused"]):
                if party in blamed:
                    blamed[party].append(view)
    return [
        {"party": party, "voices": voices[:_VOICES], "more": max(0, len(voices) - _VOICES)}
        for party, voices in sorted(blamed.items(), key=lambda one: (-len(one[1]), one[0]))
    ]


def _answers(views: list[View]) -> list[View]:
    """The parties that take or refuse responsibility themselves, each with the claim in which it does."""
    return [
        {"party": party, "kind": row["kind"], "rule": row["rule"], "claim": view["id"]}
        for view in views
        if isinstance(row := view["row"], dict) and row["kind"] in _ANSWERS
        for party in wording.parties(row["accused"])
    ]


def write_origins(press: Press, found: Material) -> int:
    """Write a page for each origin behind an incident; returns how many."""
    incidents = {line.id: line for line in found.incidents}
    for one, origin in sorted(found.origins.items()):
        members = [found.line[item] for item in origin.items if item in found.line]
        homes = [incidents[home] for home in sorted(set(found.origin_home.get(one, [])))]
        standing = rows.decided_row(found.standing.get(one))
        press.page(
            f"origin/{one}.html",
            "origin.html",
            origin=origin,
            name=found.origin_name(origin),
            members=members,
            homes=homes,
            standing=standing,
        )
    return len(found.origins)
