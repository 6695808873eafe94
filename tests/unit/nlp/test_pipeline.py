"""The pipeline: which model, which components, and what they leave in the Doc."""

import pytest
from spacy.tokens import Doc

from extractor import Article, Extractor
from extractor.config import Settings
from extractor.errors import ModelError
from extractor.nlp.annotate import annotate
from extractor.nlp.pipeline import build_nlp


def test_a_missing_pipeline_names_the_command_that_installs_it() -> None:
    with pytest.raises(ModelError, match=r"no spaCy pipeline 'en_core_web_nowhere'.*python -m spacy download"):
        build_nlp(Settings(model="en_core_web_nowhere"))


def test_a_pipeline_without_parser_is_refused(tmp_path: object) -> None:
    import spacy

    spacy.blank("en").to_disk(str(tmp_path))
    with pytest.raises(ModelError, match="has no parser"):
        build_nlp(Settings(model=str(tmp_path)))


def annotated(extractor: Extractor, text: str) -> Doc:
    [document] = annotate(extractor.nlp, [Article(text=text)], piece_chars=10_000)
    assert document.doc.text == document.view.text
    return document.doc


def test_a_blank_line_ends_a_sentence(extractor: Extractor) -> None:
    doc = annotated(extractor, "Leaders sign accord in Lima\n\nPeru and Chile signed an accord on Monday")
    starts = [sentence.text.strip() for sentence in doc.sents]
    assert starts == ["Leaders sign accord in Lima", "Peru and Chile signed an accord on Monday"]


def test_no_name_crosses_a_blank_line(extractor: Extractor) -> None:
    doc = annotated(extractor, "A visit to New\n\nYork City officials met in Paris.")
    assert all("\n\n" not in entity.text.strip() for entity in doc.ents)


@pytest.mark.parametrize(
    ("sentence", "word", "pos", "lemma"),
    [
        ("They are meeting in Rome.", "are", "AUX", "be"),
        ("They are meeting in Rome.", "meeting", "VERB", "meet"),
        ("The meetings were long.", "meetings", "NOUN", "meeting"),
        ("He has signed two treaties.", "signed", "VERB", "sign"),
        ("He has signed two treaties.", "treaties", "NOUN", "treaty"),
        ("The business addressed other needs.", "other", "ADJ", "other"),
        ("The business addressed other needs.", "business", "NOUN", "business"),
        ("The two sides discuss progress.", "discuss", "VERB", "discuss"),
        ("She struck a deal.", "struck", "VERB", "strike"),
        ("Mexico pays more.", "Mexico", "PROPN", "Mexico"),
    ],
)
def test_part_of_speech_and_lemma(extractor: Extractor, sentence: str, word: str, pos: str, lemma: str) -> None:
    token = next(token for token in extractor.nlp(sentence) if token.text == word)
    assert (token.pos_, token.lemma_) == (pos, lemma)
