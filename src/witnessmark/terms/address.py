"""Content addresses and ids: names made from content, so that the same case made twice has the same names.

An address is the SHA-256 of preserved bytes, in lower-case hexadecimal. An id is the beginning of a SHA-256 over
the canonical JSON of what makes the thing itself. What it does not prove: that the bytes are true, or old.

>>> address_of(b"")[:12]
'e3b0c44298fc'
"""

import hashlib
import json
import re
from typing import TypeAlias

Address: TypeAlias = str
Json: TypeAlias = "bool | int | float | str | list[Json] | tuple[Json, ...] | dict[str, Json] | None"

ID_LENGTH = 20  # 80 bits: two of a hundred million things share an id with a chance below 1 in 10^8
_ADDRESS = re.compile(r"[0-9a-f]{64}")
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def address_of(data: bytes) -> Address:
    """The SHA-256 of the bytes, 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def is_address(text: str) -> bool:
    """Whether the text has the form of an address."""
    return _ADDRESS.fullmatch(text) is not None


def canonical(value: object) -> bytes:
    """JSON in one form only: sorted keys, no blanks, UTF-8, so that equal values have equal bytes."""
    return _JSON.encode(value).encode("utf-8", "surrogatepass")


def digest_of(*parts: object) -> str:
    """The SHA-256 over the canonical JSON of the parts."""
    return hashlib.sha256(canonical(list(parts))).hexdigest()


def id_of(kind: str, *parts: object) -> str:
    """An id such as ``claim-3f…``: the kind, a hyphen, and the beginning of a digest over the parts."""
    return f"{kind}-{digest_of(kind, *parts)[:ID_LENGTH]}"
