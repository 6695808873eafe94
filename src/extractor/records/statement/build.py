"""Builds the statement records of a document: quotations, reported speech and the turns of transcripts."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from extractor.models import Party, Statement
from extractor.nlp.actors import speaker_head
from extractor.nlp.conditions import verb_key
from extractor.nlp.context import speaker
from extractor.nlp.document import Document
from extractor.nlp.gazetteers import rows
from extractor.nlp.speakers import speaker_lines
from extractor.records.draft import Draft, Found

_OPENING = frozenset({"“", "‘‘", "``", "«"})
_CLOSING = frozenset({"”", "’’", "''", "»"})
#: Tokens between a quotation and its speech verb, at most.
_NEAR = 12


@dataclass(frozen=True, slots=True)
class _Said:
    """Something said: the party and the tokens that name it, the cue and the extent (token offsets)."""

    party: Party
    source: tuple[int, int]
    cue: tuple[int, int]
    start: int
    end: int
    direct: bool
    rule: str


@cache
def _verbs() -> frozenset[str]:
    return frozenset(row["verb"] for row in rows("statement_verbs"))


def build(document: Document) -> list[Found[Statement]]:
    """Build every statement record, in the order of their extents."""
    quotes = list(_quotations(document))
    said = list(_turns(document))
    inside = [(item.start, item.end) for item in said]
    quotes = [quote for quote in quotes if not any(start <= quote[0] < end for start, end in inside)]
    said.extend(_quoted(document, quotes))
    covered = [(item.start, item.end) for item in said]
    for item in _reported(document):
        if not any(start < item.end and item.start < end for start, end in covered):
            said.append(item)
            covered.append((item.start, item.end))
    said.sort(key=lambda item: (item.start, item.end))
    return [_statement(document, item) for item in said]


def _turns(document: Document) -> Iterator[_Said]:
    """What each speaker line of a transcript opens."""
    for line in speaker_lines(document.doc):
        end = line.end
        while end > line.colon + 1 and document.doc[end - 1].is_space:
            end -= 1
        party = document.ledger.party(speaker_head(document, line))
        if party is not None and end > line.colon + 1:
            cue = (line.colon, line.colon + 1)
            yield _Said(party, (line.start, line.name_end), cue, line.colon + 1, end, True, "statement.speaker_line")


def _quotations(document: Document) -> Iterator[tuple[int, int]]:
    """The stretches between quotation marks, marks left out; one that runs over paragraphs ends at its last mark."""
    start: int | None = None
    for token in document.doc:
        text = token.text
        if start is None:
            if text in _OPENING or text == '"':
                start = token.i + 1
        elif text in _CLOSING or text == '"':
            end = token.i
            while end > start and document.doc[end - 1].text in (",", ";"):
                # The comma before "he said" is no part of what was said.
                end -= 1
            if end - start >= 3:
                yield start, end
            start = None
        elif token.is_space and "\n\n" in text:
            following = document.doc[token.i + 1].text if token.i + 1 < len(document.doc) else ""
            if following not in _OPENING and following != '"':
                # A mark that was never closed.
                start = None


def _quoted(document: Document, quotes: list[tuple[int, int]]) -> Iterator[_Said]:
    """Each quotation with the speech verb beside it, else with the speaker of the quotation before it in the same
    paragraph."""
    last: _Said | None = None
    for start, end in quotes:
        found = _beside(document, start, end)
        if found is None and last is not None and not _break_between(document, last.end, start):
            found = (last.party, last.source, last.cue)
        if found is None:
            continue
        party, source, cue = found
        last = _Said(party, source, cue, start, end, True, "statement.quotation")
        yield last


def _beside(document: Document, start: int, end: int) -> tuple[Party, tuple[int, int], tuple[int, int]] | None:
    doc = document.doc
    after = range(end, min(end + _NEAR, len(doc)))
    before = range(start - 1, max(start - _NEAR, -1), -1)
    for window in (after, before):
        for i in window:
            token = doc[i]
            if token.is_space and "\n\n" in token.text:
                break
            if token.pos_ == "VERB" and verb_key(token) in _verbs():
                found = _who(document, token)
                if found is not None:
                    return (*found, (token.i, token.i + 1))
            if window is after and token.text in (".", "!", "?") and i > end + 1:
                break
    return None


def _break_between(document: Document, start: int, end: int) -> bool:
    return end - start > 40 or any(t.is_space and "\n\n" in t.text for t in document.doc[start:end])


def _who(document: Document, verb: Token) -> tuple[Party, tuple[int, int]] | None:
    source = speaker(verb)
    if source is None:
        return None
    party = document.ledger.party(source.root)
    if party is None:
        return None
    return party, (source.start, source.end)


def _reported(document: Document) -> Iterator[_Said]:
    """Reported speech: the clause below a speech verb, or the sentence that "according to" attributes."""
    for token in document.doc:
        if token.pos_ == "VERB" and verb_key(token) in _verbs():
            clause = next((child for child in token.children if child.dep_ == "ccomp"), None)
            if clause is None:
                continue
            found = _who(document, token)
            if found is None:
                continue
            start, end = _extent(clause, token)
            if end - start >= 3:
                party, source = found
                yield _Said(party, source, (token.i, token.i + 1), start, end, False, "statement.reported")
        elif token.lower_ == "according" and token.i + 1 < len(document.doc):
            said = _according(document, token)
            if said is not None:
                yield said


def _extent(clause: Token, verb: Token) -> tuple[int, int]:
    start, end = clause.left_edge.i, clause.right_edge.i + 1
    if clause.i > verb.i:
        start = max(start, verb.i + 1)
    else:
        end = min(end, verb.i)
    doc = clause.doc
    while start < end and (doc[start].is_punct or doc[start].is_space or doc[start].lower_ == "that"):
        start += 1
    while end > start and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    return start, end


def _according(document: Document, token: Token) -> _Said | None:
    """ "According to X, ..." and "..., according to X"."""
    doc, sent = document.doc, token.sent
    to = doc[token.i + 1]
    inner = next((c for c in to.children if c.dep_ == "pobj"), None)
    if to.lower_ != "to" or inner is None:
        return None
    party = document.ledger.party(inner)
    if party is None:
        return None
    end_of_source = inner.right_edge.i + 1
    if token.i == sent.start:
        start, end = end_of_source, sent.end
    else:
        start, end = sent.start, token.i
    while start < end and (doc[start].is_punct or doc[start].is_space):
        start += 1
    while end > start and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    if end - start < 3:
        return None
    return _Said(party, (inner.i, inner.i + 1), (token.i, token.i + 2), start, end, False, "statement.according")


def _statement(document: Document, item: _Said) -> Found[Statement]:
    draft = Draft(document, Statement, score=0.8 if item.direct else 0.7)
    span = document.token_span(item.start, item.end)
    sentence = document.sentence(item.start)
    draft.put(span=span, sentence=document.span(sentence.start_char, sentence.end_char))
    draft.set("speaker", item.party, document.token_span(*item.source), item.rule, "normalized")
    cue = document.token_span(*item.cue)
    draft.set("verb", " ".join(cue.text.split()), cue, item.rule)
    if item.direct:
        draft.set("direct", True, span, item.rule, "inferred")
        draft.reason("quotation", 0.1)
    return Found(draft.build(span), ((item.start, item.end),))
