"""Floors under the figures of quality, kept in ``floors.json`` and refused downwards.

A floor holds for the data it was measured on (its digest stands beside it). The same input gives the same output, so a
figure may fall short of its floor by no more than rounding. Raising is free; lowering needs a reason, which stays in
the file.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HOME = Path(__file__).with_name("floors.json")
ROUNDING = 0.0001
_FALLING = (
    "asserted where none coded",
    "share in an incident",
    "share with an attack",
    "runs that failed",
    "per 1,000",
    "F1 lost",
    "falsely accused",
    "wrongly",
)
_NO_FLOOR = (
    "seconds",
    "seconds for both registers and the run behind them",
    "peak MB",
    "incidents gold",
    "incidents predicted",
    "incidents without any coded item",
)


def falling(name: str) -> bool:
    """Whether a figure is the better the lower it is."""
    return any(part in name for part in _FALLING)


def has_floor(name: str) -> bool:
    """Whether a figure says anything about quality."""
    return name not in _NO_FLOOR


def worse(name: str, value: float, floor: float, slack: float = ROUNDING) -> bool:
    """Whether a figure lies on the wrong side of its floor."""
    return value > floor + slack if falling(name) else value < floor - slack


@dataclass(slots=True)
class Floors:
    """``sets``: name of a set to the digest of its data and its figures; ``lowered``: what was lowered, and why."""

    sets: dict[str, dict[str, Any]] = field(default_factory=dict)
    lowered: list[dict[str, Any]] = field(default_factory=list)

    def shortfalls(self, name: str, figures: dict[str, float], data: str) -> list[str]:
        """A sentence for each figure below its floor; none where the data is other data."""
        known = self.sets.get(name)
        if known is None or known["data"] != data:
            return []
        return [
            f"{name}: {figure} is {figures.get(figure, float('nan')):.4f}, its floor is {floor:.4f}"
            for figure, floor in known["figures"].items()
            if figure not in figures or worse(figure, figures[figure], floor)
        ]

    def accept(self, name: str, figures: dict[str, float], data: str, lower: str | None) -> list[str]:
        """Raise floors to the figures; lower them only with a reason. Returns what was refused."""
        kept = {figure: round(value, 4) for figure, value in figures.items() if has_floor(figure)}
        known = self.sets.get(name)
        refused = []
        if known is not None and known["data"] == data:
            for figure, floor in known["figures"].items():
                if figure in kept and not worse(figure, kept[figure], floor, 0.0):
                    continue
                if lower is None:
                    refused.append(f"{name}: {figure} would fall from {floor} to {kept.get(figure)}")
                    kept[figure] = floor
                else:
                    change = {"set": name, "figure": figure, "from": floor, "to": kept.get(figure), "reason": lower}
                    self.lowered.append(change)
        self.sets[name] = {"data": data, "figures": dict(sorted(kept.items()))}
        return refused


def load() -> Floors:
    """The floors as committed; none where there is no file yet."""
    if not HOME.exists():
        return Floors()
    kept = json.loads(HOME.read_text(encoding="utf-8"))
    return Floors(sets=kept["sets"], lowered=kept["lowered"])


def save(floors: Floors) -> None:
    """Write them, sorted."""
    kept = {"sets": dict(sorted(floors.sets.items())), "lowered": floors.lowered}
    HOME.write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
