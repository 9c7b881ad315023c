"""What a file says of itself, gathered: values mended, limited in length and number, and what was left said by name.

Whoever made or changed a file can write anything here, and most platforms remove it all. Positions and serial numbers are
private data: they stand in the working case's metadata only. What is gathered proves nothing about a picture or clip.
"""

import math
import re
from collections.abc import Sequence
from datetime import datetime

from witnessmark.intake.opened import mend, shown_name

LONGEST = 500  # code points of one value; longer ones are binary blobs or essays, and stay in the bytes
MOST = 400  # values of one file; a file that says more has been stuffed
_KEY = 100  # code points of a key
_LISTED = 24  # numbers in one value; longer ones say how pixels lie in the file
_STAMP = re.compile(r"(\d{4})[:\-/](\d{2})[:\-/](\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2}))?)?")
_ZONE = re.compile(r"[+\-](\d{2}):?(\d{2})$|Z$")
BROKEN = "a block of its metadata is broken and was not read"
NO_ZONE = "none given: whose local time it is, the file does not say"


class Facts:
    """Key and value, each key once, in the order found; ``left``: names of what was not read; ``notes``: for a person."""

    def __init__(self) -> None:
        self._found: dict[str, str] = {}
        self._left: set[str] = set()
        self._more = 0
        self._notes: list[str] = []

    def put(self, key: str, value: object) -> None:
        """Keep a value as text; bytes, long lists and long texts are left in the file and named. An empty one is nothing."""
        key = shown_name(key)[:_KEY]
        if isinstance(value, bytes | dict) or (
            isinstance(value, Sequence) and not isinstance(value, str) and len(value) > _LISTED
        ):
            self.leave(key)
            return
        text = mend(str(value))[0].strip()
        if len(text) > LONGEST:
            self.leave(key)
        elif text and len(self._found) >= MOST:
            self._more += 1
        elif text:
            self._found[self._free(key, text)] = text

    def _free(self, key: str, text: str) -> str:
        """The key, or the key with a number where it already has another value."""
        number, free = 1, key
        while self._found.get(free, text) != text:
            number += 1
            free = f"{key} {number}"
        return free

    def join(self, key: str, value: object) -> None:
        """Add a value to those of a key, where it is not among them."""
        text = mend(str(value))[0].strip()
        known = self._found.get(key, "").split("; ") if key in self._found else []
        if text and len(text) <= LONGEST and text not in known:
            self._found[key] = "; ".join([*known, text])[: 2 * LONGEST]

    def leave(self, name: str) -> None:
        """Something in the file that was not read."""
        if len(self._left) < MOST:
            self._left.add(shown_name(name)[:_KEY])

    def note(self, what: str) -> None:
        """Something a person should know: a block that is damaged, or says what cannot be; told once."""
        if what not in self._notes:
            self._notes.append(what)

    def place(self, latitude: float, longitude: float, altitude: float | None = None) -> None:
        """A position in decimal degrees (WGS 84) and metres, where it is one on this earth."""
        if not (math.isfinite(latitude) and math.isfinite(longitude) and abs(latitude) <= 90 and abs(longitude) <= 180):
            self.note("the position it gives is none on this earth, and stands only as written")
            return
        if latitude == longitude == 0:
            self.note("the position it gives is 0, 0, as devices write that know none, and stands only as written")
            return
        self.put("latitude", f"{latitude:.6f}".rstrip("0").rstrip("."))
        self.put("longitude", f"{longitude:.6f}".rstrip("0").rstrip("."))
        if altitude is not None and math.isfinite(altitude) and abs(altitude) < 100_000:
            self.put("altitude", f"{altitude:.1f}")

    def taken(self, given: str, zone: str = "") -> bool:
        """When it was made, by its own account: ISO 8601, with its zone or a word that it has none. False for no time.

        A second account of the same moment may bring the zone that the first lacks; another moment changes nothing.
        """
        stamp = moment(given)
        if stamp is None or self._found.get("taken", stamp) != stamp:
            return False
        found = _ZONE.search(zone.strip()) or _ZONE.search(given.strip()[19:])
        self._found["taken"] = stamp + (_offset(found) if found else "")
        self._found["taken zone"] = NO_ZONE
        if found:
            del self._found["taken zone"]
        return True

    def has(self, key: str) -> bool:
        """Whether a key has a value."""
        return key in self._found

    @property
    def metadata(self) -> tuple[tuple[str, str], ...]:
        """Key and value, in the order found."""
        return tuple(self._found.items())

    @property
    def not_read(self) -> tuple[str, ...]:
        """Names of what was left, sorted."""
        more = {f"{self._more} more values"} if self._more else set()
        return tuple(sorted(self._left | more))

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know of it, in the order met."""
        return tuple(self._notes)


def _offset(found: re.Match[str]) -> str:
    return "Z" if found.group() == "Z" else f"{found.group()[0]}{found.group(1)}:{found.group(2)}"


def moment(given: str) -> str | None:
    """A stamp such as ``2017:06:11 10:20:30`` as ISO 8601 without zone, as exact as given; None where it is no time."""
    found = _STAMP.match(given.strip())
    if found is None:
        return None
    year, month, day, hour, minute, second = found.groups()
    try:
        datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0))  # noqa: DTZ001 - a check
    except ValueError:
        return None
    clock = "" if hour is None else f"T{hour}:{minute}" + (f":{second}" if second else "")
    return f"{year}-{month}-{day}{clock}"
