"""IPTC-IIM of a picture: captions, credits and places as news agencies write them into JPEG and TIFF.

Record 2 of the Information Interchange Model 4.2 (https://www.iptc.org/std/IIM/4.2/specification/IIMV4.2.pdf). Lengths are
believed only as far as the block reaches. What it does not prove: that the credit names who took the picture.
"""

from collections.abc import Iterator

from witnessmark.intake.facts import BROKEN, Facts

_TAG = 0x1C
_UTF8 = b"\x1b%G"  # dataset 1:90 where texts are UTF-8
_NAMES = {
    5: "title", 10: "urgency", 15: "category", 25: "keywords", 40: "instructions", 55: "date created", 60: "time created",
    62: "date digitised", 65: "program", 70: "program version", 80: "by-line", 85: "by-line title", 90: "city", 92: "sublocation",
    95: "province", 100: "country code", 101: "country", 103: "transmission reference", 105: "headline", 110: "credit",
    115: "source", 116: "copyright", 118: "contact", 120: "caption", 122: "caption writer",
}  # fmt: skip
_MOST = 200  # datasets of one block


def gather(block: bytes, facts: Facts) -> None:
    """Put a block's texts into the facts; a length that leaves the block is said, and ends the reading."""
    encoding: str | None = None
    for count, (record, number, value) in enumerate(_datasets(block, facts)):
        if count >= _MOST:
            facts.leave("iptc (more datasets)")
            return
        if (record, number) == (1, 90):
            encoding = "utf-8" if value == _UTF8 else None
        elif record == 2 and number in _NAMES:
            _keep(_NAMES[number], _text(value, encoding), facts)
        elif record == 2 and number:
            facts.leave(f"iptc 2:{number}")


def _keep(name: str, text: str, facts: Facts) -> None:
    if name == "keywords":
        facts.join("iptc keywords", text)
    else:
        facts.put(f"iptc {name}", text)
    if name == "program":
        facts.join("software", text)


def _datasets(block: bytes, facts: Facts) -> Iterator[tuple[int, int, bytes]]:
    """Record, number and value of each dataset."""
    at = 0
    while at + 5 <= len(block) and block[at] == _TAG:
        length = int.from_bytes(block[at + 3 : at + 5], "big")
        start = at + 5
        if length & 0x8000:  # an extended dataset: the length of the length
            size = length & 0x7FFF
            length = int.from_bytes(block[start : start + size], "big") if size <= 4 else len(block)
            start += size
        if start + length > len(block):
            facts.note(BROKEN)
            return
        yield block[at + 1], block[at + 2], block[start : start + length]
        at = start + length
    if block[at:].strip(b"\0"):
        facts.note(BROKEN)


def _text(value: bytes, encoding: str | None) -> str:
    """UTF-8 where it is; else what Western programs wrote before they said their encoding."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode(encoding or "cp1252", "replace")
