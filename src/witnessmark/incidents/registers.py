"""Which rows of a register speak of the same event as an account of the case: an incident, or an earlier event mentioned.

Accounts of the case are held in cells of the map; rows pass by one at a time, and each is held only against the accounts
of its own cells and days. *The same*: place and day agree, a figure or parties and means agree with them, no figure
contradicts, and no other row of that register fits about as well; else, where place and day leave it open, *possibly the
same*. Nothing is merged by it. What it does not prove: that they are one event. Two registers of one war take from the
same sources; that they agree is no second witness.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from heapq import nlargest
from itertools import islice

from witnessmark.incidents.resembling import LATER, WIDE, Likeness, hardly_chance, resembling
from witnessmark.terms.account import Account, Match, Point, Verdict
from witnessmark.terms.place import LANDS

_CELL = 0.2  # degrees, about 22 km: more than two fine places that may be one lie apart
_MOST = 10  # rows kept for one account
_ALSO = 10  # accounts named beside one that its row is matched to as well
_LEAD = 0.5  # by which the best row must fit better than the next to be called the same
_SAME = 4.0  # a likeness from which two accounts are of the same event: place and day, and something more
_POSSIBLE = 1.8
_LONG = 10  # days from which the time of an account is no time to look it up by
_NOTHING: Mapping[str, frozenset[str]] = {}
_Cell = tuple[int, int]
_Shelf = list[tuple[int, int]]  # first day, number of the account


class Accounts:
    """Accounts of the case, so shelved that a row meets only those it may match.

    By first day and cell of the map, or name; by first day alone where they name a wide area, or a place without coordinates;
    by what they say of the dead where they name no day, or a time so long that it tells nothing.
    """

    def __init__(self, accounts: Sequence[Account]) -> None:
        self.accounts = accounts
        self._cells: dict[_Cell, _Shelf] = defaultdict(list)
        self._unplaced: _Shelf = []
        self._all: _Shelf = []
        self._named: dict[str, _Shelf] = defaultdict(list)
        self._undated: dict[tuple[int, int | None], list[int]] = defaultdict(list)
        for number, account in enumerate(accounts):
            first = _dated(account)
            if first is None:
                for dead in _dead(account):
                    self._undated[dead].append(number)
                continue
            cells = _cells(account)
            here = [self._cells[cell] for cell in cells] if cells else [self._unplaced]
            for shelf in (self._all, *here, *(self._named[name] for name in account.mentions)):
                shelf.append((first, number))
        for shelf in (self._all, self._unplaced, *self._cells.values(), *self._named.values()):
            shelf.sort()

    def near(self, row: Account) -> set[int]:
        """Numbers of the accounts that lie near a row in place and day, or in place and figures."""
        if row.first is None or row.last is None:
            return set()
        low = (_ordinal(row.first) - _LONG - LATER, 0)
        high = (_ordinal(row.last) + LATER + 1, 0)
        found = {number for dead in _dead(row) for number in self._undated.get(dead, ())}
        if bisect_left(self._all, low) == bisect_right(self._all, high):
            return found  # of another time than all of the case, as most rows of a long register are
        for shelf in self._shelves(row):
            found.update(number for _, number in shelf[bisect_left(shelf, low) : bisect_right(shelf, high)])
        return found

    def _shelves(self, row: Account) -> Iterator[_Shelf]:
        cells = _cells(row)
        if not cells:
            yield self._all
            return
        yield self._unplaced
        yield from (self._named[name] for name in row.names if name in self._named)
        exchanged = {(y, x) for x, y in cells}  # a slip of those who type
        around = {(x + i, y + j) for x, y in cells | exchanged for i in (-1, 0, 1) for j in (-1, 0, 1)}
        yield from (self._cells[cell] for cell in around if cell in self._cells)


def _dated(account: Account) -> int | None:
    """The first day of an account, as an ordinal, where its time is short enough to look it up by."""
    if account.first is None or account.last is None:
        return None
    first = _ordinal(account.first)
    return first if _ordinal(account.last) - first <= _LONG else None


def _dead(account: Account) -> set[tuple[int, int | None]]:
    """What it says of the dead, where that is hardly chance."""
    return {one.pair for one in dict(account.tolls).get("killed", ()) if hardly_chance(one)}


def _cells(account: Account) -> set[_Cell]:
    """The cells of its points; none where it names but a wide area."""
    if account.points and account.points[0].level in WIDE:
        return set()
    return {cell for point in account.points if (cell := _cell(point))}


def _cell(point: Point) -> _Cell | None:
    if point.lat is None or point.lon is None or point.level in LANDS:
        return None
    return round(point.lat / _CELL), round(point.lon / _CELL)


def _ordinal(day: str) -> int:
    return date.fromisoformat(day[:10]).toordinal()


def match(
    accounts: Sequence[Account], rows: Iterable[Account], never: Mapping[str, frozenset[str]] = _NOTHING
) -> list[Match]:
    """What of the rows may be of one event with each account, the best first; at most ten an account.

    ``rows``: of one register, streamed; ids of accounts and of rows are each distinct. ``never``: ids of rows that an account
    is not to be held against. A row that is matched to several accounts says so in ``also``. In order of account, as given.
    """
    shelved = Accounts(accounts)
    found: dict[int, list[tuple[float, str, Likeness]]] = defaultdict(list)
    for row in rows:
        for number in shelved.near(row):
            account = accounts[number]
            like = resembling(account, row)
            if like.score >= _POSSIBLE and row.id not in never.get(account.id, ()):
                kept = found[number]
                kept.append((like.score, row.id, like))
                if len(kept) > 4 * _MOST:
                    found[number] = _best(kept)
    matches = [one for number in sorted(found) for one in _judged(accounts[number], _best(found[number]))]
    return _shared(matches)


def _best(kept: list[tuple[float, str, Likeness]]) -> list[tuple[float, str, Likeness]]:
    return nlargest(_MOST, sorted(kept, key=lambda one: one[1]), key=lambda one: one[0])


def _judged(account: Account, ranked: Sequence[tuple[float, str, Likeness]]) -> Iterator[Match]:
    """The rows of one account with what is said of each."""
    best = ranked[0]
    rivals = [name for score, name, _ in ranked[1:] if best[0] - score < _LEAD]
    if _dated(account) is None and len(rivals) > 1:
        return  # a figure that several rows of the place share tells nothing without a day
    for score, name, like in ranked:
        sure = score >= _SAME and like.may_be_the_same and name == best[1]
        verdict: Verdict = "the same" if sure and not rivals else "possibly the same"
        against = like.against
        if sure and rivals:
            against = (*against, f"{_named(rivals)} fit{'' if len(rivals) > 1 else 's'} about as well")
        yield Match(
            one=account.id, other=name, verdict=verdict, score=round(score, 2), reasons=like.reasons, against=against
        )


def _named(rivals: Sequence[str]) -> str:
    shown = ", ".join(rivals[:3])
    return shown if len(rivals) <= 3 else f"{shown} and {len(rivals) - 3} more"


def _shared(matches: Sequence[Match]) -> list[Match]:
    """The matches, each with other accounts to which its row is matched, as many as are shown: a row of a whole month is matched to thousands."""
    of: dict[str, list[str]] = defaultdict(list)
    for one in matches:
        of[one.other].append(one.one)
    others: Mapping[str, list[str]] = {row: sorted(set(mine)) for row, mine in of.items() if len(mine) > 1}
    return [
        replace(one, also=tuple(islice((other for other in others[one.other] if other != one.one), _ALSO)))
        if one.other in others
        else one
        for one in matches
    ]
