"""Clips and sounds are items with what their containers say; what lacks its index is unread, and nothing else is opened."""

import struct

import pytest

from tests.intake.conftest import Open
from tests.intake.containers import clip, sound
from witnessmark.intake import boxes, clips


@pytest.mark.parametrize(
    ("kind", "shown"), [("mp4", "MP4"), ("mov", "QuickTime"), ("matroska", "Matroska"), ("webm", "WebM")]
)
@pytest.mark.parametrize("name", ["found.mp4", "found.jpg", "found"])
def test_a_clip_says_length_size_and_tracks(kind: str, shown: str, name: str, opening: Open) -> None:
    item = opening(clip(kind, seconds=2, sound=True), name).item
    said = dict(item.metadata)
    assert (item.kind, item.passages, item.published) == ("clip", (), None)
    assert (said["format"], said["width"], said["height"]) == (shown, "64", "48")
    assert float(said["duration"]) == pytest.approx(2, abs=0.2)
    assert said["track 1"].startswith("video ")
    assert "64 x 48, 10 frames/s" in said["track 1"]
    assert "1 channel" in said["track 2"]
    assert "Lavf" in said["software"]


@pytest.mark.parametrize(
    ("kind", "codec", "shown"),
    [("ogg", "libopus", "Ogg"), ("mp3", "libmp3lame", "MP3"), ("wav", "pcm_s16le", "WAV"), ("flac", "flac", "FLAC"), ("ipod", "aac", "MP4"), ("webm", "libopus", "WebM")],
)  # fmt: skip
def test_a_sound_is_one_whatever_holds_it(kind: str, codec: str, shown: str, opening: Open) -> None:
    item = opening(sound(kind, codec), "voice.txt").item
    assert item.kind == "sound"
    assert dict(item.metadata)["format"] == shown
    assert dict(item.metadata)["track 1"].startswith("audio ")


def test_time_place_and_words_of_a_container(opening: Open) -> None:
    data = clip(
        "mp4",
        tags={"location": "+01.5000+002.2500+012.000/", "creation_time": "2017-06-11T10:20:30Z", "title": "Invented"},
    )
    said = dict(opening(data).item.metadata)
    assert (said["latitude"], said["longitude"], said["altitude"]) == ("1.5", "2.25", "12.0")
    assert said["taken"] == "2017-06-11T10:20:30Z"
    assert "many cameras write their local time" in said["taken zone"]
    assert said["tag title"] == "Invented"


def test_a_phone_s_own_stamp_has_its_zone(opening: Open) -> None:
    tags = {
        "com.apple.quicktime.creationdate": "2017-06-11T13:20:30+0300",
        "com.apple.quicktime.location.ISO6709": "-01.5-002.25/",
    }
    said = dict(opening(clip("mov", options={"movflags": "use_metadata_tags"}, tags=tags)).item.metadata)
    assert said["taken"] == "2017-06-11T13:20:30+03:00"
    assert "taken zone" not in said
    assert (said["latitude"], said["longitude"]) == ("-1.5", "-2.25")


def test_a_turned_clip_says_by_how_much(opening: Open) -> None:
    data = bytearray(clip("mp4"))
    at = data.index(b"tkhd") + 4 + 40
    data[at : at + 36] = struct.pack(">9i", 0, 65536, 0, -65536, 0, 0, 0, 0, 1 << 30)
    assert dict(opening(bytes(data)).item.metadata)["rotation"] == "90"


def test_a_clip_without_its_index_is_unread_and_says_so(opening: Open) -> None:
    whole = clip("mp4", seconds=3)
    assert whole.index(b"moov") > whole.index(b"mdat")
    why = opening(whole[: whole.index(b"moov") - 8]).why
    assert "index cannot be read" in why
    assert "bytes are preserved" in why


def test_a_clip_cut_off_after_its_index_is_an_item_that_says_so(opening: Open) -> None:
    whole = clip("mp4", seconds=3, options={"movflags": "frag_keyframe+empty_moov"})
    found = opening(whole[:-200])
    assert found.item.kind == "clip"
    assert any("cut off" in one.what for one in found.notices)


def test_without_the_extra_a_clip_is_an_item_all_the_same(opening: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clips, "_library", lambda: None)
    found = opening(clip("mp4"))
    assert (found.item.kind, dict(found.item.metadata)) == ("clip", {"format": "MP4"})
    assert "needs the extra 'media'" in found.notices[0].what


@pytest.mark.parametrize(
    "text", ["Carefree days in a made-up town.", "ID3 is a tag. Words.", "#!AMR? No.", "OggStories, made up"]
)
def test_words_that_begin_like_a_clip_are_words(text: str, opening: Open) -> None:
    assert opening(text.encode()).item.kind == "text"


def test_boxes_are_believed_only_inside_the_file() -> None:
    assert not boxes.begins(b"aaaamoov is a word")
    assert boxes.begins(b"\0\0\0\x20ftypisom")
