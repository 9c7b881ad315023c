"""What a place is named for, by the words around it: where it happened, where it was written, whence or whither, or a word for a state.

The rule: a name before a dash at the head of a text is its dateline; one behind "fled from", "launched from" or "taken
to" is on somebody's way; one from which a distance is told lies beside the scene; one behind "governor of" or "centre"
belongs to an office. A capital that says, denies or is accused is its government, and no place. It does not prove that
anything happened there.
"""

import re

from witnessmark.reading.place_words import Hit, Role, Wording, cued, tails
from witnessmark.reading.sheet import Sheet

_DATELINE = re.compile(r"\s*(?:[-–—ـ:|(]|//?)\s|(?:,\s[^\n,—–\-]{1,24}){1,3}\s[—–-]\s|\s\([^()\n]{1,24}\)\s*[—–:-]\s")
_DATELINE_REACH = 60  # code points at the beginning of a text where a dateline stands
_SPEAKERS_REACH = 1  # words behind the place of a speaker within which it says


def take_role(sheet: Sheet, hit: Hit, words: Wording) -> None:
    """Give a name its role, by its own wording alone."""
    folded = sheet.folded[hit.span.passage]
    country = bool(hit.candidates) and all(one.level == "country" or not one.country for one in hit.candidates)
    if heads(sheet, hit) and not country:
        hit.role = "dateline"
    elif cued(hit, "origin", words) or _brought(hit, words) or _on_the_way(folded.text, hit, words):
        hit.role = "origin"
    elif not hit.tails.isdisjoint(words.cue("direction")) and _measured(hit, words):
        hit.role, hit.reference = "mention", True
    elif cued(hit, "organisation", words) and folded.text[: hit.folded[0]].endswith(" "):
        hit.role = "name-part"
    elif country:
        hit.role = "mention"
        hit.holding = _holding(sheet, hit, words)


def heads(sheet: Sheet, hit: Hit) -> bool:
    """Whether a name stands at the head of a text as datelines do."""
    body = next((region.start for region in sheet.regions[hit.span.passage] if region.role == "body"), 0)
    text = sheet.folded[hit.span.passage].given
    near = hit.span.start - body <= _DATELINE_REACH and not hit.before[-1:]
    return near and _DATELINE.match(text, hit.span.end) is not None


def _holding(sheet: Sheet, hit: Hit, words: Wording) -> bool:
    """Whether a country is named to say where: at the head, with a hashtag, or behind "in"; else for its army or government."""
    text = sheet.folded[hit.span.passage].text
    tagged = text[max(0, hit.folded[0] - 1) : hit.folded[0]] in ("#", "ب")
    return (
        tagged
        or heads(sheet, hit)
        or not words.cue("holding").isdisjoint(hit.before[-1:])
        or text[hit.folded[1] : hit.folded[1] + 3] == "'s "
    )


def _on_the_way(text: str, hit: Hit, words: Wording) -> bool:
    """Whether people or aircraft come from a place or are brought to it: "fled from", "نقل الجرحى إلى"."""
    joined = text[max(0, hit.folded[0] - 1) : hit.folded[0]] == "ل"  # "to", written together with the name
    before = hit.before[:-1] if len(hit.before) > 1 and _type(hit.before[-1], words) else hit.before
    said = set() if joined else set(before[-1:])
    whence, ways = words.cue("whence"), words.cue("way")
    if not joined and said.isdisjoint(whence | ways):
        return False
    forms = {form for word in before for form in (word, word.lstrip("وف"))}
    # What is fired goes from a place at another: only whence it came is a way.
    return not forms.isdisjoint(words.cue("moving")) or (
        not said.isdisjoint(whence) and not forms.isdisjoint(words.cue("firing"))
    )


def _brought(hit: Hit, words: Wording) -> bool:
    """Whether people are brought to a place, or to a hospital in it: "taken to", "إلى مشفى في مدينة"."""
    before = list(hit.before)
    while before and (_type(before[-1], words) or before[-1] in words.cue("holding")):
        before.pop()
    return cued(hit, "destination", words) or not tails(before, words).isdisjoint(words.cue("destination"))


def _type(word: str, words: Wording) -> bool:
    return word in words.types or word in words.cue("post")


def _measured(hit: Hit, words: Wording) -> bool:
    """Whether a distance is given from a place: "10 km north of"."""
    return any(word in words.cue("distance") for word in hit.before)


def for_a_state(hit: Hit, words: Wording) -> bool:
    """Whether a seat of government stands for it: "Washington said", "نفت موسكو", "accused Moscow"."""
    if hit.name not in words.seats or hit.cue:
        return False
    states = words.cue("state")
    before = {form for word in hit.before[-1:] for form in (word, word.lstrip("وف"))}
    return not states.isdisjoint(hit.after[:1]) or not before.isdisjoint(states)


def acts(hit: Hit) -> bool:
    """Whether a country is named for its army or government, and not to say where: "Turkey often hits"."""
    countries = bool(hit.candidates) and all(one.level == "country" for one in hit.candidates)
    return countries and hit.role == "mention" and not (hit.holding or hit.cue)


def governs(hit: Hit, country: str, words: Wording) -> bool:
    """Whether another country's seat of government is named, and not as a place: "Tehran and Moscow" in a text on Syria."""
    if hit.name not in words.seats or hit.typed or any(one.country == country for one in hit.candidates):
        return False
    return not hit.inside and words.cue("holding").isdisjoint(hit.before[-1:])


def apart(hit: Hit, words: Wording) -> Role | None:
    """Whether a place is where a speaker is or whence a person came, if the sentence names another as the scene.

    "A spokesman in X said", "صرح الوزير في X", "a woman from X".
    """
    before = {form for word in hit.before for form in (word, word.removeprefix("ال"))}
    office = not before.isdisjoint(words.cue("office"))
    saying = words.cue("saying")
    if office and (not before.isdisjoint(saying) or not saying.isdisjoint(hit.after[:_SPEAKERS_REACH])):
        return "mention"
    last = [word for word in hit.before if word not in words.types and word != "of"][-2:]
    person = len(last) == 2 and last[0].removeprefix("ال") in words.cue("person")
    return "origin" if person and last[1] in words.cue("whence") else None
