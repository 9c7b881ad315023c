"""HEIC is read where the extra is there, whatever the file is called."""

import pytest
from PIL import ExifTags, Image

from tests.intake.conftest import Open
from tests.intake.containers import heic

pytest.importorskip("pi_heif", reason="HEIC needs pi-heif, of the extra 'media'")


def exif() -> bytes:
    about = Image.Exif()
    about[ExifTags.Base.Model] = "Invented 1"
    about.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (1.0, 30.0, 0.0), 3: "E", 4: (2.0, 0.0, 0.0)})
    return about.tobytes()


@pytest.mark.parametrize("name", ["found.heic", "found.jpg", "found"])
def test_size_and_metadata_of_heic(name: str, opening: Open) -> None:
    item = opening(heic(exif()), name).item
    told = dict(item.metadata)
    assert (item.kind, told["format"], told["width"], told["height"]) == ("picture", "HEIF", "64", "64")
    assert (told["exif Model"], told["latitude"], told["longitude"]) == ("Invented 1", "1.5", "2")


def test_heic_cut_off_has_an_outcome(opening: Open) -> None:
    whole = heic()
    found = opening(whole[:-40])
    assert found.unread or any("cut off" in one.what for one in found.notices)
    assert opening(whole[:100]).why
