"""What each claim of an event rests on: the source quoted for it, or what its item rests on that tells it in its own voice.

An item with access of its own rests on itself, and so does a body that documents. Another rests on whom it credits; else on
whom it quotes, where it gives no figure that they do not; else on its outlet. An outlet that is credited and tells nothing on its own stands on what its first item
rests on, so that chains of credits lead to their end. What it does not prove: that what is said in an outlet's own voice
comes from the source beside it; the method only counts nobody twice.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from witnessmark.terms.card import Card
from witnessmark.terms.likeness import Likeness
from witnessmark.terms.script import key, squeezed, told
from witnessmark.tracing.outlets import Outlets

Tied = tuple[str, str, str, str]  # one name, the other, the manner of the tie, and why
_UNDATED = "9999"
_LEAST_NAME = 2  # words of a person's name that two outlets must share


def item_node(item: str) -> str:
    """The name under which an item's own voice is folded."""
    return f"item:{item}"


class Resting:
    """The claims of an event by what they rest on. ``copied``: of each item one name for it and all copies of it.

    ``within``: of claims that stand in words which an item has from another, that other. ``marked``: of items whom the
    lettering of their pictures names.
    """

    def __init__(
        self,
        cards: Sequence[Card],
        outlets: Outlets,
        copied: Mapping[str, str],
        within: Mapping[str, str],
        marked: Mapping[str, Sequence[tuple[str, str | None]]],
    ) -> None:
        self._cards, self._outlets, self._copied, self._within, self._marked = cards, outlets, copied, within, marked
        self._people = _people(cards)
        self._unnamed = _unnamed((self._root(card), card.source) for card in cards if card.source)
        self._quoted: dict[str, dict[str, str]] = {}  # by item the nodes of those whom it quotes, and their words
        self._own: dict[str, Card] = {}  # by item a claim in its own voice
        for card in cards:
            if card.source:
                self._quoted.setdefault(card.item, {}).setdefault(self._teller(card), card.source)
            elif card.claim not in within and (card.item not in self._own or card.access):
                self._own[card.item] = card
        self._published = self._by_outlet()
        self._told: dict[str, set[tuple[str, object]]] = {}  # figures, by item
        self._said: dict[
            str, set[tuple[str, object]]
        ] = {}  # by the item's own voice, and by the node of who gives them
        for card in cards:
            self._told.setdefault(card.item, set()).update(card.tolls)
            teller = self._teller(card) if card.source else self._outlets.node(card)
            for name in (teller,) if card.source else (teller, item_node(card.item)):
                self._said.setdefault(name, set()).update(card.tolls)
        self._rests = {item: self._rest(card) for item, card in self._own.items()}

    def _teller(self, card: Card) -> str:
        """The node of the source quoted for a claim."""
        if card.source_party or card.source_actor:
            return f"actor:{card.source_party or card.source_actor}"
        outlet = None if card.source_several else self._outlets.named(card.source or "")
        if outlet or (card.source_outlet and not card.source_several):
            return outlet or self._outlets.credited(card.source or "", None)
        words = key(card.source or "")
        if _named(card):
            return f"person:{self._people[words]}"
        return f"{self._root(card)}/{self._unnamed[self._root(card), words]}"

    def _home(self, card: Card) -> str:
        """The item whose words a claim stands in."""
        return self._within.get(card.claim, card.item)

    def _root(self, card: Card) -> str:
        """One name for the words a claim stands in, and all copies of them."""
        home = self._home(card)
        return self._copied.get(home, item_node(home))

    def _rest(self, card: Card) -> tuple[str, str, str] | None:
        """What an item in its own voice rests on, the manner and why; None where on itself."""
        if self._outlets.own_work(card):
            return None
        if card.passed_on:
            to, actor = card.passed_on[0]
            return self._outlets.credited(to, actor), "credit", f"passed on from {to}"
        quoted = self._quoted.get(card.item, {})
        for node in sorted(quoted):
            if self._said[item_node(card.item)] <= self._said.get(
                node, set()
            ):  # no figure that the source does not give
                return node, "quoted", f"the item names {quoted[node]} as its source"
        mark = self._mark(card)
        return (mark[0], "credit", f"its picture names {mark[1]}") if mark else None

    def _mark(self, card: Card) -> tuple[str, str] | None:
        """Whom a picture names that is not the item's own publisher: the node and the name; one known here before a stranger."""
        own = {self._outlets.node(card), *(f"name:{one}" for one in (*map(squeezed, card.names), *card.aliases))}
        named = [(self._outlets.credited(to, actor), to, actor) for to, actor in self._marked.get(card.item, ())]
        others = [
            (node, to) for node, to, actor in named if node not in own and not (actor and node not in self._known())
        ]
        return min(others, key=lambda one: (one[0] not in self._known(), others.index(one)), default=None)

    def _known(self) -> set[str]:
        """The nodes of those who publish here."""
        return {self._outlets.node(card) for card in self._cards}

    def _by_outlet(self) -> dict[str, list[str]]:
        """By outlet the items it published, the first first."""
        when = {card.item: (card.published_at or card.published or _UNDATED, card.item) for card in self._cards}
        found: dict[str, set[str]] = {}
        for card in self._cards:
            found.setdefault(self._outlets.node(card), set()).add(card.item)
        return {node: sorted(held, key=when.__getitem__) for node, held in found.items()}

    def ties(self) -> Iterator[Tied]:
        """Every tie of a claim, item or outlet to what it rests on."""
        for card in self._cards:
            if card.source:
                yield card.claim, self._teller(card), "source", self._why(card)
            else:
                within = card.claim in self._within
                why = "in words taken from another item" if within else "told in the outlet's own voice"
                yield card.claim, item_node(self._home(card)), "contained" if within else "voice", why
        for item, rest in sorted(self._rests.items()):
            own = self._outlets.node(self._own[item])
            if rest is not None:
                yield item_node(item), *rest
            elif own != item_node(item):
                speaks = own.startswith("actor:")
                why = "the outlet speaks for this party or body" if speaks else "published by one outlet"
                yield item_node(item), own, "outlet", why
        yield from self._standing()

    def _why(self, card: Card) -> str:
        unnamed = not (card.source_actor or card.source_party or _named(card) or self._outlets.named(card.source or ""))
        return f"told by {card.source}" + (", whom nothing ties to a name" if unnamed else "")

    def _standing(self) -> Iterator[Tied]:
        """Outlets that others name and that tell nothing on their own, with what their first item rests on."""
        for node in sorted(self._referred() & self._published.keys()):
            items = self._published[node]
            if any(item in self._rests and self._rests[item] is None for item in items):
                continue
            for item in items:
                quoted = self._quoted.get(item, {})
                behind = item_node(item) if item in self._rests else min(quoted, default=None)
                if behind is not None and behind != node:
                    yield node, behind, "credit", "what this outlet published of it"
                    break

    def _referred(self) -> set[str]:
        """Whom items credit or quote."""
        rests = {rest[0] for rest in self._rests.values() if rest}
        return rests | {node for quoted in self._quoted.values() for node in quoted}

    def ends(self, like: Likeness) -> tuple[str, str] | None:
        """The two ends of a fold over a shared medium or a quoted post, or None where both stay as they are."""
        for mine, other in ((like.one, like.other), (like.other, like.one)):
            card = self._own.get(mine)
            free = card is not None and self._loose(mine) and not self._outlets.own_work(card)
            behind = self._behind(other)
            if free and behind and self._told[mine] <= self._told[other]:  # it gives no figure that the other does not
                return item_node(mine), behind
        return None

    def _loose(self, item: str) -> bool:
        """Whether an item rests on nobody who tells of the event here: on itself, or on one credited who only shows it."""
        rest = self._rests[item]
        return rest is None or (rest[1] == "credit" and rest[0] not in self._published)

    def _behind(self, item: str) -> str | None:
        """What an item's words are folded under: its own voice, else the one whom it quotes."""
        if item in self._own:
            return item_node(item)
        quoted = self._quoted.get(item, {})
        return next(iter(quoted)) if len(quoted) == 1 else None

    def credit(self, card: Card) -> tuple[str, str] | None:
        """The node and the name of the outlet from which a claim is passed on; None where from none."""
        if card.source:
            node = self._teller(card)
            other = node != self._outlets.node(card) and (card.source_outlet or node in self._published)
            return (node, card.source) if other else None
        if card.passed_on and not self._outlets.own_work(card):
            to, actor = card.passed_on[0]
            return self._outlets.credited(to, actor), to
        rest = self._rests.get(card.item)
        return self._mark(card) if rest and rest[1] == "credit" else None

    def published(self, node: str) -> set[str]:
        """The items of the event that an outlet published."""
        return set(self._published.get(node, ()))


def _named(card: Card) -> bool:
    return card.source_named and not card.source_several and len(key(card.source or "").split()) >= _LEAST_NAME


def _people(cards: Iterable[Card]) -> dict[str, str]:
    """Persons quoted by name, each by one spelling: those whose words, or the consonants of whose words, hold another's."""
    named = {key(card.source): frozenset(card.source_bones) for card in cards if card.source and _named(card)}
    short = _shortest(named, _LEAST_NAME)
    same = _inside({name: named[name] for name in set(short.values())}, _LEAST_NAME)
    return {name: same[one] for name, one in short.items()}


def _unnamed(sources: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Unnamed sources of words and their copies: "the sources" are the "local sources" named there before."""
    worded: dict[str, set[str]] = {}
    for root, source in sources:
        worded.setdefault(root, set()).add(key(source))
    return {(root, name): short for root, names in worded.items() for name, short in _shortest(names, 1).items()}


def _shortest(names: Iterable[str], least: int) -> dict[str, str]:
    """Each name with the shortest whose words, at least so many, are all in it ("Dr Samer Haddad": "Samer Haddad")."""
    return _inside({name: frozenset(_less_article(word) for word in told(name)) for name in names}, least)


def _inside(words: Mapping[str, frozenset[str]], least: int) -> dict[str, str]:
    """Each name with the first, the shortest before others, whose words are all among its own."""
    found: dict[str, str] = {}
    begins: dict[str, list[str]] = {}  # names that stand for themselves, by their lowest word
    for name in sorted(words, key=lambda one: (len(words[one]), one)):
        mine = words[name]
        short = [one for word in sorted(mine) for one in begins.get(word, ()) if words[one] <= mine]
        found[name] = min(short, key=lambda one: (len(words[one]), one), default=name)
        if found[name] == name and len(mine) >= least:
            begins.setdefault(min(mine), []).append(name)
    return found


def _less_article(word: str) -> str:
    return word.removeprefix("ال") if len(word) > len("ال") + 2 else word
