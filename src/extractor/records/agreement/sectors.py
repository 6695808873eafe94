"""The fields an agreement covers: the list after "covering", "on" or "in the fields of", what its verb or the next sentence
says it covers, and words before its noun. The words that open, hold or only seem a field are in `data/field_words.csv`."""

from collections.abc import Iterator

from spacy.tokens import Token

from extractor.nlp.document import Document
from extractor.nlp.roles import conjuncts
from extractor.records.agreement.parties import provided, under_which
from extractor.records.agreement.status import whole
from extractor.records.agreement.table import field_words, sector_words, table

#: Entities of the model that are no field.
_NO_FIELD_LABELS = frozenset({"DATE", "TIME", "PERSON", "MONEY", "PERCENT", "CARDINAL"})
#: Tokens behind an agreement within which its sentence may still list its fields.
_REACH = 60


def fields(document: Document, head: Token) -> list[tuple[int, int]]:
    """The fields of an agreement's noun or verb, as token spans in order, each once; where nothing names them, what is
    done under it."""
    return (
        _in_order(document, _items(document, head)) or list(_before(document, head)) or _in_order(document, _acts(head))
    )


def _acts(head: Token) -> Iterator[Token]:
    for verb in (provided(head), under_which(head)) if head.pos_ in ("NOUN", "PROPN") else ():
        if verb is not None:
            yield from _done(verb)


def _in_order(document: Document, tokens: Iterator[Token]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    seen: set[str] = set()
    for start, end in sorted({span for token in tokens for span in _spans(document, token)}):
        key = document.doc[start:end].text.lower()
        if key not in seen and (not out or start >= out[-1][1]):
            seen.add(key)
            out.append((start, end))
    return out


def fields_told_after(document: Document, head: Token) -> list[tuple[int, int]]:
    """The fields that the sentence behind an agreement's tells: "They cover energy and health."."""
    doc = document.doc
    if head.sent.end >= len(doc):
        return []
    sent = doc[head.sent.end].sent
    root = sent.root
    if root.lemma_ not in field_words("covering") and root.lemma_ not in ("focus", "center", "centre", "deal"):
        return []
    subject = next((c for c in root.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None or not (
        subject.lower_ in ("they", "it", "these") or _is_instrument(subject) or subject.lemma_.lower() == "document"
    ):
        return []
    return sorted({span for token in _covered(root) for span in _spans(document, token)})


def code(document: Document, span: tuple[int, int]) -> tuple[str, int] | None:
    """The code of a field from the closed list, and the token that gave it; its last words count first, and words that
    say little ("development") last."""
    words = [t for t in reversed(document.doc[span[0] : span[1]]) if t.lower_ in sector_words()]
    words.sort(key=lambda token: token.lower_ in field_words("vague"))
    for token in words:
        if token.lower_ == "intelligence" and token.i and token.nbor(-1).lower_ != "artificial":
            continue
        return sector_words()[token.lower_], token.i
    return None


def _items(document: Document, head: Token) -> Iterator[Token]:
    opener = field_words("opener")
    covering = field_words("covering")
    for child in (*head.children, *(whole(head).rights if whole(head) != head else ())):
        if child.i <= head.i:
            continue
        if child.dep_ == "prep" and child.lower_ == "for" and head.lemma_ in ("purchase", "sale", "order"):
            yield from (t for t in _objects(child) if t.lower_ in sector_words())
        elif (child.dep_ in ("acl", "prep", "relcl", "advcl") and child.lemma_ in covering) or (
            child.dep_ == "prep" and child.lower_ in opener
        ):
            yield from _objects(child)
        elif child.dep_ == "prep" and child.lower_ == "of":
            # "a memorandum of understanding on transport"
            for inner in child.children:
                if inner.dep_ == "pobj" and inner.lemma_.lower() in field_words("nature"):
                    yield from _items(document, inner)
    yield from _range(head)
    yield from _fields_behind(head)
    yield from _areas(head)
    if head.pos_ == "VERB" and head.lemma_ in field_words("trade"):
        yield from _goods(head)
    elif head.pos_ == "VERB":
        yield from _ends(head)
    for child in (*head.rights, *(whole(head).rights if whole(head) != head else ())):
        if child.dep_ == "acl" and child.tag_ == "VB":
            yield from _goods(child) if child.lemma_ in field_words("trade") else _purposes(child)
        elif child.dep_ == "acl" and child.tag_ == "VBN":
            # "documents, signed by agencies of both sides, on trade and health"
            for inner in child.children:
                if inner.dep_ == "prep" and inner.lower_ == "on" and inner.i > child.i:
                    yield from _objects(inner)
        elif child.dep_ == "prep" and child.lower_ == "of" and head.lemma_ in ("purchase", "sale", "order", "supply"):
            yield from (token for token in _objects(child) if token.lower_ in sector_words())
    if head.pos_ in ("NOUN", "PROPN"):
        yield from _of_verb(head)


def _of_verb(head: Token) -> Iterator[Token]:
    """What the verb of an agreement says it covers: "the pact covers trade", "signed agreements in energy"."""
    covering = field_words("covering")
    verb = head.head
    if verb.pos_ not in ("VERB", "AUX") or head.dep_ not in ("dobj", "nsubjpass", "nsubj"):
        return
    if head.dep_ != "dobj" and verb.lemma_ in covering:
        yield from _covered(verb)
    if head.dep_ == "nsubj":
        return
    for child in verb.children:
        if child.i < head.i:
            continue
        if child.dep_ in ("advcl", "xcomp") and child.tag_ == "VB" and head.lemma_ != "contract":
            yield from _goods(child) if child.lemma_ in field_words("trade") else _purposes(child)
        elif child.dep_ in ("advcl", "prep") and child.lemma_ in covering - {"include"}:
            yield from _objects(child)
        elif child.dep_ == "prep" and child.lower_ in ("on", "in", "for"):
            yield from (t for t in _objects(child) if t.lower_ in sector_words())


def _covered(verb: Token) -> Iterator[Token]:
    """What a verb of covering covers: "cover trade", "are related to trade", "focus on trade"."""
    for child in verb.children:
        if child.i < verb.i:
            continue
        if child.dep_ == "dobj":
            for token in conjuncts(child):
                yield from _field(token)
        elif child.dep_ == "prep" and child.lower_ in ("to", "on", "with", "from", "over"):
            yield from _objects(child)


def _ends(verb: Token) -> Iterator[Token]:
    """The fields of a verb of agreeing: what the parties agree to work on, or to do something with."""
    for child in verb.children:
        if child.dep_ in ("xcomp", "ccomp", "conj") or (child.dep_ == "prep" and child.lower_ == "to"):
            if child.dep_ == "conj" and child.tag_ not in ("VB", "VBP"):
                continue
            for clause in _clauses(child):
                named = list(_purpose(clause))
                yield from named or _matter(clause)
        elif child.dep_ == "advcl" and child.tag_ == "VB":
            yield from _purposes(child)
    for child in verb.children:
        if child.dep_ == "dobj" and any(c.lower_ == "joint" for c in child.lefts):
            for token in conjuncts(child):
                yield from _field(token)
    for token in verb.doc[verb.i + 1 : verb.sent.end]:
        if token.lower_ in ("including", "covering") and token.dep_ in ("prep", "acl", "advcl"):
            yield from _objects(token)


#: What may stand in the names of two parties.
_IN_PARTIES = frozenset({"DET", "ADJ", "NOUN", "PROPN", "CCONJ", "ADP", "PART", "PUNCT"})


def _fields_behind(head: Token) -> Iterator[Token]:
    """The list after "on" or "in the fields of" right behind an agreement, whatever the parser hangs it on."""
    doc, i = head.doc, head.i + 1
    if i + 1 < len(doc) and doc[i].lower_ == "of" and doc[i + 1].lower_ in field_words("nature"):
        i += 2
    if i < len(doc) and doc[i].lower_ in ("between", "with", "by"):
        # "a joint statement between the ministries on sport"
        end = min(head.sent.end, i + 16)
        i = next((k for k in range(i + 1, end) if doc[k].pos_ not in _IN_PARTIES or doc[k].lower_ in ("on", ",")), end)
        if i == end or doc[i].head.pos_ == "VERB":
            return
    if i + 2 >= len(doc) or doc[i].dep_ != "prep" or doc[i].head == head or i >= head.sent.end:
        return
    named = doc[i].lower_ in ("in", "across") and any(
        t.lemma_.lower() in field_words("area") for t in doc[i + 1 : i + 4]
    )
    if named or doc[i].lower_ in ("on", "concerning", "regarding"):
        yield from _objects(doc[i])


def _areas(head: Token) -> Iterator[Token]:
    """The list after "areas such as" or "with an emphasis on" in the rest of a sentence, up to the next agreement."""
    doc, end = head.doc, min(head.sent.end, head.i + _REACH)
    for i in range(head.i + 1, end - 1):
        token = doc[i]
        lemma = token.lemma_.lower()
        if lemma in field_words("paper"):
            return
        opened = (lemma in field_words("area") and doc[i + 1].lower_ in ("such", "including", "like")) or (
            lemma in ("emphasis", "focus") and token.pos_ == "NOUN" and doc[i + 1].lower_ == "on"
        )
        if opened:
            at = doc[i + 1] if doc[i + 1].lower_ != "such" else doc[min(i + 2, end - 1)]
            yield from _objects(at)


def _is_instrument(token: Token) -> bool:
    return token.pos_ in ("NOUN", "PROPN") and token.lemma_.lower() in table().nouns


def _range(head: Token) -> Iterator[Token]:
    """The ends of "from energy to migration" behind an agreement."""
    for node in (head, head.head):
        for child in node.rights:
            if child.dep_ == "prep" and child.lower_ == "from" and child.i > head.i:
                opened = [t for t in _objects(child) if _codeable(t)]
                closed = [t for c in node.rights if c.lower_ == "to" and c.i > child.i for t in _objects(c)]
                if any(map(_codeable, closed)):
                    yield from opened + [t for t in closed if opened and _codeable(t)]


def _clauses(below: Token) -> Iterator[Token]:
    """A verb below one of agreeing and those joined to it: "to stabilize and diversify"; "to expanding"."""
    if below.pos_ == "VERB":
        yield from conjuncts(below)
    else:
        for child in below.children:
            if child.dep_ == "pcomp":
                yield from conjuncts(child)


def _matter(verb: Token) -> Iterator[Token]:
    """The things that parties agree to do something with: "agreed to open two border crossings"."""
    passed = field_words("means") | field_words("hollow")
    for child in verb.children:
        if child.dep_ == "dobj" and child.i > verb.i:
            for token in conjuncts(child):
                named = _codeable(token) or any(c.dep_ == "compound" and c.pos_ == "NOUN" for c in token.lefts)
                if named and token.pos_ == "NOUN" and token.lemma_.lower() not in passed and token.ent_type_ == "":
                    yield token


def _purpose(verb: Token) -> Iterator[Token]:
    """The fields a purpose names: "to expand cooperation in space", "to work together on climate and health"."""
    for child in verb.children:
        if child.i < verb.i:
            continue
        if child.dep_ == "dobj":
            for token in conjuncts(child):
                yield from _aim(token)
        elif child.dep_ == "prep" and child.lower_ in ("on", "in", "across", "including", "about", "regarding"):
            yield from (t for t in _objects(child) if _codeable(t))
        elif child.dep_ == "xcomp":
            yield from _purposes(child)


def _purposes(below: Token) -> Iterator[Token]:
    for clause in _clauses(below):
        yield from _purpose(clause)


def _aim(token: Token) -> Iterator[Token]:
    """The field of what is to be done: one of the closed list, or what a commission, talks or a tie are about."""
    lemma = token.lemma_.lower()
    if lemma in field_words("forum"):
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ in ("on", "for", "in", "regarding"):
                yield from _objects(child)
    elif lemma in field_words("hollow") or _codeable(token):
        yield from (t for t in _field(token) if _codeable(t))
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ == "between" and lemma in field_words("hollow"):
            # "coordination between their defence agencies"
            for inner in child.children:
                yield from (c for c in inner.lefts if c.lower_ in sector_words())


def _codeable(token: Token) -> bool:
    """Whether a noun or a word before it is in the closed list of fields."""
    words = sector_words()
    return token.lower_ in words or any(t.lower_ in words for t in token.doc[token.left_edge.i : token.i])


#: Verbs of what is put up, mended or paid for, whose objects are fields whatever they are.
_WORKS = frozenset(
    {"finance", "fund", "construct", "rebuild", "rehabilitate", "repair", "upgrade", "modernise", "modernize", "train"}
    | {"renovate", "restore", "electrify", "pave", "dredge", "equip", "build"}
)


def _done(verb: Token) -> Iterator[Token]:
    """The things that are bought, built or dealt with by what is done under an agreement."""
    for clause in (verb, *(c for c in verb.children if c.dep_ == "xcomp" and c.pos_ == "VERB")):
        if clause.lemma_ in field_words("trade"):
            yield from _goods(clause)
        yield from _works(clause) if clause.lemma_ in _WORKS else _matter(clause)


def _works(verb: Token) -> Iterator[Token]:
    passed = field_words("means") | field_words("hollow") | field_words("no_field") | field_words("forum")
    for child in verb.children:
        if child.dep_ in ("dobj", "nsubjpass"):
            for token in conjuncts(child):
                if (
                    token.pos_ == "NOUN"
                    and token.lemma_.lower() not in passed
                    and token.ent_type_ not in ("GPE", "ORG")
                ):
                    yield token


def _goods(verb: Token) -> Iterator[Token]:
    """What is bought, sold or built, where it is a kind of thing; of a company, what it makes: "a lithium miner"."""
    for child in verb.children:
        if child.dep_ not in ("dobj", "nsubjpass"):
            continue
        if child.lower_ in sector_words():
            yield child
            continue
        for inner in child.subtree:
            measured = inner.head.head == child and _measures(child)
            if inner.dep_ == "pobj" and inner.head.lower_ == "of" and (measured or _codeable(inner)):
                yield inner
        made = verb.lemma_ in ("build", "produce") or child.lemma_.lower() in field_words("maker")
        for left in child.doc[child.left_edge.i : child.i + 1]:
            maker = left == child or (left.lemma_.lower() in field_words("maker") and left.dep_ in ("compound", "nmod"))
            if maker and (made or left != child):
                yield from (t for t in left.doc[max(left.left_edge.i, left.i - 2) : left.i] if _made(t))


def _made(token: Token) -> bool:
    return token.lower_ in sector_words() and token.pos_ == "NOUN"


def _trade_word(token: Token) -> bool:
    known = token.lower_ in sector_words() and token.lower_ not in field_words("vague")
    return known and token.pos_ in ("NOUN", "PROPN")


def _objects(opener: Token) -> Iterator[Token]:
    for child in opener.children:
        if child.i < opener.i:
            continue
        if child.dep_ in ("pobj", "dobj", "pcomp"):
            for token in _listed(child):
                yield from _field(token)
        elif child.dep_ == "prep" or (child.dep_ == "conj" and child.pos_ == "ADP"):
            yield from _objects(child)


def _listed(token: Token) -> Iterator[Token]:
    """A token and what follows it in its list, where the parser may take the second of many for an apposition."""
    yield token
    for child in token.rights:
        if child.dep_ == "conj" or (child.dep_ == "appos" and child.doc[child.left_edge.i - 1].text == ","):
            yield from _listed(child)


def _field(token: Token) -> Iterator[Token]:
    """A field, or what a hollow noun opens: "cooperation in energy", "areas such as health"."""
    lemma = token.lemma_.lower()
    if token.pos_ == "VERB":
        below = [c for c in token.children if c.dep_ == "dobj"]
        if below and (lemma in field_words("bringing") or token.tag_ != "VBG"):
            for child in below:
                for each in conjuncts(child):
                    yield from _field(each)
        elif below:
            yield token
        return
    if lemma in field_words("paper") and any(c.dep_ == "det" for c in token.lefts):
        # "a memorandum on mining and a protocol on beef": the second is no field of the first.
        yield from (c for c in token.lefts if c.dep_ == "compound" and _trade_word(c))
        return
    peaceful = lemma == "use" and any(c.dep_ in ("amod", "compound") for c in token.lefts)
    if (lemma in field_words("hollow") and not peaceful) or lemma in field_words("forum"):
        yield from _opened(token)
        return
    if _measures(token):
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ == "of":
                yield from _objects(child)
        return
    if lemma in ("meeting", "summit"):
        # "on the economic and trade meeting"
        yield from (t for c in token.lefts for t in conjuncts(c) if t.lower_ in sector_words())
    elif lemma not in field_words("no_field"):
        yield token


#: Units before the thing they measure: "120 MW of solar power".
_UNITS = frozenset(
    {"mw", "gw", "kw", "megawatt", "gigawatt", "tonne", "ton", "barrel", "meter", "metre", "unit", "bcm"}
)


def _measures(token: Token) -> bool:
    """Whether a noun is a unit that measures what "of" behind it names."""
    return token.lemma_.lower() in _UNITS and any(c.lower_ == "of" for c in token.rights)


def _opened(token: Token) -> Iterator[Token]:
    """What stands behind a noun that only holds the place of a field, else the words before it."""
    opened = False
    for child in token.children:
        if (
            child.i > token.i
            and child.dep_ in ("prep", "acl")
            and (child.lower_ in ("of", "in", "on", "as", "including", "for", "to") or child.tag_ == "VB")
        ):
            for inner in _objects(child):
                opened = opened or inner.ent_type_ not in ("GPE", "LOC", "NORP")
                yield inner
    if opened:
        return
    if token.lemma_.lower() in field_words("area") or token.lemma_.lower() in field_words("forum"):
        for child in token.lefts:
            if child.dep_ in ("amod", "compound", "nmod"):
                yield from (c for c in conjuncts(child) if c.lower_ in sector_words())
    elif not any(c.dep_ == "poss" and c.pos_ == "PRON" for c in token.lefts):
        words = (t for c in token.lefts if c.dep_ in ("amod", "compound", "nmod") for t in c.subtree)
        if any(t.lower_ in sector_words() for t in words):
            yield token


#: Two words that name one field.
_PAIRS = frozenset({"science and technology", "research and development"})


def _spans(document: Document, token: Token) -> list[tuple[int, int]]:
    """A field as token spans: with the "of" behind it ("protection of fish stocks"), and two where the parser takes the
    first for a modifier of the second ("agriculture and food security")."""
    if token.pos_ == "VERB":
        return _deed(document, token)
    span = _span(document, token)
    if span is None:
        return []
    start, end = span
    doc = document.doc
    if token.lower_ == "trade" and doc[end : end + 2].text.lower() in ("in goods", "in services"):
        return [(start, doc[end].right_edge.i + 1 if doc[end].right_edge.i - end < 5 else end + 2)]
    if (
        end < len(doc)
        and doc[end].lower_ in ("of", "at")
        and doc[end].head == token
        and (not _codeable(token) or token.lower_.endswith(("ing", "ion", "ment")))
    ):
        stop = doc[end].right_edge.i + 1
        below = doc[end:stop]
        if stop - end <= 6 and not any(t.pos_ in ("VERB", "AUX") or t.ent_type_ == "DATE" or t.like_num for t in below):
            end = stop
    if doc[token.i : token.i + 3].text.lower() in _PAIRS:
        return [(start, token.i + 3)]
    join = next((i for i in range(start + 1, token.i) if doc[i].lower_ == "and"), None)
    whole = join is not None and doc[join - 1 : join + 2].text.lower() in _PAIRS
    if join is not None and not whole and doc[join - 1].lower_ in sector_words() and doc[join - 1].pos_ == "NOUN":
        return [(start, join), (join + 1, end)]
    return [(start, end)]


def _deed(document: Document, verb: Token) -> list[tuple[int, int]]:
    """A field told as a deed: "preventing incidents at sea"."""
    end = verb.i + 1
    for child in verb.rights:
        if child.dep_ == "dobj":
            end = child.i + 1
            for inner in (*child.rights, *(c for c in verb.rights if c.i == end)):
                near = inner.dep_ == "prep" and inner.lower_ in ("at", "of") and inner.i == end
                if near and inner.right_edge.i - end < 4:
                    end = inner.right_edge.i + 1
            break
    inside = document.doc[verb.i : end]
    return [(verb.i, end)] if 1 < len(inside) <= 8 and not any(t.like_num for t in inside) else []


def _span(document: Document, token: Token) -> tuple[int, int] | None:
    cut = token.i + 1 < len(document.doc) and token.nbor().text == "-" and not token.whitespace_
    if cut or not token.is_alpha or token.pos_ not in ("NOUN", "PROPN", "ADJ") or token.ent_type_ in _NO_FIELD_LABELS:
        return None
    if _is_body(document, token) or (token.is_upper and len(token) > 2 and not _codeable(token)):
        # An acronym that is no field names a body or a system.
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
        elif child.dep_ == "poss" and not (token.lower_ in sector_words() or _codeable(token)):
            return None
    while start > 1 and document.doc[start - 1].text == "-" and not document.doc[start - 2].whitespace_:
        # "e-commerce", which the parser takes apart
        start = document.doc[start - 2].left_edge.i if document.doc[start - 2].left_edge.i >= start - 4 else start - 2
    for i in range(start, token.i):
        before = document.doc[i]
        if (
            _is_body(document, before)
            or before.is_punct
            or before.like_num
            or before.dep_ in ("poss", "case")
            or before.lower_ in field_words("quality")
        ):
            if before.is_punct and i > start and before.text == "-":
                continue
            start = i + 1
    while start < token.i and document.doc[start].pos_ in ("CCONJ", "DET", "ADP"):
        start += 1
    if end - start == 1 and document.doc[start].lemma_.lower() in field_words("hollow"):
        return None
    if document.doc[end - 1].lemma_.lower() in field_words("instrument"):
        return None
    if token.i and token.nbor(-1).like_num and not token.nbor(-1).whitespace_:
        # "6G", which the tokenizer takes apart
        start = min(start, token.i - 1)
    held = any(t.lower_ in sector_words() for t in document.doc[start : end - 1])
    if held and document.doc[end - 1].lemma_.lower() in field_words("holder"):
        end -= 1
    return start, end


def _is_body(document: Document, token: Token) -> bool:
    """Whether a word belongs to a name in the ledger; the name of a field ("Atomic Energy") is often taken for one."""
    entity = document.ledger.entity_at(token.i)
    if entity is None:
        return False
    if entity.kind != "organization" or len(entity.mentions) > 1 or entity.organization_kind not in (None, "other"):
        return True
    start = entity.mentions[0].start
    opened = bool(start) and document.doc[start - 1].lower_ in ("on", "concerning", "regarding")
    return not (opened or token.lower_ in sector_words())


def _before(document: Document, head: Token) -> Iterator[tuple[int, int]]:
    """Fields named before the noun: "trade deal", "energy and space agreements", "science and technology agreement"."""
    for child in head.lefts if head.pos_ in ("NOUN", "PROPN") else ():
        if child.dep_ not in ("compound", "amod", "nmod"):
            continue
        for token in conjuncts(child):
            if token.lower_ not in sector_words() or token.lower_ in field_words("vague"):
                continue
            if token.lower_ == "technology" and token.i > 1 and document.doc[token.i - 2].lower_ == "science":
                continue
            near = token.i == head.i - 1
            if head.pos_ == "PROPN" and not near and (not _trade_word(token) or token.lower_ in ("technology", "tech")):
                continue
            pair = document.doc[token.i : token.i + 3].text.lower() in _PAIRS
            cut = token.i > 1 and token.nbor(-1).text == "-" and token.nbor(-2).pos_ == "ADJ"
            yield token.i - (2 if cut else 0), token.i + (3 if pair else 1)
