"""Clips (MP4, MOV, WebM, MKV) and sound (M4A, MP3, Ogg, FLAC, WAV, AMR) as items with what their containers say.

Length, size, tracks and codecs, turn, time and place of making, the program that wrote it. Frames are not decoded here, and
nothing that a file refers to is opened. It takes the extra ``media``; without it the clip is an item all the same, with a
notice. What it does not prove: a container's times and places are as easily written as any other.
"""

import importlib.util
import re
import types
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from witnessmark.intake import boxes, xmp
from witnessmark.intake.facts import Facts
from witnessmark.intake.opened import Opened
from witnessmark.terms.item import Item, ItemKind
from witnessmark.terms.unread import Notice, Unread

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.stream import Stream

_EBML = b"\x1aE\xdf\xa3"
_STILL = (b"crx ", b"jp2 ", b"jxl ")  # raw pictures and others in the same boxes, which no reader here knows
_SOUND = (b"M4A ", b"M4B ", b"M4P ")
# What a beginning means: the demuxer to use and no other, and a name for people.
_BEGINNINGS = (
    (re.compile(rb"OggS\0"), "ogg", "Ogg"),
    (re.compile(rb"ID3[\x02-\x04]|\xff[\xfb\xfa\xf3\xf2]"), "mp3", "MP3"),
    (re.compile(rb"fLaC[\0\x80]"), "flac", "FLAC"),
    (re.compile(rb"RIFF....WAVE", re.DOTALL), "wav", "WAV"),
    (re.compile(rb"#!AMR(?:-WB)?\n"), "amr", "AMR"),
)
# No other file, no address: what a container refers to is not part of the preserved bytes. XMP comes with the rest.
_OPTIONS = {"protocol_whitelist": "none", "enable_drefs": "0", "use_absolute_path": "0", "export_xmp": "1"}
_PLACE = re.compile(
    r"([+-]\d{1,3}(?:\.\d{1,12})?)([+-]\d{1,3}(?:\.\d{1,12})?)([+-]\d{1,6}(?:\.\d{1,6})?)?(?:CRS\S*)?/?$"
)
_PLACES = ("com.apple.quicktime.location.ISO6709", "location", "location-eng")
_TAKEN = ("com.apple.quicktime.creationdate", "date_recorded", "DATE_RECORDED")
_MADE = "creation_time"
_SOFTWARE = ("encoder", "ENCODER", "com.apple.quicktime.software", "com.android.version", "WritingApp")
_TRACKS = 32
_SAID_UTC = "said to be UTC; many cameras write their local time there"
_NO_INDEX = (
    "a clip whose index cannot be read: cut off while it was written or copied, or broken; its bytes are preserved"
)
_NO_SOUND = "a sound whose header cannot be read: cut off, or broken; its bytes are preserved"


def recognises(head: bytes, path: Path) -> bool:  # noqa: ARG001 - the shape of a test
    """By the first bytes of each kind."""
    return _demuxer(head) is not None


def _demuxer(head: bytes) -> tuple[str, str] | None:
    """The one demuxer to be used, and the format's name."""
    if boxes.begins(head):
        brand = boxes.brand(head)
        return None if brand in _STILL else ("mov", "QuickTime" if brand in (b"", b"qt  ") else "MP4")
    if head.startswith(_EBML):
        return "matroska", "WebM" if b"webm" in head[:64] else "Matroska"
    return next(((demuxer, name) for first, demuxer, name in _BEGINNINGS if first.match(head)), None)


def read(path: Path, address: str, name: str, spool: Path) -> Iterator[Opened]:  # noqa: ARG001 - the shape of a reader
    """One item with what the container says."""
    with path.open("rb") as source:
        head = source.read(64)
    demuxer, shown = _demuxer(head) or ("mov", "MP4")
    kind: ItemKind = "clip" if demuxer in ("mov", "matroska") and boxes.brand(head) not in _SOUND else "sound"
    facts = Facts()
    facts.put("format", shown)
    library = _library()
    if library is None:
        facts.note(
            "its length, size, tracks, time and place were not read: that needs the extra 'media' (see 'witnessmark doctor')"
        )
    else:
        told = _container(library, path, demuxer, facts)
        if told is None:
            yield Unread(address=address, selector="", why=_NO_INDEX if kind == "clip" else _NO_SOUND)
            return
        kind = told
    if demuxer == "mov":
        _boxes(path, facts)
    for note in facts.notes:
        yield Notice(address=address, selector="", what=note)
    yield Item(address=address, selector="", kind=kind, metadata=facts.metadata, not_read=facts.not_read)


def _library() -> types.ModuleType | None:
    """PyAV, where the extra is there, made silent."""
    if importlib.util.find_spec("av") is None:
        return None
    import av  # noqa: PLC0415 - a heavy extra

    av.logging.set_level(None)
    return av


def _container(library: types.ModuleType, path: Path, demuxer: str, facts: Facts) -> ItemKind | None:
    """Put what the container says into the facts; what it is, or None where it has no index or no track."""
    try:
        # A file that is read and no path: the library then knows no folder to look for others in.
        with (
            path.open("rb") as source,
            library.open(source, format=demuxer, options=dict(_OPTIONS), metadata_errors="replace") as container,
        ):
            if not container.streams:
                return None
            seen = any(stream.type == "video" and not _cover(stream) for stream in container.streams)
            _about(container, facts)
            return "clip" if seen else "sound"
    except (library.error.FFmpegError, OSError, ValueError, OverflowError):
        return None


def _cover(stream: "Stream") -> bool:
    """Whether a track is a still picture that belongs to a sound."""
    return bool(int(stream.disposition) & 0x400)


def _about(container: "InputContainer", facts: Facts) -> None:
    if container.duration is not None and container.duration >= 0:
        facts.put("duration", f"{container.duration / 1_000_000:.3f}")
    for number, stream in enumerate(container.streams):
        if number >= _TRACKS:
            facts.leave("more tracks")
            break
        _track(number + 1, stream, facts)
    tags = {str(key): str(value) for key, value in container.metadata.items()}
    for stream in list(container.streams)[:_TRACKS]:
        tags.update({str(key): str(value) for key, value in stream.metadata.items() if str(key) not in tags})
    _tags(tags, facts)


def _track(number: int, stream: "Stream", facts: Facts) -> None:
    """One line on a track; size and rate of the first that shows something."""
    context: Any = stream.codec_context  # of the kind that the type says
    codec = context.name if context is not None else "codec unknown here"
    told = [f"{'cover' if _cover(stream) else stream.type} {codec}"]
    if stream.type == "video" and context is not None:
        told.append(f"{context.width} x {context.height}")
        rate = getattr(stream, "average_rate", None)
        if rate:
            told.append(f"{float(rate):.3f}".rstrip("0").rstrip(".") + " frames/s")
        if not facts.has("width") and not _cover(stream):
            facts.put("width", context.width)
            facts.put("height", context.height)
    elif stream.type == "audio" and context is not None:
        told.append(f"{context.sample_rate} Hz, {context.channels} channel{'' if context.channels == 1 else 's'}")
    facts.put(f"track {number}", ", ".join(told))


def _tags(tags: dict[str, str], facts: Facts) -> None:
    """Times, places and programs in one form for every kind of file; then every tag as written."""
    packet = tags.pop("xmp", None)
    if not any(facts.taken(tags[key]) for key in _TAKEN if key in tags) and facts.taken(tags.get(_MADE, ""), "Z"):
        facts.put("taken zone", _SAID_UTC)
    for key in _SOFTWARE:
        if key in tags:
            facts.join("software", tags[key])
    found = next((_PLACE.match(tags[key].strip()) for key in _PLACES if key in tags), None)
    if found:
        facts.place(float(found.group(1)), float(found.group(2)), float(found.group(3)) if found.group(3) else None)
    for key, value in sorted(tags.items()):
        facts.put(f"tag {key}", value)
    if packet:
        xmp.gather(packet.encode("utf-8", "surrogatepass"), facts)


def _boxes(path: Path, facts: Facts) -> None:
    """What the library does not say: whether the file ends too early, and how it is turned when shown."""
    size = path.stat().st_size
    with path.open("rb") as source:
        missing = boxes.cut(source, size)
        if missing:
            facts.note(missing)
        degrees = boxes.turned(source, size)
    if degrees:
        facts.put("rotation", degrees)
