"""Part of speech and lemma from the tagger's fine tags, by table and cache.

The stock `attribute_ruler` and `lemmatizer` give the same for what our rules look at and take a fifth of a run.
"""

from functools import cached_property

from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.vocab import Vocab

#: Penn Treebank tags to universal parts of speech (universaldependencies.org, tagset conversion table en::penn).
POS_OF_TAG = {
    "$": "SYM", "``": "PUNCT", "''": "PUNCT", ",": "PUNCT", "-LRB-": "PUNCT", "-RRB-": "PUNCT", ".": "PUNCT", ":": "PUNCT",
    "ADD": "X", "AFX": "ADJ", "CC": "CCONJ", "CD": "NUM", "DT": "DET", "EX": "PRON", "FW": "X", "HYPH": "PUNCT", "IN": "ADP",
    "JJ": "ADJ", "JJR": "ADJ", "JJS": "ADJ", "LS": "X", "MD": "AUX", "NFP": "PUNCT", "NN": "NOUN", "NNP": "PROPN",
    "NNPS": "PROPN", "NNS": "NOUN", "PDT": "DET", "POS": "PART", "PRP": "PRON", "PRP$": "PRON", "RB": "ADV", "RBR": "ADV",
    "RBS": "ADV", "RP": "ADP", "SYM": "SYM", "TO": "PART", "UH": "INTJ", "VB": "VERB", "VBD": "VERB", "VBG": "VERB",
    "VBN": "VERB", "VBP": "VERB", "VBZ": "VERB", "WDT": "PRON", "WP": "PRON", "WP$": "PRON", "WRB": "SCONJ", "XX": "X",
    "_SP": "SPACE", "": "X",
}  # fmt: skip

#: Tags of forms that differ from their lemma; every other form is its own lemma in lower case, names as written.
INFLECTED = frozenset({"NNS", "VBZ", "VBD", "VBG", "VBN", "JJR", "JJS", "RBR", "RBS"})

AUXILIARIES = {
    **dict.fromkeys(
        ("is", "are", "was", "were", "been", "being", "am", "'re", "\u2019re", "'m", "\u2019m", "'s", "\u2019s"), "be"
    ),
    **dict.fromkeys(("has", "had", "having", "'ve", "\u2019ve", "'d", "\u2019d"), "have"),
    **dict.fromkeys(("does", "did", "done", "doing"), "do"),
}


def add(nlp: Language) -> None:
    """Put our component in place of the stock attribute ruler and lemmatizer, if the pipeline has them."""
    if "lemmatizer" not in nlp.pipe_names:
        return
    lemmatizer = nlp.get_pipe("lemmatizer")
    lookups = lemmatizer.lookups  # type: ignore[attr-defined]
    if lookups.has_table("lemma_index"):
        # The index holds lists of tens of thousands of words, and each form of each word is looked up in them.
        index = lookups.get_table("lemma_index")
        for pos, words in list(index.items()):
            index[pos] = frozenset(words)
    nlp.remove_pipe("lemmatizer")
    if "attribute_ruler" in nlp.pipe_names:
        nlp.remove_pipe("attribute_ruler")
    nlp.add_pipe("extractor_morphology", after="parser")
    component = nlp.get_pipe("extractor_morphology")
    component.lemmatizer = lemmatizer  # type: ignore[attr-defined]


def known_words(nlp: Language) -> frozenset[str]:
    """The words of the stock lemmatizer's index, in lower case; empty for a pipeline without one."""
    if "extractor_morphology" not in nlp.pipe_names:
        return frozenset()
    return nlp.get_pipe("extractor_morphology").words  # type: ignore[attr-defined,no-any-return]


@Language.factory(
    "extractor_morphology", assigns=["token.pos", "token.lemma"], requires=["token.tag", "token.dep"], default_config={}
)
def make_morphology(nlp: Language, name: str) -> "Morphology":
    """Make the component; `add` hands it the stock lemmatizer whose rules and exceptions it caches."""
    return Morphology(nlp.vocab)


class Morphology:
    """Sets `pos` and `lemma` of every token."""

    def __init__(self, vocab: Vocab) -> None:
        self.strings = vocab.strings
        self.lemmatizer: object = None
        self._lemmas: dict[tuple[int, int, str], int] = {}
        self._tags: dict[int, str] = {}

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of the lemmatizer's index."""
        index = self.lemmatizer.lookups.get_table("lemma_index")  # type: ignore[attr-defined]
        return frozenset(word for words in index.values() for word in words)

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one document in place."""
        lemmas, strings, tags = self._lemmas, self.strings, self._tags
        for token in doc:
            tag = token.tag
            pos = tags.get(tag)
            if pos is None:
                pos = tags[tag] = POS_OF_TAG.get(strings[tag], "X")
            if pos == "VERB" and token.dep_ in ("aux", "auxpass"):
                pos = "AUX"
            elif pos == "ADP" and token.dep_ == "mark":
                pos = "SCONJ"
            token.pos_ = pos
            key = (token.orth, tag, pos)
            lemma = lemmas.get(key)
            if lemma is None:
                lemma = strings.add(self._lemma(token))
                lemmas[key] = lemma
            token.lemma = lemma
        return doc

    def _lemma(self, token: Token) -> str:
        lower = token.lower_
        if lower in AUXILIARIES and token.tag_.startswith("V"):
            return AUXILIARIES[lower]
        if token.tag_ in INFLECTED:
            return str(self.lemmatizer.rule_lemmatize(token)[0])  # type: ignore[attr-defined]
        return token.text if token.tag_ in ("NNP", "NNPS") else lower
