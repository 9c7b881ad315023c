"""Zip and tar: what they hold, each member deposited and opened as an object of its own.

Members with unsafe paths, links, devices and encrypted members are listed, never followed. An archive that would unpack to
far more than it is, to more than the limits below, or deeper than four archives, is not unpacked further, and says so;
so is a packed tar after a member that does, since its next member can only be reached through all of that one.
A tar has no list of its members: where a header is damaged, or the archive ends without the mark that closes it, nobody
can know what else it held, and that is said.
The limits are ours, set above the largest channel exports seen (tens of gigabytes are added as folders, not archives).
"""

import lzma
import mmap
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from witnessmark.intake.opened import INSIDE, Member, Opened, only_inside, shown_name, unsafe_path
from witnessmark.terms.unread import PassedOver, Unread

MOST_BYTES = 4 << 30
MOST_MEMBERS = 200_000
DEEPEST = 4
STEEPEST = 200  # times its packed size, above which a member, or the whole, counts as a bomb …
STEEP_FROM = 50 << 20  # … once it has given this many bytes
_CHUNK = 1 << 20
_ZEROS = 1024  # chunks of zeros behind the end of a tar that are gone through
_END, _END_REACH = 22, 22 + (1 << 16)  # bytes of the end of a zip's directory, and within which it stands
_UTF8 = 0x08  # bit 11 of a zip member's flags, in their second byte
_TAR_MARK = slice(257, 262)
_TROUBLE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
    ValueError,
    ArithmeticError,
    MemoryError,
    tarfile.TarError,
)
# What went wrong, in words; of several kinds the first.
_WORDS: tuple[tuple[tuple[type[BaseException], ...], str], ...] = (
    ((EOFError,), "it ends too early"),
    ((UnicodeDecodeError,), "a name is no UTF-8"),
    ((NotImplementedError,), "it is packed in a way not known here"),
    ((zlib.error, lzma.LZMAError), "its packed bytes are damaged"),
    ((RecursionError,), "its headers lead to each other without end"),
    ((MemoryError, ArithmeticError), "a header gives a size that cannot be"),
    ((OSError,), "its bytes are not where its directory says, or are damaged"),
)
_LEFT_BEHIND = ("__MACOSX/",)  # folders of furniture
_FURNITURE = (".DS_Store", "Thumbs.db", "desktop.ini")
_LONGEST_HEADER = 1 << 20  # bytes of a tar's header about the next: long names, attributes


def recognises(head: bytes, path: Path) -> bool:
    """A zip by its first bytes; a tar, packed or not, by being readable as one."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return zipfile.is_zipfile(path) or head.startswith(b"PK\x03\x04")
    packed = head.startswith((b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00"))
    if not packed and head[_TAR_MARK] != b"ustar":
        return False
    try:
        with tarfile.open(path) as archive:
            return archive.next() is not None
    except _TROUBLE:
        return False


def read(path: Path, address: str, name: str, spool: Path) -> Iterator[Opened]:
    """Every member, in the order of the archive."""
    if name.count(INSIDE) >= DEEPEST:
        yield Unread(address=address, selector="", why=f"an archive inside {DEEPEST} others; not unpacked further")
        return
    with path.open("rb") as source:
        zipped = source.read(2) == b"PK"
    try:
        yield from _zip(path, address, spool) if zipped else _tar(path, address, spool)
    except _TROUBLE as trouble:
        yield Unread(address=address, selector="", why=f"an archive that is cut off or broken ({_said(trouble)})")


class _Budget:
    """What an archive may still unpack to, and where its members go."""

    def __init__(self, archive: Path, spool: Path) -> None:
        size = archive.stat().st_size
        self.bytes = min(MOST_BYTES, max(STEEP_FROM, STEEPEST * size))  # members that overlap make the whole steep
        self.work = MOST_BYTES  # what may be unpacked at all, that of refused members too
        self.members = MOST_MEMBERS
        self.count = 0
        self.spool = spool

    @property
    def spent(self) -> str:
        """Why no more comes out."""
        return f"beyond what one archive may unpack to (4 GiB, or {STEEPEST} times its size); not unpacked"

    def place(self) -> Path:
        """Where the next member goes."""
        self.members -= 1
        self.count += 1
        return self.spool / f"{self.count:06d}"


def _refused(member: str, budget: _Budget) -> str | None:
    """Why a member is not unpacked, by its name and the budget."""
    if budget.members <= 0:
        return f"beyond the {MOST_MEMBERS}th member of its archive; not unpacked"
    if budget.bytes <= 0 or budget.work <= 0:
        return budget.spent
    return unsafe_path(member)


def _furniture(member: str) -> bool:
    return member.startswith(_LEFT_BEHIND) or member.rsplit("/", 1)[-1] in _FURNITURE


def _said(trouble: BaseException) -> str:
    """What went wrong with an archive or a member, in words."""
    words = next((words for kinds, words in _WORDS if isinstance(trouble, kinds)), None)
    if "verlap" in str(trouble):
        return "its members overlap, as in archives made to exhaust a machine"
    ends = "end of data" in str(trouble) or "truncated" in str(trouble)
    return words or ("it ends too early" if ends else "a header or checksum is wrong")


class _Shown:
    """Names as shown, each once: a second member of one name gets a number."""

    def __init__(self) -> None:
        self._met: dict[str, int] = {}

    def name(self, given: str) -> str:
        """The name for one more member."""
        plain = shown_name(given) or "(a member without a name)"
        count = self._met[plain] = self._met.get(plain, 0) + 1
        return plain if count == 1 else f"{plain} ({count})"


class _Map(mmap.mmap):
    """A file in memory that may be changed there alone."""

    def seekable(self) -> bool:
        """As ``zipfile`` asks it of a file."""
        return True


def _zip(path: Path, address: str, spool: Path) -> Iterator[Opened]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield from _zip_members(archive, _Budget(path, spool), address)
            yield from _beside(archive, path, address)
    except UnicodeDecodeError:  # before the first member: names are read first
        with path.open("rb") as source, _Map(source.fileno(), 0, access=mmap.ACCESS_COPY) as held:
            _unclaim(held)
            with zipfile.ZipFile(held) as archive:  # type: ignore[call-overload]  # a map reads, seeks and tells as a file does
                yield from _zip_members(archive, _Budget(path, spool), address)
                yield from _beside(archive, path, address)


def _beside(archive: zipfile.ZipFile, path: Path, address: str) -> Iterator[Unread]:
    """What a zip holds that its directory does not name: another archive before it, members left out of the directory.

    Layout of the end: PKWARE's APPNOTE.TXT 4.3.16.
    """
    members = archive.infolist()
    first = min((info.header_offset for info in members), default=archive.start_dir)
    if first > 0:
        why = f"{first} bytes before its first member are not read: another archive, or one with another directory"
        yield Unread(address=address, selector="", why=why)
    with path.open("rb") as source:
        source.seek(max(0, path.stat().st_size - _END_REACH))
        tail = source.read()
    end = tail.rfind(b"PK\x05\x06", 0, len(tail) - len(archive.comment) - _END + 4)
    said = int.from_bytes(tail[end + 10 : end + 12], "little") if end >= 0 else len(members)
    if said not in (len(members) & 0xFFFF, 0xFFFF):
        why = f"its end speaks of {said} members, its directory names {len(members)}; others are not read"
        yield Unread(address=address, selector="", why=why)


def _unclaim(held: mmap.mmap) -> None:
    """Take back the claim of names to be UTF-8 that are none, so that they are read as bytes of the old code page.

    The layout of the directory: PKWARE's APPNOTE.TXT 4.3.12 and 4.4.4, bit 11.
    """
    end = held.rfind(b"PK\x05\x06")
    at = end - int.from_bytes(held[end + 12 : end + 16], "little")
    while end > 0 and 0 <= at < end and held[at : at + 4] == b"PK\x01\x02":
        name, extra, comment = struct.unpack("<3H", held[at + 28 : at + 34])
        local = int.from_bytes(held[at + 42 : at + 46], "little")
        try:
            held[at + 46 : at + 46 + name].decode("utf-8")
        except UnicodeDecodeError:
            held[at + 9] &= ~_UTF8
            if held[local : local + 4] == b"PK\x03\x04":
                held[local + 7] &= ~_UTF8
        at += 46 + name + extra + comment


def _zip_members(archive: zipfile.ZipFile, budget: _Budget, address: str) -> Iterator[Opened]:
    names = _Shown()
    for info in archive.infolist():
        shown = names.name(info.filename)
        if info.is_dir():
            if info.file_size or info.CRC:
                yield Unread(
                    address=address, selector=shown, why="a folder that holds bytes, as no folder does; not unpacked"
                )
            continue
        if _furniture(info.filename):
            yield PassedOver(address=address, selector=shown, why="left by an operating system, not evidence")
            continue
        why = _refused(info.filename, budget)
        if info.flag_bits & 1:
            why = "encrypted; it cannot be read without its password"
        elif stat.S_ISLNK(info.external_attr >> 16):
            why = "a link; links are not followed"
        if why:
            yield Unread(address=address, selector=shown, why=why)
            continue
        try:
            with archive.open(info) as source:
                yield _spooled(source, shown, budget, info.compress_size, address)
        except _TROUBLE as trouble:
            yield Unread(address=address, selector=shown, why=f"a member that is cut off or broken ({_said(trouble)})")


class _Header(tarfile.TarInfo):
    """A member's header; one about the next header that claims to be longer than any is no header."""

    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        about_next = (
            tarfile.GNUTYPE_LONGNAME,
            tarfile.GNUTYPE_LONGLINK,
            tarfile.XHDTYPE,
            tarfile.XGLTYPE,
            tarfile.SOLARIS_XHDTYPE,
        )
        if self.type in about_next and not 0 <= self.size <= _LONGEST_HEADER:
            raise tarfile.InvalidHeaderError("a header of that size")  # type: ignore[attr-defined]  # not in typeshed
        return super()._proc_member(archive)  # type: ignore[misc,no-any-return]  # not in typeshed


def _tar(path: Path, address: str, spool: Path) -> Iterator[Opened]:
    budget = _Budget(path, spool)
    size = path.stat().st_size
    with path.open("rb") as source:
        packed = source.read(_TAR_MARK.stop)[_TAR_MARK] != b"ustar"
    with tarfile.open(path, tarinfo=_Header) as archive:
        shown, names, last = "", _Shown(), None
        for info in archive:
            last = info
            shown = names.name(info.name)
            if _lies(info):
                yield Unread(address=address, selector=shown, why="its header gives no size that can be")
                yield Unread(
                    address=address,
                    selector="",
                    why=f"not read beyond {shown}: it cannot be known where the next member begins",
                )
                return
            if info.isdir():
                continue
            if _furniture(info.name):
                yield PassedOver(address=address, selector=shown, why="left by an operating system, not evidence")
                continue
            why = _refused(info.name, budget)
            if not info.isreg():
                why = "a link; links are not followed" if info.issym() or info.islnk() else "not a regular file"
            member = None if why else archive.extractfile(info)
            if member is None:
                yield Unread(address=address, selector=shown, why=why or "not a regular file")
                found: Member | Unread | None = None
            else:
                found = _spooled(member, shown, budget, size, address)
                yield found
            if packed and (isinstance(found, Unread) or (found is None and info.isreg() and info.size > budget.bytes)):
                yield Unread(address=address, selector="", why=f"not unpacked beyond {shown}, which gives too much")
                return
        why = _unfinished(archive, last)
        if why:
            yield Unread(
                address=address, selector="", why=f"{why} after {shown or 'its beginning'}; what followed is not read"
            )


def _lies(info: tarfile.TarInfo) -> bool:
    """Whether a header's size is no number of bytes; Python takes one that is no number at all for 0."""
    given = str(info.pax_headers.get("size", info.size))
    return info.size < 0 or not (given.isascii() and given.isdigit()) or given.lstrip("0") not in (str(info.size), "")


def _end_of(member: tarfile.TarInfo) -> int:
    """Where the next header stands behind a member's bytes."""
    return member.offset_data + -(-member.size // tarfile.BLOCKSIZE) * tarfile.BLOCKSIZE


def _unfinished(archive: tarfile.TarFile, last: tarfile.TarInfo | None) -> str | None:
    """What is wrong with how a tar ends, or None where two blocks of zeros close it and nothing but zeros follows.

    Python's reader takes a damaged header for the end. The mark: POSIX, pax, "ustar Interchange Format".
    """
    source = archive.fileobj
    source.seek(_end_of(last) if last is not None and last.isreg() and not last.issparse() else archive.offset)
    held = source.read(2 * tarfile.BLOCKSIZE)
    if held.strip(b"\0"):
        return "a damaged header"
    if len(held) < 2 * tarfile.BLOCKSIZE:
        return "an archive that is cut off: it has no mark of its end"
    for _ in range(_ZEROS):
        more = source.read(_CHUNK)
        if more.strip(b"\0"):
            return "bytes behind the mark of its end"
        if not more:
            break
    return None


def _spooled(source: IO[bytes], shown: str, budget: _Budget, packed: int, address: str) -> Member | Unread:
    """Copy one member to the spool, counting what comes out, not what its header claims."""
    place = budget.place()
    size = 0
    why = None
    with place.open("wb") as out:
        while why is None and (chunk := source.read(_CHUNK)):
            size += len(chunk)
            budget.work -= len(chunk)
            if size > STEEP_FROM and size > STEEPEST * max(1, packed):
                why = f"it unpacks to more than {STEEPEST} times its size, as archives made to exhaust a machine do"
            elif size > budget.bytes or budget.work < 0:
                why = budget.spent
            else:
                out.write(chunk)
    if why:
        place.unlink()
        return Unread(address=address, selector=shown, why=why)
    budget.bytes -= size
    return Member(name=only_inside(shown), path=place, size=size)
