"""XMP of a picture or clip: properties as flat paths (ISO 16684-1), parsed without entities, references or the network.

A packet that brings a document type is refused whole: XMP has no use for one, bombs do. Size, depth and number of properties
are limited, and what is beyond is named as not read. What it does not prove: a history in XMP is whatever was written there.
"""

from collections.abc import Iterator

from lxml import etree

from witnessmark.intake.facts import Facts

LARGEST = 1 << 20  # bytes of one packet
_DEEPEST = 8
_MOST = 200  # properties of one packet
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LISTS = (f"{_RDF}Seq", f"{_RDF}Bag", f"{_RDF}Alt")
_XML = "{http://www.w3.org/XML/1998/namespace}"
_SOFTWARE = frozenset(("CreatorTool", "softwareAgent"))
_TAKEN = frozenset(("DateTimeOriginal",))
# Whole pictures in base 64, and lists that name every brush stroke of an editor.
_LEFT = frozenset(("Thumbnails", "Data", "RawFileData", "ToneCurve", "PaintBasedCorrections"))


def gather(packet: bytes, facts: Facts) -> None:
    """Put a packet's properties into the facts; a broken one is said, never raised."""
    if len(packet) > LARGEST:
        facts.leave("xmp (a packet of more than 1 MiB)")
        return
    tree = _parsed(packet)
    if tree is None:
        facts.note("its XMP is broken, or brings a document type, and was not read")
        return
    count = 0
    for path, value in _properties(tree):
        name = path.rpartition("/")[2].rpartition(":")[2].partition("[")[0]
        if name in _LEFT:
            facts.leave(f"xmp {path}")
            continue
        count += 1
        if count > _MOST:
            facts.leave("xmp (more properties)")
            return
        facts.put(f"xmp {path}", value)
        if name in _SOFTWARE:
            facts.join("software", value)
        elif name in _TAKEN:
            facts.taken(value)


def _parsed(packet: bytes) -> etree._Element | None:
    """The packet's root, or None where it is no XML or brings a document type."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(packet.strip(b"\0 \r\n\t"), parser)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        return None
    about = root.getroottree().docinfo
    return None if about.internalDTD is not None or about.doctype else root


def _properties(root: etree._Element) -> Iterator[tuple[str, str]]:
    for described in root.iter(f"{_RDF}Description"):
        inside = described.getparent()
        if inside is not None and inside.tag == f"{_RDF}RDF":
            yield from _node(described, "", 0)


def _node(node: etree._Element, path: str, depth: int) -> Iterator[tuple[str, str]]:
    """Attributes and children of a node that holds properties."""
    for tag, value in node.attrib.items():
        if not str(tag).startswith((_RDF, _XML, "{http://www.w3.org/2000/xmlns/")):
            yield f"{path}{_name(str(tag), node)}", str(value)
    for child in node:
        if isinstance(child.tag, str) and depth < _DEEPEST:
            yield from _value(child, f"{path}{_name(child.tag, child)}", depth + 1)


def _value(node: etree._Element, path: str, depth: int) -> Iterator[tuple[str, str]]:
    """A property: words, a list, or properties of its own."""
    inner = next((child for child in node if child.tag in _LISTS), None)
    if inner is not None:
        entries = [entry for entry in inner if entry.tag == f"{_RDF}li"]
        for number, entry in enumerate(entries, start=1):
            if depth < _DEEPEST:
                yield from _value(entry, path if len(entries) == 1 else f"{path}[{number}]", depth + 1)
        return
    held = next((child for child in node if child.tag == f"{_RDF}Description"), node)
    structured = len(held) or any(not str(tag).startswith((_RDF, _XML)) for tag in held.attrib)
    if structured:
        yield from _node(held, f"{path}/", depth + 1)
        return
    words = node.get(f"{_RDF}resource") or node.text or ""
    if words.strip():
        yield path, words


def _name(tag: str, node: etree._Element) -> str:
    """``prefix:name`` with the packet's own prefix."""
    space, _, local = tag.rpartition("}")
    prefix = next((short for short, uri in node.nsmap.items() if short and uri == space.lstrip("{")), None)
    return f"{prefix}:{local}" if prefix else local
