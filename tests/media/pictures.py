"""Pictures drawn for tests: smooth noise with things in it, so that hashes have something to hold on to."""

import io
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw


def drawn(seed: int, width: int = 320, height: int = 240) -> Image.Image:
    """A picture like no other seed's."""
    made = np.random.default_rng(seed)
    values = made.uniform(0, 255, (9, 12, 3)).astype(np.uint8)
    picture = Image.fromarray(values).resize((width, height), Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(picture)
    for _ in range(25):
        x, y, reach = made.uniform(0, width), made.uniform(0, height), made.uniform(4, 30)
        shade = tuple(int(level) for level in made.uniform(0, 255, 3))
        draw.polygon(
            [(x, y - reach), (x + reach, y + reach / 2), (x - reach * made.uniform(0.3, 1), y + reach)], fill=shade
        )
    grain = np.asarray(picture, np.float32) + made.normal(0, 6, (height, width, 3))
    return Image.fromarray(np.clip(grain, 0, 255).astype(np.uint8))


def saved(picture: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:  # noqa: ANN401 - Pillow's own
    """The bytes of a file."""
    held = io.BytesIO()
    picture.save(held, kind, **options)
    return held.getvalue()


def grey(picture: Image.Image) -> NDArray[np.uint8]:
    """Its luminance."""
    return np.array(picture.convert("L"), np.uint8)
