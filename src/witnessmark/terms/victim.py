"""A person harmed whom a text names: who, how old, and by whose word, as that one text says it.

One record for each person in each text. Records of several texts are never merged by the machine: a person says who is
who. Names of the dead stay in the working case until a person approves each (see docs/explanation/do-no-harm.md); the injured
are never named outside it.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from witnessmark.terms.address import id_of
from witnessmark.terms.anchor import Span
from witnessmark.terms.toll import Harm
from witnessmark.terms.why import Why

Sex: TypeAlias = Literal["female", "male"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Victim:
    """``name`` as written at ``span``; ``other_script``: the same name in the other script, where the text gives both.

    ``age``: whole years, 0 for an infant counted in months or days; None where it is not said. ``child``: by age below
    eighteen or by a word, None where neither says. ``relation``: the word for a relative before the name ("wife").
    ``statement``: index, in the same reading, of the statement in whose words the name stands.
    """

    span: Span
    name: str
    kind: Harm
    why: Why
    other_script: str | None = None
    age: int | None = None
    sex: Sex | None = None
    child: bool | None = None
    relation: str | None = None
    role: str | None = None
    statement: int | None = None

    def id(self, item: str) -> str:
        """Made from item, span and name, so that a record keeps its id whatever else is read."""
        return id_of("victim", item, self.span.passage, self.span.start, self.span.end, self.name)
