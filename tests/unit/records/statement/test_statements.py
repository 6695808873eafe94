"""Quotations, reported speech and transcripts."""

from extractor import Article, ArticleRecord, Extractor


def said(extractor: Extractor, text: str) -> list[tuple[str, str, bool, str]]:
    [record] = extractor.run([Article(text=text, published="2024-03-15")])
    assert isinstance(record, ArticleRecord)
    return [(s.speaker.name, s.verb, s.direct, s.span.text) for s in record.statements]


def test_reported_speech(extractor: Extractor) -> None:
    text = "Finance Minister Nirmala Sitharaman said that exports would rise this year."
    assert said(extractor, text) == [("Nirmala Sitharaman", "said", False, "exports would rise this year")]


def test_quotation_before_its_speaker(extractor: Extractor) -> None:
    text = "“We will open the port in June,” said Transport Minister Anna Berg."
    [(speaker, verb, direct, span)] = said(extractor, text)
    assert (speaker, verb, direct) == ("Anna Berg", "said", True)
    assert span == "We will open the port in June"


def test_according_to(extractor: Extractor) -> None:
    [(speaker, verb, direct, span)] = said(extractor, "According to the World Bank, growth will slow to 2 percent.")
    assert (speaker, verb, direct) == ("World Bank", "According to", False)
    assert span == "growth will slow to 2 percent"


def test_turns_of_a_transcript(extractor: Extractor) -> None:
    text = (
        "Vladimir Putin: Good afternoon. I am glad to see you.\n\nEmmanuel Macron: Thank you. We have much to discuss."
    )
    assert [(speaker, direct) for speaker, _, direct, _ in said(extractor, text)] == [
        ("Vladimir Putin", True),
        ("Emmanuel Macron", True),
    ]


def test_no_speaker_no_statement(extractor: Extractor) -> None:
    assert said(extractor, "It was said that rain would come.") == []
