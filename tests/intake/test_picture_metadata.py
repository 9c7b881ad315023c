"""What pictures say of themselves: times with their zone, places in degrees, programs, captions; all of it as written too."""

import io
import struct
import zlib

import pytest
from PIL import ExifTags, Image, ImageFile

from tests.intake.conftest import Open
from tests.strategies import picture
from witnessmark.intake import iptc, pictures
from witnessmark.intake.facts import MOST, Facts, moment

RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
SPACES = 'xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#" xmlns:exif="http://ns.adobe.com/exif/1.0/"'


def xmp(inside: str, attributes: str = "") -> bytes:
    return f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF {RDF}><rdf:Description rdf:about="" {SPACES} {attributes}>{inside}</rdf:Description></rdf:RDF></x:xmpmeta>'.encode()


def jpeg(size: tuple[int, int] = (8, 6), **more: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (90, 90, 90)).save(out, "JPEG", **more)
    return out.getvalue()


def placed(latitude: tuple[float, ...], north: str, longitude: tuple[float, ...], east: str, **more: object) -> bytes:
    exif = Image.Exif()
    block = exif.get_ifd(ExifTags.IFD.GPSInfo)
    block.update({1: north, 2: latitude, 3: east, 4: longitude})
    block.update({ExifTags.GPS[key].value: value for key, value in more.items()})
    return jpeg(exif=exif)


def dated(**fields: str) -> bytes:
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif).update({ExifTags.Base[key].value: value for key, value in fields.items()})
    return jpeg(exif=exif)


def with_iptc(block: bytes) -> bytes:
    """A JPEG with a block of IPTC among Photoshop's resources."""
    resource = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(block)) + block + b"\0" * (len(block) % 2)
    segment = b"Photoshop 3.0\0" + resource
    data = jpeg()
    return data[:2] + b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment + data[2:]


def dataset(number: int, value: bytes, record: int = 2) -> bytes:
    return struct.pack(">BBBH", 0x1C, record, number, len(value)) + value


def said(data: bytes, opening: Open) -> dict[str, str]:
    return dict(opening(data).item.metadata)


def test_a_place_is_given_in_degrees_beside_what_is_written(opening: Open) -> None:
    found = said(
        placed((1.0, 30.0, 0.0), "S", (2.0, 15.0, 36.0), "W", GPSAltitude=12.5, GPSAltitudeRef=b"\x01"), opening
    )
    assert (found["latitude"], found["longitude"], found["altitude"]) == ("-1.5", "-2.26", "-12.5")
    assert found["exif GPSLatitude"].startswith("(1.0, 30.0")


@pytest.mark.parametrize(
    ("latitude", "north"),
    [((91.0, 0.0, 0.0), "N"), ((1.0, 75.0, 0.0), "N"), ((1.0, 30.0, 0.0), "?"), ((1.0, 2.0, 3.0, 4.0), "N")],
)  # fmt: skip
def test_a_place_that_is_none_is_said_and_kept_as_written(
    latitude: tuple[float, ...], north: str, opening: Open
) -> None:
    found = opening(placed(latitude, north, (2.0, 0.0, 0.0), "E"))
    assert "latitude" not in dict(found.item.metadata)
    assert any("none on this earth" in one.what for one in found.notices)
    assert "exif GPSLatitudeRef" in dict(found.item.metadata)


def test_the_satellites_time_is_utc(opening: Open) -> None:
    data = placed((1.0, 0.0, 0.0), "N", (2.0, 0.0, 0.0), "E", GPSDateStamp="2017:06:11", GPSTimeStamp=(7.0, 20.0, 30.0))
    assert said(data, opening)["position time"] == "2017-06-11T07:20:30Z"


def test_a_time_has_its_zone_or_a_word_that_it_has_none(opening: Open) -> None:
    bare = said(dated(DateTimeOriginal="2017:06:11 10:20:30"), opening)
    assert (bare["taken"], bare["taken zone"][:10]) == ("2017-06-11T10:20:30", "none given")
    zoned = said(dated(DateTimeOriginal="2017:06:11 10:20:30", OffsetTimeOriginal="+03:00"), opening)
    assert zoned["taken"] == "2017-06-11T10:20:30+03:00"
    assert "taken zone" not in zoned


def test_a_second_account_brings_the_zone_that_the_first_lacks(opening: Open) -> None:
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2017:06:11 10:20:30"
    same = jpeg(exif=exif, xmp=xmp("", 'exif:DateTimeOriginal="2017-06-11T10:20:30.00+02:00"'))
    other = jpeg(exif=exif, xmp=xmp("", 'exif:DateTimeOriginal="2018-06-11T10:20:30+02:00"'))
    assert said(same, opening)["taken"] == "2017-06-11T10:20:30+02:00"
    assert said(other, opening)["taken"] == "2017-06-11T10:20:30"


@pytest.mark.parametrize("given", ["0000:00:00 00:00:00", "2017:13:40 99:99:99", "yesterday", "", "2017"])
def test_what_is_no_time_is_none(given: str) -> None:
    assert moment(given) is None


def test_the_day_alone_is_a_day() -> None:
    assert moment("2017:06:11") == "2017-06-11"


def test_every_program_that_wrote_is_named_once(opening: Open) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Software] = "Invented camera 1"
    history = '<xmpMM:History><rdf:Seq><rdf:li rdf:parseType="Resource"><stEvt:action>saved</stEvt:action><stEvt:softwareAgent>Invented editor 2</stEvt:softwareAgent></rdf:li></rdf:Seq></xmpMM:History>'
    found = said(jpeg(exif=exif, xmp=xmp(history, 'xmp:CreatorTool="Invented camera 1"')), opening)
    assert found["software"] == "Invented camera 1; Invented editor 2"
    assert found["xmp xmpMM:History/stEvt:action"] == "saved"


def test_lists_and_languages_of_xmp_are_flat(opening: Open) -> None:
    inside = '<dc:subject><rdf:Bag><rdf:li>one</rdf:li><rdf:li>two</rdf:li></rdf:Bag></dc:subject><dc:title><rdf:Alt><rdf:li xml:lang="x-default">Invented</rdf:li></rdf:Alt></dc:title>'
    found = said(jpeg(xmp=xmp(inside)), opening)
    assert (found["xmp dc:subject[1]"], found["xmp dc:subject[2]"], found["xmp dc:title"]) == ("one", "two", "Invented")


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF"])
def test_xmp_is_read_from_every_kind(kind: str, opening: Open) -> None:
    out = io.BytesIO()
    packet = xmp("", 'xmp:CreatorTool="Invented editor"')
    image = Image.new("RGB", (8, 6))
    if kind == "PNG":
        from PIL import PngImagePlugin  # noqa: PLC0415 - for this kind alone

        about = PngImagePlugin.PngInfo()
        about.add_itxt("XML:com.adobe.xmp", packet.decode())
        image.save(out, kind, pnginfo=about)
    elif kind == "TIFF":
        image.save(out, kind, tiffinfo={700: packet})
    else:
        image.save(out, kind, xmp=packet)
    assert said(out.getvalue(), opening)["software"] == "Invented editor"


def test_captions_and_credits_of_agencies(opening: Open) -> None:
    block = (
        dataset(120, "صورة مخترعة".encode())
        + dataset(80, b"Invented Photographer")
        + dataset(25, b"market")
        + dataset(25, b"smoke")
        + dataset(55, b"20170611")
        + dataset(230, b"?")
    )  # "an invented picture"
    found = opening(with_iptc(block)).item
    told = dict(found.metadata)
    assert told["iptc caption"] == "صورة مخترعة"
    assert (told["iptc by-line"], told["iptc keywords"]) == ("Invented Photographer", "market; smoke")
    assert told["iptc date created"] == "20170611"
    assert "iptc 2:230" in found.not_read


def test_texts_of_old_programs_are_western(opening: Open) -> None:
    assert said(with_iptc(dataset(90, b"Caf\xe9")), opening)["iptc city"] == "Café"


def test_a_comment_in_its_own_encoding_and_the_fields_of_windows(opening: Open) -> None:
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.UserComment] = b"ASCII\0\0\0an invented comment"
    exif[ExifTags.Base.XPTitle] = "عنوان\0".encode("utf-16-le")  # "a title"
    found = said(jpeg(exif=exif), opening)
    assert (found["exif UserComment"], found["exif XPTitle"]) == ("an invented comment", "عنوان")


def test_what_is_not_read_is_named(opening: Open) -> None:
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.MakerNote] = b"\1\2\3" * 20
    exif[ExifTags.Base.ImageDescription] = "x" * 5000
    found = opening(jpeg(exif=exif) + b"more than a picture" * 20).item
    assert {"exif MakerNote", "exif ImageDescription", "380 bytes after the picture's end"} <= set(found.not_read)


def test_a_thumbnail_of_another_shape_is_noticed() -> None:
    from witnessmark.intake import exif as room  # noqa: PLC0415 - beside Pillow's own word

    small = jpeg((100, 100))
    data = b"Exif\0\0" + b"\0" * 8 + small
    for size, noticed in (((800, 400), True), ((800, 800), False)):
        facts = Facts()
        given = Image.Exif()
        given._ifds[ExifTags.IFD.IFD1] = {513: 8, 514: len(small)}
        room._thumbnail(given, data, None, size, facts)
        assert dict(facts.metadata)["thumbnail"] == "100 x 100"
        assert bool(facts.notes) is noticed


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF"])
def test_a_picture_cut_off_is_an_item_that_says_so(kind: str, opening: Open) -> None:
    out = io.BytesIO()
    Image.effect_noise((64, 64), 50).convert("RGB").save(out, kind)
    found = opening(out.getvalue()[:-40])
    assert found.item.kind == "picture"
    assert [one.what for one in found.notices if "cut off" in one.what] == ["it is cut off: its end is missing"]
    assert opening(out.getvalue()).notices == []


def test_gif_and_large_sensors_are_items(opening: Open) -> None:
    out = io.BytesIO()
    frames = [Image.new("L", (8, 6), 80 * number) for number in range(3)]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], comment=b"Invented")
    found = said(out.getvalue(), opening)
    assert (found["format"], found["animated"], found["text comment"]) == ("GIF", "yes", "Invented")
    wide = bytearray(picture("PNG"))
    wide[16:24] = struct.pack(">II", 16_320, 12_240)
    wide[29:33] = struct.pack(">I", zlib.crc32(bytes(wide[12:29])))
    assert said(bytes(wide), opening)["width"] == "16320"


def test_no_pixels_are_decoded(opening: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_given: object) -> None:
        raise AssertionError("pixels were asked for")

    kinds = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "AVIF")
    made = [(kind, picture(kind, model=model)) for kind in kinds for model in ("Invented 1", None)]
    monkeypatch.setattr(ImageFile.ImageFile, "load", refuse)
    for kind, data in made:
        assert said(data, opening)["format"] == kind


def test_words_behind_the_pixels_of_a_png_are_named(opening: Open) -> None:
    data = picture("PNG", model=None)
    words = b"\0\0\0\x07tEXtkey\0abc" + struct.pack(">I", zlib.crc32(b"tEXtkey\0abc"))
    at = data.index(b"IEND") - 4
    assert "tEXt behind the pixels" in opening(data[:at] + words + data[at:]).item.not_read


def test_a_position_of_nought_is_none(opening: Open) -> None:
    found = opening(placed((0.0, 0.0, 0.0), "N", (0.0, 0.0, 0.0), "E"))
    assert "latitude" not in dict(found.item.metadata)
    assert "0, 0" in found.notices[0].what


def test_heic_without_the_extra_is_an_item_that_says_so(opening: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "_heif", lambda: False)
    found = opening(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64)
    assert dict(found.item.metadata) == {"format": "HEIF"}
    assert "needs the extra 'media'" in found.notices[0].what


def test_keys_are_unique_and_few() -> None:
    facts = Facts()
    for number in (0, *range(MOST + 5)):
        facts.put("link", number)
    assert len({key for key, _ in facts.metadata}) == len(facts.metadata) == MOST
    assert facts.not_read == ("5 more values",)


def test_a_length_beyond_the_block_ends_the_reading() -> None:
    facts = Facts()
    iptc.gather(dataset(120, b"kept") + struct.pack(">BBBH", 0x1C, 2, 80, 9999) + b"short", facts)
    assert dict(facts.metadata) == {"iptc caption": "kept"}
    assert facts.notes
