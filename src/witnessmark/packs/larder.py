"""Every pack in use, in a fixed order: those that ship with the program, then those of the case.

The digest over all of them stands in the key of everything read with them, so nothing read with other knowledge is
ever taken for current. Packs of a language are read with in texts of that language only: elsewhere they cost nothing
and change nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, cached_property
from pathlib import Path

from witnessmark.packs.gazetteer import Gazetteers, Spellings, open_gazetteers
from witnessmark.packs.lexicon import Concordance, TableLexicon
from witnessmark.packs.pack import Pack, load
from witnessmark.terms.address import digest_of
from witnessmark.terms.ports import Entry
from witnessmark.terms.script import key

_WORD = re.compile(r"[^\W\d_]+")
SHIPPED = Path(__file__).parent / "shipped"
REGISTER = "register.csv"  # the one table of a pack that nothing is read with: incidents that others coded


class PackLarder:
    """Packs loaded from folders. Tables are compiled when first asked for, and kept."""

    def __init__(self, packs: Sequence[Pack]) -> None:
        self.packs = tuple(packs)
        self.digest = digest_of([pack.digest for pack in packs])
        self._read = tuple(pack for pack in self.packs if not pack.languages)
        self._spoken: dict[str, PackLarder] = {}
        self._lexicons: dict[str, TableLexicon] = {}
        self._rows: dict[str, tuple[Entry, ...]] = {}
        self._concordance = Concordance()
        self._gazetteer: Gazetteers | Spellings | None = None

    @property
    def gazetteer(self) -> Gazetteers | Spellings:
        """All gazetteers in use, as one; opened when first asked for."""
        if self._gazetteer is None:
            self._gazetteer = open_gazetteers(self.packs)
        return self._gazetteer

    def lexicon(self, table: str) -> TableLexicon:
        """The rows of every pack's table of that name, compiled once."""
        if table not in self._lexicons:
            self._lexicons[table] = TableLexicon(self.rows(table), self._concordance)
        return self._lexicons[table]

    def rows(self, table: str) -> tuple[Entry, ...]:
        """The rows of every pack's table of that name, in order of pack and line."""
        if table not in self._rows:
            self._rows[table] = tuple(entry for pack in self._read for entry in pack.tables.get(table, ()))
        return self._rows[table]

    def every(self, table: str) -> tuple[Entry, ...]:
        """The same, with the rows of the packs of all languages."""
        return tuple(entry for pack in self.packs for entry in pack.tables.get(table, ()))

    @cached_property
    def tongues(self) -> dict[str, frozenset[str]]:
        """Folded words of each language that has packs of its own."""
        own = [(pack.languages[0], pack.tables) for pack in self.packs if pack.languages]
        return {
            language: frozenset(
                word
                for table, rows in tables.items()
                if table != "place_names"
                for row in rows
                for form in (row.key, *row.fields.get("forms", "").split("|"))
                for word in _WORD.findall(key(form))
            )
            for language, tables in own
        }

    def speaking(self, language: str) -> "PackLarder":
        """The packs that texts of a language are read with; itself where no pack names the language."""
        own = [pack for pack in self.packs if language in pack.languages]
        if not own:
            return self
        if language not in self._spoken:
            left = {name for pack in own for name in pack.instead_of}
            kept = [pack for pack in self._read if pack.name not in left]
            spoken = PackLarder([replace(pack, languages=()) for pack in (*kept, *own)])
            spoken.digest = digest_of([self.digest, language])
            spoken._gazetteer = Spellings(self.gazetteer, spoken.lexicon("place_names"))
            self._spoken[language] = spoken
        return self._spoken[language]


def folders(case_packs: Path | None) -> list[Path]:
    """The folders of the packs that texts are read with: shipped first, then the case's, each in order of name."""
    homes = [SHIPPED] + ([case_packs] if case_packs else [])
    return [folder for home in homes for folder in _packs(home) if not (folder / REGISTER).is_file()]


def register_folders(case_packs: Path) -> list[Path]:
    """The folders of a case's registers, in order of name. Nothing is read with them, so no reading is stale for them."""
    return [folder for folder in _packs(case_packs) if (folder / REGISTER).is_file()]


def _packs(home: Path) -> list[Path]:
    found = sorted(home.iterdir()) if home.is_dir() else []
    return [folder for folder in found if (folder / "pack.toml").is_file()]


@cache
def open_larder(case_packs: Path | None = None) -> PackLarder:
    """The packs in use; one per process and case.

    Raises:
        BadPack: a pack is not what its description says.
    """
    return PackLarder([load(folder) for folder in folders(case_packs)])
