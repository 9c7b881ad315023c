"""Pictures that are broken, odd or made to exhaust a machine: pixels or a reason, in bounded memory."""

import contextlib
import struct
import tracemalloc
import zlib

import numpy as np
import pytest
from PIL import Image

from tests.media.pictures import drawn, grey, saved
from witnessmark.media.fingerprints import fingerprint
from witnessmark.media.pixels import MOST, NoPicture, decode

PICTURE = drawn(21)
MUCH = 300_000_000  # bytes


def like_the_picture(data: bytes, within: float = 6.0) -> bool:
    """Whether what was decoded is the picture, in mean difference of levels."""
    found = decode(data).luma.astype(np.float32)
    return found.shape == (240, 320) and float(np.abs(found - grey(PICTURE)).mean()) < within


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF", "BMP", "JPEG", "AVIF"])
def test_each_kind_is_read(kind: str) -> None:
    assert like_the_picture(
        saved(PICTURE, kind, quality=90) if kind in {"WEBP", "JPEG", "AVIF"} else saved(PICTURE, kind)
    )


@pytest.mark.parametrize("mode", ["CMYK", "L", "YCbCr"])
def test_each_mode_of_jpeg_is_read(mode: str) -> None:
    assert like_the_picture(saved(PICTURE.convert(mode), quality=92))


@pytest.mark.parametrize("mode", ["LA", "RGBA", "L"])
def test_each_mode_of_png_is_read(mode: str) -> None:
    assert like_the_picture(saved(PICTURE.convert(mode), "PNG"))


def test_a_palette_is_read() -> None:
    assert like_the_picture(saved(PICTURE.quantize(64, dither=Image.Dither.NONE), "PNG"), 9)


def test_sixteen_bits_are_taken_down_to_eight() -> None:
    deep = Image.fromarray(grey(PICTURE).astype(np.uint16) * 257)
    assert like_the_picture(saved(deep, "PNG"))
    assert like_the_picture(saved(deep, "TIFF"))


def test_what_is_transparent_is_shown_on_white() -> None:
    clear = PICTURE.convert("RGBA")
    clear.putalpha(0)
    assert decode(saved(clear, "PNG")).luma.min() == 255


def test_the_first_frame_of_an_animation_is_read_and_all_are_counted() -> None:
    for kind in ("GIF", "WEBP", "PNG"):
        still = decode(saved(PICTURE, kind, save_all=True, append_images=[drawn(1), drawn(2)]))
        assert still.frames == 3
        assert np.abs(still.luma.astype(int) - grey(PICTURE)).mean() < 9


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_it_is_turned_as_its_metadata_say(orientation: int, kind: str) -> None:
    exif = Image.Exif()
    exif[274] = orientation
    back = {1: None, 2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}[orientation]  # what undoes it, in Pillow's numbers
    stored = PICTURE if back is None else PICTURE.transpose(Image.Transpose(back))
    still = decode(saved(stored, kind, exif=exif))
    assert (still.width, still.height) == (320, 240)
    assert np.abs(still.luma.astype(int) - grey(PICTURE)).mean() < 6


def test_broken_metadata_turns_nothing() -> None:
    data = saved(PICTURE)
    block = b"Exif\0\0II*\0\xff\xff\xff\xff" + b"\xff" * 40
    assert decode(data[:2] + b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block + data[2:]).width == 320


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF"])
def test_one_pixel_is_a_picture_that_matches_nothing(kind: str) -> None:
    still = decode(saved(Image.new("RGB", (1, 1), "red"), kind))
    assert still.luma.shape == (1, 1)
    assert fingerprint(still).plain


@pytest.mark.parametrize("size", [(1, 3000), (3000, 1), (5, 5), (7, 900)])
def test_odd_shapes_have_a_fingerprint_or_a_reason(size: tuple[int, int]) -> None:
    found = fingerprint(decode(saved(drawn(4, *size), "PNG")))
    assert found.plain or found.hashed


def test_a_jpeg_cut_off_late_is_read_and_that_is_said() -> None:
    data = saved(PICTURE, quality=90)
    still = decode(data[: int(len(data) * 0.85)])
    assert still.trouble is not None
    assert "cut off" in still.trouble
    assert np.abs(still.luma[:180].astype(int) - grey(PICTURE)[:180]).mean() < 6


@pytest.mark.parametrize("share", [0.0, 0.001, 0.05, 0.3])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "AVIF"])
def test_what_is_cut_off_early_has_a_reason(kind: str, share: float) -> None:
    data = saved(PICTURE, kind)
    with pytest.raises(NoPicture) as refused:
        decode(data[: int(len(data) * share)])
    assert str(refused.value).startswith("The picture cannot be read: ")


def test_any_byte_may_be_wrong() -> None:
    made = np.random.default_rng(3)
    for kind in ("JPEG", "PNG", "WEBP", "GIF", "TIFF"):
        data = saved(PICTURE, kind)
        for _ in range(25):
            broken = bytearray(data)
            for place in made.integers(0, len(data), 6):
                broken[place] = int(made.integers(0, 256))
            with contextlib.suppress(NoPicture):
                assert fingerprint(decode(bytes(broken))).width > 0


def sized_jpeg(width: int, height: int, *, progressive: bool = False) -> bytes:
    """A small JPEG whose header says another size."""
    data = bytearray(saved(Image.new("L", (64, 64), "grey"), progressive=progressive))
    at = next(place for marker in (b"\xff\xc0", b"\xff\xc2") if (place := bytes(data).find(marker)) > 0)
    data[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def sized_png(width: int, height: int) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "data",
    [sized_jpeg(50_000, 50_000), sized_jpeg(50_000, 50_000, progressive=True), sized_png(50_000, 50_000)],
    ids=["jpeg", "progressive", "png"],
)
def test_the_absurdly_large_is_refused_at_once(data: bytes) -> None:
    tracemalloc.start()
    with pytest.raises(NoPicture, match="pixels"):
        decode(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_000_000


def test_a_bomb_within_the_limit_stays_within_bounds() -> None:
    side = int((MOST // 8) ** 0.5)
    bomb = saved(Image.new("L", (side, side), "white"), "PNG")
    assert len(bomb) < 200_000
    tracemalloc.start()
    still = decode(bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert min(still.luma.shape) < 1100
    assert peak < MUCH
    assert fingerprint(still).plain


def test_thousands_of_scans_are_refused() -> None:
    data = saved(PICTURE, progressive=True)
    start = data.rfind(b"\xff\xda")
    scan = data[start:-2]
    with pytest.raises(NoPicture, match="scans"):
        decode(data[:start] + scan * 500 + b"\xff\xd9")


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xd8\xff", b"\xff\xd8\xff\xe0" + b"\0" * 50, b"<svg/>", b"\0\0\0\x18ftypheic" + b"\0" * 40]
)
def test_what_is_no_picture_has_a_reason(data: bytes) -> None:
    with pytest.raises(NoPicture):
        decode(data)
