"""Clips and sounds made for the tests, with the library that reads them; nothing in them was recorded anywhere."""

import io
from typing import TYPE_CHECKING

import numpy as np
import pytest

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import OutputContainer

av = pytest.importorskip("av", reason="clips and sounds are made with PyAV, of the extra 'media'")

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
