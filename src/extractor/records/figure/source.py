"""Who states a figure, where its clause, its quote, the turn of a transcript or a survey says so."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from extractor.models import Party
from extractor.nlp.context import Attribution, attribution, words
from extractor.nlp.document import Document
from extractor.nlp.speakers import name_of, speaker_lines
from extractor.records.figure.clause import Place, verb_above

#: What somebody makes to find a figure, and the verbs of what it says.
_STUDIES = frozenset(
    {"survey", "poll", "study", "report", "data", "figure", "statistic", "estimate", "analysis", "tally"}
)
_SHOWING = frozenset({"show", "find", "suggest", "indicate", "reveal", "put"})
#: Verbs of those who count what is not theirs.
_COUNTING = frozenset({"count", "tally", "document", "log", "tabulate"})
_QUOTE = re.compile("[\"“”]|``|''")
#: A quote is not longer than this, in tokens.
_QUOTED = 200


@dataclass(frozen=True, slots=True)
class Source:
    """Who states a figure, the tokens that name it, the cue and the rule."""

    party: Party | None
    span: DocSpan
    cue: Token
    rule: str


class Sources:
    """Finds the sources of a document's figures."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def of(self, where: Place) -> Source | None:
        """Who states a quantity; None where nothing says so, a source without party where no name is known for it."""
        told = attribution(where.top)
        if told is not None and told.cue.lower_ == "according" and _is_of_another_clause(told.cue, where):
            told = None
        if told is None:
            return self._study(where) or self._counted(where) or self._named_before(where) or self._quoted(where)
        if told.source.root.lower_ in ("i", "we") and (turn := self._turn(where)) is not None:
            # "I believe" in a transcript
            told = turn
        return Source(self._party(told), told.source, told.cue, told.rule)

    def _party(self, told: Attribution) -> Party | None:
        ledger, root = self._document.ledger, told.source.root
        party = ledger.party(root)
        if party is None:
            # "the low-cost airline, Kestrel, announced"; "chair Imelda Cruz said", where both hang on the verb
            names = [child for child in root.rights if child.dep_ == "appos"]
            names += [child for child in told.cue.lefts if child.dep_ == "nsubj" and child != root]
            party = next((found for name in names if (found := ledger.party(name)) is not None), None)
        if party is None:
            named = ledger.parties(told.source)
            party = named[0][0] if named else None
        return party

    def _turn(self, where: Place) -> Attribution | None:
        doc = self._document.doc
        for line in speaker_lines(doc):
            if line.colon < where.top.i < line.end:
                return Attribution(name_of(doc, line), doc[line.colon], "context.speaker_line")
        return None

    def _study(self, where: Place) -> Source | None:
        """A body whose survey or data show the figure: "a poll by Vox Lab showed support down 3 points"."""
        verb = where.verb
        for _ in range(3):
            if verb is None:
                return None
            if verb.lemma_ in _SHOWING:
                break
            verb = verb.head if verb.dep_ in ("ccomp", "xcomp") else None
        study = next((child for child in verb.lefts if child.dep_ == "nsubj"), None) if verb is not None else None
        if verb is None or study is None or study.lemma_ not in _STUDIES:
            return None
        for child in study.children:
            name = child if child.dep_ in ("poss", "compound") else None
            if child.dep_ == "prep" and child.lower_ in ("by", "from", "of"):
                name = next((inner for inner in child.rights if inner.dep_ == "pobj"), None)
            party = self._document.ledger.party(name) if name is not None else None
            if name is not None and party is not None and party.kind == "organization":
                return Source(party, self._document.doc[name.i : name.i + 1], verb, "figure.source.study")
        return None

    def _counted(self, where: Place) -> Source | None:
        """A body that counted: "the rights office counted 40 protests"."""
        verb = where.verb
        if verb is None or verb.lemma_ not in _COUNTING or not verb.is_ancestor(where.top) or where.top.i < verb.i:
            return None
        counter = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
        party = self._document.ledger.party(counter) if counter is not None else None
        if counter is None or party is None:
            return None
        return Source(party, self._document.doc[counter.i : counter.i + 1], verb, "figure.source.count")

    def _named_before(self, where: Place) -> Source | None:
        """The person named right before the verb of saying, where the tree has lost the subject."""
        node = where.top
        for _ in range(8):
            if node.dep_ == "ccomp" and node.head.lemma_ in words("speech"):
                said = node.head
                if said.i == 0 or any(child.dep_ in ("nsubj", "nsubjpass") for child in said.lefts):
                    return None
                party = self._document.ledger.party(self._document.doc[said.i - 1])
                if party is None or party.kind != "person":
                    return None
                return Source(party, self._document.doc[said.i - 1 : said.i], said, "context.speech")
            if node.head == node:
                return None
            node = node.head
        return None

    def _quoted(self, where: Place) -> Source | None:
        """The person who speaks the quote that the quantity stands in."""
        marks, doc = self._marks, self._document.doc
        k = bisect_right(marks, where.quantity.start)
        if not 0 < k < len(marks) or marks[k] - marks[k - 1] > _QUOTED:
            return None
        opening = marks[k - 1]
        if doc[opening].whitespace_ or doc[opening].text == "”" or _ends_a_quote(doc[opening]):
            return None
        ledger = self._document.ledger
        low, high = marks[k] + 1, min(len(doc), marks[k] + 15)
        for said in doc[low:high]:
            if said.text in (".", "\n\n"):
                return None
            if said.lemma_ in words("speech") and said.pos_ == "VERB":
                speaker = next((child for child in said.children if child.dep_ == "nsubj"), None)
                party = ledger.party(speaker) if speaker is not None else None
                if speaker is None or party is None:
                    return None
                return Source(party, doc[speaker.i : speaker.i + 1], said, "figure.source.quote")
        return None

    @cached_property
    def _marks(self) -> list[int]:
        """Where the quotation marks of the document stand."""
        doc = self._document.doc
        found = (doc.char_span(*mark.span()) for mark in _QUOTE.finditer(self._document.view.text))
        return [span.start for span in found if span is not None and len(span) == 1]


def _is_of_another_clause(cue: Token, where: Place) -> bool:
    """Whether "according to" stands in a clause below that of the figure, of which alone it tells the source."""
    theirs = verb_above(cue)
    if theirs is None or where.verb is None or theirs == where.verb or theirs.is_ancestor(where.verb):
        return False
    return any(verb.dep_ == "relcl" for verb in (theirs, theirs.head)) and where.verb.is_ancestor(theirs)


def _ends_a_quote(mark: Token) -> bool:
    """Whether a word stands right before a quotation mark that could also begin a quote."""
    if mark.i == 0 or mark.text not in ('"', "''"):
        return False
    before = mark.doc[mark.i - 1]
    return not before.whitespace_ and (before.is_alpha or before.text in (".", ",", "!", "?"))
