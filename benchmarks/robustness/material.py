"""Material to be added and killed over: the exercise that ships with the program, and a few hundred items made from it.

Everything in it is invented. Made items are posts of the exercise with another day, another village and other numbers, in
many small files, so that a kill meets every stage of depositing and opening. The same seed gives the same items.
"""

import json
import random
import re
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.shared import Row, lines
from witnessmark.casefile.exercise import EXERCISE

PLACES = EXERCISE / "places.csv"
_PER_FILE = 9
_VILLAGES = (("Zarhal", "زرحال"), ("Tal Qirmit", "تل قرميت"), ("Bir Zawlat", "بئر زولات"), ("Hesn Darub", "حصن دروب"))
_NUMBER = re.compile(r"\b\d{1,3}\b")


def _made(number: int, model: Row, chance: random.Random) -> Row:
    """One item from one post of the exercise."""
    text = _NUMBER.sub(lambda _: str(chance.randint(1, 40)), model["text"])
    for english, arabic in _VILLAGES:
        new_english, new_arabic = chance.choice(_VILLAGES)
        text = text.replace(english, new_english).replace(arabic, new_arabic)
    day = datetime.fromisoformat(model["published_at"]) + timedelta(days=chance.randrange(400))
    return {
        **model,
        "id": f"made-{number}",
        "url": f"https://made.example/{number}",
        "published_at": day.isoformat(),
        "text": f"{text}\n\nReport {chance.randrange(10**6)} of {day.date()}.",
    }


def make(folder: Path, count: int, seed: int) -> list[Path]:
    """Write ``count`` items into small files and an archive; returns the paths to add, the exercise's own among them."""
    chance = random.Random(seed)  # noqa: S311 - no secret depends on it
    models = [row for row in lines(EXERCISE / "material" / "items.jsonl") if row.get("published_at")]
    rows = [_made(number, chance.choice(models), chance) for number in range(count)]
    made = folder / "made"
    made.mkdir(parents=True)
    for start in range(0, count, _PER_FILE):
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows[start : start + _PER_FILE])
        (made / f"items-{start:04d}.jsonl").write_text(text, encoding="utf-8")
    with zipfile.ZipFile(made / "texts.zip", "w") as archive:
        for number, row in enumerate(rows[: count // 3]):
            archive.writestr(f"texts/{number}.txt", row["text"])
    (made / "broken.json").write_bytes(b'{"messages": [{"type": "message"')
    return [*sorted((EXERCISE / "material").iterdir()), made]
