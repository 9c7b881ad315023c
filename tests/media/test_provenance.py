"""Manifests are told as written, and no host is asked: here somebody listens, so that asking would be heard."""

import io
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from tests.strategies import picture
from witnessmark.errors import Missing
from witnessmark.media import provenance as room
from witnessmark.media.provenance import provenance
from witnessmark.terms.provenance import Provenance

c2pa = pytest.importorskip("c2pa", reason="manifests need c2pa-python, of the extra 'media'")
XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dcterms="http://purl.org/dc/terms/" dcterms:provenance="{}"/></rdf:RDF></x:xmpmeta>'
)
EDITED = {"action": "c2pa.edited", "softwareAgent": {"name": "Invented editor"}, "when": "2017-06-11T10:20:30Z"}
CREATED = {
    "action": "c2pa.created",
    "digitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
}


class Ear:
    """A server on this machine that keeps what it is asked and answers that there is nothing."""

    def __init__(self) -> None:
        self.asked: list[bytes] = []
        self.at = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.at.getsockname()[1]}/x.c2pa"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self.at.accept()
            except OSError:
                return
            with line:
                self.asked.append(line.recv(1 << 12))
                line.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


@pytest.fixture
def ear() -> Iterator[Ear]:
    listening = Ear()
    yield listening
    listening.at.close()


def remote(url: str) -> bytes:
    """A picture whose manifest lies elsewhere."""
    out = io.BytesIO()
    Image.new("RGB", (64, 64), (9, 90, 9)).save(out, "JPEG", xmp=XMP.format(url).encode())
    return out.getvalue()


def certificates() -> tuple[bytes, bytes]:
    """A chain of two made for one test, and the key, as PEM."""
    x509 = pytest.importorskip("cryptography.x509", reason="a test certificate is made with cryptography")
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415 - only where it is there
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415 - as above

    keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(2)]
    names = [
        x509.Name(
            [x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, one), x509.NameAttribute(x509.NameOID.COMMON_NAME, one)]
        )
        for one in ("Invented root", "Invented camera")
    ]
    chain = []
    for number in (0, 1):
        authority = number == 0
        public = keys[number].public_key()
        built = x509.CertificateBuilder(
            names[0],
            names[number],
            public,
            x509.random_serial_number(),
            datetime.now(UTC) - timedelta(days=1),
            datetime.now(UTC) + timedelta(days=9),
        )
        usage = x509.KeyUsage(not authority, False, False, False, False, authority, False, False, False)
        built = built.add_extension(x509.BasicConstraints(authority, None), True).add_extension(usage, True)
        built = built.add_extension(x509.SubjectKeyIdentifier.from_public_key(public), False)
        built = built.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(keys[0].public_key()), False)
        if not authority:
            built = built.add_extension(x509.ExtendedKeyUsage([x509.ExtendedKeyUsageOID.EMAIL_PROTECTION]), True)
        chain.append(built.sign(keys[0], hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    key = keys[1].private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return chain[1] + chain[0], key


def signed(elsewhere: str | None = None) -> bytes:
    """A picture with a manifest of its own, or with one that lies elsewhere."""
    chain, key = certificates()
    signer = c2pa.Signer.from_info(c2pa.C2paSignerInfo(b"es256", chain, key, None))
    builder = c2pa.Builder({
        "claim_generator_info": [{"name": "Invented camera", "version": "1.2"}],
        "title": "invented.jpg",
        "assertions": [{"label": "c2pa.actions", "data": {"actions": [CREATED, EDITED]}}],
    })  # fmt: skip
    if elsewhere:
        builder.set_no_embed()
        builder.set_remote_url(elsewhere)
    out = io.BytesIO()
    builder.sign(signer, "image/jpeg", io.BytesIO(picture(size=(64, 64))), out)
    return out.getvalue()


def told(folder: Path, data: bytes) -> Provenance | None:
    path = folder / "object"
    path.write_bytes(data)
    return provenance(path)


def test_a_manifest_elsewhere_is_named_and_never_asked_for(ear: Ear, tmp_path: Path) -> None:
    found = told(tmp_path, remote(ear.url))
    assert found is not None
    assert (found.remote, found.manifests) == (ear.url, ())
    assert "no address is asked" in str(found.trouble)
    assert ear.asked == []


def test_a_picture_signed_with_its_manifest_elsewhere_is_never_asked_for(ear: Ear, tmp_path: Path) -> None:
    found = told(tmp_path, signed(ear.url))
    assert found is not None
    assert found.remote == ear.url
    assert ear.asked == []


def test_without_our_settings_it_would_be(ear: Ear) -> None:
    with pytest.raises(c2pa.C2paError), c2pa.Reader("image/jpeg", io.BytesIO(remote(ear.url))):
        pass
    assert ear.asked[0].startswith(b"GET /x.c2pa")


def test_a_manifest_is_told_as_written(tmp_path: Path) -> None:
    found = told(tmp_path, signed())
    assert found is not None
    (manifest,) = found.manifests
    assert manifest.generator == "Invented camera 1.2"
    assert manifest.title == "invented.jpg"
    assert manifest.signer is not None
    assert (manifest.signer.name, manifest.signer.issuer) == ("Invented camera", "Invented camera")
    assert [one.action for one in manifest.actions] == ["c2pa.created", "c2pa.edited"]
    assert manifest.actions[0].source == CREATED["digitalSourceType"]
    assert manifest.actions[1].software == "Invented editor"
    assert (found.state, found.remote, found.trouble) == ("match", None, None)


def test_pixels_changed_after_signing_are_a_mismatch(tmp_path: Path) -> None:
    data = bytearray(signed())
    data[-20] ^= 0x55
    found = told(tmp_path, bytes(data))
    assert found is not None
    assert found.state == "mismatch"
    assert any("mismatch" in code for code in found.failures)


def test_a_file_cut_off_is_not_said_to_hold_a_manifest(tmp_path: Path) -> None:
    data = picture("PNG", size=(64, 64))
    found = told(tmp_path, data[:-20])
    assert found is None or "no manifest could be looked for" in str(found.trouble)
    whole = signed()
    broken = whole.replace(b"jumdc2ma", b"jumdxxxx", 1)  # the first manifest's own box
    assert broken != whole
    found = told(tmp_path, broken)
    assert found is not None
    assert found.state != "match"


def test_no_manifest_is_nothing(tmp_path: Path) -> None:
    assert told(tmp_path, picture()) is None
    assert told(tmp_path, b"words") is None
    assert told(tmp_path, b"") is None


def test_without_the_library_it_is_pending_and_not_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "available", lambda: False)
    with pytest.raises(Missing):
        told(tmp_path, picture())
