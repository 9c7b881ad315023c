"""Metadata made to harm: bombs, loops, lengths that lie, formulas and marks that turn text round; a reading or a reason."""

import io
import struct
import time
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image

from tests.intake.test_picture_metadata import RDF, dataset, jpeg, with_iptc, xmp
from witnessmark.casefile.opening import _line
from witnessmark.intake import boxes, clips, iptc
from witnessmark.intake import xmp as xmp_room
from witnessmark.intake.facts import LONGEST, MOST, Facts
from witnessmark.intake.formats import open_object
from witnessmark.intake.opened import Opened
from witnessmark.terms.item import Item

BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
) + b"]>"  # fmt: skip
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'


def outcomes(folder: Path, data: bytes) -> list[Opened]:
    path = folder / "object"
    path.write_bytes(data)
    found = list(open_object(path, "0" * 64, "found", folder))
    for one in found:
        msgspec.json.encode(_line(one))
    assert found
    return found


def item(found: list[Opened]) -> Item:
    (only,) = (one for one in found if isinstance(one, Item))
    assert len(only.metadata) <= MOST
    assert all(len(value) <= 2 * LONGEST for _, value in only.metadata)
    return only


@pytest.mark.parametrize("head", [BOMB, OUTSIDE, b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xmp_with_a_document_type_is_refused_whole(head: bytes, encoding: str, tmp_path: Path) -> None:
    head = head.replace(b'<?xml version="1.0"?>', b"") if encoding != "utf-8" else head
    words = head.decode() + xmp("<dc:title>&i;&f;</dc:title>").decode()
    before = time.process_time()
    found = outcomes(tmp_path, jpeg(xmp=words.encode(encoding)))
    assert time.process_time() - before < 2
    assert not any(key.startswith("xmp") for key, _ in item(found).metadata)
    assert "root:" not in str(found)
    assert any("document type" in getattr(one, "what", "") for one in found)


@pytest.mark.parametrize(
    "packet",
    [
        b"<a>" * 200_000,
        b"<" * 100_000,
        b"\0" * 5000,
        b"<x " + b'a:b="c" ' * 5000 + b"/>",
        xmp("<dc:subject><rdf:Bag>" + "<rdf:li>x</rdf:li>" * 9000 + "</rdf:Bag></dc:subject>"),
        xmp("<dc:a>" * 100 + "deep" + "</dc:a>" * 100),
        xmp("<dc:title>" + "long" * 5000 + "</dc:title>"),
        b"\xff\xfe" + b"<\0x\0" * 100,
        f'<rdf:RDF {RDF}><rdf:Description rdf:about=""/></rdf:RDF>'.encode() * 2,
        b"x" * ((1 << 20) + 1),
    ],
)
def test_xmp_beyond_reason_is_bounded(packet: bytes) -> None:
    facts = Facts()
    before = time.process_time()
    xmp_room.gather(packet, facts)
    assert time.process_time() - before < 2
    assert len(facts.metadata) <= MOST


def test_exif_that_points_at_itself_ends(tmp_path: Path) -> None:
    entry = (
        struct.pack("<HHII", 0x8769, 4, 1, 8)
        + struct.pack("<HHII", 0x8825, 4, 1, 8)
        + struct.pack("<HHII", 0xA005, 4, 1, 8)
    )
    tiff = b"II*\0\x08\0\0\0" + struct.pack("<H", 3) + entry + struct.pack("<I", 8)
    segment = b"Exif\0\0" + tiff
    data = jpeg()
    looped = data[:2] + b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + data[2:]
    assert item(outcomes(tmp_path, looped)).kind == "picture"
    assert outcomes(tmp_path, tiff)


def test_numbers_that_are_none_are_kept_as_written(tmp_path: Path) -> None:
    exif = Image.Exif()
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps.update(
        {
            1: "N\0",
            2: (1e9, 5.0, 7.0),
            3: "E",
            4: (1.0, 2.0, 3.0),
            6: 1e30,
            7: (99.0, 1.0, 1.0),
            29: "9999:99:99",
        }
    )
    told = dict(item(outcomes(tmp_path, jpeg(exif=exif))).metadata)
    assert not {"latitude", "longitude", "altitude", "position time"} & told.keys()


@pytest.mark.parametrize(
    "block",
    [
        struct.pack(">BBBH", 0x1C, 2, 120, 0xFFFF) + b"x",
        struct.pack(">BBBH", 0x1C, 2, 120, 0x8004) + b"\xff\xff\xff\xff" + b"x",
        struct.pack(">BBBH", 0x1C, 2, 120, 0xFFFF) + b"\xff" * 9000,
        dataset(25, b"word") * 5000,
        dataset(120, b"") * 5000,
        b"\x1c\x02",
        b"\x1c" * 5000,
        dataset(120, b"\xff\xfe\0\0") + dataset(90, b"%G", 1),
    ],
)
def test_lengths_of_iptc_that_lie_are_not_followed(block: bytes, tmp_path: Path) -> None:
    facts = Facts()
    iptc.gather(block, facts)
    assert len(facts.metadata) <= MOST
    assert item(outcomes(tmp_path, with_iptc(block[:60_000])))


def test_formulas_and_marks_of_direction_are_words(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = '=HYPERLINK("http://example.org","x")'
    packet = xmp("<dc:title>\u202egnp.exe</dc:title><dc:x\u202e>y</dc:x\u202e>")
    found = item(outcomes(tmp_path, jpeg(exif=exif, xmp=packet, comment=b"\x1b[2Jgone")))
    assert dict(found.metadata)["exif Artist"].startswith("=HYPERLINK")
    assert not any(set(key) & set("\u202e\x1b\n") for key, _ in found.metadata)


def box(kind: bytes, content: bytes, size: int | None = None) -> bytes:
    return struct.pack(">I4s", len(content) + 8 if size is None else size, kind) + content


FTYP = box(b"ftyp", b"isom\0\0\0\0isom")


@pytest.mark.parametrize(
    "data",
    [
        FTYP + box(b"moov", b"", 0),
        FTYP + box(b"moov", b"", 4),
        FTYP + box(b"moov", b"", 0xFFFFFFFF),
        FTYP + struct.pack(">I4sQ", 1, b"moov", (1 << 63) - 1) + b"\0" * 64,
        FTYP + struct.pack(">I4sQ", 1, b"mdat", 3),
        FTYP + b"".join(box(b"free", b"") for _ in range(20_000)),
        FTYP + box(b"moov", box(b"trak", box(b"tkhd", b"\0" * 3))),
        FTYP + box(b"moov", box(b"trak", box(b"trak", box(b"tkhd", b"\1" + b"\xff" * 90)))),
        FTYP + box(b"moov", box(b"mvhd", b"\xff" * 100)),
        b"\x1aE\xdf\xa3" + b"\x01\xff\xff\xff\xff\xff\xff\xff" + b"\0" * 64,
        b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm\x18S\x80g\x01\x7f\xff\xff\xff\xff\xff\xff" + b"\x16T\xaek\x1f\xff\xff\xff" * 9,
        b"OggS\0" + b"\xff" * 300,
        b"ID3\x04\0\0\x7f\x7f\x7f\x7f" + b"\0" * 300,
        b"\xff\xfb\x90\x64" + b"\0" * 50,
        b"RIFF\xff\xff\xff\xffWAVEfmt \xff\xff\xff\xff",
        b"fLaC\0\xff\xff\xff" + b"\0" * 64,
        b"#!AMR\n" + b"\xff" * 64,
    ],
)  # fmt: skip
def test_containers_that_lie_have_an_outcome_in_little_time(data: bytes, tmp_path: Path) -> None:
    before = time.process_time()
    assert outcomes(tmp_path, data)
    assert time.process_time() - before < 5


def test_a_walk_of_boxes_ends(tmp_path: Path) -> None:
    data = box(b"free", b"") * 100_000
    assert len(list(boxes.walk(io.BytesIO(data), 0, len(data)))) == 4096
    assert boxes.turned(io.BytesIO(data), len(data)) is None
    assert boxes.cut(io.BytesIO(FTYP + box(b"mdat", b"", 1 << 30)), len(FTYP) + 8) is not None
    assert tmp_path.exists()


@pytest.mark.skipif(clips._library() is None, reason="needs PyAV, of the extra 'media'")
@pytest.mark.parametrize(
    "words", [b"#EXTM3U\n#EXTINF:1\nfile:///etc/passwd\n", b"ffconcat version 1.0\nfile '/etc/passwd'\n"]
)
def test_a_list_of_other_files_is_never_followed(words: bytes, tmp_path: Path) -> None:
    """The library knows formats that name other files; only the one the first bytes say is tried."""
    assert "root:" not in str(outcomes(tmp_path, words))
    assert "root:" not in str(outcomes(tmp_path, FTYP + words))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["mp4", "matroska"]), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=6), st.floats(0.1, 1))  # fmt: skip
def test_damaged_clips_have_an_outcome(
    tmp_path_factory: pytest.TempPathFactory, kind: str, damage: list[tuple[float, int]], kept: float
) -> None:
    from tests.intake.containers import clip  # noqa: PLC0415 - skips where the extra is not there

    data = bytearray(clip(kind))
    for where, byte in damage:
        data[int(where * (len(data) - 1))] = byte
    assert outcomes(tmp_path_factory.mktemp("clip"), bytes(data[: int(kept * len(data))]))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_any_block_is_bounded(block: bytes) -> None:
    for room in (iptc.gather, xmp_room.gather):
        facts = Facts()
        room(block, facts)
        assert len(facts.metadata) <= MOST
