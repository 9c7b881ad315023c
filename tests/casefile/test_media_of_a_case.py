"""Pictures through a whole case: who carries what, copies whatever was done, the first sighting, what is used again, and origins."""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from tests.casefile import corpus
from tests.strategies import StillClock, jsonl, new_case
from witnessmark.casefile import closely, letters, looking, opening, readings
from witnessmark.casefile.case import Case, open_case
from witnessmark.casefile.copied import copies_of
from witnessmark.casefile.decisions import decide
from witnessmark.casefile.deposits import add
from witnessmark.casefile.exports import export
from witnessmark.casefile.matching import matched
from witnessmark.casefile.origin_rows import origin_rows
from witnessmark.casefile.run import run
from witnessmark.casefile.status import status
from witnessmark.errors import UsageError

WORDS = "Five civilians were killed when shells hit a house in Tabqa on 10 June 2017."
OTHER = "Shelling of Tabqa on 10 June 2017: seven civilians dead and two injured, a bakery burns."


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (opening, readings, looking, letters, closely):
        monkeypatch.setattr(module, "Spread", corpus.Here)


def picture(seed: int) -> Image.Image:
    """Shapes and textures in many shades, different for each seed."""
    made = np.random.default_rng(seed)
    small = Image.fromarray(made.integers(0, 255, (12, 16), np.uint8), "L").resize((400, 300), Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(small)
    for _ in range(90):
        x, y, wide, high = made.integers((0, 0, 8, 8), (380, 280, 70, 60)).tolist()
        shape = draw.ellipse if made.random() < 0.4 else draw.rectangle
        shape((x, y, x + wide, y + high), fill=int(made.integers(0, 255)), outline=int(made.integers(0, 255)))
    return small.filter(ImageFilter.GaussianBlur(0.8))


def saved(image: Image.Image, quality: int = 90) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


def post(name: str, when: str, text: str = WORDS, files: list[str] | None = None) -> dict[str, Any]:
    return {
        "id": name, "platform": "telegram-post", "publisher": f"Channel {name}", "published_at": when, "text": text,
        "attachments": [{"name": one} for one in files or []],
    }  # fmt: skip


PICTURES = {
    "first.jpg": saved(picture(1)),
    "mirrored.jpg": saved(ImageOps.mirror(picture(1)), 60),
    "cropped.jpg": saved(picture(1).crop((60, 40, 360, 270)), 80),
    "another.jpg": saved(picture(2)),
}
POSTS = [
    post("a", "2017-06-10T12:00:00+03:00", files=["first.jpg"]),
    post("b", "2017-06-10T14:00:00+03:00", files=["mirrored.jpg"]),
    post("c", "2017-06-10T16:00:00+03:00", OTHER, files=["cropped.jpg"]),
    post(
        "d", "2017-06-10T18:00:00+03:00", "Tabqa shelled on 10 June 2017, nine civilians killed.", files=["another.jpg"]
    ),
]


def laid(folder: Path, posts: list[dict[str, Any]] = POSTS) -> Path:
    folder.mkdir()
    for name, data in PICTURES.items():
        (folder / name).write_bytes(data)
    (folder / "posts.jsonl").write_bytes(jsonl(*posts))
    return folder


@pytest.fixture(scope="module")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        for module in (opening, readings, looking, letters, closely):
            patch.setattr(module, "Spread", corpus.Here)
        root = tmp_path_factory.mktemp("media")
        with new_case(root / "case") as case:
            add(case, [laid(root / "material")])
            run(case, jobs=1)
        yield root


@pytest.fixture
def case(_made: Path) -> Iterator[Case]:
    with open_case(_made / "case", StillClock()) as opened:
        yield opened


def test_nothing_is_pending_when_all_was_looked_at(case: Case) -> None:
    found = status(case)
    assert found["pending"] == {"open": 0, "read": 0, "look": 0, "compare": 0, "gather": 0, "match": 0}
    assert found["counts"]["pictures and clips"] == len(PICTURES)  # type: ignore[index]  # plain JSON


def test_a_mirrored_copy_joins_by_itself_and_a_cropped_one_is_a_suggestion(case: Case) -> None:
    row = copies_of(case, "a")
    (medium,) = row["media"]
    assert [one["item"] for one in medium["carried"] if one["item"] in "abcd"] == ["a", "b"]
    assert medium["first"]["item"] == "a"
    assert any(one["certain"] and one["transform"]["mirrored"] for one in medium["copies"])
    assert all(not one["certain"] for one in medium["suggested"])
    cropped = copies_of(case, "c")["media"][0]
    assert cropped["suggested"] or cropped["copies"]


def test_a_picture_of_something_else_has_no_copies(case: Case) -> None:
    (medium,) = copies_of(case, "d")["media"]
    assert not medium["copies"]
    assert not medium["suggested"]


def test_posts_that_share_a_picture_and_add_nothing_are_one_origin(case: Case) -> None:
    rows = [
        row for row in origin_rows(case) if any(one["item"] == "a" for each in row["origins"] for one in each["items"])
    ]
    folded = [{one["item"] for one in each["items"]} for row in rows for each in row["origins"]]
    assert {"a", "b"} in [members & {"a", "b"} for members in folded]
    assert not any({"a", "d"} <= members for members in folded)


def test_a_file_is_matched_without_being_added(case: Case, tmp_path: Path) -> None:
    before = status(case)["counts"]
    (tmp_path / "asked.jpg").write_bytes(saved(ImageOps.mirror(picture(2)), 70))
    (found,) = matched(case, tmp_path / "asked.jpg")
    assert [one["carried"][0]["item"] for one in found["found"] if one["certain"]] == ["d"] or any(
        each["item"] == "d" for one in found["found"] for each in one["carried"]
    )
    (tmp_path / "asked.txt").write_text(f"Breaking: {WORDS}\n", encoding="utf-8")
    (told,) = matched(case, tmp_path / "asked.txt")
    assert {one["item"] for one in told["found"]} & {"a", "b"}
    assert status(case)["counts"] == before


def test_what_is_no_picture_and_no_text_is_refused(case: Case, tmp_path: Path) -> None:
    (tmp_path / "asked.jpg").write_bytes(b"\xff\xd8\xff\xe0broken")
    with pytest.raises(UsageError):
        list(matched(case, tmp_path / "asked.jpg"))
    with pytest.raises(UsageError):
        list(matched(case, tmp_path / "nowhere.jpg"))


def test_copies_are_of_items_and_files(case: Case) -> None:
    (row,) = [one for one in origin_rows(case) if one["origins"]][:1]
    with pytest.raises(UsageError):
        copies_of(case, row["id"])


def test_a_picture_older_than_the_event_is_flagged_and_shows_no_access(tmp_path: Path) -> None:
    posts = [
        post("old", "2015-01-02T10:00:00+03:00", "A street in winter.", ["first.jpg"]),
        post("new", "2017-06-10T12:00:00+03:00", f"Our lens: {WORDS}", ["mirrored.jpg"]),
    ]
    with new_case(tmp_path / "case") as case:
        add(case, [laid(tmp_path / "material", posts)])
        run(case, jobs=1)
        (row,) = origin_rows(case)
        (again,) = row["recycled"]
        assert (again["later"]["item"], again["earlier"]["item"], again["manner"]) == ("new", "old", "time")
        assert (row["shown"], row["most"]) == (0, 1)
        (told,) = export(case, "incidents")
        assert told["recycled"] == [again]


def test_whatever_the_order_of_adding_the_origins_are_the_same(case: Case, tmp_path: Path) -> None:
    whole = list(origin_rows(case))
    folder = laid(tmp_path / "material")
    with new_case(tmp_path / "case") as other:
        for name in ("cropped.jpg", "posts.jsonl", "another.jpg", "mirrored.jpg", "first.jpg"):
            add(other, [folder / name])
            run(other, jobs=1)
        assert [{**row, "suggested": []} for row in origin_rows(other)] == [{**row, "suggested": []} for row in whole]
        assert list(export(other, "incidents")) == list(export(case, "incidents"))


def test_origins_joined_and_parted_hold_through_new_material(tmp_path: Path) -> None:
    folder = laid(tmp_path / "material")
    with new_case(tmp_path / "case") as case:
        add(case, [folder])
        run(case, jobs=1)
        row = next(row for row in origin_rows(case) if row["most"] > 1)
        one, other = row["origins"][:2]
        decide(case, one["id"], "join", other["id"], by="R. Example", reason="the same person, by phone")
        run(case, jobs=1)
        joined = next(origin_rows(case, row["id"]))
        assert joined["most"] == row["most"] - 1
        (folder / "more.jsonl").write_bytes(jsonl(post("e", "2017-06-10T20:00:00+03:00", OTHER)))
        add(case, [folder / "more.jsonl"])
        run(case, jobs=1)
        again = next(
            row
            for row in origin_rows(case)
            if any(one["item"] == "a" for each in row["origins"] for one in each["items"])
        )
        members = [{each["item"] for each in origin["items"]} for origin in again["origins"]]
        both = {each["item"] for origin in (one, other) for each in origin["items"]}
        assert any(both <= held for held in members)
        item = one["items"][0]["item"]
        home = next(origin for origin in again["origins"] if any(each["item"] == item for each in origin["items"]))
        decide(case, home["id"], "split", item, by="R. Example", reason="another person after all")
        run(case, jobs=1)
        parted = next(origin_rows(case, again["id"]))
        assert any({each["item"] for each in origin["items"]} == {item} for origin in parted["origins"])


def test_without_the_extra_the_step_waits_and_the_rest_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "find_spec", lambda _: None)
    with new_case(tmp_path / "case") as case:
        add(case, [laid(tmp_path / "material")])
        found = run(case, jobs=1)
        assert found["pending"]["look"] == len(PICTURES)  # type: ignore[index]  # plain JSON
        assert found["pending"]["gather"] == 0  # type: ignore[index]  # plain JSON
        assert list(origin_rows(case))


class Engine:
    """In place of tesseract: reads the same words in every picture."""

    def tongues(self) -> frozenset[str]:
        return frozenset({"ara", "eng"})

    def letters(self, picture: bytes, tongues: Sequence[str]) -> str:
        assert picture.startswith(b"P5 ")
        assert tongues
        heads = [
            "level",
            "page_num",
            "block_num",
            "par_num",
            "line_num",
            "word_num",
            "left",
            "top",
            "width",
            "height",
            "conf",
            "text",
        ]
        word = ["5", "1", "1", "1", "1", "1", "40", "40", "200", "30", "96", "@valley_watch"]
        return "\t".join(heads) + "\n" + "\t".join(word) + "\n"


def test_whom_the_lettering_of_a_picture_names_is_credited(tmp_path: Path) -> None:
    posts = [
        post(
            "a", "2017-06-10T12:00:00+03:00", "Five civilians killed by shells in Tabqa on 10 June 2017.", ["first.jpg"]
        ),
        post(
            "b",
            "2017-06-10T14:00:00+03:00",
            "Tabqa, 10 June 2017: shelling kills 5 civilians, a house is hit.",
            ["another.jpg"],
        ),
    ]
    with new_case(tmp_path / "case") as case:
        add(case, [laid(tmp_path / "material", posts)])
        assert run(case, jobs=1)["lettering"] == {"read": 0, "waiting": len(PICTURES)}
        before = {name for row in origin_rows(case) for one in row["origins"] for name in one["missing"]}
        assert not before
        assert run(case, jobs=1, engines=Engine())["lettering"] == {"read": len(PICTURES), "waiting": 0}
        after = {name for row in origin_rows(case) for one in row["origins"] for name in one["missing"]}
        assert after == {"@valley_watch"}
        assert all(row["most"] == 1 for row in origin_rows(case))
