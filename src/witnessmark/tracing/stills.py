"""Stills that are pictures of a clip: a screenshot of it, its cover, a frame posted as a photograph.

A still's hashes are held against the moments of clips, its turned and mirrored forms and its regions as well. What is within
PDQ's own threshold is that picture of the clip. What is somewhat farther may lie between two moments, and says where to
decode closely. What it does not prove: that the clip was before the still; a clip can be made of stills.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from witnessmark.terms.copy import Copy, Segment
from witnessmark.terms.fingerprint import FORMS, HASH, Fingerprint, Footage, Frame, Hashed
from witnessmark.tracing.footage import clock
from witnessmark.tracing.moments import Hashes, Ints, hashes_of, moments, within

SAME: Final = 31  # bits, PDQ's own threshold: https://github.com/facebook/ThreatExchange/tree/main/pdq
CLEAR: Final = 50  # PDQ's quality from which a hash may join by itself, as there
HINT: Final = 64  # bits up to which the pictures around a moment are worth a look
_PART: Final = 16  # bits that a part of a picture must be nearer than the whole to be taken instead
_AROUND: Final = 1.2  # seconds looked at before and after a moment
_LOOKS: Final = 4  # of one still at one clip


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class StillLook:
    """Seconds of a clip to decode closely, since a still may be a picture there; ``bits``: how far the nearest moment is."""

    still: str
    clip: str
    start: float
    end: float
    bits: int


def in_clips(
    stills: Mapping[str, Fingerprint], clips: Mapping[str, Footage], fresh: frozenset[str] | None = None
) -> tuple[list[Copy], list[StillLook]]:
    """Stills that are pictures of clips, both by address, and where to look closely for others. Sorted."""
    names, clip_names = sorted(stills), sorted(clips)
    rows = [(at, one) for at, name in enumerate(names) for one in stills[name].hashed if _usable(one)]
    known = moments([clips[name] for name in clip_names])
    if not rows or not len(known.clip):
        return [], []
    forms = [np.frombuffer(one.hashes, np.uint8).reshape(-1, HASH) for _, one in rows]
    owner = np.repeat(np.arange(len(rows)), [len(one) for one in forms])
    base = np.concatenate([np.ascontiguousarray(known.forms[:, 0]), known.crops])
    moment = np.concatenate([np.arange(len(known.clip)), known.of])
    query, place, bits = within(np.concatenate(forms), base, HINT)
    part = np.array([one.region.name == "crop" for _, one in rows])[owner[query]].astype(np.int64) + (
        place >= len(known.clip)
    )
    best = _nearest(np.array([at for at, _ in rows])[owner[query]], known.clip[moment[place]], bits + _PART * part)
    sure: dict[tuple[str, str], Copy] = {}
    hints: dict[tuple[str, str], list[StillLook]] = {}
    for at in best:
        number, one = rows[owner[query[at]]]
        there = int(moment[place[at]])
        still, clip = names[number], clip_names[int(known.clip[there])]
        if (fresh is not None and not {still, clip} & fresh) or (still, clip) in sure:
            continue
        form = int(query[at] - np.searchsorted(owner, owner[query[at]]))
        if bits[at] <= SAME:
            span = float(known.at[there]), float(known.until[there])
            sure[still, clip] = _copy(
                still, clip, span, int(bits[at]), form, certain=one.quality >= CLEAR and not part[at]
            )
        elif len(hints.setdefault((still, clip), [])) < _LOOKS:
            start, end = max(0.0, float(known.at[there]) - _AROUND), float(known.until[there]) + _AROUND
            hints[still, clip].append(StillLook(still=still, clip=clip, start=start, end=end, bits=int(bits[at])))
    left = (look for pair, held in hints.items() if pair not in sure for look in held)
    return sorted(sure.values()), sorted(left)


def _usable(one: Hashed) -> bool:
    return one.quality > 0 and len(one.hashes) in {HASH, FORMS * HASH}


def _nearest(still: Ints, clip: Ints, bits: Ints) -> Iterator[int]:
    """Places of hits, those of each still and clip nearest first, ``_LOOKS`` at most."""
    order = np.lexsort((bits, clip, still))
    pair = still[order] * (int(clip.max(initial=0)) + 1) + clip[order]
    begins = np.searchsorted(pair, pair, "left")
    for rank, at in enumerate(order):
        if rank - begins[rank] < _LOOKS:
            yield int(at)


def seen(look: StillLook, still: Fingerprint, frames: Sequence[Frame]) -> Copy | None:
    """The copy, if a picture decoded closely is the still."""
    usable = [one for one in still.hashed if _usable(one) and one.region.name != "crop"]
    kept = [one for one in frames if one.quality > 0]
    if not usable or not kept:
        return None
    there = np.ascontiguousarray(hashes_of(kept)[:, 0])
    best = min((_best(one, there), number) for number, one in enumerate(usable))
    (bits, form, place), number = best
    if bits > SAME:
        return None
    at = kept[place].at
    return _copy(look.still, look.clip, (at, at), bits, form, certain=usable[number].quality >= CLEAR)


def _best(one: Hashed, there: Hashes) -> tuple[int, int, int]:
    """Least bits, which form, which picture."""
    forms = np.frombuffer(one.hashes, np.uint8).reshape(-1, 1, HASH)
    apart = np.bitwise_count(forms ^ there[None]).sum(-1)
    form, place = np.unravel_index(int(np.argmin(apart)), apart.shape)
    return int(apart[form, place]), int(form), int(place)


def _copy(still: str, clip: str, span: tuple[float, float], bits: int, form: int, *, certain: bool) -> Copy:
    """A still's copy has a segment of no length on the side of the still."""
    first, last = (round(at, 2) for at in span)
    mirrored = form >= FORMS // 2
    flip = clip < still
    segment = Segment(
        one_from=first if flip else 0.0, one_to=last if flip else 0.0, other_from=0.0 if flip else first,
        other_to=0.0 if flip else last, mirrored=mirrored, frames=1, distance=float(bits),
    )  # fmt: skip
    beside = [*(["mirrored"] if mirrored else []), *([f"turned by {form % 4 * 90} degrees"] if form % 4 else [])]
    told = f" ({', '.join(beside)})" if beside else ""
    why = f"the still is the clip's picture at {clock(first)}{told}, {bits} of 256 bits apart"
    one, other = sorted((still, clip))
    return Copy(one=one, other=other, manner="footage", certain=certain, why=why, segments=(segment,))
