"""Abbreviations that end in a full stop and go on to a number: no sentence ends at "Rs. 500 crore"."""

from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

#: Abbreviations whose full stop is no end of a sentence where a number follows.
BEFORE_NUMBERS = (
    "Rs.",
    "rs.",
    "RS.",
    "Re.",
    "Tk.",
    "Dh.",
    "Dhs.",
    "KSh.",
    "Fr.",
    "No.",
    "Nos.",
    "approx.",
    "ca.",
    "para.",
)


def add(nlp: Language) -> None:
    """Put our component before the parser, which keeps to what it says."""
    nlp.add_pipe("extractor_abbreviations", before="parser")


@Language.factory("extractor_abbreviations", assigns=["token.is_sent_start"], default_config={})
def make_abbreviations(nlp: Language, name: str) -> "Abbreviations":
    """Make the component."""
    return Abbreviations(nlp.vocab)


class Abbreviations:
    """Says of the number behind an abbreviation that no sentence begins at it."""

    def __init__(self, vocab: Vocab) -> None:
        self._whole = frozenset(vocab.strings.add(form) for form in BEFORE_NUMBERS)
        self._stems = frozenset(vocab.strings.add(form[:-1]) for form in BEFORE_NUMBERS)

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one document in place."""
        orths = doc.to_array("ORTH")
        for i, orth in enumerate(orths[:-1].tolist()):
            if orth in self._whole and doc[i + 1].text[:1].isdigit():
                doc[i + 1].is_sent_start = False
            elif orth in self._stems and doc[i + 1].text == "." and i + 2 < len(doc) and doc[i + 2].text[:1].isdigit():
                doc[i + 1].is_sent_start = doc[i + 2].is_sent_start = False
        return doc
