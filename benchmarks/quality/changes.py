"""What reposting does to a picture, made on purpose: seeded, randomised changes, generated pictures, and a pool of pictures.

``CHANGES`` are the rows of the table of recall; ``HARDER`` those whose figures are given without a goal. Each takes a
picture (RGB) and a seeded random and gives the changed picture. The changes are synthetic: what platforms and people do to
pictures was imitated, not collected. Names of the rows are those of the measurements that chose the methods.
"""

import io
import math
import random
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont, ImageOps

Change = Callable[[Image.Image, random.Random], Image.Image]
Box = tuple[int, int, int, int]

_WORDS: Final = [
    "lorem",
    "ipsum",
    "dolor",
    "sit",
    "amet",
    "consetetur",
    "sadipscing",
    "elitr",
    "sed",
    "diam",
    "nonumy",
    "eirmod",
    "tempor",
    "invidunt",
    "ut",
    "labore",
]


# Generated pictures ---------------------------------------------------------------------------------------------------


def synthetic(seed: int, width: int = 480, height: int = 360) -> Image.Image:
    """A picture that no camera made, with the statistics of one: a ground and a sky, textures, things with edges and shade."""
    made = np.random.default_rng(seed)
    rng = random.Random(seed)  # noqa: S311 - a drawing, no secret
    picture = _textured(made, width, height)
    textures = [_textured(made, width, height) for _ in range(3)]
    for _ in range(rng.randint(6, 14)):
        _put_thing(picture, rng.choice(textures), rng)
    fine = np.asarray(picture, np.float32) + made.normal(0, rng.uniform(2, 7), (height, width, 1))
    return Image.fromarray(np.clip(fine, 0, 255).astype(np.uint8))


def _textured(made: np.random.Generator, width: int, height: int) -> Image.Image:
    """Coloured noise whose strength falls with its frequency, as in photographs."""
    down, across = np.fft.fftfreq(height)[:, None], np.fft.rfftfreq(width)[None, :]
    falling = 1 / np.maximum(np.hypot(down, across * made.uniform(0.5, 2)), 1 / max(width, height)) ** made.uniform(
        0.9, 1.5
    )
    grey = np.fft.irfft2(falling * np.fft.rfft2(made.normal(size=(height, width))), (height, width))
    grey = (grey - grey.mean()) / (grey.std() + 1e-9)
    base, swing = made.uniform(50, 200, 3), made.uniform(10, 55) * made.uniform(0.7, 1.3, 3)
    lit = np.linspace(-1, 1, height)[:, None, None] * made.uniform(-35, 35)
    return Image.fromarray(np.clip(base + swing * grey[..., None] + lit, 0, 255).astype(np.uint8))


def _put_thing(picture: Image.Image, texture: Image.Image, rng: random.Random) -> None:
    """A polygon of another texture, with windows or stripes on some."""
    wide, high = picture.size
    x, y, reach = rng.uniform(0, wide), rng.uniform(0, high), rng.uniform(0.06, 0.3) * min(wide, high)
    corners = sorted(rng.uniform(0, 2 * math.pi) for _ in range(rng.randint(3, 7)))
    outline = [
        (x + reach * rng.uniform(0.6, 1.3) * math.cos(a), y + reach * rng.uniform(0.6, 1.3) * math.sin(a))
        for a in corners
    ]
    mask = Image.new("L", picture.size, 0)
    ImageDraw.Draw(mask).polygon(outline, fill=255)
    picture.paste(texture, (0, 0), mask.filter(ImageFilter.GaussianBlur(rng.choice((0, 0.7, 2)))))
    if rng.random() < 0.5:
        draw, step = ImageDraw.Draw(picture), max(5, int(reach / rng.uniform(3, 7)))
        shade = tuple(rng.randint(0, 255) for _ in range(3))
        for column in range(int(x - reach / 2), int(x + reach / 2), step):
            for row in range(int(y - reach / 2), int(y + reach / 2), step):
                draw.rectangle((column, row, column + step // 2, row + step // 2), fill=shade)


# A pool of pictures ---------------------------------------------------------------------------------------------------


def photographs(folder: Path) -> tuple[list[Path], list[Path]]:
    """The photographs of a folder in a fixed shuffled order, in halves: one to be held, one for queries without a match."""
    found = sorted(path for path in folder.rglob("*") if path.suffix.lower() in {".jpg", ".jpeg", ".png", ".webp"})
    random.Random(5).shuffle(found)  # noqa: S311 - a split, no secret
    half = (len(found) + 1) // 2
    return sorted(found[:half]), sorted(found[half:])


def pool(paths: Sequence[Path], count: int, seed: int = 1) -> "Pool":
    """``count`` distinct pictures: the photographs themselves, then compositions of cut, turned and toned pieces of them.

    Said to be synthetic where it is used: compositions share pieces, so they are alike as pictures of a real pool are not.
    """
    return Pool(tuple(paths), count, seed)


class Pool(Sequence[Image.Image]):
    """Pictures made when asked for: member ``n`` is always the same. With no photographs all are generated."""

    def __init__(self, paths: tuple[Path, ...], count: int, seed: int) -> None:
        self._paths, self._count, self._seed = paths, count, seed

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, place: int) -> Image.Image:  # type: ignore[override]  # no slices
        """Member ``place``, RGB, its longer side about 500 pixels."""
        if not 0 <= place < self._count:
            raise IndexError(place)
        if not self._paths:
            return synthetic(self._seed * 1_000_003 + place)
        if place < len(self._paths):
            return opened(self._paths[place])
        return _composed(self._paths, random.Random(self._seed * 1_000_003 + place))  # noqa: S311 - a drawing, no secret


def opened(path: Path, longest: int = 500) -> Image.Image:
    """A photograph, upright, RGB, its longer side at most ``longest`` pixels."""
    with Image.open(path) as picture:
        upright = ImageOps.exif_transpose(picture).convert("RGB")
    upright.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return upright


def _composed(paths: Sequence[Path], rng: random.Random) -> Image.Image:
    """Two to four pieces of photographs on one canvas, blended at their seams."""
    wide, high = rng.choice(((500, 375), (500, 333), (375, 500), (480, 480)))
    canvas = _piece(opened(rng.choice(paths)), rng).resize((wide, high))
    for _ in range(rng.randint(1, 3)):
        piece = _piece(opened(rng.choice(paths)), rng)
        size = (int(wide * rng.uniform(0.35, 0.75)), int(high * rng.uniform(0.35, 0.75)))
        place = (rng.randint(-30, wide - size[0] + 30), rng.randint(-30, high - size[1] + 30))
        mask = Image.new("L", size, 0)
        ImageDraw.Draw(mask).rectangle((12, 12, size[0] - 12, size[1] - 12), fill=255)
        canvas.paste(piece.resize(size), place, mask.filter(ImageFilter.GaussianBlur(8)))
    return canvas


def _piece(picture: Image.Image, rng: random.Random) -> Image.Image:
    share = rng.uniform(0.4, 0.8)
    wide, high = (int(side * share) for side in picture.size)
    x, y = rng.randint(0, picture.width - wide), rng.randint(0, picture.height - high)
    cut = picture.crop((x, y, x + wide, y + high))
    if rng.random() < 0.5:
        cut = ImageOps.mirror(cut)
    toned = ImageEnhance.Brightness(cut).enhance(rng.uniform(0.75, 1.25))
    return ImageEnhance.Color(toned).enhance(rng.uniform(0.5, 1.4))


# Changes --------------------------------------------------------------------------------------------------------------


def _compressed(picture: Image.Image, quality: int) -> Image.Image:
    held = io.BytesIO()
    picture.save(held, "JPEG", quality=quality)
    return Image.open(io.BytesIO(held.getvalue())).convert("RGB")


def _scaled(picture: Image.Image, factor: float, how: Image.Resampling = Image.Resampling.BICUBIC) -> Image.Image:
    return picture.resize((max(8, round(picture.width * factor)), max(8, round(picture.height * factor))), how)


def _letters(size: float) -> ImageFont.ImageFont | ImageFont.FreeTypeFont:
    return ImageFont.load_default(max(8, size))


def _phrase(rng: random.Random, words: int) -> str:
    return " ".join(rng.choice(_WORDS) for _ in range(words))


def _shade(rng: random.Random) -> tuple[int, int, int]:
    return rng.randint(0, 255), rng.randint(0, 255), rng.randint(0, 255)


def recompress(picture: Image.Image, rng: random.Random) -> Image.Image:
    """Saved again as JPEG at quality 30 to 70."""
    return _compressed(picture, rng.randint(30, 70))


def messenger_twice(picture: Image.Image, rng: random.Random) -> Image.Image:
    """Sent through a messenger twice: scaled and compressed, both times."""
    for _ in range(2):
        picture = _compressed(_scaled(picture, rng.uniform(0.7, 0.95)), rng.randint(45, 70))
    return picture


def resize(picture: Image.Image, rng: random.Random) -> Image.Image:
    """Taken down to .2 to .35 of its size."""
    how = rng.choice((Image.Resampling.BILINEAR, Image.Resampling.BICUBIC, Image.Resampling.LANCZOS))
    return _compressed(_scaled(picture, rng.uniform(0.2, 0.35), how), 80)


def brightness_contrast(picture: Image.Image, rng: random.Random) -> Image.Image:
    """Lighter or darker, harder or softer, by up to a third."""
    lit = ImageEnhance.Brightness(picture).enhance(rng.uniform(0.7, 1.3))
    return _compressed(ImageEnhance.Contrast(lit).enhance(rng.uniform(0.7, 1.35)), 80)


def blurred_box(picture: Image.Image, rng: random.Random) -> Image.Image:
    """A part (.2 to .4 of each side) blurred beyond recognition, as faces and dead are."""
    wide, high = (int(side * rng.uniform(0.2, 0.4)) for side in picture.size)
    x, y = rng.randint(0, picture.width - wide), rng.randint(0, picture.height - high)
    box = (x, y, x + wide, y + high)
    changed = picture.copy()
    changed.paste(picture.crop(box).filter(ImageFilter.GaussianBlur(max(wide, high) / 6)), box)
    return _compressed(changed, 80)


def caption_logo(picture: Image.Image, rng: random.Random) -> Image.Image:
    """A band with a caption over 12 to 20 % of the height, and a logo in a corner."""
    changed = picture.copy()
    draw = ImageDraw.Draw(changed)
    wide, high = picture.size
    band = int(high * rng.uniform(0.12, 0.2))
    top = rng.choice((0, high - band, high - band - int(high * 0.05)))
    draw.rectangle((0, top, wide, top + band), fill=_shade(rng))
    draw.text((wide * 0.04, top + band * 0.2), _phrase(rng, 6), fill=_shade(rng), font=_letters(band * 0.5))
    side = int(min(wide, high) * rng.uniform(0.12, 0.18))
    left, above = rng.choice((8, wide - side - 8)), (8 if top > high / 2 else high - side - 8)
    draw.ellipse((left, above, left + side, above + side), fill=_shade(rng), outline=_shade(rng), width=3)
    draw.text(
        (left + side * 0.2, above + side * 0.25), rng.choice("ABCDEFG") + "TV", fill="white", font=_letters(side * 0.4)
    )
    return _compressed(changed, 80)


def border(picture: Image.Image, rng: random.Random) -> Image.Image:
    """A frame of one colour, 4 to 12 % of the picture, sides unequal on some."""
    shade = rng.choice(((255, 255, 255), (0, 0, 0), _shade(rng)))
    sides = [int(min(picture.size) * rng.uniform(0.04, 0.12))] * 4
    if rng.random() < 0.4:
        sides = [int(min(picture.size) * rng.uniform(0.03, 0.14)) for _ in range(4)]
    return _compressed(ImageOps.expand(picture, (sides[0], sides[1], sides[2], sides[3]), shade), 80)


def letterbox(picture: Image.Image, rng: random.Random) -> Image.Image:
    """Put on a square or upright canvas: black, white or coloured bars, or the picture itself enlarged and blurred."""
    wide, high = picture.size
    ratio = rng.choice((1.0, 9 / 16, 16 / 9, 4 / 5))
    if abs(ratio - wide / high) < 0.15:
        ratio = 9 / 16 if wide > high else 16 / 9
    size = (wide, int(wide / ratio)) if wide / high > ratio else (int(high * ratio), high)
    if rng.random() < 0.4:
        canvas = ImageOps.fit(picture, size).filter(ImageFilter.GaussianBlur(max(size) * rng.uniform(0.02, 0.05)))
    else:
        canvas = Image.new("RGB", size, rng.choice(((0, 0, 0), (0, 0, 0), (255, 255, 255), _shade(rng))))
    canvas.paste(picture, ((size[0] - wide) // 2, (size[1] - high) // 2))
    return _compressed(canvas, 80)


def mirror(picture: Image.Image, rng: random.Random) -> Image.Image:
    """Left and right exchanged."""
    return _compressed(ImageOps.mirror(picture), rng.randint(60, 85))


def _lines(draw: ImageDraw.ImageDraw, box: Box, count: int, rng: random.Random, ink: tuple[int, int, int]) -> None:
    left, top, right, bottom = box
    step = (bottom - top) / max(1, count)
    for line in range(count):
        text = _phrase(rng, 12)[: rng.randint(18, 46)]
        draw.text((left, top + line * step), text, fill=ink, font=_letters(min(step * 0.62, (right - left) / 22)))


def screenshot(picture: Image.Image, rng: random.Random) -> Image.Image:
    """A phone's screen that shows the picture in a post: status bar, name, text, the picture, buttons, comments."""
    wide = rng.randint(480, 640)
    high = int(wide * rng.uniform(1.6, 2.17))
    dark = rng.random() < 0.5
    ground, ink = ((21, 24, 28), (231, 233, 234)) if dark else ((255, 255, 255), (15, 20, 25))
    margin = rng.choice((0, 0, int(wide * 0.03), int(wide * 0.12)))
    shown = picture.resize((wide - 2 * margin if margin < wide * 0.1 else wide - margin - 12,) * 1 + (1,))
    shown = picture.resize((shown.width, min(int(shown.width * picture.height / picture.width), int(high * 0.7))))
    screen = Image.new("RGB", (wide, high), ground)
    draw = ImageDraw.Draw(screen)
    draw.text((20, 8), f"{rng.randint(0, 23):02}:{rng.randint(0, 59):02}", fill=ink, font=_letters(16))
    draw.rectangle((wide - 50, 10, wide - 22, 22), outline=ink, width=2)
    row = int(high * rng.uniform(0.05, 0.08))
    draw.ellipse((16, row, 60, row + 44), fill=_shade(rng))
    draw.text((72, row + 4), _phrase(rng, 2), fill=ink, font=_letters(18))
    draw.text((72, row + 24), "@" + rng.choice(_WORDS), fill=(120, 128, 136), font=_letters(14))
    lines = rng.randint(1, 3)
    _lines(draw, (max(16, margin), row + 56, wide - 16, row + 56 + 24 * lines), lines, rng, ink)
    top = row + 64 + 24 * lines
    screen.paste(shown, (margin, top))
    under = top + shown.height + 12
    for button in range(4):
        x = int(wide * (0.08 + 0.25 * button))
        draw.ellipse((x, under, x + 18, under + 18), outline=(120, 128, 136), width=2)
        draw.text((x + 24, under), str(rng.randint(2, 990)), fill=(120, 128, 136), font=_letters(14))
    _lines(draw, (72, under + 44, wide - 20, high), max(0, (high - under - 60) // 30), rng, ink)
    return _compressed(screen, rng.randint(60, 90))


def _cropped(picture: Image.Image, share: float, rng: random.Random) -> Image.Image:
    """What is left when ``share`` of the width and of the height is cut away, spread at random over the sides."""
    wide, high = picture.size
    x, y = wide * share * rng.random(), high * share * rng.random()
    return picture.crop((int(x), int(y), int(x + wide * (1 - share)), int(y + high * (1 - share))))


def crop_10(picture: Image.Image, rng: random.Random) -> Image.Image:
    """A tenth of each side cut away."""
    return _compressed(_cropped(picture, 0.10, rng), 80)


def crop_25(picture: Image.Image, rng: random.Random) -> Image.Image:
    """A quarter of each side cut away."""
    return _compressed(_cropped(picture, 0.25, rng), 80)


def rotate(picture: Image.Image, rng: random.Random) -> Image.Image:
    """Turned by 3 to 8 degrees either way, corners filled or cut away."""
    angle = rng.uniform(3, 8) * rng.choice((-1, 1))
    turned = picture.rotate(
        angle, Image.Resampling.BICUBIC, expand=True, fillcolor=rng.choice(((0, 0, 0), (255, 255, 255)))
    )
    if rng.random() < 0.5:
        lost = math.sin(math.radians(abs(angle)))
        wide, high = picture.width - lost * picture.height * 1.1, picture.height - lost * picture.width * 1.1
        x, y = (turned.width - wide) / 2, (turned.height - high) / 2
        turned = turned.crop((int(x), int(y), int(x + wide), int(y + high)))
    return _compressed(turned, 80)


def crop_15_caption(picture: Image.Image, rng: random.Random) -> Image.Image:
    """A caption and a logo on what is left when 15 % of each side is cut away."""
    return caption_logo(_cropped(picture, 0.15, rng), rng)


CHANGES: Final[Mapping[str, Change]] = {
    "recompress": recompress,
    "messenger twice": messenger_twice,
    "resize .2-.35": resize,
    "brightness, contrast": brightness_contrast,
    "blurred box": blurred_box,
    "caption + logo": caption_logo,
    "border": border,
    "letterbox": letterbox,
    "mirror": mirror,
    "screenshot": screenshot,
    "crop 10 %": crop_10,
    "crop 25 %": crop_25,
    "rotate 3-8": rotate,
    "crop 15 % + caption": crop_15_caption,
}
