"""Provenance as a file carries it: C2PA manifests (Content Credentials), reported as they are written and judged by nobody.

A manifest says what a program or a camera signed about a file. It does not prove that what the file shows happened, that the
signer is who it says it is, or that nothing was changed before signing; that one is missing says nothing at all.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

State: TypeAlias = Literal["match", "mismatch", "not checked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """As written in the certificate: ``name``, ``issuer``; ``signed``: the time in the signature; ``algorithm``."""

    name: str | None = None
    issuer: str | None = None
    signed: str | None = None
    algorithm: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """``action``: its code (``c2pa.edited``); ``when``, ``software``, ``source`` (the kind of thing the pixels come from)."""

    action: str
    when: str | None = None
    software: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingredient:
    """A file that this one was made from. ``relation``: ``parentOf``, ``componentOf``, ``inputTo``."""

    title: str | None = None
    format: str | None = None
    relation: str | None = None
    manifest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """One manifest. ``generator``: the program that made the claim, as it names itself; ``assertions``: labels of the others."""

    label: str
    generator: str | None = None
    title: str | None = None
    signer: Signer | None = None
    actions: tuple[Action, ...] = ()
    ingredients: tuple[Ingredient, ...] = ()
    assertions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """``manifests``: the one in force first. ``state``: whether what was signed is what is here.

    A certificate that ran out changes nothing about that. ``validation``: the library's own word, which weighs certificates too.
    ``failures``, ``passed``: codes of the specification (C2PA 2.2, 15.2), each with what it stands on. ``remote``: an address
    that the file names for its manifest; it is never asked. ``trouble``: why a manifest that is there could not be read.
    """

    manifests: tuple[Manifest, ...] = ()
    state: State = "not checked"
    validation: str | None = None
    failures: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    remote: str | None = None
    trouble: str | None = None
