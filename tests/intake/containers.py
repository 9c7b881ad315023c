"""Clips and sounds made for the tests, with the library that reads them; nothing in them was recorded anywhere."""

import base64
import io
from typing import TYPE_CHECKING

import numpy as np
import pytest

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import OutputContainer

av = pytest.importorskip("av", reason="clips and sounds are made with PyAV, of the extra 'media'")

# A grey frame of 64 x 64 pixels as x265 encodes it, and the box that says how to decode it.
_CODEC = base64.b64decode(
    "AAAAdWh2Y0MBAWAAAACQAAAAAAAe8AD8/fj4AAAPA6AAAQAYQAEMAf//AWAAAAMAkAAAAwAAAwAelZgJoQABAChCAQEBYAAAAwCQAAADAAADAB6gIIEFllZpJMrm"
    "gIAAAAMAgAAAAwCEogABAAdEAcFytCJA"
)
_FRAME = base64.b64decode("AAAADygBrxOA5mjj//dM/H9s8A==")
CODECS = {"mp4": "mpeg4", "mov": "mpeg4", "matroska": "mpeg4", "webm": "libvpx"}


def clip(
    kind: str = "mp4",
    *,
    seconds: int = 1,
    sound: bool = False,
    options: dict[str, str] | None = None,
    tags: dict[str, str] | None = None,
) -> bytes:
    """A grey clip of 64 x 48 pixels, ten frames a second, with the tags given."""
    out = io.BytesIO()
    with av.open(out, "w", format=kind, options=options or {}) as container:
        container.metadata.update(tags or {})
        video = container.add_stream(CODECS[kind], rate=10)
        video.width, video.height, video.pix_fmt = 64, 48, "yuv420p"
        heard = container.add_stream("libopus" if kind == "webm" else "aac", rate=48000) if sound else None
        if heard is not None:
            heard.layout = "mono"
        for number in range(10 * seconds):
            grey = np.full((48, 64, 3), 20 * number % 256, dtype=np.uint8)
            container.mux(video.encode(av.VideoFrame.from_ndarray(grey, format="rgb24")))
        container.mux(video.encode(None))
        if heard is not None:
            _silence(container, heard)
    return out.getvalue()


def sound(kind: str, codec: str) -> bytes:
    """Half a second of silence."""
    out = io.BytesIO()
    with av.open(out, "w", format=kind) as container:
        stream = container.add_stream(codec, rate=48000)
        stream.layout = "mono"
        _silence(container, stream)
    return out.getvalue()


def _silence(container: "OutputContainer", stream: "AudioStream") -> None:
    form = {"pcm_s16le": "s16", "flac": "s16", "libopus": "s16"}.get(stream.codec_context.name, "fltp")
    kind = np.int16 if form == "s16" else np.float32
    for number in range(20):
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 960), dtype=kind), format=form, layout="mono")
        frame.sample_rate, frame.pts = 48000, 960 * number
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))


def heic(exif: bytes = b"") -> bytes:
    """A HEIC picture of 64 x 64 pixels: one frame of HEVC in the boxes of ISO/IEC 23008-12, with EXIF where it is given."""
    held = [(b"hvc1", _FRAME)] + ([(b"Exif", b"\0\0\0\0" + exif)] if exif else [])
    head = _box(b"ftyp", b"heic\0\0\0\0mif1heic")
    length = len(head) + len(_meta(held, 0)) + 8
    return head + _meta(held, length) + _box(b"mdat", b"".join(content for _, content in held))


def _box(kind: bytes, content: bytes) -> bytes:
    return (len(content) + 8).to_bytes(4, "big") + kind + content


def _meta(held: list[tuple[bytes, bytes]], start: int) -> bytes:
    """What says which item lies where; ``start``: of the first one's bytes in the file."""
    entries, places = b"", b""
    for number, (kind, content) in enumerate(held, start=1):
        entries += _box(b"infe", b"\2\0\0\0" + number.to_bytes(2, "big") + b"\0\0" + kind + b"\0")
        places += number.to_bytes(2, "big") + b"\0\0\0\1" + start.to_bytes(4, "big") + len(content).to_bytes(4, "big")
        start += len(content)
    count = len(held).to_bytes(2, "big")
    size = _box(b"ispe", bytes(4) + (64).to_bytes(4, "big") * 2)
    properties = _box(b"ipco", _CODEC + size) + _box(b"ipma", bytes(4) + b"\0\0\0\1\0\1\2\x81\x02")
    refers = _box(b"iref", bytes(4) + _box(b"cdsc", b"\0\2\0\1\0\1")) if len(held) > 1 else b""
    inside = _box(b"hdlr", bytes(8) + b"pict" + bytes(13)) + _box(b"pitm", bytes(4) + b"\0\1")
    inside += _box(b"iloc", bytes(4) + b"\x44\0" + count + places) + _box(b"iinf", bytes(4) + count + entries)
    return _box(b"meta", bytes(4) + inside + _box(b"iprp", properties) + refers)
