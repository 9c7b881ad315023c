r"""Telegram Desktop's ``result.json``: one chat, or a whole account, in the layouts of 2017 to now.

Every message is an item, passed over (service notices: nobody says anything in them) or unread (kinds never seen). Gaps in
the numbers of a chat's messages are noticed: an export may miss posts silently. The exporter's own private data
(contacts, sessions, private correspondence) never enters an item. The exporter writes control characters as ``\x0B``,
which is no JSON; that is repaired inside strings, and said, and the bytes stay as they are. Field list:
https://github.com/telegramdesktop/tdesktop, Telegram/SourceFiles/export/output/export_output_json.cpp.
"""

import itertools
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from witnessmark.intake.opened import Opened, counted, mend, shown_name, undecoded, unsafe_path
from witnessmark.terms.item import Attachment, Item
from witnessmark.terms.passage import Passage
from witnessmark.terms.unread import Notice, PassedOver, Unread

LARGEST = 1 << 30  # bytes; a larger export is split by its exporter
_NAMED = 5  # stretches of missing numbers spelled out in one notice
_DIGITS, _MOST = 19, 1 << 63  # of the numbers that messengers give
_BAD_ESCAPE = re.compile(rb"\\(?:x([0-9A-Fa-f]{2})|(.))", re.DOTALL)
_CHATS = ("chats", "left_chats")
_PRIVATE = frozenset(("personal_chat", "saved_messages", "bot_chat", "replies", "verification_codes"))
_PEER = re.compile(r"^(?:channel|chat|user)?(-?\d{1,19})$")
_LEFT = frozenset((
    "id", "type", "date", "date_unixtime", "edited", "edited_unixtime", "from", "from_id", "author", "text", "text_entities",
    "forwarded_from", "reply_to_message_id", "photo", "file", "file_name", "mime_type", "media_type", "location_information",
))  # fmt: skip


def recognises(head: bytes, path: Path) -> bool:  # noqa: ARG001 - the shape of a test
    """An object whose beginning names messages of a chat, or an account's chats."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith(b"{"):
        return False
    single = b'"messages"' in head and b'"type"' in head
    return (
        single
        or any(mark in head for mark in (b'"personal_information"', b'"frequent_contacts"', b'"left_chats"'))
        or (b'"chats"' in head and b'"list"' in head)
    )


def read(path: Path, address: str, name: str, spool: Path) -> Iterator[Opened]:  # noqa: ARG001 - the shape of a reader
    """Every message of every chat that is not private correspondence."""
    if path.stat().st_size > LARGEST:
        yield Unread(address=address, selector="", why="an export of more than 1 GiB; export it in parts")
        return
    data = path.read_bytes()
    text, replaced = _decode(data)
    value, repaired, trouble = _load(text)
    if trouble:
        yield Unread(address=address, selector="", why=trouble)
        return
    if replaced:
        words = undecoded(replaced)
        yield Notice(address=address, selector="", what=words)
    if repaired:
        words = counted(repaired, "escape", "escapes") + " such as \\x0B, which is no JSON, read as control characters"
        yield Notice(address=address, selector="", what=words)
    if "messages" in value:
        yield from _one_chat(value, "", address)
        value = {part: value[part] for part in _CHATS if part in value}
    yield from _account(value, address)


def _decode(data: bytes) -> tuple[str, int]:
    """The text, and how many stretches of bytes had to be replaced; surrogates written as bytes are left to ``mend``."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return data.decode("utf-8", "surrogatepass"), 0
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
        return text, text.count("\N{REPLACEMENT CHARACTER}") - data.count(b"\xef\xbf\xbd")


def _load(text: str) -> tuple[dict[str, Any], int, str | None]:
    """The object, how many escapes were repaired, and what is wrong where it is none."""
    repaired = 0
    try:
        value = json.loads(text, strict=False)
    except RecursionError:
        return {}, 0, "nested too deep to be read"
    except ValueError:
        mended, repaired = _repair(text.encode("utf-8", "surrogatepass"))
        try:
            value = json.loads(mended.decode("utf-8", "surrogatepass"), strict=False, parse_int=_whole)
        except (ValueError, RecursionError) as trouble:
            return {}, 0, f"not whole JSON: cut off, or broken{_where(trouble)}"
    if not isinstance(value, dict):
        return {}, 0, "not an export: its JSON is no object"
    return value, repaired, None


def _where(trouble: Exception) -> str:
    """Where JSON is broken, in words."""
    return f" near letter {trouble.pos + 1}" if isinstance(trouble, json.JSONDecodeError) else ""


def _whole(digits: str) -> int | str:
    """A number; one of more digits than Python reads stays the words it is."""
    return int(digits) if len(digits) <= _DIGITS else digits


def _repair(data: bytes) -> tuple[bytes, int]:
    r"""``\xHH`` as ``\u00HH``. A backslash only stands inside strings in JSON, so no other place is touched."""
    count = 0

    def mended(found: re.Match[bytes]) -> bytes:
        nonlocal count
        if found.group(1) is None:
            return found.group()
        count += 1
        return b"\\u00" + found.group(1)

    return _BAD_ESCAPE.sub(mended, data), count


def _account(value: dict[str, Any], address: str) -> Iterator[Opened]:
    """An account's chats; all else is the exporter's own."""
    for part in sorted(value.keys() - {*_CHATS, "about"}):
        yield PassedOver(
            address=address, selector=f"/{shown_name(part)}", why="the exporter's own private data, left alone"
        )
    for part in _CHATS:
        listed = value.get(part, {"list": []})
        chats = listed.get("list") if isinstance(listed, dict) else None
        if not isinstance(chats, list):
            yield Unread(address=address, selector=f"/{part}", why="chats that stand in no list")
            continue
        for extra in sorted(listed.keys() - {"list", "about"}):
            why = "beside the list of chats, of a kind never seen before"
            yield Unread(address=address, selector=f"/{part}/{shown_name(str(extra))}", why=why)
        for number, chat in enumerate(chats):
            where = f"/{part}/list/{number}"
            if not isinstance(chat, dict):
                yield Unread(address=address, selector=where, why="a chat without a list of messages")
            elif isinstance(chat.get("type"), str) and chat["type"] in _PRIVATE:
                why = "the exporter's private correspondence; export this chat on its own to have it read"
                yield PassedOver(address=address, selector=where, why=why)
            else:
                yield from _one_chat(chat, where, address)


def _one_chat(chat: dict[str, Any], where: str, address: str) -> Iterator[Opened]:
    """A chat's messages, where it has a list of them."""
    if isinstance(chat.get("messages"), list):
        yield from _chat(chat, where, address)
    else:
        yield Unread(address=address, selector=where, why="a chat without a list of messages")


def _peer(given: object) -> str:
    """A peer's number: exports write ``channel123``, ``-100123`` or ``123`` for the same one."""
    found = _PEER.match(str(given))
    return found.group(1).removeprefix("-100").lstrip("-") if found else shown_name(str(given))[:64]


def _chat(chat: dict[str, Any], where: str, address: str) -> Iterator[Opened]:
    numbers: list[int] = []
    for position, entry in enumerate(chat["messages"]):
        selector = f"{where}/messages/{position}"
        if not isinstance(entry, dict):
            yield Unread(address=address, selector=selector, why="an entry that is no message")
            continue
        number = _number(entry)
        if number is not None:
            numbers.append(number)
        match entry.get("type"):
            case "message":
                yield _message(entry, chat, address, selector)
            case "service":
                action = shown_name(str(entry.get("action", "")))
                yield PassedOver(
                    address=address, selector=selector, why=f"a service notice ({action}); nobody says anything in it"
                )
            case "unsupported":
                yield Unread(
                    address=address, selector=selector, why="a message that the exporter itself did not support"
                )
            case other:
                yield Unread(
                    address=address,
                    selector=selector,
                    why=f"a kind of entry never seen before ({shown_name(other)[:40] if isinstance(other, str) else 'none given'})",
                )
    gap = _gaps(numbers)
    if gap:
        yield Notice(address=address, selector=where or "/messages", what=gap)


def _gaps(numbers: list[int]) -> str | None:
    """Which numbers between the first and last message are not in the export, in words."""
    ordered = sorted({number for number in numbers if number > 0})
    holes = [(a + 1, b - 1) for a, b in itertools.pairwise(ordered) if b - a > 1]
    if not holes:
        return None
    missing = sum(b - a + 1 for a, b in holes)
    named = ", ".join(str(a) if a == b else f"{a} to {b}" for a, b in holes[:_NAMED])
    more = f" and {counted(len(holes) - _NAMED, 'more stretch', 'more stretches')}" if len(holes) > _NAMED else ""
    return (
        f"{missing} of the numbers {ordered[0]} to {ordered[-1]} {'is' if missing == 1 else 'are'} not in this export ({named}{more}): "
        "deleted, or never exported"
    )


def _number(entry: dict[str, Any]) -> int | None:
    """A message's number, or None where it has none that a messenger could have given."""
    given = entry.get("id")
    return given if isinstance(given, int) and not isinstance(given, bool) and abs(given) < _MOST else None


def _message(entry: dict[str, Any], chat: dict[str, Any], address: str, selector: str) -> Item | Unread:
    text, links, lost = _plain(entry.get("text") or entry.get("text_entities"))
    text, broken = mend(text)
    number = _number(entry)
    if number is None:
        return Unread(address=address, selector=selector, why="a message without a number of its own (id)")
    try:
        published = _instant(entry, "date")
        edited = _instant(entry, "edited")
    except (TypeError, ValueError, OverflowError, OSError):
        return Unread(address=address, selector=selector, why="a message whose date or edit is no time")
    channel = _peer(given) if isinstance(given := chat.get("id", ""), str | int) else ""
    reply = entry.get("reply_to_message_id")
    author = entry.get("from")
    return Item(
        address=address,
        selector=selector,
        kind="post",
        passages=(Passage(role="body", text=text, selector="text"),) if text.strip() else (),
        native_id=f"telegram:{channel}:{number}",
        platform="telegram",
        publisher=_name(chat.get("name")),
        author=_name(author) or _name(entry.get("author")),
        published=published,
        edited=edited,
        reply_to=f"telegram:{channel}:{reply}" if isinstance(reply, int) and abs(reply) < _MOST else None,
        forwarded_from=_name(entry.get("forwarded_from")),
        attachments=tuple(_attachments(entry)),
        metadata=tuple(links) + tuple(_location(entry.get("location_information"))),
        not_read=tuple(sorted({shown_name(str(key)) for key in entry.keys() - _LEFT} | ({"text"} if lost else set()))),
        repaired=(f"text: {broken} NUL or lone surrogate replaced by U+FFFD",) if broken else (),
    )


def _name(given: object) -> str | None:
    return mend(given)[0] if isinstance(given, str) and given else None


def _instant(entry: dict[str, Any], field: str) -> str | None:
    """UTC where the export gives seconds since 1970; else the exporting machine's local time, with no zone."""
    seconds = entry.get(f"{field}_unixtime")
    if seconds is not None:
        return datetime.fromtimestamp(int(seconds), tz=UTC).isoformat()
    given = entry.get(field)
    return None if given is None else datetime.fromisoformat(given).isoformat()


def _plain(given: object) -> tuple[str, list[tuple[str, str]], bool]:
    """Text, links, and whether some of it is of no shape known: a string, or strings and objects with a ``text`` in one list."""
    if isinstance(given, str):
        return given, [], False
    listed = given if isinstance(given, list) else [given] if isinstance(given, dict) else []
    parts: list[str] = []
    links: list[tuple[str, str]] = []
    lost = not isinstance(given, list | dict | None)
    for part in listed:
        if isinstance(part, str):
            parts.append(part)
        elif isinstance(part, dict) and isinstance(part.get("text"), str):
            parts.append(part["text"])
            if isinstance(part.get("href"), str):
                links.append(("link", mend(part["href"])[0]))
        else:
            lost = True
    return "".join(parts), links, lost


def _attachments(entry: dict[str, Any]) -> Iterator[Attachment]:
    for field in ("photo", "file"):
        given = entry.get(field)
        if not isinstance(given, str) or not given:
            continue
        mime = entry.get("mime_type") if field == "file" else None
        name = entry.get("file_name")
        mime = shown_name(mime) if isinstance(mime, str) else None
        if "(File " in given and given.endswith(")"):
            shown = name if isinstance(name, str) and name else given.partition("(File ")[0].strip() or field
            why = shown_name(given[given.index("(File ") + 1 : -1])
            yield Attachment(name=shown_name(shown), mime=mime, missing=why)
        else:
            yield Attachment(name=shown_name(given), mime=mime, missing=unsafe_path(given))


def _location(given: object) -> Iterator[tuple[str, str]]:
    if isinstance(given, dict):
        for field in ("latitude", "longitude"):
            if isinstance(given.get(field), int | float):
                yield field, str(given[field])
