"""Archives made to exhaust a machine or to write where they should not: refused in words, their bytes kept."""

import gzip
import io
import struct
import tarfile
import zipfile
import zlib
from pathlib import Path

import pytest

from tests.strategies import ENGLISH, new_case, tar_of, zip_of
from witnessmark.casefile.deposits import add
from witnessmark.intake import archives
from witnessmark.intake.formats import open_object
from witnessmark.intake.opened import Member
from witnessmark.terms.unread import PassedOver, Unread


def opened(folder: Path, data: bytes, name: str = "found.zip") -> tuple[dict[str, int], dict[str, str]]:
    """Members with their sizes, and what was refused with its reason; nothing else may be written but the spool."""
    spool = folder / "spool"
    spool.mkdir()
    path = folder / "object"
    path.write_bytes(data)
    found = list(open_object(path, "0" * 64, name, spool))
    members = {one.name: one.size for one in found if isinstance(one, Member)}
    refused = {one.selector: one.why for one in found if isinstance(one, Unread | PassedOver)}
    written = {place.relative_to(folder).as_posix() for place in folder.rglob("*") if place.is_file()}
    assert written == {"object", *(f"spool/{one.path.name}" for one in found if isinstance(one, Member))}
    return members, refused


def overlapping(copies: int, size: int) -> bytes:
    """A zip whose members all share one packed stream, so that the whole is far steeper than any member."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(b"0" * size) + packer.flush()
    crc = zlib.crc32(b"0" * size)
    name = b"m"
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 0, crc, len(packed), size, len(name), 0) + name
    body = local + packed
    entry = struct.pack(
        "<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, crc, len(packed), size, len(name), 0, 0, 0, 0, 0, 0
    )
    central = (entry + name) * copies
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, copies, copies, len(central), len(body), 0)
    return body + central + end


@pytest.fixture
def steep(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limits of the house, a thousand times smaller."""
    monkeypatch.setattr(archives, "STEEP_FROM", 50_000)
    monkeypatch.setattr(archives, "_CHUNK", 1000)


@pytest.mark.usefixtures("steep")
@pytest.mark.parametrize("how", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_member_that_unpacks_to_far_more_than_it_is(how: int, tmp_path: Path) -> None:
    members, refused = opened(tmp_path, zip_of({"bomb": bytes(5_000_000), "a.txt": ENGLISH.encode()}, how))
    assert members == {"a.txt": len(ENGLISH)}
    assert "times its size" in refused["bomb"]


def test_the_limits_stand_at_their_real_size(tmp_path: Path) -> None:
    packed = zip_of({"bomb": bytes(archives.STEEP_FROM + (8 << 20)), "a.txt": ENGLISH.encode()})
    assert len(packed) < 100_000
    members, refused = opened(tmp_path, packed)
    assert members == {"a.txt": len(ENGLISH)}
    assert set(refused) == {"bomb"}


@pytest.mark.usefixtures("steep")
def test_members_that_overlap_make_the_whole_a_bomb(tmp_path: Path) -> None:
    data = overlapping(copies=100, size=40_000)
    members, refused = opened(tmp_path, data)
    assert sum(members.values()) <= archives.STEEPEST * len(data)
    assert len(members) + len(refused) == 100
    said = " ".join(refused.values())
    # Python's own zipfile refuses overlaps from 3.11.4 on in some builds; else our own measure does.
    assert "200 times its size" in said or "overlap" in said


@pytest.mark.usefixtures("steep")
@pytest.mark.parametrize("mode", ["w:gz", "w:bz2", "w:xz"])
def test_a_packed_tar_is_left_after_a_member_that_gives_too_much(mode: str, tmp_path: Path) -> None:
    data = tar_of({"a.txt": ENGLISH.encode(), "bomb": bytes(5_000_000), "never reached": b"x"}, mode)
    members, refused = opened(tmp_path, data)
    assert members == {"a.txt": len(ENGLISH)}
    assert "times its size" in refused["bomb"]
    assert "not unpacked beyond bomb" in refused[""]


@pytest.mark.usefixtures("steep")
def test_a_packed_tar_is_not_read_through_for_a_member_that_is_refused(tmp_path: Path) -> None:
    members, refused = opened(tmp_path, tar_of({"../bomb": bytes(5_000_000), "never reached": b"x"}, "w:gz"))
    assert members == {}
    assert set(refused) == {"../bomb", ""}


def test_a_sparse_member_that_claims_a_terabyte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "STEEP_FROM", 50_000)
    info = tarfile.TarInfo("sparse")
    info.size = 0
    info.pax_headers = {
        "GNU.sparse.major": "0",
        "GNU.sparse.minor": "1",
        "GNU.sparse.size": str(1 << 40),
        "GNU.sparse.numblocks": "1",
        "GNU.sparse.map": f"{1 << 40},0",
    }
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        archive.addfile(info)
    members, refused = opened(tmp_path, out.getvalue())
    assert members == {}
    assert set(refused) == {"sparse"}


@pytest.mark.parametrize(
    ("deep", "unpacked"),
    [("a.zip" + "!/b.zip" * (archives.DEEPEST - 1), True), ("a.zip" + "!/b.zip" * archives.DEEPEST, False)],
)
def test_archives_in_archives_have_a_bottom(deep: str, unpacked: bool, tmp_path: Path) -> None:
    members, refused = opened(tmp_path, zip_of({"a.txt": b"x"}), deep)
    assert bool(members) == unpacked
    assert unpacked or "not unpacked further" in refused[""]


@pytest.mark.parametrize(
    "name",
    ["../outside", "a/../../outside", "/etc/outside", "..\\outside", "C:\\outside", "~/outside", "a/..", "..\u202e/x"],
)
@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz"])
def test_a_name_that_leads_outside_is_not_followed(name: str, kind: str, tmp_path: Path) -> None:
    given = {name: b"planted", "a.txt": b"kept"}
    data = zip_of(given) if kind == "zip" else tar_of(given, "w:gz" if kind == "tar.gz" else "w")
    members, refused = opened(tmp_path, data)
    inside = name == "..\u202e/x"  # spelled out, this climbs nowhere
    assert set(members) == {"a.txt", *(["..\\u202e/x"] if inside else [])}
    assert inside or len(refused) == 1
    assert not (tmp_path.parent / "outside").exists()


@pytest.mark.parametrize("to", ["/etc/passwd", "../../outside", "a.txt"])
def test_links_in_a_zip_are_listed_not_followed(to: str, tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("link")
        info.create_system = 3
        info.external_attr = 0o120777 << 16
        archive.writestr(info, to)
        archive.writestr(zipfile.ZipInfo("link/a.txt"), b"planted behind the link")
    members, refused = opened(tmp_path, out.getvalue())
    assert set(members) == {"link/a.txt"}
    assert refused == {"link": "a link; links are not followed"}


def test_a_file_planted_behind_a_link_in_a_tar_goes_to_the_spool(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        link = tarfile.TarInfo("folder")
        link.type, link.linkname = tarfile.SYMTYPE, str(tmp_path)
        archive.addfile(link)
        planted = tarfile.TarInfo("folder/planted")
        planted.size = 1
        archive.addfile(planted, io.BytesIO(b"x"))
    members, refused = opened(tmp_path, out.getvalue())
    assert members == {"folder/planted": 1}
    assert refused == {"folder": "a link; links are not followed"}


def test_names_that_turn_the_order_of_letters_are_spelled_out(tmp_path: Path) -> None:
    members, _ = opened(tmp_path, zip_of({"photo\u202egpj.exe": b"x", "\x1b[2Jb": b"y", "صورة\u200f.jpg": b"z"}))
    assert set(members) == {"photo\\u202egpj.exe", "\\u001b[2Jb", "صورة\\u200f.jpg"}


def test_a_name_that_is_no_text_is_shown_with_replacements(tmp_path: Path) -> None:
    data = tar_of({"aXb.txt": b"x"}).replace(b"aXb.txt", b"a\xffb.txt", 1)
    # The sum over the header is that of the altered name.
    head = bytearray(data[:512])
    head[148:156] = b" " * 8
    head[148:156] = f"{sum(head):06o}\0 ".encode()
    members, _ = opened(tmp_path, bytes(head) + data[512:])
    assert list(members) == ["a\ufffdb.txt"]


def test_a_packed_stream_of_zeros_that_is_no_tar_is_not_unpacked(tmp_path: Path) -> None:
    members, refused = opened(tmp_path, gzip.compress(bytes(20_000_000)))
    assert members == {}
    assert "application/gzip" in refused[""]


def three(mode: str = "w") -> bytes:
    """A tar of three members of a thousand bytes each."""
    return tar_of({f"{name}.txt": name.encode() * 1000 for name in "abc"}, mode)


def test_a_tar_whose_header_is_damaged_says_what_is_not_read(tmp_path: Path) -> None:
    data = bytearray(three())
    second = data.index(b"b.txt")
    data[second + 148 : second + 156] = b"damaged!"
    members, refused = opened(tmp_path, bytes(data))
    assert members == {"a.txt": 1000}
    assert refused == {"": "a damaged header after a.txt; what followed is not read"}


@pytest.mark.parametrize(
    ("keep", "left"),
    [(512 + 1024, ["a.txt"]), (2 * (512 + 1024), ["a.txt", "b.txt"]), (2 * 1536 + 300, ["a.txt", "b.txt"])],
)
def test_a_tar_that_is_cut_off_says_so(keep: int, left: list[str], tmp_path: Path) -> None:
    members, refused = opened(tmp_path, three()[:keep])
    assert list(members) == left
    assert "cut off" in refused[""] or "damaged header" in refused[""]


@pytest.mark.parametrize("mode", ["w", "w:gz"])
def test_a_second_tar_behind_the_end_of_the_first_is_told(mode: str, tmp_path: Path) -> None:
    members, refused = opened(tmp_path, three(mode) + three(mode))
    assert list(members) == ["a.txt", "b.txt", "c.txt"]
    assert refused == {"": "bytes behind the mark of its end after c.txt; what followed is not read"}


def test_a_tar_padded_with_zeros_is_whole(tmp_path: Path) -> None:
    assert opened(tmp_path, three() + bytes(1 << 20)) == ({"a.txt": 1000, "b.txt": 1000, "c.txt": 1000}, {})


@pytest.mark.parametrize("size", ["abc", "-5", "-512", ""])
def test_a_member_whose_size_is_no_number_is_no_empty_file(size: str, tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name in ("a", "b"):
            info = tarfile.TarInfo(name)
            info.size = 1000
            if name == "b":
                info.pax_headers = {"size": size}
            archive.addfile(info, io.BytesIO(bytes(1000)))
    members, refused = opened(tmp_path, out.getvalue())
    assert members == {"a": 1000}
    assert "" in refused  # what follows is not read; some Pythons do not even give the member
    assert "no size that can be" in refused.get("b", "no size that can be")


def test_a_size_below_zero_does_not_go_round_in_circles(tmp_path: Path) -> None:
    info = tarfile.TarInfo("a")
    header = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    header[124:136] = b"\xff" * 10 + b"\xfe\x00"  # -512, as GNU tar writes numbers that no octal holds
    header[148:156] = b" " * 8
    header[148:156] = f"{sum(header):06o}".encode() + b"\0 "
    members, refused = opened(tmp_path, bytes(header) + bytes(2048))
    assert not members
    assert "" in refused  # some Pythons do not even give the member
    assert refused.get("a", "its header gives no size that can be") == "its header gives no size that can be"


def test_a_folder_of_a_zip_that_holds_bytes_is_listed(tmp_path: Path) -> None:
    members, refused = opened(tmp_path, zip_of({"folder/": b"what is this", "a.txt": b"x"}))
    assert members == {"a.txt": 1}
    assert refused == {"folder/": "a folder that holds bytes, as no folder does; not unpacked"}


def test_a_name_that_is_no_utf8_though_it_says_so_costs_no_other_member(tmp_path: Path) -> None:
    data = zip_of({"a.txt": b"one", "\u00e9\u00e9.txt": b"two", "c.txt": b"three"})
    members, refused = opened(tmp_path, data.replace("\u00e9\u00e9".encode(), b"\xe9\xe9\xe9\xe9"))
    assert not refused
    assert sorted(members.values()) == [3, 3, 5]
    assert {"a.txt", "c.txt"} < set(members)


def test_a_folder_whose_name_ends_in_a_mark_is_no_archive(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    deep = tmp_path / "given!" / "a!" / "b!" / "c!" / "d!"
    deep.mkdir(parents=True)
    (deep / "found.zip").write_bytes(zip_of({"e!/f.txt": ENGLISH.encode()}))
    with case:
        receipt = add(case, [tmp_path / "given!"], jobs=1)
    assert receipt["items"] == 1
    assert receipt["unread"] == []


def test_members_of_one_name_each_have_their_outcome(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zip_of([("../up.txt", b"a"), ("../up.txt", b"b"), ("k.txt", b"c"), ("k.txt", b"c")])
    members, refused = opened(tmp_path, data)
    assert members == {"k.txt": 1, "k.txt (2)": 1}
    assert set(refused) == {"../up.txt", "../up.txt (2)"}


def test_what_is_refused_in_a_broken_archive_stands_in_the_receipt(tmp_path: Path) -> None:
    data = tar_of({"a.txt": b"one", "../up.txt": b"two"})
    (tmp_path / "given").mkdir()
    (tmp_path / "given" / "cut.tar").write_bytes(data[: 4 * 512])
    with new_case(tmp_path / "case") as case:
        receipt = add(case, [tmp_path / "given"], jobs=1)
    assert [row["where"] for row in receipt["inside"]["unread"]] == ["../up.txt"]  # type: ignore[index]  # a receipt
    assert [row["name"] for row in receipt["unread"]] == ["given/cut.tar"]  # type: ignore[attr-defined]  # as above


@pytest.mark.parametrize("size", [1 << 40, 1 << 62, 1 << 70])
@pytest.mark.parametrize("kind", [tarfile.GNUTYPE_LONGNAME, tarfile.XHDTYPE, tarfile.XGLTYPE])
def test_a_header_longer_than_any_costs_no_member_before_it(kind: bytes, size: int, tmp_path: Path) -> None:
    info = tarfile.TarInfo("a")
    info.type, info.size = kind, size
    header = info.tobuf(tarfile.GNU_FORMAT)
    members, refused = opened(tmp_path, tar_of({"a.txt": b"one"})[:1024] + header + bytes(2048))
    assert members == {"a.txt": 3}
    assert refused == {"": "a damaged header after a.txt; what followed is not read"}


def test_two_zips_one_behind_the_other_are_told(tmp_path: Path) -> None:
    members, refused = opened(tmp_path, zip_of({"a.txt": b"one"}) + zip_of({"b.txt": b"two"}))
    assert members == {"b.txt": 3}
    assert "bytes before its first member are not read" in refused[""]


def test_a_comment_that_looks_like_the_end_of_a_zip_hides_nothing_unsaid(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", b"one")
        archive.comment = b"PK\5\6" + bytes(18)
    _, refused = opened(tmp_path, out.getvalue())
    assert "are not read" in refused[""]


def test_a_directory_shorter_than_its_end_says_is_told(tmp_path: Path) -> None:
    data = bytearray(zip_of({"a.txt": b"one", "b.txt": b"two"}))
    end = data.rindex(b"PK\x05\x06")
    data[end + 8 : end + 12] = struct.pack("<2H", 3, 3)
    members, refused = opened(tmp_path, bytes(data))
    assert set(members) == {"a.txt", "b.txt"}
    assert refused[""] == "its end speaks of 3 members, its directory names 2; others are not read"


def test_furniture_is_told_by_whole_names(tmp_path: Path) -> None:
    members, refused = opened(tmp_path, zip_of({"desktop.initiative.txt": b"x", "a/Thumbs.db": b"y"}))
    assert list(members) == ["desktop.initiative.txt"]
    assert list(refused) == ["a/Thumbs.db"]
