"""Pictures are items with what their headers say; broken metadata costs the metadata, not the item."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.intake.conftest import Open
from tests.strategies import picture
from witnessmark.intake import pictures
from witnessmark.terms.item import Item


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_format_size_and_metadata(kind: str, opening: Open) -> None:
    item = opening(picture(kind)).item
    metadata = dict(item.metadata)
    assert (item.kind, item.passages) == ("picture", ())
    assert {key: metadata[key] for key in ("format", "width", "height")} == {
        "format": kind,
        "width": "8",
        "height": "6",
    }
    assert metadata["exif Model"] == "Invented 1"
    assert metadata["exif DateTimeOriginal"] == "2017:06:11 10:20:30"
    assert metadata.get("text Software") == ("Invented editor" if kind == "PNG" else None)


def test_place_and_comment_are_metadata(opening: Open) -> None:
    out = io.BytesIO()
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (1.0, 30.0, 0.0)
    Image.new("L", (2, 2)).save(out, "JPEG", exif=exif, comment=b"said\0 so")
    metadata = dict(opening(out.getvalue()).item.metadata)
    assert metadata["exif GPSLatitudeRef"] == "N"
    assert metadata["exif GPSLatitude"].startswith("(1.0, 30.0")
    assert metadata["text comment"] == "said\ufffd so"


def test_a_picture_without_metadata_is_an_item(opening: Open) -> None:
    keys = [key for key, _ in opening(picture(model=None)).item.metadata]
    assert keys[:3] == ["format", "width", "height"]


def test_a_header_that_cannot_be_read_is_unread_and_names_no_path(opening: Open) -> None:
    why = opening(b"\xff\xd8\xff no picture at all").why
    assert "header cannot be read" in why
    assert "/" not in why


def test_a_header_that_claims_absurd_size_is_unread(opening: Open) -> None:
    data = bytearray(picture("PNG"))
    data[16:24] = b"\x7f\xff\xff\xff\x7f\xff\xff\xff"
    assert "header cannot be read" in opening(bytes(data)).why


def test_broken_metadata_is_noticed_and_the_picture_kept(opening: Open) -> None:
    data = picture("JPEG")
    at = data.index(b"Exif\0\0") + 6
    value = at + 8 + 2 + 8  # TIFF's header, the number of entries, the first entry up to where its value stands
    found = opening(data[:value] + b"\xff\xff\xff\x7f" + data[value + 4 :])
    assert dict(found.item.metadata)["width"] == "8"
    assert [one.what for one in found.notices] == ["a block of its metadata is broken and was not read"]


@settings(max_examples=150)
@given(st.sampled_from(["JPEG", "PNG", "WEBP", "GIF", "TIFF"]), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=6),
       st.floats(0, 1))  # fmt: skip
def test_damaged_pictures_have_one_outcome(
    tmp_path_factory: pytest.TempPathFactory, kind: str, damage: list[tuple[float, int]], kept: float
) -> None:
    data = bytearray(picture(kind))
    for where, byte in damage:
        data[int(where * (len(data) - 1))] = byte
    path = tmp_path_factory.mktemp("damaged") / "picture"
    path.write_bytes(data[: max(16, int(kept * len(data)))])
    found = list(pictures.read(path, "0" * 64, "", path.parent))
    assert isinstance(found[-1], Item) or len(found) == 1
    assert len(set(found)) == len(found)
