"""The fields an agreement covers: the list after "covering", "on" or "in the fields of", and words before its noun."""

from collections.abc import Iterator

from spacy.tokens import Token

from extractor.nlp.document import Document
from extractor.nlp.roles import conjuncts
from extractor.records.agreement.table import sector_words

#: Participles that open a list of fields.
_COVERING = frozenset(
    {"cover", "span", "concern", "regard", "govern", "relate", "address", "range", "encompass", "include"}
)
_ON = frozenset({"on", "in", "concerning", "regarding", "for", "about", "across", "over", "covering"})
#: Nouns that only hold the place of the field named after them.
_HOLLOW = frozenset(
    {"cooperation", "collaboration", "field", "area", "sphere", "sector", "domain", "range", "development", "promotion"}
    | {"export", "import", "supply", "delivery", "construction", "purchase", "sale", "holding"}
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
        "plan",
        "package",
        "set",
        "list",
        "step",
        "date",
        "timetable",
        "ceasefire",
        "truce",
        "price",
        "amount",
        "ceiling",
        "text",
        "draft",
        "period",
        "route",
        "half",
        "quarter",
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
    for start, end in sorted({span for token in _items(document, head) for span in _spans(document, token)}):
        key = document.doc[start:end].text.lower()
        if key not in seen and (not out or start >= out[-1][1]):
            seen.add(key)
            out.append((start, end))
    return out or list(_before(document, head))


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
    yield from _range(head)
    yield from _fields_behind(head)
    if head.pos_ == "VERB" and head.lemma_ in _TRADE:
        yield from _goods(document, head)
    elif head.pos_ == "VERB":
        for child in head.children:
            if child.dep_ in ("xcomp", "ccomp") or (child.dep_ == "prep" and child.lower_ == "to"):
                named = list(_purpose(document, child))
                yield from named or _matter(document, child)
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


def _fields_behind(head: Token) -> Iterator[Token]:
    """The list after "in the fields of" right behind an agreement, whatever the parser hangs it on."""
    doc, i = head.doc, head.i + 1
    if i + 1 < len(doc) and doc[i].lower_ == "of" and doc[i + 1].lower_ in ("understanding", "intent"):
        i += 2
    if i + 2 < len(doc) and doc[i].lower_ in ("in", "on", "across") and doc[i].dep_ == "prep":
        named = any(t.lemma_.lower() in ("field", "area", "sector", "sphere") for t in doc[i + 1 : i + 4])
        if named and doc[i].head != head:
            yield from _objects(doc[i])


def _range(head: Token) -> Iterator[Token]:
    """The ends of "from energy to migration" behind an agreement."""
    for node in (head, head.head):
        for child in node.rights:
            if child.dep_ == "prep" and child.lower_ == "from" and child.i > head.i:
                opened = [t for t in _objects(child) if _codeable(t)]
                closed = [t for c in node.rights if c.lower_ == "to" and c.i > child.i for t in _objects(c)]
                yield from opened + [t for t in closed if opened and _codeable(t)]


#: What an agreement to act is not about: its own ways and means.
_MEANS = frozenset(
    {
        "meeting",
        "summit",
        "talk",
        "talks",
        "visit",
        "dialogue",
        "contact",
        "time",
        "step",
        "effort",
        "agreement",
        "deal",
    }
    | {"ceasefire", "truce", "fighting", "hostility", "committee", "group", "mechanism", "delegation", "ambassador"}
    | {"relation", "tie", "end", "war", "fire", "report", "date", "deadline", "term", "principle", "framework"}
    | {"communication", "channel", "plan", "package", "measure", "action", "work", "cooperation", "negotiation"}
    | {"stake", "share", "company", "unit", "rival", "percent", "%", "million", "billion", "dollar", "people", "person"}
    | {"year", "month", "week", "day", "way", "side", "party", "country", "leader", "minister", "commitment", "part"}
    | {"official", "expert", "team", "troop", "soldier", "government", "envoy", "adviser", "group", "task", "meeting"}
)


def _matter(document: Document, below: Token) -> Iterator[Token]:
    """The things that parties agree to do something with: "agreed to open two border crossings"."""
    verbs = [below] if below.pos_ == "VERB" else [c for c in below.children if c.dep_ == "pcomp"]
    for verb in verbs:
        for child in verb.children:
            if child.dep_ == "dobj" and child.i > verb.i:
                for token in conjuncts(child):
                    if token.pos_ == "NOUN" and token.lemma_.lower() not in _MEANS | _HOLLOW and token.ent_type_ == "":
                        yield token


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


def _spans(document: Document, token: Token) -> list[tuple[int, int]]:
    """A field as token spans: with the "of" behind it ("protection of fish stocks"), and two where the parser takes the
    first for a modifier of the second ("agriculture and food security")."""
    span = _span(document, token)
    if span is None:
        return []
    start, end = span
    doc = document.doc
    if end < len(doc) and doc[end].lower_ in ("of", "at") and doc[end].head == token and not _codeable(token):
        stop = doc[end].right_edge.i + 1
        below = doc[end:stop]
        if stop - end <= 6 and not any(t.pos_ in ("VERB", "AUX") or t.ent_type_ == "DATE" or t.like_num for t in below):
            end = stop
    join = next((i for i in range(start + 1, token.i) if doc[i].lower_ == "and"), None)
    if join is not None and doc[join - 1].lower_ in sector_words() and doc[join - 1].pos_ == "NOUN":
        return [(start, join), (join + 1, end)]
    return [(start, end)]


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
    if end - start > 1 and document.doc[end - 1].lemma_.lower() in _HOLDERS:
        end -= 1
    return start, end


#: Nouns behind a field that add nothing to it: "the water project".
_HOLDERS = frozenset(
    {"sphere", "field", "sector", "area", "cooperation", "project", "guarantee", "program", "programme", "financing"}
)


def _before(document: Document, head: Token) -> Iterator[tuple[int, int]]:
    """Fields named before the noun: "trade deal", "energy and space agreements", "science and technology agreement"."""
    for child in head.lefts if head.pos_ in ("NOUN", "PROPN") else ():
        if child.dep_ not in ("compound", "amod", "nmod"):
            continue
        for token in conjuncts(child):
            if token.lower_ not in sector_words() or token.lower_ in _VAGUE:
                continue
            if token.lower_ == "technology" and token.i > 1 and document.doc[token.i - 2].lower_ == "science":
                continue
            if head.pos_ == "PROPN" and token.i != head.i - 1:
                continue
            pair = document.doc[token.i : token.i + 3].text.lower() == "science and technology"
            yield token.i, token.i + (3 if pair else 1)


#: Words of the closed list that before a noun say what kind of agreement it is, and no field.
_VAGUE = frozenset(
    {"social", "information", "peace", "business", "development", "ceasefire", "truce", "prisoner", "labor", "labour"}
    | {"industry", "market", "power", "legal", "economic"}
)
