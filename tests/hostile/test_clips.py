"""Broken and deceiving clips: what could be read and a sentence, or an error with a reason."""

import resource
import struct
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.clip_maker import scene, tones, write
from witnessmark.media import clips
from witnessmark.media.containers import NoClip
from witnessmark.terms.fingerprint import Footage


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("clip") / "a.mp4", scene(1, 6), sound=tones(1, 6))


def read(path: Path) -> Footage | str:
    try:
        return clips.read(path).footage
    except NoClip as none:
        return str(none)


def test_what_is_no_clip_is_said_to_be_none(tmp_path: Path) -> None:
    Image.fromarray(scene(1, 1)[0]).save(tmp_path / "picture.jpg")
    (tmp_path / "picture.jpg").rename(tmp_path / "picture.mp4")
    (tmp_path / "empty.mp4").write_bytes(b"")
    (tmp_path / "noise.mp4").write_bytes(np.random.default_rng(1).bytes(100_000))
    assert "still picture" in str(read(tmp_path / "picture.mp4"))
    assert str(read(tmp_path / "empty.mp4")).endswith("Look at it in another program.")
    assert "empty" in str(read(tmp_path / "empty.mp4"))
    assert "no reader of clips" in str(read(tmp_path / "noise.mp4"))


def test_a_list_of_other_files_opens_none_of_them(tmp_path: Path, clip: Path) -> None:
    (tmp_path / "list.mp4").write_text(f"#EXTM3U\n#EXTINF:6,\nfile://{clip}\n#EXT-X-ENDLIST\n")
    (tmp_path / "concat.mp4").write_text(f"ffconcat version 1.0\nfile '{clip}'\n")
    (tmp_path / "net.mp4").write_text("#EXTM3U\n#EXTINF:6,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n")
    for name in ("list.mp4", "concat.mp4", "net.mp4"):
        assert "list of other files" in str(read(tmp_path / name))


def test_a_clip_without_its_index_says_so(tmp_path: Path, clip: Path) -> None:
    data = clip.read_bytes()
    (tmp_path / "cut.mp4").write_bytes(data[: data.index(b"moov") - 4])
    assert "index is missing" in str(read(tmp_path / "cut.mp4"))


@pytest.mark.parametrize("share", [0.5, 0.7, 0.9])
def test_a_cut_off_clip_is_read_as_far_as_it_goes(tmp_path: Path, share: float) -> None:
    whole = write(tmp_path / "whole.mkv", scene(1, 6)).read_bytes()
    (tmp_path / "cut.mkv").write_bytes(whole[: int(len(whole) * share)])
    found = read(tmp_path / "cut.mkv")
    assert isinstance(found, Footage)
    assert found.frames
    assert found.frames[-1].at < 6 * share + 1.5


def test_damaged_bytes_never_crash(tmp_path: Path, clip: Path) -> None:
    data = clip.read_bytes()
    chance = np.random.default_rng(2)
    for number in range(24):
        broken = bytearray(data)
        for at in chance.integers(0, len(data), int(chance.integers(1, 200))):
            broken[at] = int(chance.integers(0, 256))
        path = tmp_path / f"{number}.mp4"
        path.write_bytes(bytes(broken))
        found = read(path)
        assert isinstance(found, str) or found.duration < 13 * 3600
        if isinstance(found, Footage):
            clips.dense(path, 2, 3)


def test_times_that_run_backwards_or_leap_are_counted_on(tmp_path: Path) -> None:
    """Two clips of transport stream, one after the other, as a recorder that was restarted leaves them."""
    first = write(tmp_path / "a.ts", scene(1, 4)).read_bytes()
    (tmp_path / "twice.ts").write_bytes(first + first)
    found = read(tmp_path / "twice.ts")
    assert isinstance(found, Footage)
    assert any("backwards" in one for one in found.trouble)
    times = [one.at for one in found.frames]
    assert times == sorted(times)
    assert found.duration == pytest.approx(8, abs=1)


def test_a_stream_without_times(tmp_path: Path) -> None:
    found = read(write(tmp_path / "bare.h264", scene(1, 4)))
    assert isinstance(found, Footage)
    assert found.duration == pytest.approx(48 / 25, abs=0.1)  # 25 a second is what such streams are taken for
    assert any("no time of their own" in one for one in found.trouble)


def test_absurd_dimensions_are_not_decoded(tmp_path: Path, clip: Path) -> None:
    data = bytearray(clip.read_bytes())
    at = data.index(b"avc1", data.index(b"stsd")) + 28
    assert struct.unpack_from(">HH", data, at) == (192, 96)
    struct.pack_into(">HH", data, at, 65000, 65000)
    (tmp_path / "huge.mp4").write_bytes(bytes(data))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    read(tmp_path / "huge.mp4")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 500_000


def test_a_single_picture_and_sound_alone(tmp_path: Path) -> None:
    one = read(write(tmp_path / "one.mp4", scene(1, 1)[:1]))
    assert isinstance(one, Footage)
    assert len(one.frames) == 1
    import_free = write(tmp_path / "both.mkv", scene(1, 4), sound=tones(1, 4))
    assert isinstance(read(import_free), Footage)
