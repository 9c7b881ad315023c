"""Pages made to run, to swell or to deceive: their words are read, nothing of them is run."""

from pathlib import Path

import pytest

from tests.strategies import ENGLISH
from witnessmark.intake.formats import open_object
from witnessmark.intake.opened import Opened
from witnessmark.terms.item import Item
from witnessmark.terms.unread import Unread


def only(folder: Path, data: bytes) -> Opened:
    path = folder / "object"
    path.write_bytes(data)
    found = list(open_object(path, "0" * 64, "found.txt", folder))
    assert isinstance(found[-1], Item | Unread)
    return found[-1]


def words(folder: Path, data: bytes) -> str:
    item = only(folder, data)
    assert isinstance(item, Item)
    return "\n".join(passage.text for passage in item.passages)


@pytest.mark.parametrize(
    "planted",
    [
        "<script>PLANTED</script>",
        "<SCRIPT type=module>PLANTED</SCRIPT>",
        "<script>PLANTED",
        "<script><!-- <script> PLANTED </script> --></script>",
        "<svg><script>PLANTED</script><text>PLANTED</text></svg>",
        "<iframe srcdoc='<p>PLANTED</p>'>PLANTED</iframe>",
        "<object data='data:text/html,PLANTED'>PLANTED</object>",
        "<template><p>PLANTED</p></template>",
        "<style>p::after{content:'PLANTED'}</style>",
        "<!-- PLANTED -->",
        "<img src=x onerror='PLANTED'>",
        "<a href='javascript:PLANTED'>a link</a>",
        "<?php PLANTED ?>",
    ],
)
def test_what_a_page_would_run_is_not_among_its_words(planted: str, tmp_path: Path) -> None:
    page = f"<html><head><title>Invented</title></head><body><p>{ENGLISH}</p>{planted}</body></html>"
    text = words(tmp_path, page.encode())
    assert ENGLISH in text
    assert "PLANTED" not in text


def test_entities_that_would_swell_are_not_expanded(tmp_path: Path) -> None:
    swelling = "".join(f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, 12))
    page = f'<!DOCTYPE html [<!ENTITY e0 "swollen">{swelling}]><html><body><p>{ENGLISH} &e11;</p></body></html>'
    text = words(tmp_path, page.encode())
    assert ENGLISH in text
    assert len(text) < len(page)


def test_an_entity_that_names_a_file_of_this_machine_is_not_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("SECRET", encoding="utf-8")
    for doctype in ("", f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'):
        page = f'<?xml version="1.0"?>{doctype}<html><body><p>{ENGLISH} &x;</p></body></html>'
        assert "SECRET" not in words(tmp_path, page.encode())


@pytest.mark.parametrize("tag", ["div", "b", "table", "blockquote", "ul><li"])
def test_a_page_nested_thousands_deep_has_an_outcome(tag: str, tmp_path: Path) -> None:
    found = only(tmp_path, f"<html><body>{f'<{tag}>' * 20_000}{ENGLISH}".encode())
    assert isinstance(found, Unread) or found.kind == "page"  # type: ignore[union-attr]  # an item or unread, see only()


def test_a_page_of_very_many_elements_has_an_outcome(tmp_path: Path) -> None:
    assert ENGLISH in words(tmp_path, f"<html><body><p>{ENGLISH}</p>{'<br><i></i>' * 50_000}</body></html>".encode())


def test_attributes_by_the_thousand_and_a_very_long_one(tmp_path: Path) -> None:
    many = " ".join(f"a{number}=x" for number in range(20_000))
    page = f"<html><body {many} data-x='{'y' * 3_000_000}'><p>{ENGLISH}</p></body></html>"
    found = only(tmp_path, page.encode())
    assert isinstance(found, Unread) or ENGLISH in words(tmp_path, page.encode())


@pytest.mark.parametrize(
    "data", [b"<html>", b"<!doctype html>", b"<html\xff\xfe>", b"<html><body>&#0;&#xd800;&#x110000;", b"<html>\0"]
)
def test_stumps_of_pages_have_an_outcome_without_nul_or_surrogate(data: bytes, tmp_path: Path) -> None:
    found = only(tmp_path, data)
    if isinstance(found, Item):
        for passage in found.passages:
            assert "\0" not in passage.text
            passage.text.encode("utf-8")


@pytest.mark.parametrize("between", ['="x" ', " ", "/", '="x"'])
def test_a_tag_of_more_attributes_than_a_parser_can_compare_is_not_parsed(between: str, tmp_path: Path) -> None:
    many = "".join(f"a{number}{between}" for number in range(100_000))
    found = only(tmp_path, f"<html><body><p {many}>{ENGLISH}</p></body></html>".encode())
    assert isinstance(found, Unread)
    assert "attributes" in found.why


@pytest.mark.parametrize(
    "harmless",
    [
        f"<script>if(a<b){{{'c d; ' * 30_000}}}</script>",
        f'<div data-x="{"a b " * 30_000}"></div>',
        "<p class=x></p>" * 5_000,
    ],
)
def test_long_code_and_long_values_are_no_attributes(harmless: str, tmp_path: Path) -> None:
    assert ENGLISH in words(tmp_path, f"<html><body>{harmless}<p>{ENGLISH}</p></body></html>".encode())


def test_what_lies_deeper_than_a_parser_goes_is_said(tmp_path: Path) -> None:
    assert "Seven" in words(tmp_path, b"<html><body><p>One</p>" + b"<div>" * 300 + b"<p>Seven deep</p>")
    path = tmp_path / "deep"
    path.write_bytes(b"<html><body><p>One</p>" + b"<div>" * 5000 + b"<p>Seven deep</p>")
    found = list(open_object(path, "0" * 64, "deep.html", tmp_path))
    assert any("nested deeper" in getattr(one, "what", "") for one in found)
