"""Lists of signed documents: "The following documents were signed:" or "List of documents signed", one document an item."""

from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from extractor.records.agreement.table import field_words, verb_status

#: Tokens of an item, or of what opens a list, that are read back from where the next begins.
_LONGEST = 120
#: Words of an item before the noun that says what was signed: "Intergovernmental Agreement", "A Joint Action Plan".
_BEFORE = 5


@dataclass(slots=True)
class Listing:
    """The list that is being read: the verb that opened it, and where the item read last ends."""

    _opener: Token | None = None
    _end: int = -1
    _starts: dict[int, Token | None] = field(default_factory=dict)

    def opener(self, noun: Token) -> Token | None:
        """The verb of the list that an item opening with a noun stands in ("signed"), or None outside a list."""
        sent = noun.sent
        start = sent.start
        if noun.i - start > _BEFORE or noun.pos_ not in ("NOUN", "PROPN") or not _opens_block(noun.doc, start):
            return None
        if any(t.pos_ in ("VERB", "AUX", "ADP") for t in noun.doc[start : noun.i]):
            return None
        if noun.dep_ in ("nsubj", "nsubjpass"):
            # The paragraph behind the list.
            return None
        if start not in self._starts:
            self._starts[start] = self._verb_above(noun.doc, start)
        return self._starts[start]

    def _verb_above(self, doc: Doc, start: int) -> Token | None:
        above = _block_before(doc, start)
        if above == self._end and self._opener is not None:
            verb: Token | None = self._opener
        else:
            verb = _opening_verb(doc, above, start)
        if verb is not None:
            self._opener, self._end = verb, start
        return verb


def _opens_block(doc: Doc, start: int) -> bool:
    return start > 0 and doc[start - 1].is_space and "\n" in doc[start - 1].text


def _block_before(doc: Doc, start: int) -> int:
    """Where the block before one that starts at a token begins."""
    i = start - 2
    while i > 0 and start - i < _LONGEST and not (doc[i - 1].is_space and "\n" in doc[i - 1].text):
        i -= 1
    return i


def _opening_verb(doc: Doc, start: int, end: int) -> Token | None:
    """The verb of a block that opens a list of documents: it ends with a colon, or is a heading without a full stop."""
    last = end - 1
    while last > start and doc[last].is_space:
        last -= 1
    colon = doc[last].text == ":"
    if not colon and (doc[last].text in (".", "?", "!", ";") or last - start > 14):
        return None
    if colon:
        start = doc[last].sent.start
    block = doc[start:end]
    papers = field_words("paper") | {
        "document",
        "agreements",
        "documents",
        "following",
        "outcome",
        "mous",
        "memorandums",
    }
    if not any(t.lemma_.lower() in papers or t.lower_ in papers for t in block):
        return None
    return next((t for t in reversed(block) if t.lemma_.lower() in verb_status() and t.tag_.startswith("V")), None)
