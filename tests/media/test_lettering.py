"""Words in pictures: what the engine is sure of is a line, the rest is counted; whom lines name is found in them."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont, features

from witnessmark.engines import found
from witnessmark.errors import Missing
from witnessmark.media.lettering import Luma, lacking, lettering, marks
from witnessmark.packs.larder import PackLarder, open_larder
from witnessmark.terms.lettering import Lettering, Line

NOTO = Path("/usr/share/fonts/truetype/noto")
ENGINES = found()
there = pytest.mark.skipif(
    lacking(ENGINES) is not None, reason="needs tesseract with ara and eng: sh .ci/machine lettering"
)


class Played:
    """An engine that says what it is told to, and keeps what it was given."""

    def __init__(
        self, table: str = "", tongues: Sequence[str] = ("ara", "eng"), trouble: OSError | None = None
    ) -> None:
        self.table, self.held, self.trouble = table, frozenset(tongues), trouble
        self.given: list[bytes] = []

    def tongues(self) -> frozenset[str]:
        return self.held

    def letters(self, picture: bytes, tongues: Sequence[str]) -> str:
        assert set(tongues) <= self.held
        self.given.append(picture)
        if self.trouble:
            raise self.trouble
        return self.table


def row(text: str, confidence: float, *, line: int = 1, box: tuple[int, int, int, int] = (10, 20, 30, 10)) -> str:
    return "\t".join(map(str, (5, 1, 1, 1, line, 1, *box, confidence, text)))


def grey(width: int = 1000, height: int = 800) -> Luma:
    return np.zeros((height, width), dtype=np.uint8)


@pytest.fixture(scope="module")
def larder() -> PackLarder:
    return open_larder()


def strip(text: str, font: str, *, light: int = 255, dark: int = 40, size: int = 40) -> Luma:
    path = NOTO / font
    if not path.exists() or not features.check("raqm"):
        pytest.skip("needs the Noto fonts and a Pillow that shapes Arabic: sh .ci/machine fonts")
    image = Image.new("L", (900, 120), dark)
    face = ImageFont.truetype(str(path), size)
    ImageDraw.Draw(image).text((450, 60), text, font=face, fill=light, anchor="mm")
    return np.asarray(image)


def line(text: str, number: int = 0) -> Line:
    return Line(box=(0.0, number / 10, 1.0, number / 10 + 0.1), text=text, confidence=90, script="Latn")


def test_words_are_put_together_by_line_with_boxes_as_shares() -> None:
    engine = Played(
        f"{row('BREAKING', 90)}\n{row('news', 80, box=(50, 20, 50, 12))}\n{row('below', 88, line=2, box=(0, 400, 100, 40))}"
    )
    read = lettering(grey(), engine)
    assert [(one.text, one.confidence, one.script) for one in read.lines] == [
        ("BREAKING news", 87, "Latn"),
        ("below", 88, "Latn"),
    ]
    assert read.lines[0].box == (0.01, 0.025, 0.1, 0.04)
    assert engine.given[0].startswith(b"P5 1000 800 255\n")


def test_what_the_engine_is_not_sure_of_is_counted_and_left_out() -> None:
    table = "\n".join([row("leaves", 40), row("x1", 95, line=2), row("sure", 90, line=3), row("not", 10, line=3)])
    read = lettering(grey(), Played(table))
    assert ([one.text for one in read.lines], read.unsure) == (["sure"], 2)


def test_marks_of_direction_are_no_part_of_the_words() -> None:
    read = lettering(grey(), Played(row("\u200fشبكة\u200e\u202e الوادي", 90)))  # "Wadi network"
    assert (read.lines[0].text, read.lines[0].script) == ("شبكة الوادي", "Arab")


@pytest.mark.parametrize(
    "table", ["", "\n\n", "5\t1", row("x", 90).replace("90", "ninety"), row("", 90), row("\0\0\0", 90), "5\t" * 30]
)
def test_a_table_that_makes_no_sense_is_no_line(table: str) -> None:
    assert lettering(grey(), Played(table)).lines == ()


def test_boxes_stay_inside_the_picture() -> None:
    read = lettering(grey(), Played(row("word", 90, box=(-50, -50, 99999, 99999))))
    assert read.lines[0].box == (0.0, 0.0, 1.0, 1.0)


def test_a_small_picture_is_enlarged_and_a_huge_one_reduced() -> None:
    engine = Played()
    lettering(grey(300, 100), engine)
    lettering(grey(8000, 4000), engine)
    assert [one[: one.index(b"\n")] for one in engine.given] == [b"P5 600 200 255", b"P5 2600 1300 255"]


def test_without_the_engine_or_a_language_it_is_pending_and_never_empty() -> None:
    with pytest.raises(Missing, match="ara"):
        lettering(grey(), Played(tongues=("eng", "osd")))


def test_the_engine_s_trouble_is_told() -> None:
    read = lettering(grey(), Played(trouble=TimeoutError("the engine took more than 90 seconds")))
    assert (read.lines, read.trouble) == ((), "the engine took more than 90 seconds")
    assert lettering(np.zeros((0, 0), dtype=np.uint8), Played()).trouble


def test_whom_lines_name(larder: PackLarder) -> None:
    read = Lettering(
        lines=(
            line("شبكة الوادي @Alwadi_News"),
            line("t,me/alwadi.news", 1),
            line("via Invented Press | live", 2),
            line("https://www.example.org/page x@example.org", 3),
        )
    )  # "Wadi network"
    assert [(one.kind, one.to, one.line) for one in marks(read, larder)] == [
        ("handle", "@alwadi_news", 0),
        ("link", "t.me/alwadi.news", 1),
        ("via", "Invented Press", 2),
    ]


def test_a_body_that_the_packs_know_is_named(larder: PackLarder) -> None:
    read = Lettering(lines=(line("Turkish Ministry of Defence, Turkish army"),))
    assert ("actor", "turkish-military") in [(one.kind, one.to) for one in marks(read, larder)]


@there
@pytest.mark.parametrize(
    "font", ["NotoNaskhArabic-Regular.ttf", "NotoKufiArabic-Bold.ttf", "NotoSansArabic-Regular.ttf"]
)
def test_a_clean_arabic_strip_is_read(font: str) -> None:
    said = "وكالة أنباء الغدير الوهمية"  # "the invented Ghadir news agency"
    (only,) = lettering(strip(said, font), ENGINES).lines
    assert (only.text, only.script) == (said, "Arab")


@there
@pytest.mark.parametrize("said", ["@alwadi_news", "t.me/alwadi_news"])
def test_whom_a_strip_names_is_found(said: str, larder: PackLarder) -> None:
    read = lettering(strip(said, "NotoSans-Regular.ttf", light=0, dark=255), ENGINES)
    assert [one.to for one in marks(read, larder)] == [said]


@there
def test_a_picture_without_words_has_no_lines() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (90, 120), dtype=np.uint8)
    rubble = np.asarray(Image.fromarray(noise).resize((960, 720), Image.Resampling.BICUBIC))
    assert lettering(rubble, ENGINES).lines == ()


def test_bright_words_are_looked_for_in_a_view_of_their_own() -> None:
    picture = grey()
    picture[700:720, 300:700] = 255
    engine = Played(row("caption", 90))
    assert len(lettering(picture, engine).lines) == 1
    assert len(engine.given) == 2
    assert set(engine.given[1][-800_000:]) == {0, 255}
    for plain in (grey(), grey() + np.uint8(255)):
        once = Played()
        lettering(plain, once)
        assert len(once.given) == 1


def test_of_two_readings_of_one_place_the_fuller_is_kept() -> None:
    class Twice(Played):
        """Reads half of the words at first."""

        def letters(self, picture: bytes, tongues: Sequence[str]) -> str:
            self.table = row("Network", 95) if not self.given else row("Palm", 80) + "\n" + row("Network", 80)
            return super().letters(picture, tongues)

    picture = grey()
    picture[700:720, 300:700] = 255
    assert [one.text for one in lettering(picture, Twice()).lines] == ["Palm Network"]
