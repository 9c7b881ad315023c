"""What of an item's metadata may leave the working case."""

import pytest

from witnessmark.terms.item import WITHHELD, Item, ItemKind

TOLD = (
    ("taken", "2017-06-11T10:20:30"), ("latitude", "1.5"), ("longitude", "2.5"), ("position time", "2017-06-11T07:20:30Z"),
    ("exif GPSLatitude", "(1.0, 30.0, 0.0)"), ("exif BodySerialNumber", "123"), ("exif CameraOwnerName", "Invented"),
    ("xmp exif:GPSLongitude", "2,30E"), ("xmp aux:SerialNumber", "123"), ("tag location", "+01.5+002.5/"), ("exif Model", "Invented 1"),
)  # fmt: skip


@pytest.mark.parametrize("kind", ["picture", "clip", "sound"])
def test_places_and_numbers_of_devices_stay_in_the_case(kind: ItemKind) -> None:
    item = Item(address="0" * 64, selector="", kind=kind, metadata=TOLD)
    assert {key for key, value in item.shared_metadata.items() if value != WITHHELD} == {"taken", "exif Model"}
    assert dict(item.metadata)["latitude"] == "1.5"


def test_a_place_that_a_post_gives_was_published_by_it() -> None:
    item = Item(address="0" * 64, selector="", kind="post", metadata=(("latitude", "1.5"),))
    assert item.shared_metadata == {"latitude": "1.5"}
