"""``witnessmark origins``: at least and at most how many independent origins stand behind incidents, and why each folds."""

from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import click

from witnessmark.casefile.origin_rows import origin_rows
from witnessmark.cli.first_screen import short
from witnessmark.cli.options import case_argument, json_option, opened
from witnessmark.cli.printed import SHOWN, grid, say, say_json, say_line

Row = Mapping[str, Any]
_TIES = 6  # reasons of one origin; --json has all
_ITEMS = 8


@click.command("origins")
@case_argument
@click.argument("incident", required=False)
@json_option
def command(case: Path, incident: str | None, *, as_json: bool) -> None:
    """Say how many independent origins stand behind each incident of CASE, or behind one INCIDENT and why.

    Two numbers, never one: at least so many show access to the event, at most so many there are. No link found is no proof of
    independence. Join and part origins with 'decide ORIGIN --join ORIGIN' and '--split ITEM'.
    """
    with opened(case) as open_case:
        found = list(origin_rows(open_case, incident))
    if as_json:
        say_json(found[0] if incident else found)
    elif incident:
        _one(found[0], case)
    else:
        _all(found, case)


def _all(found: list[dict[str, Any]], case: Path) -> None:
    heads = ("incident", "date", "posts", "at least", "at most", "place")
    rows = [
        [row["id"], row["date"] or "undated", row["posts"], row["shown"], row["most"], row["place"] or ""]
        for row in found
    ]
    grid(heads, rows[: 2 * SHOWN])
    if len(rows) > 2 * SHOWN:
        say(f"… and {len(rows) - 2 * SHOWN} more; --json lists all.")
    again = sum(bool(row["recycled"]) for row in found)
    if again:
        say(f"\n{again} of them hold pictures or clips that cannot show them (recycled).")
    say(f"\n{len(found)} incidents. Why: witnessmark origins {case} INCIDENT")


def _one(row: Row, case: Path) -> None:
    say_line(f"incident {row['id']}: {row['date'] or 'undated'}, {row['place'] or 'place not known'}")
    say(f"at least {row['shown']} shown, at most {row['most']}, behind {row['posts']} posts")
    for one in row["recycled"]:
        say()
        say_line(f"RECYCLED: {_recycled(one)}")
    for origin in row["origins"]:
        say()
        say_line(f"{origin['id']}  {origin['kind']}: {origin['name'] or 'nobody named'}" + _marks(origin))
        for line in _members(origin):
            say_line(f"  {line}")
    if row["suggested"]:
        say("\nA person may confirm, which joins two origins:")
        for one in row["suggested"][:SHOWN]:
            say_line(f"  {one['one']} and {one['other']}: {one['manner']}, {short(one['why'])}")
            say_line(
                f"    witnessmark decide {case} {one['origin_one']} --join {one['origin_other']} --by NAME --reason WHY"
            )


def _marks(origin: Row) -> str:
    told = [] if origin["access_shown"] else ["access not shown"]
    told += [origin["review"]] if origin["decisions"] else []
    return f" ({'; '.join(told)})" if told else ""


def _members(origin: Row) -> Iterator[str]:
    yield short(origin["reason"], 600)
    for one in islice(origin["items"], _ITEMS):
        yield f"{one['published'] or 'undated':25}  {one['item']}  {one['publisher'] or ''}"
    if len(origin["items"]) > _ITEMS:
        yield f"… and {len(origin['items']) - _ITEMS} more items; --json lists all."
    for tie in islice(origin["ties"], _TIES):
        yield f"· {tie['one']} — {tie['other']}: {short(tie['why'])}"
    if len(origin["ties"]) > _TIES:
        yield f"· … and {len(origin['ties']) - _TIES} more ties; --json lists all."


def _recycled(one: Row) -> str:
    later, earlier = one["later"], one["earlier"]
    sides = f"{later['item']} carries what {earlier['item']} carried before"
    return f"{sides}: {one['why']}"
