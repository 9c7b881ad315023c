"""Statements: every shape of attribution in both languages, who is meant, how firmly, and what goes on with whom."""

import pytest

from tests.reading.posts import DAY, post, read, sources, words
from witnessmark.reading.quote_marks import inside, quotations
from witnessmark.terms.statement import Statement

HELMETS = "White Helmets"


def only(text: str) -> Statement:
    (found,) = read(text).statements
    return found


@pytest.mark.parametrize(
    ("text", "content", "form"),
    [
        ("“The market burned,” the White Helmets said.", "“The market burned,”", "direct"),
        ("“The market burned down,” said the White Helmets.", "“The market burned down,”", "direct"),
        ("The White Helmets said the market had burned down.", "the market had burned down.", "indirect"),
        ("The White Helmets said that the market had burned.", "the market had burned.", "indirect"),
        ("The White Helmets said that “the market burned down” at noon.", "“the market burned down” at noon.", "mixed"),
        ("The market burned down, the White Helmets said.", "The market burned down", "indirect"),
        ("According to the White Helmets, the market burned down.", "the market burned down.", "indirect"),
        ("The market burned down, according to the White Helmets.", "The market burned down", "indirect"),
        # "The Syrian Civil Defence said that three civilians were killed", in each order
        ("قال الدفاع المدني السوري إن ثلاثة مدنيين قتلوا", "ثلاثة مدنيين قتلوا", "indirect"),
        ("الدفاع المدني السوري قال إن ثلاثة مدنيين قتلوا", "ثلاثة مدنيين قتلوا", "indirect"),
        ("بحسب الدفاع المدني السوري، قتل ثلاثة مدنيين", "قتل ثلاثة مدنيين", "indirect"),
        ("قتل ثلاثة مدنيين في السوق بحسب الدفاع المدني السوري", "قتل ثلاثة مدنيين في السوق", "indirect"),
        ("الدفاع المدني السوري: مقتل ثلاثة مدنيين", "مقتل ثلاثة مدنيين", "indirect"),
        ("قال الدفاع المدني السوري: «قتل ثلاثة مدنيين»", "«قتل ثلاثة مدنيين»", "direct"),
    ],
)
def test_every_shape_gives_its_source_and_content(text: str, content: str, form: str) -> None:
    said = only(text)
    assert (said.source, said.source_actor, said.source_resolved) == (HELMETS, "white-helmets", True)
    assert words(post(text), said.content) == content
    assert said.form == form
    assert said.why.rule.startswith("attributing.")


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("The White Helmets claimed that shells hit the market.", "alleged"),
        ("The White Helmets suggested that shells hit the market.", "suggested"),
        ("The White Helmets denied that shells hit the market.", "denied"),
        ("The White Helmets asked whether shells hit the market.", "asked"),
        ("The White Helmets urged everyone to leave the market.", "advised"),
        ("The White Helmets warned that shells hit the market.", "advised"),
        ("زعم الدفاع المدني السوري أن القصف استهدف السوق", "alleged"),  # … claimed that the shelling hit the market
        ("نفى الدفاع المدني السوري أن القصف استهدف السوق", "denied"),
        ("رجح الدفاع المدني السوري أن القصف استهدف السوق", "suggested"),
        ("حذر الدفاع المدني السوري من أن القصف يستهدف السوق", "advised"),
    ],
)
def test_the_cue_says_how_firmly(text: str, certainty: str) -> None:
    assert sources(read(text)) == [(HELMETS, certainty)]


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("Warplanes reportedly bombed the market.", "alleged"),
        ("Warplanes may have bombed the market.", "suggested"),
        ("Warplanes bombed the market.", "asserted"),
        ("أنباء عن قصف السوق", "alleged"),  # reports of the market being shelled
        ("يُعتقد أن القصف استهدف السوق", "suggested"),  # it is believed that …
        ("القصف المزعوم استهدف السوق", "alleged"),  # the alleged shelling …
    ],
)
def test_a_hedge_weakens_the_outlets_own_voice(text: str, certainty: str) -> None:
    said = only(text)
    assert (said.source, said.form, said.certainty) == (None, "own", certainty)


def test_a_hedge_strengthens_no_denial_and_a_quoted_one_is_the_speakers() -> None:
    assert only("The White Helmets denied that warplanes reportedly bombed the market.").certainty == "denied"
    assert only("“Warplanes may have bombed the market,” the White Helmets said.").certainty == "asserted"


@pytest.mark.parametrize(
    "text",
    [
        "It was reported that shells fell on the market.",
        "The alleged attack shook the market.",
        "Sayings of the market.",
    ],
)
def test_a_passive_and_an_adjective_name_no_source(text: str) -> None:
    assert only(text).source is None


def test_a_later_pronoun_or_role_is_the_speaker_before() -> None:
    assert sources(read("Amnesty International said the strike hit a school. It added that no warning was given.")) == [
        ("Amnesty International", "asserted"),
        ("Amnesty International", "asserted"),
    ]
    # "The Syrian Observatory said the shelling went on. The Observatory added that a market burned."
    text = "قال المرصد السوري إن القصف مستمر حتى الآن. وأضاف المرصد أن سوقا احترق"
    assert {source for source, _ in sources(read(text))} == {"Syrian Observatory for Human Rights"}


def test_a_verb_without_a_subject_goes_on_with_the_speaker_before() -> None:
    # "The Syrian Civil Defence said the shelling hit the market. And it added that three civilians were killed"
    text = "قال الدفاع المدني السوري إن القصف استهدف السوق. وأضاف أن ثلاثة مدنيين قتلوا"
    assert [source for source, _ in sources(read(text))] == [HELMETS, HELMETS]


def test_a_party_named_by_apposition_speaks_as_that_noun() -> None:
    text = "The SDF, a coalition of militias, took the hill. “We took the hill at dawn,” the coalition said in a statement."
    assert read(text).statements[-1].source_actor == "ypg"
    assert read(text).actors[-1].actor == "ypg"
    elsewhere = (
        "The U.S.-led coalition bombed the hill. “We bombed the hill at dawn,” the coalition said in a statement."
    )
    assert read(elsewhere).statements[-1].source_actor == "us-led-coalition"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("“We heard three explosions,” a witness said.", "a witness"),
        ("Residents of the SDF-held town said shells fell on the market.", "Residents of the SDF-held town"),
        ("“The planes came back,” said one pro-ISIS user on Telegram.", "one pro-ISIS user on Telegram"),
        ("He said that the planes never left the valley.", "He"),
        ("قالت مصادر محلية إن القصف استهدف السوق", "مصادر محلية"),  # local sources said …
    ],
)
def test_people_whom_nothing_ties_to_a_name_stay_the_source_of_their_words(text: str, source: str) -> None:
    said = only(text)
    assert (said.source, said.source_actor, said.source_resolved) == (source, None, False)


def test_a_proper_name_is_a_source_though_no_pack_knows_it() -> None:
    said = only("Sara Haddad, a nurse in the town, said shells fell on the market.")
    assert (said.source, said.source_resolved, said.source_actor) == ("Sara Haddad", True, None)


def test_a_sentence_all_in_quotation_marks_goes_on() -> None:
    found = read("The White Helmets said shells fell on the market. “Three shops burned. Nobody slept.”").statements
    assert [(one.source, one.form, one.why.rule) for one in found][1] == (HELMETS, "direct", "quotations.goes-on")


def test_the_accused_never_speaks_by_being_named() -> None:
    assert only("The U.S.-led coalition bombed the market in the town.").source is None


def test_moments_and_places_belong_to_their_statement() -> None:
    text = "The White Helmets said shells hit Raqqa on Saturday. On Friday nothing fell on Kobani."
    reading = read(text, published="2017-06-11")
    assert [(one.moments, one.places) for one in reading.statements] == [((0,), (0,)), ((1,), (1,))]


@pytest.mark.parametrize(
    "text",
    [
        "The Observatory reported that the Syrian army said that shells fell on the market.",
        # "Anadolu Agency reported that the Syrian Civil Defence announced the death of three civilians"
        "ذكرت وكالة الأناضول أن الدفاع المدني السوري أعلن مقتل ثلاثة مدنيين",
    ],
)
def test_a_statement_inside_anothers_content_is_nested(text: str) -> None:
    assert [one.nested_in for one in read(text).statements] == [None, 0]


def test_whoever_is_told_is_not_the_source() -> None:
    assert only("وقال ناشطون لعنب بلدي إن القصف استهدف السوق").source == "ناشطون"  # activists told Enab Baladi …


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a “b c” d", ["“b c”"]),
        ("«قصف» و«نار»", ["«قصف»", "«نار»"]),  # "shelling" and "fire"
        ('say "one" or "two"', ['"one"', '"two"']),
        ('an open " and a line\nanother "', []),
        ("„so” far", ["„so”"]),
        ("“open to the end", ["“open to the end"]),
        ("", []),
    ],
)
def test_quotation_marks_pair_in_their_line(text: str, found: list[str]) -> None:
    spans = quotations(text)
    assert [text[start:end] for start, end in spans] == found
    assert all(inside(spans, start) == (start, end) for start, end in spans)
    assert inside(spans, len(text) + 1) is None


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Five people were killed, said Israeli officials on Tuesday.", "Israeli officials"),
        ("The strike killed five people, said a doctor at the hospital.", "a doctor"),
        ("Sara Haddad, a doctor at the hospital, said five people were killed.", "Sara Haddad"),
        ("On Friday, residents said that nine people died.", "residents"),
        ("In the early morning, alleged Israeli airstrikes hit two homes in Rafah, killing five people.", None),
        ("Late on Friday, reported Russian warplanes bombed a market in Idlib.", None),
    ],
)
def test_a_comma_before_a_cue_ends_a_content_an_apposition_or_an_opening(text: str, source: str | None) -> None:
    assert [one.source for one in read(text, published=DAY).statements] == [source]


@pytest.mark.parametrize(
    ("text", "outer", "inner"),
    [
        ("Valley Radio quoted Sara Haddad as saying that the bridge had fallen.", "Valley Radio", "Sara Haddad"),
        ("نقلت وكالة الوادي عن سارة حداد قولها إن الجسر انهار ليلا", "وكالة الوادي", "سارة حداد"),  # the same
    ],
)
def test_who_passes_on_what_another_said_is_the_outer_of_two(text: str, outer: str, inner: str) -> None:
    first, second = read(text).statements
    assert (first.source, second.source) == (outer, inner)
    assert first.content == second.content
    assert (first.nested_in, second.nested_in) == (None, 0)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("لكن مزارعا في القرية قال إن البئر جفت منذ أيام", "مزارعا في القرية"),  # but a farmer in the village said
        (
            "أما سارة حداد، محامية أحدهم، فقالت إن موكلها لم يتصل",
            "سارة حداد",
        ),  # as for NAME, the lawyer of one, she said
    ],
)
def test_a_subject_before_its_verb_speaks(text: str, source: str) -> None:
    assert only(text).source == source


def test_a_bare_noun_stands_for_the_body_named_before() -> None:
    said = [
        one.source
        for one in read("Valley Relief met donors on Sunday. The group said its stores were empty.").statements
    ]
    assert said == [None, "Valley Relief"]


def test_a_word_of_speech_inside_a_name_says_nothing() -> None:
    assert all(
        one.source is None for one in read("Volunteers from Hope Bridge reached the village on foot.").statements
    )


@pytest.mark.parametrize(
    ("text", "certainty", "content"),
    [
        # the driver said that he carried eleven wounded, adding that two of them died
        (
            "قال السائق إنه نقل أحد عشر جريحا، مضيفا أن اثنين منهم توفيا على الطريق",
            "asserted",
            "اثنين منهم توفيا على الطريق",
        ),
        # the driver said that the road was closed, denying that anyone was hurt
        ("قال السائق إن الطريق مغلق، نافيا أن يكون أحد قد أصيب", "denied", "يكون أحد قد أصيب"),
    ],
)
def test_a_participle_goes_on_with_who_spoke(text: str, certainty: str, content: str) -> None:
    first, second = read(text).statements
    assert (first.source, second.source) == ("السائق", "السائق")
    assert (second.certainty, text[second.content.start : second.content.end]) == (certainty, content)


def test_a_dead_man_speaks_for_no_group() -> None:
    assert read("Ahmad Ali died in Homs. The group said it mourned him.").statements[-1].source == "The group"


def test_an_official_whom_an_agency_quotes_is_not_the_agency() -> None:
    outer, inner = read("نقلت رويترز عن مسؤول قوله إن 12 مدنيا قتلوا في غزة").statements
    assert (outer.source, inner.source, inner.source_resolved) == ("Reuters", "مسؤول", False)


def test_who_was_quoted_by_another_speaks_through_it() -> None:
    outer, inner = read("The minister was quoted by Reuters as saying nine people were killed in Homs.").statements
    assert (outer.source, inner.source) == ("Reuters", "The minister")
    assert outer.content == inner.content


def test_a_name_with_a_verb_in_it_speaks_and_between_is_no_word_for_saying() -> None:
    told = read("Raqqa Is Being Slaughtered Silently tweeted that the coalition is killing civilians.")
    assert [one.source_actor for one in told.statements] == ["rbss"]
    # "the agreement between Turkey and Russia covers Idlib and its countryside"
    assert not [one for one in read("الاتفاق بين تركيا وروسيا يشمل إدلب وريفها كلها.").statements if one.source]


@pytest.mark.parametrize(
    "text", ["The town was calm on that day, as residents told", "Later, he told.", "They say", "قال", "وقالت:"]
)
def test_a_text_that_ends_with_a_word_for_saying_is_read(text: str) -> None:
    assert read(text).sentences
