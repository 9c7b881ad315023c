"""A case's own places: preserved like evidence, in use from the next run, whole for verify, and survive a cut."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.strategies import StillClock, new_case
from witnessmark.casefile import gazetteers
from witnessmark.casefile.case import Case, open_case
from witnessmark.casefile.verify import verify
from witnessmark.errors import UsageError
from witnessmark.packs.pack import load
from witnessmark.terms.address import address_of

PLACES = "name,name_ar,lat,lon,precision\nZarhal,زرحال,-30.2,80.3,village\nNowhere,,,,village\nTal Qirmit,تل قرميت,-30.4,80.1,town\n"


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with new_case(tmp_path / "case") as made:
        yield made


@pytest.fixture
def places(tmp_path: Path) -> Path:
    path = tmp_path / "Our places (2).csv"
    path.write_text(PLACES, encoding="utf-8")
    return path


def test_a_table_of_places_becomes_a_pack(case: Case, places: Path) -> None:
    report = gazetteers.add(case, places)
    assert (report["rows"], report["used"], report["places"]) == (3, 2, 2)
    assert report["left"] == [{"row": 3, "why": "no coordinates"}]
    address = address_of(PLACES.encode())
    assert report["pack"] == f"gazetteer-our-places-2-{address[:8]}"
    assert case.shelves.check(address) == address == report["source"]
    assert report["digest"] in {pack.digest for pack in case.larder.packs}
    (entry,) = [entry for entry in case.ledger.read() if entry.did == "added a pack"]
    assert (entry.about["file"], entry.about["digest"]) == (places.name, report["digest"])
    assert verify(case) == []
    assert list(case.spool.iterdir()) == []


def test_the_same_places_again_are_the_same_pack(case: Case, places: Path) -> None:
    first = gazetteers.add(case, places)
    assert gazetteers.add(case, places) == first
    assert len([pack for pack in case.larder.packs if pack.name == first["pack"]]) == 1
    assert verify(case) == []


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "name,lat,lon\n,1,2\n", "name,lat,lon\nX,91,181\n"])
def test_what_holds_no_place_adds_nothing(case: Case, tmp_path: Path, text: str) -> None:
    path = tmp_path / "none.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="Nothing was added"):
        gazetteers.add(case, path)
    assert list(case.packs_folder.iterdir()) == []
    assert [entry.did for entry in case.ledger.read()] == ["made the case"]
    assert verify(case) == []


def test_a_folder_is_no_gazetteer(case: Case, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not a file"):
        gazetteers.add(case, tmp_path)


@pytest.mark.parametrize("cut", ["witnessmark.casefile.gazetteers.compile_case_pack", "pathlib.Path.rename"])
def test_cut_off_anywhere_the_case_is_whole_and_goes_on(
    case: Case, places: Path, monkeypatch: pytest.MonkeyPatch, cut: str
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        case.shelves.put_path(places)  # so that the only renaming left is the pack's
        patch.setattr(cut, killed)
        with pytest.raises(KeyboardInterrupt):
            gazetteers.add(case, places)
    with open_case(case.root, StillClock()) as again:
        assert verify(again) == []
        report = gazetteers.add(again, places)
        assert load(again.packs_folder / str(report["pack"])).digest == report["digest"]
        assert verify(again) == []


def test_a_pack_that_lies_ready_gets_its_place_on_opening(
    case: Case, places: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    case.shelves.put_path(places)
    with monkeypatch.context() as patch:
        patch.setattr("pathlib.Path.rename", killed)
        with pytest.raises(KeyboardInterrupt):
            gazetteers.add(case, places)
    assert list(case.packs_folder.iterdir()) == []
    with open_case(case.root, StillClock()) as again:
        assert [pack.name for pack in again.larder.packs if pack.name.startswith("gazetteer-our")]
