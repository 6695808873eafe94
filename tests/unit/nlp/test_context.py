"""Cues of assertion and attribution, each with its scope."""

import pytest

from extractor import Extractor
from extractor.nlp.context import assertion, attribution
from extractor.nlp.speakers import speaker_lines

ASSERTED = [
    ("met", "The two men met in Rome.", "actual"),
    ("meet", "The two men will meet in Rome.", "planned"),
    ("meet", "The two men plan to meet in Rome.", "planned"),
    ("meet", "The two men are scheduled to meet in Rome.", "planned"),
    ("meet", "The two men could meet in Rome.", "hypothetical"),
    ("meet", "The two men did not meet.", "denied"),
    ("meet", "The two men failed to meet.", "denied"),
    ("met", "The two men never met.", "denied"),
    ("visit", "He said he would visit Rome.", "planned"),
    ("fail", "If the talks fail, the army will act.", "hypothetical"),
    ("summit", "The president cancelled the summit.", "cancelled"),
    ("talks", "The talks scheduled for Monday were called off.", "cancelled"),
    ("summit", "The summit was not cancelled.", "actual"),
    ("summit", "The planned summit worries them.", "planned"),
    ("summit", "Leaders will meet at the summit in Bali.", "planned"),
    ("talks", "No talks took place.", "denied"),
    ("talks", "The prospect of talks faded.", "hypothetical"),
    ("attacks", "The council condemned the attacks.", "actual"),
    ("attacks", "The council will discuss the attacks.", "actual"),
    ("attack", "Officials denied any attack took place.", "denied"),
    ("agreement", "They have signed an agreement that will create jobs.", "actual"),
    ("reach", "Output is expected to reach 5 tonnes.", "forecast"),
    ("double", "The firm aims to double output.", "target"),
]


@pytest.mark.parametrize(("word", "sentence", "status"), ASSERTED, ids=lambda value: value[:40])
def test_assertion(extractor: Extractor, word: str, sentence: str, status: str) -> None:
    doc = extractor.nlp(sentence)
    token = next(token for token in doc if token.text == word)
    eventive = token.pos_ in ("NOUN", "PROPN")
    assert assertion(token, eventive=eventive).status == status


ATTRIBUTED = [
    ("rose", "Exports rose, the ministry said.", "the ministry"),
    ("rose", "The bank said exports rose.", "The bank"),
    ("slow", "According to the World Bank, growth will slow.", "the World Bank"),
    ("lifted", "The ministry said trade grew, adding that the ban would be lifted.", "The ministry"),
    ("met", "As officials say, the ministers met in secret.", "officials"),
    ("rose", "Exports rose by a fifth.", None),
]


@pytest.mark.parametrize(("word", "sentence", "source"), ATTRIBUTED, ids=lambda value: str(value)[:40])
def test_attribution(extractor: Extractor, word: str, sentence: str, source: str | None) -> None:
    doc = extractor.nlp(sentence)
    found = attribution(next(token for token in doc if token.text == word))
    assert (found.source.text if found is not None else None) == source


def test_speaker_lines(extractor: Extractor) -> None:
    doc = extractor.nlp("Vladimir Putin: Good afternoon.\n\nAnd more.\n\nEmmanuel Macron: Thank you.")
    assert [doc[line.start : line.name_end].text for line in speaker_lines(doc)] == [
        "Vladimir Putin",
        "Emmanuel Macron",
    ]


def test_a_heading_is_no_speaker(extractor: Extractor) -> None:
    assert speaker_lines(extractor.nlp("Key figures: The trade balance improved.")) == []
