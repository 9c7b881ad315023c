"""Every error a person can meet has three parts, an exit code of the contract, and survives the way home from a worker."""

import dataclasses
import pickle
import re

import pytest

from witnessmark import errors
from witnessmark.cli import trouble
from witnessmark.errors import WitnessmarkError

KINDS = [
    kind
    for module in (errors, trouble)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, WitnessmarkError) and kind is not WitnessmarkError
]


def made(kind: type[WitnessmarkError]) -> WitnessmarkError:
    fields = {field.name: f"the {field.name}." for field in dataclasses.fields(kind)}  # type: ignore[arg-type]  # each is a dataclass
    return kind(**fields)


@pytest.mark.parametrize("kind", KINDS)
def test_it_comes_home_whole_from_a_worker(kind: type[WitnessmarkError]) -> None:
    wrong = made(kind)
    again = pickle.loads(pickle.dumps(wrong))  # noqa: S301 - our own bytes
    assert (type(again), str(again), vars(again)) == (kind, str(wrong), vars(wrong))


@pytest.mark.parametrize("kind", KINDS)
def test_it_says_what_was_not_harmed(kind: type[WitnessmarkError]) -> None:
    said = str(made(kind))
    assert len(re.findall(r"[.:!?](?= |$)", said)) >= 3
    if kind is not errors.UsageError:
        assert re.search(r"[Nn]othing|[Nn]o case", said)


@pytest.mark.parametrize("kind", KINDS)
def test_its_exit_code_is_one_of_the_contract(kind: type[WitnessmarkError]) -> None:
    assert kind.exit_code == 2 or 3 <= kind.exit_code <= 9 or kind.exit_code >= 10
    assert (kind.exit_code >= 10) == (kind is errors.AlteredEvidence)
