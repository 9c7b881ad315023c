"""What reading one item yields: everything found in its passages, each with its span and its reason."""

from dataclasses import dataclass

from witnessmark.terms.anchor import Span
from witnessmark.terms.claim import Claim
from witnessmark.terms.credit import Credit
from witnessmark.terms.mention import ActorMention, WeaponMention
from witnessmark.terms.moment import Moment, Publication
from witnessmark.terms.passage import Region
from witnessmark.terms.place import PlaceMention
from witnessmark.terms.statement import Statement
from witnessmark.terms.toll import TollMention
from witnessmark.terms.victim import Victim


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """The capture holds no post: a login wall, an error page, an empty shell. ``words`` showed it, at ``span``.

    ``headline``: its own headline is there all the same, which is its publisher's word.
    """

    kind: str
    words: str
    span: Span | None
    why: str
    headline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Indexes inside point into the tuples of the same reading. ``regions``: per passage, who speaks where.

    ``access``: words by which the item shows own access to the event ("our correspondent", own footage), or None.
    """

    item: str
    language: str
    publication: Publication
    unreadable: Unreadable | None = None
    regions: tuple[tuple[Region, ...], ...] = ()
    sentences: tuple[Span, ...] = ()
    statements: tuple[Statement, ...] = ()
    claims: tuple[Claim, ...] = ()
    moments: tuple[Moment, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    tolls: tuple[TollMention, ...] = ()
    victims: tuple[Victim, ...] = ()
    actors: tuple[ActorMention, ...] = ()
    weapons: tuple[WeaponMention, ...] = ()
    credits: tuple[Credit, ...] = ()
    access: Span | None = None
