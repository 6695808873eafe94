"""The view: paragraphs, hyphens and characters."""

import pytest

from extractor.models import Article
from extractor.nlp.layout import read_layout

WRAPPED = """Ministers of the two states signed an accord on Monday that will cut
tariffs on 200 goods, the long-
term aim of both, and open the way to a wider pact on good-
neighborly ties and on in-
vestment. The accord runs for ten years and may be ended by either of
them.
Trade between the two states rose last year to a record, as sales of
oil and wheat grew faster than those of machines and of other goods.
"""
WORDS = frozenset({"long", "term", "good", "neighborly", "investment", "rise", "people", "center", "government"})


def view(text: str) -> str:
    return read_layout(Article(text=text), WORDS).view.text


def test_wrapped_lines_are_joined_and_paragraphs_parted() -> None:
    first, second = view(WRAPPED).split("\n\n")
    assert "cut tariffs on 200 goods, the long-term aim of both" in first
    assert "good-neighborly ties and on investment. The accord" in first
    assert first.endswith("either of them.")
    assert second.startswith("Trade between")
    assert "\n" not in second


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("The gov-\nernment fell.", "The government fell."),
        ("The gov\u00ad\nernment fell.", "The government fell."),
        ("A China-\nRussia pact came.", "A China-Russia pact came."),
        ("It was well-\nknown here.", "It was well-known here."),
        ("It is people-\ncentered work.", "It is people-centered work."),
        ("A pre-\nand post-war pact.", "A pre- and post-war pact."),
        ("The ceasefire held. A cease-\nfire is good.", "The ceasefire held. A ceasefire is good."),
        ("The win-win deal. A win-\nwin for all.", "The win-win deal. A win-win for all."),
        ("The pact -\nthe first - held.", "The pact - the first - held."),
        ("The pact of 2022–\n2024 held.", "The pact of 2022–2024 held."),
    ],
)
def test_hyphens_at_a_line_end(broken: str, whole: str) -> None:
    assert view(broken) == whole


@pytest.mark.parametrize(
    ("odd", "clean"),
    [
        ("Trade\u00a0rose  5\u2009%\tto\u3000US$ 3\u202fbn.", "Trade rose 5 % to US$ 3 bn."),
        ("Tra\u00adde ro\u200bse \u202ato\u202c 5\u2060.", "Trade rose to 5."),
        ("The o\ufb03ce was \ufb01ned.", "The office was fined."),
        ("The cafÃ©â€™s owner said â€œnoâ€\u009d.", "The café’s owner said “no”."),
        ("The “plan” of the café’s É» owner — a naïve one.", "The “plan” of the café’s É» owner — a naïve one."),
        ("He said ``no'' to it.", 'He said "no" to it.'),
        ("AT&amp;T paid &pound;5&nbsp;bn; R&D; fell.", "AT&T paid £5 bn; R&D; fell."),
        ("The <b>plan</b> was <a href='x'>big</a>; 3 < 5 > 2.", "The plan was big; 3 < 5 > 2."),
        ("The **plan** was *big*: 5*3.", "The plan was big: 5*3."),
        ("Biden\u2011Harris", "Biden-Harris"),
        ("Price:\x07 5.\x00", "Price: 5."),
        ("e\u0301 👨\u200d👩\u200d👧 🇮🇳 क\u094d\u200dष", "e\u0301 👨\u200d👩\u200d👧 🇮🇳 क\u094d\u200dष"),
    ],
)
def test_characters(odd: str, clean: str) -> None:
    assert view(odd) == clean


def test_one_paragraph_a_line() -> None:
    lines = ["Ministers signed an accord on trade.", "It covers 200 goods and services.", "It will run for ten years."]
    for newline in ("\n", "\r\n", "\r", "\n\n", "\n \n\n", "\u2029"):
        assert view(newline.join(lines)) == "\n\n".join(lines)


def test_items_of_a_list_stay_apart_without_their_marks() -> None:
    text = "The accord has three aims:\n\n- cut tariffs\n- open ports\n• build roads\n(a) and rails"
    assert view(text) == "The accord has three aims:\n\ncut tariffs\n\nopen ports\n\nbuild roads\n\nand rails"


def test_a_negative_number_is_no_list() -> None:
    assert view("Growth was:\n-5 percent in May.") == "Growth was:\n\n-5 percent in May."


def test_an_indented_line_opens_a_paragraph() -> None:
    text = WRAPPED.replace(
        "them.\nTrade", "them, of both and of all the others who may join it at a later day.\n  Trade"
    )
    assert view(text).split("\n\n")[1].startswith("Trade between")


def test_offsets_lead_back_to_the_article() -> None:
    article = Article(text=WRAPPED)
    found = read_layout(article, WORDS).view
    at = found.text.index("good-neighborly")
    low, high = found.to_original(at, at + len("good-neighborly"))
    assert article.text[low:high] == "good-\nneighborly"
    at = found.text.index("investment")
    low, high = found.to_original(at, at + len("investment"))
    assert article.text[low:high] == "in-\nvestment"
