"""The ledger holds for any text: it never raises, and every mention is a slice of the article."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor import Article, Extractor
from extractor.nlp.annotate import annotate
from extractor.nlp.document import Document

PIECES = st.sampled_from(
    [
        "President", "Prime Minister", "Xi", "Kim", "Jong", "-", "un", "of", "China", "the", "and", ",", ".", "(", ")", "'s", "Mr.",
        "Ministry", "Bank", "counterpart", "Chinese", "Lt.", "Gen.", "who", "heads", "was", "elected", "as", "president", "EU", "U.S.-China",
        "Beijing", "both countries", "their", "its", "company", "\n\n", "\n", '"', "Jr.", "von", "der", "al", "led", "by", "in", "to", "CEO",
        "deputy", "former", "-elect", "Sir", "é", "中", "\u200b", "1", "IAEA", "Kremlin", "at",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=40).map(" ".join))


@given(text=TEXTS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_mentions_are_slices_and_parties_never_raise(extractor: Extractor, text: str) -> None:
    for document in annotate(extractor.nlp, [Article(text=text)], piece_chars=1000):
        if not isinstance(document, Document):
            continue
        ledger = document.ledger
        for entity in ledger.entities:
            assert entity.mentions
            for mention in entity.mentions:
                assert 0 <= mention.start < mention.end <= len(document.doc)
                span = document.token_span(mention.start, mention.end)
                assert text[span.start : span.end] == span.text
        for token in document.doc:
            ledger.party(token)
            ledger.pair(token)
        for sentence in document.doc.sents:
            ledger.parties(sentence)
            ledger.place(sentence)
        people = [entity.id for entity in ledger.entities if entity.id is not None]
        assert len(people) == len(set(people))
