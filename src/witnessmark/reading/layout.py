"""Laying an item out for reading: folded passages, regions, sentences, the time of publication, the language."""

from witnessmark.reading.language import language_of
from witnessmark.reading.page import regions
from witnessmark.reading.published import publication
from witnessmark.reading.sentences import sentences
from witnessmark.reading.sheet import Sheet
from witnessmark.terms.item import Item
from witnessmark.terms.ports import Larder
from witnessmark.terms.script import fold


def lay_out(item: Item, larder: Larder) -> Sheet:
    """The sheet of an item; nothing on it depends on any other item."""
    folded = tuple(fold(passage.text) for passage in item.passages)
    cut = tuple(regions(passage, item, larder) for passage in item.passages)
    spans = sentences(item, cut, folded, larder)
    read = " ".join(item.passages[span.passage].text[span.start : span.end] for span in spans)
    return Sheet(
        item=item,
        folded=folded,
        regions=cut,
        sentences=spans,
        publication=publication(item, cut, folded, larder),
        language=language_of(read or " ".join(passage.text for passage in item.passages), larder.tongues),
    )
