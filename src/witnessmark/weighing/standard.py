"""A grading standard: its rules' order, numbers, lists and words, all from one pack.

The rules themselves (what counts as an origin, as an acceptance, as alternatives) are mechanisms of this room; how many, which
and in which words is the pack's, so that another standard is another pack with the same tables (``grades``, ``grading``,
``flags``). What it does not do: say which standard is right.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """``wording``: rows by rule (``grade``, ``label``, ``missing``); ``held``: numbers and lists by name; ``flags``: words by name."""

    name: str
    version: str
    wording: Mapping[str, Mapping[str, str]]
    held: Mapping[str, str]
    flags: Mapping[str, str]

    def number(self, what: str) -> int:
        """How many of something a rule asks for."""
        return int(self.held[what])

    def listed(self, what: str) -> tuple[str, ...]:
        """A list of a rule, in its order."""
        return tuple(one for one in self.held[what].split("|") if one)

    def label(self, rule: str, conditions: tuple[str, ...] = ()) -> str:
        """The label of a rule, with the conditions that are not met behind it."""
        said = [self.wording[f"{rule}-{one}"]["label"] for one in conditions]
        if not said:
            return self.wording[rule]["label"]
        *before, last = said
        return f"{self.wording[rule]['label']}, if {', '.join(before) + ' and ' if before else ''}{last}"
