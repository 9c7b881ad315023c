"""How well lettering is read from strips made here, in Arabic and Latin: ``python -m benchmarks.quality.lettering``.

Invented words in Noto's fonts, as captions and watermarks are set: dark on light, light on dark, on a band over a photograph,
outlined on a photograph, half transparent. Photographs are noise of several sizes, so real ones will differ. A strip counts as
read where the words kept are within a tenth of the letters of those set, as lost where no line was kept, else as wrong.
"""

import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from rapidfuzz.distance import Levenshtein

from witnessmark.engines import found
from witnessmark.media.lettering import lacking, lettering

NOTO = Path("/usr/share/fonts/truetype/noto")
ARABIC = (
    "وكالة أنباء الغدير الوهمية", "مراسلنا: سقوط ثلاثة جرحى في السوق", "قصف مدفعي على أطراف المدينة", "شبكة أخبار الوادي",
    "تصوير مركز النخيل الإعلامي", "انفجار في حي الزيتون صباح اليوم", "لحظة وصول المصابين إلى المشفى", "٢٣ تشرين الأول",
)  # fmt: skip
LATIN = (
    "@alwadi_news", "t.me/alwadi_news", "via Invented Press Agency", "BREAKING: two shells fell on the market",
    "Invented Media Centre", "Footage: Palm Network", "facebook.com/palm.network", "23 October, made-up town",
)  # fmt: skip
FACES = {
    "ara": ("NotoNaskhArabic-Regular", "NotoKufiArabic-Bold", "NotoSansArabic-Regular"),
    "lat": ("NotoSans-Regular", "NotoSans-Bold", "NotoSerif-Regular"),
}
WAYS = ("dark on light", "light on dark", "on a band", "outlined", "half transparent")
_SIZES = (24, 40)
_NEAR, _STRANGE = 0.1, 0.8


def photograph(seed: int, width: int = 1000, height: int = 560) -> Image.Image:
    """Noise of several sizes, as mixed as rubble."""
    random = np.random.default_rng(seed)
    total = np.zeros((height, width))
    for size in (4, 16, 64):
        rough = random.normal(0, 30, (height // size + 1, width // size + 1)).astype(np.float32)
        total += np.asarray(Image.fromarray(rough).resize((width, height), Image.Resampling.BICUBIC))
    return Image.fromarray((total + 120).clip(0, 255).astype(np.uint8))


def made(words: str, face: str, size: int, way: str, seed: int) -> Image.Image:
    """A picture with the words near its lower edge."""
    image = photograph(seed)
    font = ImageFont.truetype(str(NOTO / f"{face}.ttf"), size)
    draw = ImageDraw.Draw(image)
    middle = (500, 500)
    if way in ("dark on light", "light on dark"):
        image.paste(230 if way == "dark on light" else 30, (0, 0, *image.size))
        draw.text(middle, words, font=font, fill=20 if way == "dark on light" else 240, anchor="mm")
    elif way == "on a band":
        draw.rectangle((0, 460, 1000, 540), fill=25)
        draw.text(middle, words, font=font, fill=250, anchor="mm")
    elif way == "outlined":
        draw.text(middle, words, font=font, fill=255, anchor="mm", stroke_width=2, stroke_fill=0)
    else:
        over = Image.new("L", image.size, 0)
        ImageDraw.Draw(over).text(middle, words, font=font, fill=140, anchor="mm")
        image.paste(255, mask=over)
    return image


def main() -> None:
    """Print a table."""
    engines = found()
    lack = lacking(engines)
    if lack:
        sys.exit(f"Not measured: {lack} is missing.")
    print("| way | script | read | wrong | lost | lines that are none |\n|---|---|---|---|---|---|")
    began, pictures = time.monotonic(), 0
    for way in WAYS:
        for script, texts in (("ara", ARABIC), ("lat", LATIN)):
            seen: Counter[str] = Counter()
            for number, words in enumerate(texts):
                for turn, size in enumerate(_SIZES):
                    pictures += 1
                    face = FACES[script][(number + turn) % len(FACES[script])]
                    lines = lettering(np.asarray(made(words, face, size, way, number)), engines).lines
                    far = [Levenshtein.normalized_distance(one.text, words) for one in lines]
                    seen["read" if min(far, default=1.0) <= _NEAR else "wrong" if lines else "lost"] += 1
                    seen["none"] += sum(one > _STRANGE for one in far)
            whole = sum(seen[key] for key in ("read", "wrong", "lost"))
            told = " | ".join(f"{seen[key] / whole:.2f}" for key in ("read", "wrong", "lost"))
            print(f"| {way} | {'Arabic' if script == 'ara' else 'Latin'} | {told} | {seen['none']} |", flush=True)
    print(f"\n{pictures} pictures, {(time.monotonic() - began) / pictures:.2f} s each.")


if __name__ == "__main__":
    main()
