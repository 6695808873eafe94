"""When and where: the date and the place that a word's phrase or clause gives it."""

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from extractor.models import Date, PlaceRef, Span
from extractor.models.parts import How
from extractor.nlp.context import words
from extractor.nlp.dates import contract_date, times_in
from extractor.nlp.document import Document, TimeMention


@dataclass(frozen=True, slots=True)
class Dated:
    """A date for a record, the span that shows it (None: metadata), and how it was tied."""

    date: Date
    at: Span | None
    rule: str
    how: How


def attached_date(document: Document, token: Token) -> Dated | None:
    """The date that modifies a token or the verb it belongs to; else the one date of its clause."""
    sent = token.sent
    times = [m for m in times_in(document, sent.start, sent.end) if m.date_value is not None]
    if not times:
        return None
    verb = _clause(token)
    best: tuple[int, int, TimeMention] | None = None
    for mention in times:
        rank = _rank(document.doc, mention, token, verb)
        if mention.start and document.doc[mention.start - 1].lower_ in ("until", "till", "through"):
            # Till when something else holds.
            continue
        if rank is None or (mention.last is None and mention.first is not None):
            # "since 2017" tells from when something else holds.
            continue
        key = (rank, abs(mention.start - token.i))
        if best is None or key < best[:2]:
            best = (*key, mention)
    if best is None:
        return None
    rank, _, mention = best
    date = contract_date(document, mention)
    if date is None:
        return None
    rule = ("date.attached", "date.clause", "date.sentence")[min(rank, 2)]
    how: How = "normalized" if rank < 2 else "inferred"
    return Dated(date, document.token_span(mention.start, mention.end), rule, how)


#: Tokens behind a verb within which a time stands that is its own.
_BEHIND = 8


def date_behind(document: Document, verb: Token) -> Dated | None:
    """The date right behind a verb, with no other verb and no comma between, whatever the parser hangs it on."""
    end = min(verb.i + _BEHIND, verb.sent.end)
    stop = next((t.i for t in document.doc[verb.i + 1 : end] if t.text == "," or t.pos_ in ("VERB", "AUX")), end)
    for mention in times_in(document, verb.i + 1, stop):
        date = None if mention.date_value is None else contract_date(document, mention)
        if date is not None:
            return Dated(date, document.token_span(mention.start, mention.end), "date.attached", "normalized")
    return None


def _clause(token: Token) -> Token:
    """The verb of the innermost clause around a token."""
    node = token
    while node.pos_ not in ("VERB", "AUX") and node.head != node:
        node = node.head
    return node


def _rank(doc: Doc, mention: TimeMention, token: Token, verb: Token) -> int | None:
    """How closely a time belongs to a token: 0 below it, 1 below its clause's verb, 2 in its sentence; else None."""
    opened = _opened_clause(doc, mention)
    if opened is not None:
        return 1 if opened == verb else None
    node = doc[mention.end - 1]
    for i in range(mention.start, mention.end):
        if not mention.start <= doc[i].head.i < mention.end:
            node = doc[i]
            break
    for _ in range(12):
        head = node.head
        if head == node:
            break
        node = head
        if node == token or (node.dep_ == "acl" and node.head == token):
            return 0
        if node == verb:
            return 1
        if node.pos_ in ("VERB", "AUX") and node.dep_ not in ("xcomp", "aux"):
            # The time belongs to another clause.
            return 2 if _above(node, verb) else None
        if node.dep_ in ("relcl", "acl"):
            return None
        if node.pos_ == "NOUN" and doc[mention.start].dep_ != "npadvmod":
            # The time belongs to another noun: "after the events of January".
            return None
        if node.pos_ == "PROPN" and node.ent_type_ not in ("GPE", "LOC", "FAC", "PERSON", "ORG"):
            return None
    return 2


def _opened_clause(doc: Doc, mention: TimeMention) -> Token | None:
    """The verb of a clause that a time opens after "and": "met in May and in June, at the summit, they signed"."""
    start = mention.start
    if start and doc[start - 1].pos_ == "ADP":
        start -= 1
    if not start or doc[start - 1].lower_ not in ("and", "but", "while") or doc[mention.end].text != ",":
        return None
    return next((t for t in doc[mention.end : doc[start].sent.end] if t.pos_ == "VERB"), None)


def _above(node: Token, verb: Token) -> bool:
    """Whether a clause governs another by reporting or joining it: its time holds for both."""
    return (
        node.is_ancestor(verb)
        and verb.dep_ in ("ccomp", "xcomp", "conj", "advcl")
        and node.lemma_ not in words("speech")
    )


@dataclass(frozen=True, slots=True)
class Placed:
    """A place for a record, the span that shows it, and how it was tied."""

    place: PlaceRef
    at: Span
    rule: str
    how: How


#: Prepositions of places.
AT = frozenset({"in", "at", "to", "near", "off", "outside", "across", "around", "into", "from"})

#: Prepositions of places that hold for what a verb tells.
_AT_VERB = frozenset({"in", "at", "near"})


def attached_place(
    document: Document, token: Token, prepositions: frozenset[str] = AT, at_verb: frozenset[str] = _AT_VERB
) -> Placed | None:
    """The place that a prepositional phrase gives to a token or, by fewer prepositions, to the verb above it."""
    verb = _clause(token)
    for node in [token] if verb == token else [token, verb]:
        allowed = prepositions if node == token else at_verb
        for child in node.children:
            if child.dep_ in ("prep", "dative") and child.lower_ in allowed:
                # What stands in the name of an event tells no place: "at the Gulf-Africa Summit in Oslo".
                start = token.i + 1 if child.is_ancestor(token) else child.i + 1
                found = placed(document, start, child.right_edge.i + 1, "place.attached")
                found = found or _unknown(document, child)
                if found is not None:
                    return found
    return None


#: Entities of the model that are no place.
_NO_PLACES = frozenset(
    {"PERSON", "ORG", "NORP", "DATE", "TIME", "EVENT", "LAW", "WORK_OF_ART", "PRODUCT", "MONEY", "LANGUAGE", "ORDINAL"}
)


def _unknown(document: Document, preposition: Token) -> Placed | None:
    """A place that nothing knows, by its own name alone behind "in" or "at": "will be held in Ruse"."""
    if preposition.lower_ not in ("in", "at", "near"):
        return None
    for child in preposition.children:
        name = document.doc[child.left_edge.i : child.i + 1]
        if (
            child.dep_ == "pobj"
            and child.i < preposition.i + 4
            and all(t.tag_ == "NNP" and t.is_title and t.ent_type_ not in _NO_PLACES for t in name)
            and child.lower_ not in _OCCASIONS
            and all(document.ledger.entity_at(t.i) is None for t in name)
        ):
            place = PlaceRef(name=name.text, country=None, ref=None)
            return Placed(place, document.token_span(name.start, name.end), "place.named", "verbatim")
    return None


def destination(document: Document, preposition: Token) -> Placed | None:
    """The place that someone leaves for or flies to, a capital too, which stands for no government there."""
    for child in preposition.children:
        entity = document.ledger.entity_at(child.i)
        if child.dep_ == "pobj" and entity is not None and entity.place_kind is not None and entity.code != "EU":
            place = PlaceRef(name=entity.name, country=entity.code, ref=entity.id)
            return Placed(place, document.token_span(child.i, child.i + 1), "place.destination", "verbatim")
    return None


def visited(document: Document, token: Token) -> Placed | None:
    """The place that is the object of "visit" or "tour", a state too."""
    entity = document.ledger.entity_at(token.i)
    if entity is not None and entity.kind == "state" and entity.place_kind is not None and entity.code != "EU":
        place = PlaceRef(name=entity.name, country=entity.code, ref=entity.id)
        return Placed(place, document.token_span(token.i, token.i + 1), "place.visited", "verbatim")
    return placed(document, token.left_edge.i, token.right_edge.i + 1, "place.visited")


#: Words of names that are events and no places, whatever stands before them.
_OCCASIONS = frozenset(
    {"summit", "forum", "conference", "congress", "games", "olympics", "session", "assembly", "dialogue", "expo", "cup"}
    | {"festival", "exhibition", "fair", "meeting", "talks"}
)


def placed(document: Document, start: int, end: int, rule: str, how: How = "verbatim") -> Placed | None:
    """The place named between two tokens, if the ledger knows one."""
    if start >= end:
        return None
    found = document.ledger.place(document.doc[start:end])
    if found is None:
        return None
    place, span = found
    if any(word in _OCCASIONS for word in place.name.lower().split()):
        # "at the Summit of the Americas in Los Angeles"
        return placed(document, span.end, end, rule, how)
    return Placed(place, document.token_span(span.start, span.end), rule, how)


def dateline_place(document: Document) -> Placed | None:
    """The place an article is reported from."""
    dateline = document.layout.dateline_span
    if dateline is None:
        return None
    span = document.doc.char_span(dateline[0], dateline[1], alignment_mode="expand")
    return None if span is None else placed(document, span.start, span.end, "place.dateline", "inferred")
