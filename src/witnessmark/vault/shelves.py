"""The shelves: preserved bytes under their SHA-256, written once, never changed.

Bytes go to a file in ``incoming/`` first, are synced, and only then take their place under ``ab/cd/<address>`` by an
atomic rename (no links, which exFAT disks do not have); a kill at any point leaves at most a stray file in
``incoming/``, which is swept. What it proves: nothing by itself; ``verify`` hashes every object again. What it does not
prove: that bytes are true, or complete when they came.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from witnessmark.terms.address import Address, is_address

_CHUNK = 1 << 20


def _sync(folder: Path) -> None:
    """Make the names in a folder survive a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class Shelves:
    """A content-addressed store under one folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, address: Address) -> Path:
        """Where an object's bytes lie.

        Raises:
            ValueError: not an address.
        """
        if not is_address(address):
            raise ValueError(f"not an address: {address!r}")
        return self.root / address[:2] / address[2:4] / address

    def has(self, address: Address) -> bool:
        """Whether the object is there."""
        return self.path(address).is_file()

    def open(self, address: Address) -> BinaryIO:
        """The object's bytes, for reading."""
        return self.path(address).open("rb")

    def put_bytes(self, data: bytes) -> tuple[Address, int]:
        """Preserve bytes; returns their address and number."""
        return self.put(BytesIO(data))

    def put_path(self, path: Path) -> tuple[Address, int]:
        """Preserve a file's bytes, streamed; returns their address and number."""
        with path.open("rb") as source:
            return self.put(source)

    def put(self, source: BinaryIO) -> tuple[Address, int]:
        """Preserve what a stream gives; returns its address and length in bytes. The same bytes again write nothing."""
        incoming = self.root / "incoming"
        incoming.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=incoming)
        try:
            digest = hashlib.sha256()
            size = 0
            with os.fdopen(handle, "wb") as out:
                while chunk := source.read(_CHUNK):
                    digest.update(chunk)
                    size += len(chunk)
                    out.write(chunk)
                address = digest.hexdigest()
                if self.has(address):
                    return address, size
                out.flush()
                os.fsync(out.fileno())
                os.fchmod(out.fileno(), 0o444)
            self._shelve(Path(name), address)
            return address, size
        finally:
            Path(name).unlink(missing_ok=True)

    def _shelve(self, incoming: Path, address: Address) -> None:
        """Give written bytes their place, and sync the folder that names them."""
        place = self.path(address)
        for folder in (place.parent.parent, place.parent):
            if not folder.is_dir():
                folder.mkdir(exist_ok=True)
                _sync(folder.parent)
        incoming.rename(place)
        _sync(place.parent)

    def addresses(self) -> Iterator[Address]:
        """Every object's address, sorted."""
        for path in sorted(self.root.glob("??/??/*")):
            if is_address(path.name):
                yield path.name

    def check(self, address: Address) -> Address:
        """The SHA-256 that an object's bytes have now."""
        digest = hashlib.sha256()
        with self.open(address) as source:
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
        return digest.hexdigest()

    def sweep(self) -> int:
        """Remove what a kill left in ``incoming/``; returns how many files. The caller holds the writer's lock."""
        left = [path for path in (self.root / "incoming").glob("*") if path.is_file()]
        for path in left:
            path.unlink()
        return len(left)
