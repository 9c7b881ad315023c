"""The working report of the exercise, and of a case made to break it: whole, quiet, safe, and marked on every page."""

import csv
import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, Route, sync_playwright

from witnessmark.casefile import registers
from witnessmark.casefile.case import Case, make, open_case
from witnessmark.casefile.decisions import decide
from witnessmark.casefile.deposits import add
from witnessmark.casefile.exercise import build_exercise
from witnessmark.casefile.exports import export
from witnessmark.casefile.run import run
from witnessmark.casefile.verify import verify
from witnessmark.publishing.report import material, press, write_report

BANNER = "Working report: not for publication"
HOSTILE = '"><script>alert(1)</script><img src=http://tracker.example/x.png onerror=alert(2)>'
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


class Noon:
    """A clock that stands still."""

    def now(self) -> datetime:
        return datetime(2032, 2, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    with build_exercise(tmp_path_factory.mktemp("exercise") / "case", Noon(), jobs=1) as case:
        yield case


@pytest.fixture(scope="module")
def report(exercise: Case, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report") / "out"
    write_report(exercise, folder)
    return folder


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a case whose every field is an attack on its reader."""
    home = tmp_path_factory.mktemp("hostile")
    text = f"An airstrike hit the town of {HOSTILE} on 3 March 2031, killing three civilians. {HOSTILE} said so.\u202e"
    fields = ("publisher", "author", "site", "url", "archived", "forwarded_from", "reply_to", "native_id", "platform")
    line: dict[str, object] = {"id": f"x{HOSTILE}", "title": HOSTILE, "text": text, **dict.fromkeys(fields, HOSTILE)}
    line |= {"published_at": "2031-03-04", "url": "javascript:alert(3)", "attachments": [HOSTILE], HOSTILE: 1}
    (home / "items.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    (home / f"{HOSTILE.replace('/', '_')}.bin").write_bytes(bytes(range(256)))
    with make(home / "case", Noon(), name=HOSTILE) as case:
        add(case, [home / "items.jsonl", next(home.glob("*.bin"))], collector=HOSTILE, note=HOSTILE, jobs=1)
        run(case, jobs=1)
        write_report(case, home / "out")
    return home / "out"


def pages(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.html"))


def tree(page: Path) -> Any:  # noqa: ANN401 - what our stub of lxml does not cover
    return html.document_fromstring(page.read_text(encoding="utf-8"))


def item_page(folder: Path, word: str) -> Path:
    return next(page for page in pages(folder / "item") if word in page.read_text(encoding="utf-8"))


def test_the_exercise_is_a_sound_case(exercise: Case) -> None:
    assert verify(exercise) == []
    found = {(row["place"], row["date"]) for row in export(exercise, "incidents")}
    assert {("Zarhal", "2031-03-11"), ("Tal Qirmit", "2031-03-15"), ("Bir Zawlat", "2031-03-17")} <= found
    unread = {row["kind"] for row in export(exercise, "unreadable")}
    assert unread == {"unread", "empty capture"}


def test_what_the_receipt_says_is_there(exercise: Case, tmp_path: Path) -> None:
    said = write_report(exercise, tmp_path / "out")
    assert Path(str(said["index"])).is_file()
    for kind in ("incident", "item", "origin"):
        written = [page for page in pages(tmp_path / "out" / kind) if "-claims-" not in page.name]
        assert len(written) == said[f"{kind}s"]


def test_writing_twice_gives_the_same_bytes(exercise: Case, report: Path, tmp_path: Path) -> None:
    write_report(exercise, tmp_path / "again")
    first = {path.relative_to(report): path.read_bytes() for path in report.rglob("*") if path.is_file()}
    again = tmp_path / "again"
    assert {path.relative_to(again): path.read_bytes() for path in again.rglob("*") if path.is_file()} == first


@pytest.mark.parametrize("which", ["report", "hostile"])
def test_every_page_is_marked_and_bound_by_a_policy(which: str, request: pytest.FixtureRequest) -> None:
    for page in pages(request.getfixturevalue(which)):
        body = tree(page)
        (policy,) = body.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy == press.POLICY
        assert BANNER in body.xpath("string(//div[@class='banner'])"), page
        assert BANNER in body.xpath("string(//footer)"), page


@pytest.mark.parametrize("which", ["report", "hostile"])
def test_no_page_can_ask_any_host_or_run_anything(which: str, request: pytest.FixtureRequest) -> None:
    folder = request.getfixturevalue(which)
    active = "//script|//img|//iframe|//object|//embed|//form|//base|//video|//audio|//svg|//style|//*[@style]"
    for page in pages(folder):
        body = tree(page)
        assert body.xpath(active) == [], page
        assert [name for node in body.iter() for name in node.attrib if name.startswith("on")] == [], page
        for address in body.xpath("//@href|//@src|//@action|//@srcset"):
            assert ":" not in address, (page, address)
            assert not address.startswith("/"), (page, address)
    assert "url(" not in (folder / "report.css").read_text(encoding="utf-8")
    assert "@import" not in (folder / "report.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("which", ["report", "hostile"])
def test_every_link_lands(which: str, request: pytest.FixtureRequest) -> None:
    folder = request.getfixturevalue(which)
    ids = {page: tree(page).xpath("//@id") for page in pages(folder)}
    for page, here in ids.items():
        assert len(here) == len(set(here)), page
        for address in tree(page).xpath("//@href"):
            path, anchor = urldefrag(address)
            target = (page.parent / unquote(path)).resolve() if path else page
            assert target.is_file(), (page, address)
            assert not anchor or anchor in ids[target], (page, address)


def test_a_link_to_a_claim_lands_on_its_words(exercise: Case, report: Path) -> None:
    row = next(row for row in export(exercise, "claims") if row["incident"])
    incident = tree(report / "incident" / f"{row['incident']}.html")
    (address,) = incident.xpath(f"//article[@id='{row['id']}']//q/a/@href")
    path, anchor = urldefrag(address)
    words = tree(report / "incident" / path).get_element_by_id(anchor).text_content()
    assert words == row["words"]


def test_every_claim_and_line_says_whose_word_it_is_and_who_reviewed_it(report: Path) -> None:
    for page in pages(report):
        for claim in tree(page).find_class("claim"):
            assert claim.xpath("string(p[@class='by'])").startswith("According to "), page
            assert "machine draft, not reviewed" in claim.text_content(), page


def test_texts_stand_in_their_own_direction(report: Path) -> None:
    page = tree(item_page(report, "exercise-02"))
    (running,) = page.xpath("//div[contains(@class,'running')]")
    assert (running.get("dir"), running.get("lang")) == ("auto", "ar")


def test_a_picture_is_named_and_never_shown(exercise: Case, report: Path) -> None:
    (row,) = [row for row in export(exercise, "items") if row["kind"] == "picture"]
    page = tree(report / "item" / f"{row['item_id']}.html")
    assert "Media are not shown in this report" in page.text_content()
    assert "photo_217.png" in page.text_content()


def test_an_empty_capture_says_so_and_greys_the_furniture(report: Path) -> None:
    page = tree(item_page(report, "exercise-08"))
    assert "It counts as no origin" in page.text_content()
    assert page.find_class("m-wall")


@pytest.mark.parametrize("which", ["report", "hostile"])
def test_headings_stand_in_order_and_tables_are_labelled(which: str, request: pytest.FixtureRequest) -> None:
    for page in pages(request.getfixturevalue(which)):
        body = tree(page)
        levels = [int(node.tag[1]) for node in body.xpath("//h1|//h2|//h3|//h4")]
        assert levels[0] == 1, page
        assert levels.count(1) == 1, page
        assert all(after - before <= 1 for before, after in pairwise(levels)), (page, levels)
        for table in body.xpath("//table"):
            assert table.xpath("string(caption)").strip(), page
            assert table.xpath("count(thead//th[not(@scope)]) + count(tbody//th[not(@scope)])") == 0, page


def test_a_hostile_case_is_shown_as_words(hostile: Path) -> None:
    (page,) = [page for page in pages(hostile / "item") if "An airstrike" in page.read_text(encoding="utf-8")]
    text = page.read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<script" not in text
    assert "<img" not in text
    assert HOSTILE in tree(page).xpath("string(//div[contains(@class,'running')])")


def test_a_signed_decision_is_named(tmp_path: Path) -> None:
    with build_exercise(tmp_path / "case", Noon(), jobs=1) as case:
        row = next(row for row in export(case, "incidents") if row["place"] == "Tal Qirmit")
        decide(case, row["id"], "set", "killed=8", by="A. Reader", reason="the list of names <b>")
    with open_case(tmp_path / "case", Noon()) as case:
        write_report(case, tmp_path / "out")
    said = tree(tmp_path / "out" / "incident" / f"{row['id']}.html").text_content()
    assert "decided by A. Reader" in said
    assert "the list of names <b>" in said
    assert "The machine had suggested: killed: 7 to 9." in said
    assert "decided by A. Reader" in tree(tmp_path / "out" / "index.html").text_content()


def test_a_figure_that_nobody_counted_says_so_until_a_person_decides_one(tmp_path: Path) -> None:
    text = "An airstrike on Kobani on 3 March 2031 killed civilians and wounded four people."
    (tmp_path / "post.txt").write_text(text, encoding="utf-8")
    with make(tmp_path / "case", Noon(), name="some") as case:
        add(case, [tmp_path / "post.txt"], jobs=1)
        run(case, jobs=1)
        (row,) = export(case, "incidents")
        assert (row["killed"], row["injured"], row["uncounted"]) == ([2, None], [4, 4], ["killed"])
        write_report(case, tmp_path / "before")
        decide(case, row["id"], "set", "killed=3", by="A. Reader", reason="counted in the video")
        (decided,) = export(case, "incidents")
        assert (decided["killed"], decided["uncounted"]) == ([3, 3], [])
        write_report(case, tmp_path / "after")
    assert "2 or more no number said" in tree(tmp_path / "before" / "index.html").text_content()
    assert "no number said" not in tree(tmp_path / "after" / "index.html").text_content()
    assert "2 or more (no number said:" in tree(tmp_path / "before" / "incident" / f"{row['id']}.html").text_content()


def report_of(folder: Path, *texts: str) -> tuple[Path, list[dict[str, Any]]]:
    """The report of a case of some texts, and the rows of its incidents."""
    for number, text in enumerate(texts):
        (folder / f"e{number:02}.txt").write_text(text, encoding="utf-8")
    with make(folder / "case", Noon(), name="some") as case:
        add(case, sorted(folder.glob("*.txt")), jobs=1)
        run(case, jobs=1)
        write_report(case, folder / "out")
        return folder / "out", list(export(case, "incidents"))


def cells(folder: Path) -> list[dict[str, str]]:
    """The lines of incidents of the overview."""
    lines = tree(folder / "index.html").xpath("//section[@aria-labelledby='incidents']//tbody/tr")
    return [{cell.get("data-label"): " ".join(cell.text_content().split()) for cell in line} for line in lines]


def test_harm_unsaid_unnumbered_and_denied_are_told_apart(tmp_path: Path) -> None:
    texts = (
        "An airstrike hit the town of Kobani on 3 March 2031. Ten people were killed and wounded.",
        "An airstrike hit the city of Raqqa on 9 May 2031. No civilians were killed. Four people were injured.",
    )
    out, rows = report_of(tmp_path, *texts)
    found = {row["Date"]: (row["Killed"], row["Injured"]) for row in cells(out)}
    assert found["2031-03-03"] == ("said without a number", "said without a number")
    assert found["2031-05-09"] == ("denied", "4")
    (joint,) = [row for row in rows if row["date"] == "2031-03-03"]
    said = tree(out / "incident" / f"{joint['id']}.html").text_content()
    assert "No figure is given by any source" not in said
    assert "No source gives a figure for one kind of harm alone." in said
    assert "in one number for several kinds of harm together" in said


def test_who_is_accused_is_the_same_on_every_page(tmp_path: Path) -> None:
    texts = (
        "The U.S.-led Coalition said that it carried out an airstrike on Kobani on 3 March 2031 and accepted responsibility for killing four civilians.",
        "An airstrike on Kobani on 3 March 2031 killed four civilians, residents said.",
    )
    out, rows = report_of(tmp_path, *texts)
    for row, line in zip(rows, cells(out), strict=True):
        page = tree(out / "incident" / f"{row['id']}.html")
        listed = page.xpath("//dl[@class='accused']//dt")
        blamed = [one.text_content().strip() for one in listed]
        assert line["Accused"] == ("; ".join(blamed) or "nobody named")
        assert ("Nobody is named by these sources" in page.text_content()) == (not blamed)


def test_nobody_is_said_to_tell_as_themselves(tmp_path: Path) -> None:
    out, (row,) = report_of(tmp_path, "An airstrike on Kobani on 3 March 2031 killed four civilians.")
    said = tree(out / "incident" / f"{row['id']}.html").text_content()
    assert "as told by an unnamed author" not in said
    assert "or one of 1 others" not in "".join(page.read_text(encoding="utf-8") for page in pages(out))


def test_lists_and_claims_go_on_over_several_pages(
    exercise: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(press, "LISTED", 2)
    monkeypatch.setattr("witnessmark.publishing.report.incident_pages.CLAIMS", 3)
    monkeypatch.setattr(material, "ALL_ITEMS", 1)
    said = write_report(exercise, tmp_path / "out")
    assert (tmp_path / "out" / "index-2.html").is_file()
    assert list((tmp_path / "out" / "incident").glob("*-2.html"))
    items = sum(1 for _ in export(exercise, "items"))
    assert 0 < int(str(said["items"])) < items
    assert "have no page of their own" in tree(tmp_path / "out" / "items.html").text_content()
    for page in pages(tmp_path / "out"):
        for address in tree(page).xpath("//@href"):
            path, anchor = urldefrag(address)
            target = (page.parent / path).resolve() if path else page
            assert target.is_file(), (page, address)
            assert not anchor or tree(target).xpath(f"//*[@id='{anchor}']"), (page, address)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine: the report was not opened in a browser")
    with sync_playwright() as player:
        opened = player.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


def opened(browser: Browser, address: str, width: int = 1280) -> tuple[Page, list[str]]:
    """A page with every request beyond the disk refused, and what went wrong on it."""
    trouble: list[str] = []
    page = browser.new_page(viewport={"width": width, "height": 900})

    def judge(route: Route) -> None:
        if route.request.url.startswith("file:"):
            route.continue_()
        else:
            trouble.append(f"asked for {route.request.url}")
            route.abort()

    page.route("**/*", judge)
    page.on("console", lambda said: trouble.append(said.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("requestfailed", lambda request: trouble.append(f"failed: {request.url}"))
    page.goto(address)
    return page, trouble


def test_it_opens_from_a_disk_without_a_word_of_trouble(browser: Browser, report: Path, hostile: Path) -> None:
    for folder in (report, hostile):
        for file in (folder / "index.html", *pages(folder / "item")[:3], *pages(folder / "incident")[:1]):
            page, trouble = opened(browser, file.as_uri())
            assert trouble == [], file
            banner = page.locator(".banner")
            assert banner.is_visible()
            assert banner.evaluate("one => getComputedStyle(one).position") == "sticky", (
                "the style sheet was not loaded"
            )
            page.close()


def test_no_page_is_wider_than_a_phone(browser: Browser, report: Path, hostile: Path) -> None:
    for file in (report / "index.html", report / "method.html", *pages(report / "incident")[:2], *pages(hostile)):
        page, _ = opened(browser, file.as_uri(), width=390)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, file
        page.close()


def test_a_linked_word_is_in_sight_and_lit(browser: Browser, report: Path) -> None:
    page, trouble = opened(browser, item_page(report, "exercise-02").as_uri())
    page.locator(".claim q a").first.click()
    lit = page.locator(".running span:target")
    assert lit.count() == 1
    assert lit.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    assert trouble == []
    page.close()


def test_a_denial_of_harm_is_named_so(tmp_path: Path) -> None:
    texts = (
        "An airstrike on Kobani on 3 March 2031 killed four civilians, residents said.",
        "The Turkish army denied that civilians were killed in the strike on Kobani on 3 March 2031.",
    )
    out, rows = report_of(tmp_path, *texts)
    said = " ".join(tree(out / "incident" / f"{rows[0]['id']}.html").text_content().split())
    assert "speaks for itself: harm denied" in said
    assert "What the sources disagree on" in said
    assert "denied by Turkish Military" in said
    assert said.count("Whether anyone was harmed") == 1
    assert "esponsibility denied" not in said


def test_rows_of_registers_and_mentions_stand_on_the_page_of_their_incident_as_words(tmp_path: Path) -> None:
    with build_exercise(tmp_path / "case", Noon(), jobs=1) as case:
        found = next(row for row in export(case, "incidents") if row["lat"] is not None and row["killed"])
        table = tmp_path / "theirs.csv"
        with table.open("w", encoding="utf-8", newline="") as out:
            sheet = csv.writer(out)
            sheet.writerow(["id", "date", "place", "lat", "lon", "killed", "injured", "url", "grade"])
            injured = found["injured"][0] if found["injured"] else ""
            values = [found["date"], found["place"], found["lat"], found["lon"], found["killed"][0], injured]
            sheet.writerow([f"R {HOSTILE}", *values, "javascript:alert(4)", HOSTILE])
        registers.add(case, table)
        run(case, jobs=1)
        assert any(row["about"] == found["id"] for row in export(case, "registers"))
        write_report(case, tmp_path / "report")
    page = html.document_fromstring((tmp_path / "report" / "incident" / f"{found['id']}.html").read_bytes())
    (section,) = [one for one in page.iter("section") if one.get("aria-labelledby") == "registers"]
    assert HOSTILE in section.text_content()
    assert not list(page.iter("img"))
    assert all("alert" not in one.text_content() for one in page.iter("script"))
    assert not [one for one in page.iter("a") if str(one.get("href")).startswith("javascript")]
