"""``items.jsonl``: one captured item a line, our own simple format (``docs/reference/items-jsonl.md``).

Each line is an item, or unread with its reason; lines are read one at a time, so a file of any length takes little
memory. One JSON object or an array of such objects is read too. Fields we do not use are named in ``not_read``.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

import msgspec

from witnessmark.intake.opened import Opened, counted, mend, shown_name, unsafe_path
from witnessmark.terms.item import Attachment, Item
from witnessmark.terms.passage import Passage, Role
from witnessmark.terms.unread import Notice, Unread

LONGEST_LINE = 16 << 20  # bytes; a longer line is not one captured item
LARGEST_WHOLE = 256 << 20  # bytes of a file that is one JSON value
_TEXTS = ("id", "url", "archived", "platform", "publisher", "author", "site", "published_at", "edited_at", "captured_at",
          "title", "text", "lang", "native_id", "reply_to", "forwarded_from")  # fmt: skip
_KNOWN = frozenset((*_TEXTS, "attachments", "quotes"))
_VOICES: tuple[tuple[Role, str], ...] = (("title", "title"), ("body", "text"))
# Where platforms put a post's own number in its address: the platform's name, and a pattern with container and number.
_NATIVE = (
    ("x", re.compile(r"(?:^|\.)(?:twitter|x)\.com$"), re.compile(r"^/([^/]+)/status(?:es)?/(\d+)")),
    ("telegram", re.compile(r"^(?:t|telegram)\.me$"), re.compile(r"^/(?:s/)?([^/]+)/(\d+)")),
    (
        "facebook",
        re.compile(r"(?:^|\.)facebook\.com$"),
        re.compile(r"^/([^/]+)/(?:posts|videos)/(?:[^/]+/)?(pfbid\w+|\d+)"),
    ),
    ("youtube", re.compile(r"(?:^|\.)youtube\.com$"), re.compile(r"^/(watch)\?v=([\w-]{11})")),
)


def recognises(head: bytes, path: Path) -> bool:
    """A JSON object on the first line (or an array of objects) with a text, or with a title and an address."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] not in (b"{", b"["):
        return False
    first, _, rest = start.partition(b"\n")
    value = _loads(first)
    if isinstance(value, dict):
        return _is_item(value)
    if rest or len(head) < path.stat().st_size:
        # A value over many lines, or a first line longer than what was read of the file.
        named = re.search(rb'"(?:id|url)"\s*:', start) is not None
        return named and re.search(rb'"text"\s*:', start) is not None and b'"messages"' not in start
    return isinstance(value, list) and any(isinstance(one, dict) and _is_item(one) for one in value)


def _is_item(value: dict[str, Any]) -> bool:
    marks = ("id", "url", "platform", "publisher")
    if not any(isinstance(value.get(mark), str | int) for mark in marks) and len(value) > 1:
        return False
    return isinstance(value.get("text"), str) or (
        isinstance(value.get("title"), str) and isinstance(value.get("url"), str)
    )


def read(path: Path, address: str, name: str, spool: Path) -> Iterator[Opened]:  # noqa: ARG001 - the shape of a reader
    """Every line, in order. Duplicate ids are both read, and noticed."""
    seen: set[str] = set()
    twice = 0
    for selector, value in _values(path):
        if isinstance(value, str):
            yield Unread(address=address, selector=selector, why=value)
            continue
        found = item_of(value, address, selector)
        if isinstance(found, Item) and found.given_id is not None:
            twice += found.given_id in seen
            seen.add(found.given_id)
        yield found
    if twice:
        yield Notice(
            address=address,
            selector="",
            what=counted(twice, "line carries", "lines carry") + " an id that another line of this file has too",
        )


def _loads(line: bytes) -> Any:  # noqa: ANN401 - any JSON value
    """The value, or None where it is no JSON."""
    try:
        return msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass
    try:
        return json.loads(line.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError):
        return None


def _trouble(line: bytes, otherwise: str) -> str:
    """Why bytes are no value that can be read."""
    try:
        json.loads(line.decode("utf-8", "surrogatepass"))
    except RecursionError:
        return "nested too deep to be read"
    except ValueError:
        pass
    return otherwise


def _values(path: Path) -> Iterator[tuple[str, dict[str, Any] | str]]:
    """Selector and object of each entry, or the reason why it is none."""
    small = path.stat().st_size <= LARGEST_WHOLE
    value = None if _first_line_is_object(path) or not small else _loads(path.read_bytes().lstrip(b"\xef\xbb\xbf"))
    if value is not None:
        yield from _whole(value)
    elif _any_line_is_object(path):
        with path.open("rb") as source:
            yield from lines(source)
    elif small:
        yield "", _trouble(path.read_bytes().lstrip(b"\xef\xbb\xbf"), "not whole JSON: cut off, or broken")
    else:
        yield "", "one JSON value of more than 256 MiB, too large to be read; write one object a line"


def _first_line_is_object(path: Path) -> bool:
    with path.open("rb") as source:
        return isinstance(next((value for _, value in lines(source)), None), dict)


def _any_line_is_object(path: Path) -> bool:
    """A first line may be cut off; that is no reason to lose those that follow."""
    with path.open("rb") as source:
        return any(isinstance(value, dict) for _, value in lines(source))


def _whole(value: Any) -> Iterator[tuple[str, dict[str, Any] | str]]:  # noqa: ANN401 - any JSON value
    entries = value if isinstance(value, list) else [value]
    for number, entry in enumerate(entries):
        where = f"/{number}" if isinstance(value, list) else "/"
        yield where, entry if isinstance(entry, dict) else "not a JSON object"


def lines(source: BinaryIO) -> Iterator[tuple[str, dict[str, Any] | str]]:
    """Selector and object of each line that is not blank, or the reason why it is none; one line in memory at a time."""
    number = 0
    while line := source.readline(LONGEST_LINE + 1):
        number += 1
        where = f"line:{number}"
        if len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            while (rest := source.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
            yield where, "a line of more than 16 MiB, too long for one captured item"
        elif line.strip(b"\xef\xbb\xbf \t\r\n"):
            line = line.lstrip(b"\xef\xbb\xbf")
            value = _loads(line)
            yield where, value if isinstance(value, dict) else _trouble(line, "not a JSON object: cut off, or broken")


def item_of(value: dict[str, Any], address: str, selector: str) -> Item | Unread:
    """One object as an item, or unread with the reason."""
    texts: dict[str, str] = {}
    mended: list[str] = []
    for field in _TEXTS:
        given = value.get(field)
        if isinstance(given, int | float) and not isinstance(given, bool):
            given = str(given)
        if given is None or given == "":
            continue
        if not isinstance(given, str):
            return Unread(address=address, selector=selector, why=f"its field {field!r} is not a text")
        texts[field], broken = mend(given)
        if broken:
            mended.append(f"{field}: {broken} NUL or lone surrogate replaced by U+FFFD")
    passages = tuple(
        Passage(role=role, text=texts[field], selector=field) for role, field in _VOICES if texts.get(field, "").strip()
    )
    if not passages:
        return Unread(address=address, selector=selector, why="it has neither a text nor a title")
    if not isinstance(value.get("attachments"), list | None):
        return Unread(address=address, selector=selector, why="its field 'attachments' is not a list")
    url = texts.get("url")
    return Item(
        address=address,
        selector=selector,
        kind="post" if "post" in texts.get("platform", "") else "page",
        passages=passages,
        given_id=texts.get("id"),
        native_id=texts.get("native_id") or (native_id(url) if url else None),
        platform=texts.get("platform"),
        publisher=texts.get("publisher"),
        author=texts.get("author"),
        site=texts.get("site"),
        url=url,
        archived=texts.get("archived"),
        published=texts.get("published_at"),
        edited=texts.get("edited_at"),
        captured=texts.get("captured_at"),
        language=texts.get("lang"),
        reply_to=texts.get("reply_to"),
        forwarded_from=texts.get("forwarded_from"),
        quotes=tuple(_quoted(value.get("quotes"))),
        attachments=tuple(attachments(value.get("attachments"))),
        not_read=tuple(sorted(shown_name(str(key)) for key in value.keys() - _KNOWN)),
        repaired=tuple(mended),
    )


def _quoted(given: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON value
    """Posts that are quoted or embedded: an id or an address, or a list of them."""
    for one in given if isinstance(given, list) else [given]:
        if isinstance(one, str) and (named := mend(one)[0].strip()):
            yield native_id(named) or named


def attachments(given: Any) -> Iterator[Attachment]:  # noqa: ANN401 - any JSON value
    """Names, or objects with ``name`` and ``mime``; an unsafe path is kept as missing, with the reason."""
    for one in given if isinstance(given, list) else []:
        name = one.get("name") if isinstance(one, dict) else one
        mime = one.get("mime") if isinstance(one, dict) else None
        if isinstance(name, str) and name:
            mime = shown_name(mime) if isinstance(mime, str) else None
            yield Attachment(name=shown_name(name), mime=mime, missing=unsafe_path(name))


def native_id(url: str) -> str | None:
    """Platform, container and number of a post, from its address; None where the address does not hold them."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    where = parts.path + (f"?{parts.query}" if parts.query else "")
    for platform, hosts, pattern in _NATIVE:
        if hosts.search(host) and (found := pattern.match(where)):
            # A post's number is its own on X; the account in the address may change.
            container = "" if platform in ("x", "youtube") else found.group(1).lower()
            return f"{platform}:{container}:{found.group(2)}"
    return None
