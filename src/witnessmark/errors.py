"""Every failure a person can meet: what is wrong, what was not harmed, what to do, and an exit code.

The exit codes are a contract: 0 fine, 1 finished and something is listed as unread or failed, 2 usage,
3 to 9 environment, 10 and above evidence altered or incomplete. Errors hold fields, not formatted text, so that
they come home from a worker process whole. Anything that is not a ``WitnessmarkError`` is a bug of ours.
"""

from dataclasses import dataclass
from typing import ClassVar

_SHOWN = 100  # characters of what was asked for that an answer repeats


class WitnessmarkError(Exception):
    """The base of every error raised on purpose."""

    exit_code: ClassVar[int] = 2

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        """Survive the trip back from a worker process with every field."""
        return type(self), tuple(vars(self).values())


@dataclass(eq=False)
class UsageError(WitnessmarkError):
    """What was asked cannot be done as it was asked."""

    what: str
    unharmed: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.what} {self.unharmed} {self.remedy}"


@dataclass(eq=False)
class NotACase(WitnessmarkError):
    """A folder was given as a case and holds none."""

    path: str

    def __str__(self) -> str:
        return f"{self.path} is not a case: it has no case.toml. Nothing was changed. Make one with 'witnessmark new {self.path}'."


@dataclass(eq=False)
class UnknownId(WitnessmarkError):
    """Nothing in the case carries this id, now or under an older name."""

    wanted: str

    def __str__(self) -> str:
        return (
            f"Nothing in this case is called {self.wanted[:_SHOWN]}{'…' if len(self.wanted) > _SHOWN else ''}. Nothing was changed. "
            "Ids are printed by 'witnessmark search', 'show' and 'export'; the kind and six characters more are enough."
        )


@dataclass(eq=False)
class CaseIsBusy(WitnessmarkError):
    """Another process is writing to the case."""

    exit_code: ClassVar[int] = 3

    path: str

    def __str__(self) -> str:
        return f"Another witnessmark is writing to {self.path}. Nothing was changed. Wait until it is done, then try again."


@dataclass(eq=False)
class Missing(WitnessmarkError):
    """Something the machine should have is not there (a package, a table, a font, a program)."""

    exit_code: ClassVar[int] = 4

    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.what} Nothing was changed. {self.remedy}"


@dataclass(eq=False)
class BadPack(WitnessmarkError):
    """A pack of knowledge is not what its own description says."""

    exit_code: ClassVar[int] = 5

    pack: str
    why: str

    def __str__(self) -> str:
        return f"The pack {self.pack} cannot be used: {self.why}. No case was changed. Restore the pack, or remove it from the case."


@dataclass(eq=False)
class AlteredEvidence(WitnessmarkError):
    """Preserved bytes, the ledger or a decided row no longer are what was written."""

    exit_code: ClassVar[int] = 10

    what: str

    def __str__(self) -> str:
        return (
            f"{self.what} Nothing was changed by this check. "
            "Restore it from a sealed copy, then run 'witnessmark verify' again."
        )
