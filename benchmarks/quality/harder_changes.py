"""Changes whose figures are given without a goal: collages, a picture in a picture, filters, photographed screens, stickers.

As in ``changes``: seeded and synthetic. Other pictures in a collage are generated, so that none of them is in a pool.
"""

import random
from collections.abc import Mapping
from typing import Final

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from benchmarks.quality.changes import Change, synthetic


def _saved(picture: Image.Image, rng: random.Random) -> Image.Image:
    return picture.filter(ImageFilter.GaussianBlur(rng.uniform(0, 0.6)))


def collage(picture: Image.Image, rng: random.Random) -> Image.Image:
    """A grid of four, six or nine pictures with or without a gap; one of them is this."""
    columns, rows = rng.choice(((2, 2), (3, 2), (2, 3), (3, 3)))
    gap, (wide, high) = rng.choice((0, 4, 10)), picture.size
    whole = Image.new("RGB", (columns * (wide + gap) - gap, rows * (high + gap) - gap), rng.choice(("white", "black")))
    ours = rng.randrange(columns * rows)
    for cell in range(columns * rows):
        shown = picture if cell == ours else synthetic(rng.randrange(1 << 30), 240, 180).resize((wide, high))
        whole.paste(shown, (cell % columns * (wide + gap), cell // columns * (high + gap)))
    longest = rng.uniform(800, 1200)
    return whole.resize(tuple(max(1, int(side * longest / max(whole.size))) for side in whole.size))  # type: ignore[arg-type]


def picture_in_picture(picture: Image.Image, rng: random.Random) -> Image.Image:
    """A broadcaster's frame: this picture in a window of .35 to .6 of another."""
    ground = synthetic(rng.randrange(1 << 30), 854, 480)
    share = rng.uniform(0.35, 0.6)
    shown = ImageOps.contain(picture, (int(854 * share), int(480 * share * 1.3)))
    shown = ImageOps.expand(shown, rng.choice((0, 3)), "white")
    ground.paste(shown, (rng.randint(0, 854 - shown.width), rng.randint(0, max(0, 480 - shown.height))))
    return _saved(ground, rng)


def filtered(picture: Image.Image, rng: random.Random) -> Image.Image:
    """A filter of an app: sepia, greys, harsh colours, a darkened rim, a haze, sharpened."""
    kind = rng.randrange(5)
    if kind == 0:
        return ImageOps.colorize(picture.convert("L"), (40, 25, 10), (255, 240, 200))
    if kind == 1:
        return ImageEnhance.Contrast(picture.convert("L").convert("RGB")).enhance(1.6)
    if kind == 2:
        return ImageOps.posterize(ImageEnhance.Color(picture).enhance(2.2), 3)
    values = np.asarray(picture, np.float32)
    if kind == 3:
        down, across = (np.linspace(-1, 1, side) for side in values.shape[:2])
        rim = 1 - 0.75 * np.clip(np.hypot(down[:, None], across[None, :]) - 0.35, 0, 1)
        return Image.fromarray(np.clip(values * rim[..., None], 0, 255).astype(np.uint8))
    hazy = 255 * (values / 255) ** rng.uniform(0.5, 0.7) * 0.8 + 45
    return Image.fromarray(np.clip(hazy, 0, 255).astype(np.uint8)).filter(ImageFilter.UnsharpMask(3, 180))


def _bent(corners: list[tuple[float, float]], size: tuple[int, int]) -> list[float]:
    """The eight numbers by which Pillow takes each point of the result back to the picture of this size."""
    wide, high = size
    goals = ((0, 0), (wide, 0), (wide, high), (0, high))
    rows = []
    for (x, y), (u, v) in zip(corners, goals, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
    return list(np.linalg.solve(np.array(rows), np.array(goals, float).reshape(8)))


def photographed_screen(picture: Image.Image, rng: random.Random) -> Image.Image:
    """A screen photographed with a phone: seen from a side, with moiré, a glare, a dark room around it."""
    wide, high = picture.size
    edge, skew = 0.12, 0.06
    spots = ((edge, edge), (1 - edge, edge), (1 - edge, 1 - edge), (edge, 1 - edge))
    corners = [((x + rng.uniform(-skew, skew)) * wide, (y + rng.uniform(-skew, skew)) * high) for x, y in spots]
    back = _bent(corners, picture.size)
    seen = picture.transform(picture.size, Image.Transform.PERSPECTIVE, back, Image.Resampling.BICUBIC)
    mask = Image.new("L", picture.size, 255).transform(picture.size, Image.Transform.PERSPECTIVE, back)
    room = Image.new("RGB", picture.size, tuple(rng.randint(10, 50) for _ in range(3)))
    room.paste(seen, (0, 0), mask)
    down, across = np.mgrid[0:high, 0:wide].astype(np.float32)
    slant = rng.uniform(-0.4, 0.4)
    moire = 1 + 0.07 * np.sin((across + slant * down) * rng.uniform(1.2, 2.2)) * np.sin(down * rng.uniform(0.8, 1.6))
    away = np.hypot(across - rng.uniform(0.2, 0.8) * wide, down - rng.uniform(0.2, 0.8) * high) / min(wide, high)
    glare = 70 * np.exp(-((away / rng.uniform(0.12, 0.3)) ** 2))
    values = np.asarray(room, np.float32) * moire[..., None] + glare[..., None]
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.7))


def sticker_45(picture: Image.Image, rng: random.Random) -> Image.Image:
    """Stickers turned by 45 degrees over a tenth to a quarter of the picture."""
    changed = picture.copy()
    for _ in range(rng.randint(1, 3)):
        side = int(min(picture.size) * rng.uniform(0.2, 0.4))
        label = Image.new(
            "RGBA", (side, int(side * rng.uniform(0.4, 0.9))), (*(rng.randint(0, 255) for _ in range(3)), 255)
        )
        draw = ImageDraw.Draw(label)
        draw.rectangle((4, 4, label.width - 5, label.height - 5), outline="white", width=3)
        draw.ellipse((label.width // 3, 8, label.width * 2 // 3, label.height - 8), fill="black")
        label = label.rotate(45 * rng.choice((-1, 1)), expand=True)
        place = (
            rng.randint(0, max(0, picture.width - label.width)),
            rng.randint(0, max(0, picture.height - label.height)),
        )
        changed.paste(label, place, label)
    return changed


def turned_45(picture: Image.Image, rng: random.Random) -> Image.Image:
    """The picture itself as a sticker, turned by about 45 degrees, on another picture."""
    ground = synthetic(rng.randrange(1 << 30), 640, 640)
    label = ImageOps.contain(picture, (380, 380)).convert("RGBA")
    label = label.rotate(rng.uniform(40, 50) * rng.choice((-1, 1)), Image.Resampling.BICUBIC, expand=True)
    reach = 640 - max(label.size)
    ground.paste(label, (rng.randint(0, max(0, reach)), rng.randint(0, max(0, reach))), label)
    return _saved(ground, rng)


HARDER: Final[Mapping[str, Change]] = {
    "grid collage": collage,
    "picture in picture": picture_in_picture,
    "filters": filtered,
    "photographed screen": photographed_screen,
    "stickers at 45": sticker_45,
    "as a sticker at 45": turned_45,
}
