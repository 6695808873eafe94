"""Builds the initiative records of a document: named plans, programmes, funds and doctrines."""

from dataclasses import dataclass, field
from functools import cache

from spacy.tokens import Token

from extractor.models import Initiative, Party
from extractor.nlp import actors, proper_names, roles
from extractor.nlp.conditions import verb_key
from extractor.nlp.document import Document
from extractor.nlp.gazetteers import rows
from extractor.records.draft import Draft, Found


@cache
def _words(role: str) -> frozenset[str]:
    return frozenset(row["word"] for row in rows("initiatives") if row["role"] == role)


@dataclass(slots=True)
class _Named:
    """An initiative in the making: its fullest name, acronym and mentions (token offsets), and who proposed it."""

    name: tuple[int, int]
    acronym: tuple[int, int] | None
    mentions: list[tuple[int, int]] = field(default_factory=list)
    proposers: list[tuple[Party, Token, str]] = field(default_factory=list)


def build(document: Document) -> list[Found[Initiative]]:
    """Build every initiative record, in the order of first mention."""
    found: dict[str, _Named] = {}
    for token in document.doc:
        if token.pos_ not in ("PROPN", "NOUN") or not token.text[:1].isupper():
            continue
        if token.lemma_.lower() not in _words("head") and token.lower_ not in _words("head"):
            continue
        whole = proper_names.proper_name(token)
        if whole is None or token.tag_ not in ("NNP", "NNPS"):
            continue
        span = _own_words(document, token, whole)
        if span is None:
            continue
        name, acronym = _split(document, span)
        item = _known(document, found, name, acronym)
        item.acronym = item.acronym or acronym
        item.mentions.append(span)
        item.proposers.extend(_proposers(document, token))
    _add_acronyms(document, found)
    items = list({id(item): item for item in found.values()}.values())
    for item in items:
        item.mentions.sort()
    ordered = sorted(items, key=lambda item: item.mentions[0])
    return [_initiative(document, item) for item in ordered]


def _own_words(document: Document, head: Token, span: tuple[int, int]) -> tuple[int, int] | None:
    """The part of a run of capitalised words that names the initiative its head ends, or None where that head is but
    a part of the name of a body, an office or an agreement: "the Vision Group", "Center for Fishing Policy"."""
    doc = document.doc
    start, end = span
    for i in range(start, head.i):
        if doc[i].lower_ in ("'s", "’s") or (doc[i].pos_ == "VERB" and doc[i].tag_ != "VBN"):
            # "the Plan's Assistance Program", "Launching the Action Plan"
            start = i + 1
    while start < head.i and doc[start].lower_ in ("the", "a", "an", "of", "for", "on"):
        start += 1
    after = head.i + 1
    if after < end and doc[after].pos_ in ("PROPN", "NOUN") and doc[after].text != "(":
        last = after
        while last < end and doc[last].pos_ in ("PROPN", "NOUN") and doc[last].text[:1].isupper():
            last += 1
        if {doc[last - 1].lower_, doc[last - 1].lemma_.lower()} & (
            _words("body") | _words("agreement") | _words("head")
        ):
            return None
        end = after
    if start == head.i or doc[start].lower_ in _words("agreement"):
        return None
    if start > 1 and doc[start - 1].lower_ in ("for", "of") and doc[start - 2].pos_ == "PROPN":
        return None
    return start, end


def _known(
    document: Document, found: dict[str, _Named], name: tuple[int, int], acronym: tuple[int, int] | None
) -> _Named:
    """The initiative of a name: the one that has it, whole or cut short by its first words; else a new one."""
    key = document.doc[name[0] : name[1]].text.lower()
    if key in found:
        return found[key]
    for other, item in found.items():
        short, long = sorted((key, other), key=len)
        if len(short.split()) >= _TELLING and long.endswith(f" {short}"):
            if len(key) > len(other):
                item.name = name
            found[key] = item
            return item
    found[key] = item = _Named(name, acronym)
    return item


#: Words by which the end of a name tells the initiative.
_TELLING = 3


def _split(document: Document, span: tuple[int, int]) -> tuple[tuple[int, int], tuple[int, int] | None]:
    """The name without the acronym in brackets at its end, and the acronym."""
    doc, (start, end) = document.doc, span
    if doc[end - 1].text == ")" and end - 3 > start and doc[end - 3].text == "(":
        return (start, end - 3), (end - 2, end - 1)
    if end + 2 < len(doc) and doc[end].text == "(" and doc[end + 2].text == ")" and doc[end + 1].is_upper:
        return span, (end + 1, end + 2)
    return span, None


def _proposers(document: Document, head: Token) -> list[tuple[Party, Token, str]]:
    """Who launched it: the owner ("Xi's Initiative", "his landmark initiatives, ... the X Initiative"), the subject
    of "launched" or "proposed", or the agent of "proposed by".
    """
    out: list[tuple[Party, Token, str]] = []
    top = head
    while top.dep_ in ("conj", "appos") and top.head.pos_ in ("NOUN", "PROPN") and top.head != top:
        top = top.head
    for node in (head, top):
        for child in node.lefts:
            if child.dep_ == "poss":
                out.extend((party, at, "initiative.owner") for party, at in actors.parties(document, child))
        for child in node.rights:
            if child.dep_ in ("acl", "relcl") and verb_key(child) in _words("verb"):
                for token in roles.subjects(child):
                    if token != node:
                        out.extend((party, at, "initiative.agent") for party, at in actors.parties(document, token))
    verb = top.head
    if top.dep_ in ("dobj", "nsubjpass") and verb.pos_ == "VERB" and verb_key(verb) in _words("verb"):
        for token in roles.subjects(verb):
            out.extend((party, at, "initiative.subject") for party, at in actors.parties(document, token))
    if not out:
        out = _listed(document, head)
    return out


def _listed(document: Document, head: Token) -> list[tuple[Party, Token, str]]:
    """The owner of a common noun that a list of names spells out: "his initiatives, following the X Initiative"."""
    for token in head.sent:
        if token.i < head.i and token.tag_ in ("NNS", "NN") and token.lemma_.lower() in _words("head"):
            for child in token.lefts:
                if child.dep_ == "poss":
                    return [(p, at, "initiative.listed") for p, at in actors.parties(document, child)]
    return []


def _add_acronyms(document: Document, found: dict[str, _Named]) -> None:
    """Later mentions by acronym alone: "the GGI"."""
    doc = document.doc
    by = {doc[item.acronym[0] : item.acronym[1]].text: item for item in found.values() if item.acronym is not None}
    if not by:
        return
    for token in doc:
        item = by.get(token.text)
        if item is not None and not any(start <= token.i < end + 3 for start, end in item.mentions):
            item.mentions.append((token.i, token.i + 1))
            item.proposers.extend(_proposers(document, token))


def _initiative(document: Document, item: _Named) -> Found[Initiative]:
    draft = Draft(document, Initiative, score=0.7)
    at = document.token_span(*item.name)
    draft.put(mentions=tuple(document.token_span(start, end) for start, end in item.mentions))
    draft.set("name", " ".join(at.text.split()), at, "initiative.name")
    if item.acronym is not None:
        shown = document.token_span(*item.acronym)
        draft.set("acronym", shown.text, shown, "initiative.acronym")
        draft.reason("acronym in brackets", 0.1)
    persons = [p for p in item.proposers if p[0].kind == "person"] or item.proposers
    if persons:
        party, token, rule = persons[0]
        draft.set("proposer", party, document.token_span(token.i, token.i + 1), rule, "normalized")
        draft.reason("proposer named", 0.1)
    return Found(draft.build(at), tuple(item.mentions))
