"""What tests are made of: a clock that stands still, invented bytes of each format, and hypothesis strategies.

Everything here is invented; no post, page or person in it exists.
"""

import io
import json
import tarfile
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from PIL import ExifTags, Image, PngImagePlugin

from witnessmark.casefile.case import Case, make

ARABIC = "قُتل ثلاثة مدنيين في بلدة وهمية."  # "Three civilians were killed in a made-up town."
ENGLISH = "Three civilians were killed in a made-up town, residents said."


@dataclass(frozen=True)
class StillClock:
    """A clock at one instant."""

    instant: datetime = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)

    def now(self) -> datetime:
        return self.instant


def new_case(root: Path) -> Case:
    """An empty case whose clock stands still."""
    return make(root, StillClock())


def zip_of(members: Mapping[str, bytes] | Iterable[tuple[str, bytes]], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive; pairs may name a member twice."""
    out = io.BytesIO()
    pairs = members.items() if isinstance(members, Mapping) else members
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, data in pairs:
            # An instant of its own, so that equal members make equal archives.
            info = zipfile.ZipInfo(name)
            info.compress_type = how
            archive.writestr(info, data)
    return out.getvalue()


def tar_of(members: Mapping[str, bytes], mode: str = "w") -> bytes:
    """A tar archive; ``mode`` may ask for packing (``w:gz``)."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]  # the mode is a plain text
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def picture(kind: str = "JPEG", *, model: str | None = "Invented 1", size: tuple[int, int] = (8, 6)) -> bytes:
    """A small grey picture; ``model``: a camera's name for its metadata."""
    out = io.BytesIO()
    image = Image.new("RGB", size, (90, 90, 90))
    exif = Image.Exif()
    if model is not None:
        exif[ExifTags.Base.Model] = model
        exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2017:06:11 10:20:30"
    about = PngImagePlugin.PngInfo()
    about.add_text("Software", "Invented editor")
    image.save(out, kind, exif=exif, **({"pnginfo": about} if kind == "PNG" else {}))
    return out.getvalue()


def jsonl(*rows: Mapping[str, object]) -> bytes:
    """One JSON object a line."""
    return b"".join(json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n" for row in rows)


def message(number: int, text: object, **more: object) -> dict[str, object]:
    """One message of a Telegram Desktop export."""
    stamp = 1497000000 + number
    when = datetime.fromtimestamp(stamp, tz=UTC).strftime("%Y-%m-%dT%H:%M:%S")
    given = {"id": number, "type": "message", "date": when, "date_unixtime": str(stamp), "from": "Invented channel"}
    return {**given, "from_id": "channel77", "text": text, **more}


def chat(*messages: Mapping[str, object], **more: object) -> dict[str, Any]:
    """A Telegram Desktop export of one chat."""
    return {"name": "Invented channel", "type": "public_channel", "id": 77, "messages": list(messages), **more}


def written(value: object) -> bytes:
    """JSON as Telegram Desktop writes it: over many lines."""
    return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")


# Any text, lone surrogates and NUL among it.
any_text = st.text(st.characters(exclude_categories=()), max_size=40)
any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | any_text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(any_text, inner, max_size=4),
    max_leaves=8,
)
file_names = st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=12).filter(
    lambda name: name not in (".", "..")
)
small_files = st.one_of(
    st.just(b""),
    st.binary(max_size=60),
    any_text.map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.sampled_from([
        ENGLISH.encode(),
        ARABIC.encode("cp1256"),
        picture("PNG"),
        jsonl({"id": "a", "text": ENGLISH}, {"id": "b"}),
        written(chat(message(1, ARABIC), message(3, ENGLISH))),
        zip_of({"inside.txt": ENGLISH.encode(), "also/inside.txt": b"other words"}),
        tar_of({"inside.txt": ENGLISH.encode()}, "w:gz"),
        b"PK\x03\x04 no archive",
        b"\xff\xd8\xff no picture",
        b'{"messages": [{"type": "message"',
    ]),
)  # fmt: skip
folders = st.dictionaries(file_names, small_files, max_size=6)
