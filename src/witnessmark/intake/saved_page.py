"""A saved web page: its article's text, title, author, site and date. Never framed, never run, nothing fetched.

The article is what trafilatura takes for it; where it finds none, the body's text less scripts and styles. The time of
publication is only what the page stamps as such; a date in its words or its footer is none. What this does not prove:
that the page was ever served so; the bytes say what was saved.
"""

import codecs
import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

from lxml import etree, html
from trafilatura import extract
from trafilatura.metadata import extract_metadata

from witnessmark.intake.opened import Opened, mend
from witnessmark.intake.plain_text import decode
from witnessmark.terms.item import Item
from witnessmark.terms.passage import Passage
from witnessmark.terms.unread import Notice, Unread

LARGEST = 64 << 20
_NEAR = 8192  # bytes within which a page shows that it is one
_SHORTEST_ARTICLE = 40  # code points; a shorter "article" is a caption or a button
_LOOKS = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
# Before the first element: a declaration, comments ("saved from …"), blanks.
_BEFORE = re.compile(rb"(?:\s|<\?xml[^>]*\?>|<!--.*?-->)*", re.DOTALL | re.IGNORECASE)
_FIRST = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|meta|base|link|script|style)[\s>/]", re.IGNORECASE)
_ELEMENT = re.compile(rb"<(?:!--|[a-z][a-z0-9]*[\s>/])", re.IGNORECASE)
_WEB_CHARSETS = re.compile(
    r"(?:windows-\d+|cp\d+|iso-?8859-\d+|latin-?1|koi8-[ru]|gbk|gb2312|gb18030|big5(?:-hkscs)?"
    r"|euc-(?:jp|kr)|shift[_-]jis|tis-620|mac(?:intosh|cyrillic|arabic))",
    re.IGNORECASE,
)
# Parsers compare each attribute of a tag with all before it, so tens of thousands in one tag take hours. A value in
# quotation marks counts as one, whatever it holds.
_MOST_ATTRIBUTES = 2000  # no page has a tag of so many; those of real pages have some tens
_CODE = re.compile(r"(<(?:script|style)\b[^>]*+>)(?:(?!</(?:script|style)).)*+", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"""<[a-zA-Z](?:=\s*+"[^"]*+"|=\s*+'[^']*+'|[^>])*+""")
_ATTRIBUTE = re.compile(r"""[^\s/=>"']++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+""")
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.IGNORECASE)
_SAVED = re.compile(rb"url:\s*(\S+)\s+saved date:\s*([^\r\n]+?)\s*(?:-->|[\r\n])", re.IGNORECASE)
_STAMPS = ("article:published_time", "og:published_time", "datePublished", "date", "pubdate", "dc.date", "dcterms.date")
_SILENT = ("script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "head")


def recognises(head: bytes, path: Path) -> bool:  # noqa: ARG001 - the shape of a test
    """It begins as a document of HTML does; markup quoted inside a text or inside JSON makes no page."""
    start = head[:_NEAR].removeprefix(codecs.BOM_UTF8)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        start = start[: len(start) // 2 * 2].decode("utf-16", "replace").encode("utf-8", "replace")
    before = _BEFORE.match(start)
    at = before.end() if before else 0
    if _FIRST.match(start, at):
        return True
    return _ELEMENT.match(start, at) is not None and _LOOKS.search(start, at) is not None


def read(path: Path, address: str, name: str, spool: Path) -> Iterator[Opened]:  # noqa: ARG001 - the shape of a reader
    """One item with the article."""
    if path.stat().st_size > LARGEST:
        yield Unread(address=address, selector="", why="a page of more than 64 MiB, too large to be read")
        return
    data = path.read_bytes()
    text, assumed = _decode(data)
    if assumed:
        yield Notice(address=address, selector="", what=assumed)
    if any(_crowded(tag.group()) for tag in _TAG.finditer(_CODE.sub(r"\1", text))):
        why = f"a page with a tag of more than {_MOST_ATTRIBUTES} attributes, as pages made to exhaust a machine have"
        yield Unread(address=address, selector="", why=why)
        return
    try:
        parser = _parser()
        tree = html.document_fromstring(_plain(text), parser=parser)
    except (etree.ParserError, ValueError, RecursionError) as trouble:
        yield Unread(address=address, selector="", why=f"a page that no parser can read ({str(trouble)[:120]})")
        return
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):  # type: ignore[attr-defined]  # not in the stubs
        what = "a page nested deeper than 2,048 elements, or larger than a parser takes; what comes after is not read"
        yield Notice(address=address, selector="", what=what)
    yield _item(tree, data, address)


def _crowded(tag: str) -> bool:
    """Whether a tag has more attributes than a parser can read in its time."""
    return len(tag) > 2 * _MOST_ATTRIBUTES and sum(1 for _ in _ATTRIBUTE.finditer(tag)) > _MOST_ATTRIBUTES


def _parser() -> html.HTMLParser:
    """A parser of its own for each page; it keeps the wider of libxml2's limits and drops comments."""
    return html.HTMLParser(huge_tree=True, recover=True, remove_comments=True, remove_pis=True)


def _decode(data: bytes) -> tuple[str, str | None]:
    """The text by its byte order mark, else by the encoding the page declares where that is one of the web's."""
    declared = _CHARSET.search(data[:4096])
    name = declared.group(1).decode("ascii") if declared else ""
    marked = data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if _WEB_CHARSETS.fullmatch(name) and not marked:
        try:
            return data.decode(name), None
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)


def _plain(text: str) -> str:
    """Without a declaration of encoding, which lxml refuses in decoded text, and without NUL."""
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text).replace("\0", "\N{REPLACEMENT CHARACTER}")


def _item(tree: html.HtmlElement, data: bytes, address: str) -> Item | Unread:
    saved = _SAVED.search(data[:4096])
    about = _about(tree)
    body, selector = _body(tree)
    body, broken = mend(body)
    title = about.get("title")
    passages = ((Passage(role="title", text=title, selector="title"),) if title else ()) + (
        (Passage(role="body", text=body, selector=selector),) if body.strip() else ()
    )
    if not passages:
        return Unread(address=address, selector="", why="a page without any text")
    return Item(
        address=address,
        selector="",
        kind="page",
        passages=passages,
        platform="web",
        publisher=about.get("site"),
        author=about.get("author"),
        site=about.get("site"),
        url=about.get("url") or (saved.group(1).decode("utf-8", "replace") if saved else None),
        published=about.get("published"),
        captured=saved.group(2).decode("utf-8", "replace").strip() if saved else None,
        repaired=(f"text: {broken} NUL or lone surrogate replaced by U+FFFD",) if broken else (),
    )


def _about(tree: html.HtmlElement) -> dict[str, str]:
    """Title, author, site, address, and the time of publication as the page's own stamps give it."""
    out: dict[str, str] = {}
    try:
        found = extract_metadata(tree, extensive=False)
    except (ValueError, TypeError, AttributeError, etree.LxmlError):
        found = None
    for ours, theirs in (
        ("title", "title"),
        ("author", "author"),
        ("site", "sitename"),
        ("url", "url"),
        ("published", "date"),
    ):
        value = getattr(found, theirs, None) if found else None
        if isinstance(value, str) and value.strip():
            out[ours] = mend(value.strip())[0]
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        stamp = mend((meta.get("content") or "").strip())[0]
        if name in _STAMPS and stamp:
            out["published"] = stamp  # with hour and zone, which the date alone loses
            break
    return out


def _body(tree: html.HtmlElement) -> tuple[str, str]:
    """The article's text, else the whole body's, and which of the two; what is silent is out before anything is read."""
    for element in list(tree.iter(*_SILENT)):
        element.drop_tree()
    try:
        article = extract(
            deepcopy(tree), include_comments=False, include_tables=True, favor_recall=True, with_metadata=False
        )
    except (ValueError, TypeError, AttributeError, RecursionError, etree.LxmlError):
        article = None
    if article and len(article.strip()) >= _SHORTEST_ARTICLE:
        return article, "article"
    lines = (" ".join(line.split()) for line in tree.text_content().splitlines())
    return "\n".join(line for line in lines if line), "body"
