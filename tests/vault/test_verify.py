"""Every altered byte is found and named; strays are no damage; nothing in a ledger can make the check itself fail."""

from pathlib import Path

import pytest

from witnessmark.vault.ledger import Ledger
from witnessmark.vault.shelves import Shelves
from witnessmark.vault.verify import Damage, verify

AT = "2026-01-02T03:04:05+00:00"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A vault of three objects, deposited by entries 0 to 2."""
    for words in (b"one", b"two", b"three"):
        address, size = Shelves(tmp_path / "vault").put_bytes(words)
        about = {"address": address, "size": size, "name": words.decode()}
        Ledger(tmp_path / "ledger.jsonl").append([("deposit", about)], AT)
    return tmp_path


def shelved(root: Path, words: bytes) -> Path:
    shelves = Shelves(root / "vault")
    address, _ = shelves.put_bytes(words)
    return shelves.path(address)


def test_a_whole_vault_has_no_damage(root: Path) -> None:
    assert list(verify(root)) == []


def test_a_stray_object_is_no_damage(root: Path) -> None:
    shelved(root, b"an adding that was cut off before its entry")
    assert list(verify(root)) == []


@pytest.mark.parametrize("altered", [b"twe", b"tw", b"", b"twoo"])
def test_altered_truncated_and_lengthened_bytes_are_named(root: Path, altered: bytes) -> None:
    path = shelved(root, b"two")
    path.chmod(0o644)
    path.write_bytes(altered)
    (damage,) = verify(root)
    assert (damage.what, damage.where) == ("object", path.name)
    assert "was altered" in damage.sentence


def test_an_object_that_is_gone_is_named_with_its_entry(root: Path) -> None:
    path = shelved(root, b"two")
    path.unlink()
    assert list(verify(root)) == [
        Damage("object", path.name, f"{path.name[:12]}, deposited by ledger entry 1, is gone from the vault.")
    ]


def test_an_object_the_disk_cannot_give_is_damage_and_the_rest_is_checked(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, gone = shelved(root, b"two"), shelved(root, b"three")
    gone.unlink()
    check = Shelves.check

    def failing(self: Shelves, address: str) -> str:
        if address == bad.name:
            raise OSError(5, "Input/output error")
        return check(self, address)

    monkeypatch.setattr(Shelves, "check", failing)
    found = {damage.where: damage.sentence for damage in verify(root)}
    assert set(found) == {bad.name, gone.name}
    assert "cannot be read: Input/output error" in found[bad.name]


@pytest.mark.parametrize("about", [{}, {"address": "../../outside"}, {"address": None}, {"address": ["two"]}])
def test_an_entry_that_names_no_object_is_damage_not_a_crash(root: Path, about: dict[str, object]) -> None:
    Ledger(root / "ledger.jsonl").append([("deposit", about)], AT)
    (damage,) = verify(root)
    assert "Ledger entry 3 names no object" in damage.sentence


def test_ledger_and_objects_are_checked_both(root: Path) -> None:
    shelved(root, b"one").unlink()
    ledger = root / "ledger.jsonl"
    ledger.write_bytes(ledger.read_bytes().replace(b'"size":3', b'"size":4', 1))
    assert [damage.what for damage in verify(root)] == ["ledger", "object"]
