"""Annotation in pieces: the joined document reads exactly as the view."""

import pytest

from extractor import Extractor
from extractor.errors import Issue
from extractor.models import Article
from extractor.nlp.annotate import annotate, pieces
from extractor.nlp.document import Document
from extractor.nlp.language import language_of

GERMAN = (
    "Der Minister traf am Dienstag in Wien seine Kollegen aus vier Staaten. Sie unterzeichneten ein Abkommen über den "
    "Handel mit zweihundert Gütern. Der Handel zwischen den Staaten erreichte im vergangenen Jahr fünf Milliarden Euro."
)
TABLE = "\n".join(f"Example {name} Ltd {number}.50 +1.2%" for number, name in enumerate("abcdefghijklmnopqrst", 100))
NAMES = (
    "João Pereira de Araújo, Włodzimierz Cimoszewicz, Jürgen Müller-Lüdenscheidt, François de La Rochefoucauld, Ngô Đình Nhu, "
    "Þorgerður Katrín Gunnarsdóttir, Recep Yılmaz and Sönke Böhm were among the guests of the dinner in Reykjavik."
)


def document(extractor: Extractor, text: str, piece_chars: int = 10_000) -> Document:
    [found] = annotate(extractor.nlp, [Article(text=text)], piece_chars=piece_chars)
    assert isinstance(found, Document)
    return found


@pytest.mark.parametrize(
    "text",
    [
        "Ministers met in Vienna. They signed an accord.",
        "Two states sign accord\n\nVIENNA, Oct 5, 2022 (AFP) - Ministers met.\n\nThey signed an accord.",
        "Ministers met, and " * 200,
        "Trade-" * 400,
        "A. " * 700,
        "First.\n\n\n\n  Second \u00a0 line.\n\n- third",
        "…",
        "\u200b",
    ],
)
def test_the_document_reads_as_the_view(extractor: Extractor, text: str) -> None:
    found = document(extractor, text, piece_chars=1_000)
    assert found.doc.text == found.view.text


def test_a_block_opens_a_sentence(extractor: Extractor) -> None:
    found = document(extractor, "Two states sign accord\n\nMinisters met in Vienna. They signed it.\n\nTrade rose.")
    sentences = [sentence.text.strip() for sentence in found.doc.sents]
    assert sentences == ["Two states sign accord", "Ministers met in Vienna.", "They signed it.", "Trade rose."]


def test_pieces_join_to_the_text() -> None:
    text = "Title\n\n" + "Ministers met. " * 300 + "\n\n" + "x" * 5_000 + "\n\nEnd"
    cut = pieces(text, 1_000)
    assert "".join(cut) == text
    assert all(0 < len(piece) <= 1_002 for piece in cut)
    assert pieces("", 1_000) == [""]


def test_articles_in_another_language_are_issues_between_the_others(extractor: Extractor) -> None:
    articles = [Article(text="Trade rose."), Article(text=GERMAN, external_id="7"), Article(text="Trade fell.")]
    first, issue, last = annotate(extractor.nlp, articles, piece_chars=10_000)
    assert isinstance(first, Document)
    assert isinstance(issue, Issue)
    assert (issue.code, issue.external_id) == ("E109", "7")
    assert isinstance(last, Document)
    assert last.doc.text == "Trade fell."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (GERMAN, "de"),
        (GERMAN[:150], "en"),  # too short to be sure
        (GERMAN.upper(), "de"),
        (TABLE, "en"),
        (NAMES, "en"),
        ("MINISTERS OF THE TWO STATES SIGNED AN ACCORD ON TRADE AND SAID THAT IT WILL COVER 200 GOODS. " * 3, "en"),
        ("12.5 13.7 18.9 " * 30, "en"),
        ("", "en"),
    ],
)
def test_languages(text: str, language: str) -> None:
    assert language_of(text) == language
