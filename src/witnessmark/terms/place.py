"""Where, as a text says it: a name with its candidates and their reasons, never a bare point."""

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from witnessmark.terms.anchor import Span
from witnessmark.terms.why import Why

# Airwars' levels of accuracy, coarse to fine, plus the two above them that texts name (country, region).
PlaceLevel: TypeAlias = Literal[
    "country",
    "region",
    "province",
    "district",
    "subdistrict",
    "city",
    "town",
    "village",
    "neighbourhood",
    "street",
    "landmark",
    "exact",
]
LEVELS: tuple[PlaceLevel, ...] = get_args(PlaceLevel)
NAMED_BY_TYPE = "places.named-by-type"  # a word of place says that it is one, and no gazetteer knows it
LANDS: tuple[PlaceLevel, ...] = ("country", "region")  # so wide that every other place may lie in them
AREAS: tuple[PlaceLevel, ...] = (*LANDS, "province")
COARSE: tuple[PlaceLevel, ...] = (
    "country",
    "region",
    "province",
    "district",
    "subdistrict",
)  # in which other places lie


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceCandidate:
    """One entry of one gazetteer that the words may mean.

    ``id``: of the entry (``geonames:172955``, ``register:…``). ``within``: names of what contains it, small to
    large, in the folded Latin or Arabic spelling the gazetteer has. ``score``: 0 to 1, how well entry and context
    fit, for ordering only; ``reasons`` say why in words.
    """

    id: str
    name: str
    name_ar: str | None
    lat: float | None
    lon: float | None
    level: PlaceLevel
    country: str | None
    within: tuple[str, ...] = ()
    population: int = 0
    score: float = 0.0
    reasons: tuple[str, ...] = ()

    def scored(self, score: float, reasons: tuple[str, ...]) -> "PlaceCandidate":
        """The same with another score and its reasons; ``dataclasses.replace`` takes three times as long."""
        return PlaceCandidate(
            id=self.id, name=self.name, name_ar=self.name_ar, lat=self.lat, lon=self.lon, level=self.level,
            country=self.country, within=self.within, population=self.population, score=score, reasons=reasons,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMention:
    """``role``: ``scene`` where something happened, ``container`` that encloses another mention, ``dateline``,

    ``origin`` (whence a strike or a person came, or whither people were taken), ``name-part`` (inside an organisation's name), or ``mention``.
    ``candidates`` are best first; empty means a place by its wording that no gazetteer knows.
    """

    span: Span
    text: str
    candidates: tuple[PlaceCandidate, ...]
    why: Why
    role: Literal["scene", "container", "dateline", "origin", "name-part", "mention"] = "mention"
    within: int | None = None
