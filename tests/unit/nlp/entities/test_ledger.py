"""What tokens and spans stand for: parties, pairs and places."""

import pytest

from extractor import Article, Extractor
from extractor.nlp.annotate import annotate
from extractor.nlp.document import Document


def read(extractor: Extractor, text: str) -> Document:
    document = next(iter(annotate(extractor.nlp, [Article(text=text)], piece_chars=10_000)))
    assert isinstance(document, Document)
    return document


def test_an_initial_alone_names_nobody(extractor: Extractor) -> None:
    document = read(extractor, "Mr. V. spoke. V. said that the army of V. I. Petrov had left.")
    assert "V." not in [entity.name for entity in document.ledger.entities]


def parties(document: Document) -> list[list[str]]:
    """The parties of each sentence: codes of states, else names."""
    return [
        [party.code or party.name for party, _ in document.ledger.parties(sentence)] for sentence in document.doc.sents
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Chinese officials signed the pact with Brazil.", [["CHN", "BRA"]]),
        ("Beijing agreed to buy soybeans from the United States.", [["CHN", "USA"]]),
        ("The talks were held in Moscow between Beijing and New Delhi.", [["CHN", "IND"]]),
        ("The Japanese finance ministry said exports rose.", [["JPN"]]),
        ("The Bank of Japan raised rates. The bank said prices were high.", [["Bank of Japan"], ["Bank of Japan"]]),
        ("Fiat will buy Chrysler. The Italian company is confident.", [["Fiat", "Chrysler"], ["Fiat"]]),
        ("The European Union and Mercosur struck a deal. The bloc is glad.", [["EU", "Mercosur"], ["EU"]]),
        ("China and Russia signed. The two sides also agreed on gas.", [["CHN", "RUS"], ["CHN", "RUS"]]),
        (
            "U.S. President Joe Biden met Chinese President Xi Jinping. The two leaders spoke. Both countries agreed.",
            [["Joe Biden", "Xi Jinping"], ["Joe Biden", "Xi Jinping"], ["USA", "CHN"]],
        ),
        ("U.S.-China trade talks resumed in Geneva.", [["USA", "CHN"]]),
        ("The Kremlin said Ukraine had refused.", [["RUS", "UKR"]]),
        (
            "Indian Prime Minister Narendra Modi arrived. The Indian leader spoke.",
            [["Narendra Modi"], ["Narendra Modi"]],
        ),
        ("US troops and Iraqi forces attacked Islamic State.", [["USA", "IRQ", "Islamic State"]]),
        ("The clouds over the hills were low.", [[]]),
        ("The White House and the State Department blamed the Kremlin.", [["USA", "RUS"]]),
        ("Chinese police arrested sailors, and the Philippine coast guard complained.", [["CHN", "PHL"]]),
        ("The island of Motu Leka paid Rs 4,730 in U.S. dollars.", [[]]),
        ("The Global Peace Initiative (GPI) was praised by India. GPI is new.", [["IND"], []]),
        (
            '"We will buy gas from Qatar," Indian Foreign Minister S. Jaishankar said.',
            [["IND", "QAT", "S. Jaishankar"]],
        ),
        ('"We saw the plane over Qatar," said John Smith, a farmer.', [["QAT", "John Smith"]]),
    ],
)
def test_parties_of_sentences(extractor: Extractor, text: str, wanted: list[list[str]]) -> None:
    assert parties(read(extractor, text)) == wanted


@pytest.mark.parametrize(
    ("text", "word", "wanted"),
    [
        ("Indian Prime Minister Narendra Modi arrived in Tokyo. He will stay.", "He", "Narendra Modi"),
        ("Airbus cut its forecast.", "its", "Airbus"),
        ("Queen Margrethe of Denmark met Lars Olsen. Olsen left, she said.", "she", "Margrethe"),
        ("Rwandan President Paul Kagame spoke. The president was calm.", "president", "Paul Kagame"),
        ("France and Spain differ. It is late.", "It", None),
        (
            "The United Nations praised the United Auto Workers. The union said it would strike.",
            "it",
            "United Auto Workers",
        ),
        ('"We will cut jobs," said Mary Barra, chief executive of General Motors.', "We", "General Motors"),
    ],
)
def test_what_pronouns_and_nouns_refer_to(extractor: Extractor, text: str, word: str, wanted: str | None) -> None:
    document = read(extractor, text)
    token = [token for token in document.doc if token.text == word][-1]
    party = document.ledger.party(token)
    assert (party.name if party is not None else None) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The ministers met in Lisbon, Portugal.", "Lisbon"),
        ("Japan and Australia signed a treaty.", None),
        ("He was received at the White House.", "White House"),
        ("The tanker crossed the Strait of Hormuz.", "Strait of Hormuz"),
        ("Washington accused Moscow of lying.", None),
    ],
)
def test_the_place_of_a_sentence(extractor: Extractor, text: str, wanted: str | None) -> None:
    document = read(extractor, text)
    found = document.ledger.place(next(iter(document.doc.sents)))
    assert (found[0].name if found is not None else None) == wanted


def test_a_person_and_a_body_carry_the_id_of_their_record(extractor: Extractor) -> None:
    text = "Dutch Prime Minister Dick Schoof praised the World Bank."
    [record] = extractor.run([Article(text=text)])
    refs = [party.ref for party, _ in read(extractor, text).ledger.parties(read(extractor, text).doc[:])]
    assert refs == [record.leaders[0].id, record.organizations[0].id]  # type: ignore[union-attr]
