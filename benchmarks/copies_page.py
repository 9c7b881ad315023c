"""Measures the search for copies whole, and writes what each program printed to ``docs/reference/copies.md``.

    python -m benchmarks.copies_page [--only NAME ...]

The page holds the printed lines as they are, peers' figures from the same run among them, and nothing that was not measured. With
``--only`` the other parts of the page stay as they were. What it does not prove: that other people's copies are found as well.
"""

import argparse
import re
import subprocess
import sys
from typing import NamedTuple

from benchmarks.shared import ROOT, SHARED

PAGE = ROOT / "docs" / "reference" / "copies.md"
_PHOTOS, _CLIPS = str(SHARED / "media" / "photos"), str(SHARED / "media" / "video")
_HEAD = """# How well copies are found, and how fast

What the benchmarks printed when this page was last made (`make bench`; on two cores that other work may have shared: processor time and
ratios say more than the clock). Photographs and clips for it are not part of the project; a pool of pictures made by cropping and
composing photographs is synthetic, and so are the changes. High figures here do not prove that your copies are found.
"""


class Part(NamedTuple):
    """A section of the page. ``says``: what is measured and what was asked for; ``asked``: the module and its arguments."""

    title: str
    says: str
    asked: tuple[str, ...]


PARTS = {
    "pictures": Part(
        "Pictures",
        "Recall by what was done to a picture, and false matches of pictures that have no copy. Asked for: by hashes 0.70 in the mean and no false match in "
        "5,000; with features 0.98 in the mean, 0.95 at worst, one false match in 1,000 at most.",
        ("benchmarks.quality.copies", _PHOTOS, "--pool", "1000", "--each", "12", "--open", "500"),
    ),
    "clips": Part(
        "Clips",
        "Recall of copies of clips, ends of stretches within a second, false pairs. Asked for: 0.97, a second, none in 5,000.",
        ("benchmarks.quality.clips", _CLIPS),
    ),
    "texts": Part(
        "Texts",
        "Copies among 5,000 texts against every pair compared. Asked for: 0.98 of the pairs that share six in ten runs of three words.",
        ("benchmarks.quality.run", "text-copies"),
    ),
    "origins": Part(
        "Origins",
        "Forty invented cases, counted from the definitions alone; at least and at most as counted ([the cases and the definitions]"
        "(../../benchmarks/quality/gold/ORIGINS.md)). The rules were tried on these cases while they were written.",
        ("benchmarks.quality.run", "origins"),
    ),
    "speed of pictures": Part(
        "Speed of pictures, and of looking hashes up",
        "Asked for: pictures of 8 megapixels 35 a second and core with eight hashes, 15 with features too, three times as fast as Pillow and pdqhash; "
        "20,000 hashes a second looked up among a million, 4,000 among ten million.",
        ("benchmarks.speed.media", "--photos", "12", "--lookup", "1000000,10000000"),
    ),
    "speed of clips": Part(
        "Speed of clips", "Asked for: eighteen times as fast as they play, on one core.", ("benchmarks.speed.clips",)
    ),
    "speed of texts": Part(
        "Speed of texts",
        "Asked for: 100,000 posts in 20 seconds; signatures twenty times as fast as `datasketch`.",
        ("benchmarks.speed.text_copies",),
    ),
}


def section(part: Part) -> str:
    """A part of the page as it is measured now."""
    done = subprocess.run([sys.executable, "-m", *part.asked], cwd=ROOT, capture_output=True, text=True, check=False)
    printed = done.stdout.strip() or done.stderr.strip()[-2000:]
    shown = " ".join(_shown(one) for one in part.asked)
    return f"## {part.title}\n\n{part.says}\n\n```\n$ python -m {shown}\n{printed}\n```\n"


def _shown(argument: str) -> str:
    """An argument without the folders of this machine."""
    return argument.replace(str(SHARED), "SHARED")


def main() -> None:
    """Measure what is asked for and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=list(PARTS), default=list(PARTS))
    asked = parser.parse_args()
    before = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    kept = dict(re.findall(r"^(## [^\n]*)\n(.*?)(?=^## |\Z)", before, re.DOTALL | re.MULTILINE))
    sections = []
    for name, part in PARTS.items():
        title = f"## {part.title}"
        if name in asked.only:
            sections.append(section(part))
            print(sections[-1], flush=True)
        elif title in kept:
            sections.append(f"{title}\n{kept[title].rstrip()}\n")
    PAGE.write_text("\n".join([_HEAD, *sections]), encoding="utf-8")


if __name__ == "__main__":
    main()
