"""Manifests that are damaged, or stuffed into files they do not belong to: told as such, and the next file is read."""

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import picture
from witnessmark.media.provenance import _told, provenance
from witnessmark.terms.provenance import Provenance

pytest.importorskip("c2pa", reason="manifests need c2pa-python, of the extra 'media'")

BOX = b"jumb" + (0x1E).to_bytes(4, "big") + b"jumdc2pa\0\x11\0\x10\x80\0\0\xaa\0\x38\x9b\x71\x03c2pa\0"


def jumbf(content: bytes, size: int | None = None) -> bytes:
    """A JPEG with a segment as C2PA's are."""
    body = b"JP\0\1\0\0\0\1" + (len(content) + 8 if size is None else size).to_bytes(4, "big") + content
    data = picture()
    return data[:2] + b"\xff\xeb" + (len(body) + 2).to_bytes(2, "big") + body + data[2:]


def told(folder: Path, data: bytes) -> Provenance | None:
    path = folder / "object"
    path.write_bytes(data)
    return provenance(path)


@pytest.mark.parametrize("data", [
    jumbf(BOX), jumbf(BOX, 0xFFFFFFFF), jumbf(BOX + b"\xff" * 500), jumbf(b"jumb" * 200, 4), jumbf(b""), jumbf(BOX * 100),
])  # fmt: skip
def test_a_broken_manifest_is_said_and_is_never_sound(data: bytes, tmp_path: Path) -> None:
    found = told(tmp_path, data)
    assert found is None or (found.state != "match" and found.trouble)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"\0\0\0\x18ftypmp42", b"RIFF\0\0\0\0WEBP", b"ID3\3", b"%PDF-1.7"]))  # fmt: skip
def test_any_bytes_are_told_or_nothing(tmp_path_factory: pytest.TempPathFactory, data: bytes, head: bytes) -> None:
    found = told(tmp_path_factory.mktemp("any"), head + data)
    assert found is None or (found.state == "not checked" and found.remote is None)


@pytest.mark.parametrize("store", [
    {}, {"manifests": []}, {"manifests": {"a": None}}, {"manifests": {"a": {"assertions": "x", "ingredients": [1], "signature_info": []}}},
    {"manifests": {"a": {"assertions": [{"label": "c2pa.actions", "data": {"actions": [{"action": 5, "softwareAgent": []}]}}]}}},
    {"validation_results": {"activeManifest": {"failure": [{"code": None}, 3], "success": "x"}}},
    {"manifests": {str(n): {"title": "\0\ud800" + "x" * 9999} for n in range(500)}, "active_manifest": 7},
])  # fmt: skip
def test_an_account_of_any_shape_is_told(store: dict[str, object]) -> None:
    found = _told(store, None)
    assert len(found.manifests) <= 100
    assert all(len(one.title or "") <= 300 and "\0" not in (one.title or "") for one in found.manifests)
    repr(found).encode("utf-8")


def test_a_manifest_far_inside_a_huge_file_needs_no_memory_for_it(tmp_path: Path) -> None:
    path = tmp_path / "object"
    with path.open("wb") as out:
        out.write(picture())
        out.seek(200 << 20)
        out.write(io.BytesIO(b"end").getvalue())
    assert provenance(path) is None
