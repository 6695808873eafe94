"""The fields an agreement covers: the list after "covering", "on" or "in the fields of", and words before its noun."""

from collections.abc import Iterator

from spacy.tokens import Token

from extractor.nlp.document import Document
from extractor.nlp.triggers import conjuncts
from extractor.records.agreement.table import sector_words

#: Participles that open a list of fields.
_COVERING = frozenset(
    {"cover", "span", "concern", "regard", "govern", "relate", "address", "range", "encompass", "include"}
)
_ON = frozenset({"on", "in", "concerning", "regarding", "for", "about", "across", "over", "covering"})
#: Nouns that only hold the place of the field named after them.
_HOLLOW = frozenset(
    {"cooperation", "collaboration", "field", "area", "sphere", "sector", "domain", "range", "development", "promotion"}
    | {"matter", "issue", "use", "establishment", "strengthening", "expansion", "partnership", "coordination", "kind"}
    | {"exchange", "relation", "tie", "completion", "roadmap", "variety", "number", "implementation", "measure", "work"}
)
#: What "on" or "in" introduces without naming a field.
_NOT_FIELDS = frozenset(
    {"principle", "term", "condition", "sideline", "margin", "basis", "need", "fact", "year", "month", "day"}
    | {"week", "time", "agreement", "deal", "visit", "meeting", "summit", "talk", "side", "country", "way", "behalf"}
    | {
        "importance",
        "place",
        "effort",
        "addition",
        "order",
        "return",
        "person",
        "presence",
        "future",
        "exchange",
        "force",
    }
)


#: Adjectives that judge a field and do not name it.
_QUALITIES = frozenset({"new", "made", "key", "major", "art", "important", "other", "further", "closer", "more", "of"})
#: What is signed is no field of what is signed with it.
_INSTRUMENTS = frozenset(
    {
        "document",
        "agreement",
        "memorandum",
        "statement",
        "contract",
        "delivery",
        "amendment",
        "interoperability",
        "compatibility",
    }
)


def fields(document: Document, head: Token) -> list[tuple[int, int]]:
    """The fields of an agreement's noun or verb, as token spans in order, each once."""
    out: list[tuple[int, int]] = []
    seen: set[str] = set()
    for start, end in sorted(
        {span for token in _items(document, head) if (span := _span(document, token)) is not None}
    ):
        key = document.doc[start:end].text.lower()
        if key not in seen and (not out or start >= out[-1][1]):
            seen.add(key)
            out.append((start, end))
    return out or list(_before(head))


#: Verbs and nouns of trade whose object is the field: "buy 20 aircraft", "a contract to deliver gas".
_TRADE = frozenset({"buy", "purchase", "sell", "supply", "deliver", "acquire", "order", "build", "produce"})


def code(document: Document, span: tuple[int, int]) -> tuple[str, int] | None:
    """The code of a field from the closed list, and the token that gave it; its last words count first."""
    for token in reversed(document.doc[span[0] : span[1]]):
        found = sector_words().get(token.lower_)
        if found is not None:
            if token.lower_ == "intelligence" and token.i and token.nbor(-1).lower_ != "artificial":
                continue
            return found, token.i
    return None


def _items(document: Document, head: Token) -> Iterator[Token]:
    for child in head.children:
        if child.i <= head.i:
            continue
        if (child.dep_ in ("acl", "prep", "relcl", "advcl") and child.lemma_ in _COVERING) or (
            child.dep_ == "prep" and child.lower_ in _ON
        ):
            yield from _objects(child)
        elif child.dep_ == "prep" and child.lower_ == "of":
            # "a memorandum of understanding on transport"
            for inner in child.children:
                if inner.dep_ == "pobj" and inner.lemma_ in ("understanding", "intent", "association", "cooperation"):
                    yield from _items(document, inner)
    if head.pos_ == "VERB" and head.lemma_ in _TRADE:
        yield from _goods(document, head)
    elif head.pos_ == "VERB":
        for child in head.children:
            if child.dep_ in ("xcomp", "ccomp"):
                yield from _purpose(document, child)
        for token in head.doc[head.i + 1 : head.sent.end]:
            if token.lower_ in ("including", "covering") and token.dep_ in ("prep", "acl", "advcl"):
                yield from _objects(token)
    for child in head.rights:
        if child.dep_ == "acl" and child.tag_ == "VB":
            yield from _goods(document, child) if child.lemma_ in _TRADE else _purpose(document, child)
        elif child.dep_ == "prep" and child.lower_ == "of" and head.lemma_ in ("purchase", "sale", "order", "supply"):
            yield from (token for token in _objects(child) if token.lower_ in sector_words())
    if head.pos_ == "NOUN":
        # A list may hang from the verb instead: "signed agreements in energy and space".
        verb = head.head
        if verb.pos_ == "VERB" and head.dep_ in ("dobj", "nsubjpass"):
            for child in verb.children:
                if child.i > head.i and child.dep_ in ("advcl", "xcomp") and child.tag_ == "VB":
                    yield from _purpose(document, child)
                elif child.i > head.i and child.dep_ in ("advcl", "prep") and child.lemma_ in _COVERING - {"include"}:
                    yield from _objects(child)
                elif child.i > head.i and child.dep_ == "prep" and child.lower_ in ("on", "in"):
                    yield from (t for t in _objects(child) if t.lower_ in sector_words())


def _purpose(document: Document, verb: Token) -> Iterator[Token]:
    """The fields a purpose names: "to expand cooperation in space", "to work together on climate and health"."""
    for child in verb.children:
        if child.i < verb.i:
            continue
        if child.dep_ == "dobj" and (child.lemma_.lower() in _HOLLOW or child.lower_ in sector_words()):
            for token in conjuncts(child):
                yield from (t for t in _field(token) if _codeable(t))
        elif child.dep_ == "prep" and child.lower_ in ("on", "in", "across", "including", "about", "regarding"):
            yield from (t for t in _objects(child) if _codeable(t))
        elif child.dep_ in ("xcomp", "conj"):
            yield from _purpose(document, child)


def _codeable(token: Token) -> bool:
    """Whether a noun or a word before it is in the closed list of fields."""
    return token.lower_ in sector_words() or any(c.lower_ in sector_words() for c in token.lefts)


def _goods(document: Document, verb: Token) -> Iterator[Token]:
    """What is bought or sold, where it is a kind of thing and not a company."""
    for child in verb.children:
        if child.dep_ == "dobj":
            if child.lower_ in sector_words():
                yield child
            for inner in child.subtree:
                if inner.dep_ == "pobj" and inner.head.lower_ == "of" and inner.lower_ in sector_words():
                    yield inner


def _objects(opener: Token) -> Iterator[Token]:
    for child in opener.children:
        if child.i < opener.i:
            continue
        if child.dep_ in ("pobj", "dobj", "pcomp"):
            for token in conjuncts(child):
                yield from _field(token)
        elif child.dep_ == "prep":
            yield from _objects(child)


def _field(token: Token) -> Iterator[Token]:
    """A field, or what a hollow noun opens: "cooperation in energy", "areas such as health"."""
    lemma = token.lemma_.lower()
    if token.pos_ == "VERB":
        below = [c for c in token.children if c.dep_ == "dobj"]
        if below:
            for child in below:
                for each in conjuncts(child):
                    yield from _field(each)
        return
    if lemma in _HOLLOW:
        opened = False
        for child in token.children:
            if (
                child.dep_ in ("prep", "acl")
                and child.i > token.i
                and child.lower_ in ("of", "in", "on", "as", "including", "for", "to")
            ):
                for inner in _objects(child):
                    opened = True
                    yield inner
        if not opened and lemma in ("field", "area", "sphere", "sector", "domain", "industry"):
            for child in token.lefts:
                if child.dep_ in ("amod", "compound", "nmod"):
                    yield from (c for c in conjuncts(child) if c.lower_ in sector_words())
            return
        if not opened and any(c.dep_ in ("amod", "compound") and c.lower_ in sector_words() for c in token.lefts):
            yield token
        return
    if lemma not in _NOT_FIELDS:
        yield token


def _span(document: Document, token: Token) -> tuple[int, int] | None:
    if token.pos_ not in ("NOUN", "PROPN", "ADJ") or token.ent_type_ in (
        "DATE",
        "TIME",
        "PERSON",
        "MONEY",
        "PERCENT",
        "CARDINAL",
    ):
        return None
    if document.ledger.entity_at(token.i) is not None:
        return None
    start, end = token.i, token.i + 1
    for child in token.lefts:
        if child.dep_ in ("amod", "compound", "nmod") and child.lower_ not in (
            "bilateral",
            "mutual",
            "such",
            "other",
            "various",
        ):
            start = min(start, child.left_edge.i)
        elif child.dep_ == "poss":
            return (token.i, end) if token.lower_ in sector_words() else None
    for i in range(start, token.i):
        before = document.doc[i]
        if (
            document.ledger.entity_at(i) is not None
            or before.is_punct
            or before.like_num
            or before.lower_ in _QUALITIES
        ):
            if before.is_punct and i > start and before.text == "-":
                continue
            start = i + 1
    if end - start == 1 and document.doc[start].lemma_.lower() in _HOLLOW:
        return None
    if document.doc[end - 1].lemma_.lower() in _INSTRUMENTS:
        return None
    if end - start > 1 and document.doc[end - 1].lemma_.lower() in ("sphere", "field", "sector", "area", "cooperation"):
        end -= 1
    return start, end


def _before(head: Token) -> Iterator[tuple[int, int]]:
    """Fields named before the noun: "trade deal", "energy and space agreements"."""
    for child in head.lefts if head.pos_ == "NOUN" else ():
        if child.dep_ in ("compound", "amod", "nmod") and child.lower_ in sector_words():
            if child.lower_ in ("social", "information", "peace", "business", "development"):
                continue
            yield child.i, child.i + 1
