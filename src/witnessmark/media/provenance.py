"""C2PA manifests of a picture, clip or sound: read and reported, never judged, never fetched.

The library would ask the network by default, where a file names a manifest elsewhere, and for the state of certificates. It
is given a context of its own in which all that is off (``tests/media/test_provenance.py`` listens). Who signed is told as
written in the certificate; no list of trusted signers is consulted, so a signature proves that its holder's key signed
these bytes, and not who held it.
"""

import importlib.util
import json
import mmap
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from witnessmark.errors import Missing
from witnessmark.terms.provenance import Action, Ingredient, Manifest, Provenance, Signer, State

# Nothing is asked of any host: neither manifests that lie elsewhere, nor certificates' states, nor lists of signers.
OFFLINE: dict[str, dict[str, object]] = {
    "verify": {
        "remote_manifest_fetch": False,
        "ocsp_fetch": False,
        "verify_trust": False,
        "verify_timestamp_trust": False,
    },
    "core": {"allowed_network_hosts": []},
}
LARGEST = 1 << 30  # bytes; the library reads a file several times over
_LONGEST = 300
_MOST = 100  # manifests, actions or ingredients
_MANIFEST = b"jumdc2pa"  # how the box begins that holds manifests (C2PA 2.2, 11.1.4)
_BROKEN = re.compile("[\0\ud800-\udfff]")
_ADDRESS = re.compile(r"https?://[^\s\"'<>]{1,500}")
# Codes of C2PA 2.2, 15.2.2: that the signature fits the claim, and that the claim fits the content.
_SIGNED = "claimSignature.validated"
_CONTENT = re.compile(r"assertion\.(?:dataHash|bmffHash|boxesHash|collectionHash)\.match\b")
_UNFIT = re.compile(r"(?!timeStamp)[\w.]+\.mismatch\b|assertion\.(?:missing|inaccessible)\b|claim\.missing\b")
_STILL = (
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"\x89PNG"), "image/png"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "image/webp"),
    (re.compile(rb"RIFF....WAVE", re.DOTALL), "audio/wav"),
    (re.compile(rb"GIF8"), "image/gif"),
    (re.compile(rb"II\*\0|MM\0\*"), "image/tiff"),
    (re.compile(rb"....ftyp(?:heic|heix|hevc|hevx)", re.DOTALL), "image/heic"),
    (re.compile(rb"....ftyp(?:mif1|msf1)", re.DOTALL), "image/heif"),
    (re.compile(rb"....ftypavi[fs]", re.DOTALL), "image/avif"),
    (re.compile(rb"....ftypqt  ", re.DOTALL), "video/quicktime"),
    (re.compile(rb"....ftypM4A ", re.DOTALL), "audio/mp4"),
    (re.compile(rb"....ftyp", re.DOTALL), "video/mp4"),
    (re.compile(rb"ID3|\xff[\xfb\xfa\xf3\xf2]"), "audio/mpeg"),
    (re.compile(rb"fLaC"), "audio/flac"),
    (re.compile(rb"%PDF"), "application/pdf"),
)  # fmt: skip


def available() -> bool:
    """Whether the extra ``media`` is there. Without it what needs this is pending, never empty."""
    return importlib.util.find_spec("c2pa") is not None


def provenance(path: Path) -> Provenance | None:
    """The manifests that a file carries; None where it carries and names none, or is of a kind that cannot.

    Raises:
        Missing: the extra ``media`` is not installed.
    """
    with path.open("rb") as source:
        kind = _kind(source.read(64))
    if kind is None:
        return None
    if not available():
        raise Missing(
            "C2PA manifests cannot be read on this machine.", "Install the extra: pip install 'witnessmark[media]'."
        )
    if path.stat().st_size > LARGEST:
        return Provenance(trouble="a file of more than 1 GiB was not searched for manifests")
    return _read(path, kind)


def _kind(head: bytes) -> str | None:
    """The type by content; the library would believe any name it is given."""
    return next((mime for first, mime in _STILL if first.match(head)), None)


def _read(path: Path, kind: str) -> Provenance | None:
    import c2pa  # noqa: PLC0415 - a heavy extra

    try:
        context = c2pa.Context(c2pa.Settings.from_dict(OFFLINE))
        with path.open("rb") as source, c2pa.Reader(kind, source, context=context) as reader:
            return _told(json.loads(reader.json()), reader.get_remote_url())
    except c2pa.C2paError.ManifestNotFound:
        return None
    except c2pa.C2paError as trouble:
        return _trouble(str(trouble), path)
    except (ValueError, RecursionError):
        return Provenance(trouble="a manifest is there and what it says cannot be read")


def _trouble(said: str, path: Path) -> Provenance | None:
    """A manifest elsewhere, one that is broken, or a file so broken that none could be looked for."""
    if said.startswith(("NotSupported", "ManifestNotFound")):
        return None
    remote = _ADDRESS.search(said) if said.startswith("Remote") else None
    if remote:
        return Provenance(remote=_clean(remote.group()), trouble="its manifest lies elsewhere, and no address is asked")
    with path.open("rb") as source, mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ) as data:
        there = data.find(_MANIFEST) >= 0
    what = (
        "a manifest is there and could not be read"
        if there
        else "the file is broken, so no manifest could be looked for"
    )
    return Provenance(trouble=f"{what} ({_clean(said)})")


def _told(store: Mapping[str, Any], remote: str | None) -> Provenance:
    """The library's account of a store of manifests, as terms."""
    given = _object(store.get("manifests"))
    active = str(store.get("active_manifest", ""))
    order = sorted(given, key=lambda label: (label != active, label))[:_MOST]
    results = _object(_object(store.get("validation_results")).get("activeManifest"))
    failures, passed = (tuple(_codes(results.get(which))) for which in ("failure", "success"))
    return Provenance(
        manifests=tuple(_manifest(label, _object(given[label])) for label in order),
        state=_state(failures, passed),
        validation=_word(store.get("validation_state")),
        failures=failures,
        passed=passed,
        remote=_word(remote),
    )


def _state(failures: tuple[str, ...], passed: tuple[str, ...]) -> State:
    """Whether what was signed is what is here, by the codes; a certificate's troubles are told, and are no alteration."""
    if any(_UNFIT.match(code) for code in failures):
        return "mismatch"
    signed = any(code.startswith(_SIGNED) for code in passed)
    return "match" if signed and any(_CONTENT.match(code) for code in passed) else "not checked"


def _codes(listed: object) -> Iterator[str]:
    """Each code once, with the library's explanation where it says more than the code."""
    seen: dict[str, None] = {}
    for one in _objects(listed):
        code, why = _word(one.get("code")), _word(one.get("explanation"))
        if code:
            seen[f"{code}: {why}" if why and "jumbf" not in why else code] = None
    yield from seen


def _manifest(label: str, given: Mapping[str, Any]) -> Manifest:
    signed = _object(given.get("signature_info"))
    assertions = _objects(given.get("assertions"))
    labels = sorted({word for one in assertions if (word := _word(one.get("label")))})
    return Manifest(
        label=_clean(label),
        generator=_generator(given),
        title=_word(given.get("title")),
        signer=Signer(
            name=_word(signed.get("common_name")),
            issuer=_word(signed.get("issuer")),
            signed=_word(signed.get("time")),
            algorithm=_word(signed.get("alg")),
        )
        if signed
        else None,
        actions=tuple(_actions(assertions))[:_MOST],
        ingredients=tuple(_ingredient(one) for one in _objects(given.get("ingredients")))[:_MOST],
        assertions=tuple(one for one in labels if not one.startswith("c2pa.actions")),
    )


def _generator(given: Mapping[str, Any]) -> str | None:
    """The program's name and version, from either form in which claims give them."""
    for one in _objects(given.get("claim_generator_info")):
        named = [word for key in ("name", "version") if (word := _word(one.get(key)))]
        if named:
            return " ".join(named)
    return _word(given.get("claim_generator"))


def _actions(assertions: list[Mapping[str, Any]]) -> Iterator[Action]:
    for one in assertions:
        if str(one.get("label", "")).startswith("c2pa.actions"):
            for act in _objects(_object(one.get("data")).get("actions")):
                software = act.get("softwareAgent")
                yield Action(
                    action=_word(act.get("action")) or "not named",
                    when=_word(act.get("when")),
                    software=_word(software.get("name") if isinstance(software, Mapping) else software),
                    source=_word(act.get("digitalSourceType")),
                )


def _ingredient(given: Mapping[str, Any]) -> Ingredient:
    return Ingredient(
        title=_word(given.get("title")),
        format=_word(given.get("format")),
        relation=_word(given.get("relationship")),
        manifest=_word(given.get("active_manifest")),
    )


def _object(given: object) -> Mapping[str, Any]:
    return given if isinstance(given, Mapping) else {}


def _objects(given: object) -> list[Mapping[str, Any]]:
    return [one for one in given if isinstance(one, Mapping)] if isinstance(given, list) else []


def _word(given: object) -> str | None:
    """A text of a manifest, cleaned; None where there is none."""
    return (_clean(given) or None) if isinstance(given, str) else None


def _clean(text: str) -> str:
    return _BROKEN.sub("\N{REPLACEMENT CHARACTER}", text).strip()[:_LONGEST]
