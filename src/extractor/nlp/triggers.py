"""What stands around the word that tells of an event or an agreement: its phrase, its name, its arguments.

Found by syntax and named by role; who a role's filler is, the ledger knows. Offsets are token offsets, half-open.
"""

from collections.abc import Container, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from extractor.models import Date, Party, PlaceRef, Span
from extractor.models.parts import How
from extractor.nlp.context import SpeakerLine, speaker_lines, words
from extractor.nlp.dates import contract_date, times_in
from extractor.nlp.document import Document, TimeMention

#: Left dependents that belong to a noun phrase.
_LEFT = frozenset({"det", "amod", "compound", "poss", "nummod", "nmod", "quantmod", "predet", "npadvmod", "advmod"})
#: Small words that may stand inside a proper name.
_INSIDE_NAMES = frozenset({"of", "for", "on", "and", "the", "&", "-", "–", "’s", "'s", "’", "'", "de"})
#: Words with a capital that open a sentence or name no event.
_NOT_IN_NAMES = frozenset(
    {"the", "a", "an", "this", "that", "these", "his", "her", "its", "their", "our", "my", "your", "at", "in", "on"}
    | {"during", "after", "before", "for", "following", "since", "as", "with", "from", "to", "by", "and", "of", "today"}
    | {"when", "while", "mr", "mr.", "mrs", "ms", "president", "minister", "readout", "another", "no", "new", "if"}
)
_OBJECTS = frozenset({"dobj", "nsubjpass", "pobj", "attr", "oprd", "dative"})


def phrase(head: Token) -> tuple[int, int]:
    """The noun phrase of a noun, without what follows its head; a verb stands with its particle."""
    start, end = head.i, head.i + 1
    if head.pos_ == "VERB":
        for child in head.children:
            if child.dep_ == "prt":
                end = max(end, child.i + 1)
        return start, end if end - start <= 4 else head.i + 1
    for child in head.lefts:
        if child.dep_ in _LEFT:
            start = min(start, child.left_edge.i)
    sent_start = head.sent.start
    start = max(start, sent_start, head.i - 15)
    while start < head.i and (head.doc[start].is_space or head.doc[start].is_punct):
        start += 1
    return start, end


def proper_name(head: Token) -> tuple[int, int] | None:
    """The proper name that a capitalised noun ends or carries: "the 19th G20 Summit", "Belt and Road Forum for
    International Cooperation", "Shanghai Cooperation Organization (SCO) Summit 2025". None for a common noun.
    """
    doc = head.doc
    if not head.text[:1].isupper():
        return None
    sent = head.sent
    start = _name_start(doc, head.i, sent.start)
    end = _name_end(doc, head.i + 1, sent.end)
    if start == head.i and end == head.i + 1:
        return None
    if any(
        doc[i].lower_ in _OFFICES
        for i in range(max(start - 4, sent.start), end)
        if i >= start or _of_office(doc, start)
    ):
        return None
    if _title_case(sent) and (end - start > _LONGEST_IN_TITLE or not any(map(_distinct, doc[start:end]))):
        return None
    return start, end


def _of_office(doc: Doc, start: int) -> bool:
    """Whether a name stands behind "of" or "for", where the title before it may be that of an office."""
    return start > 0 and doc[start - 1].lower_ in ("of", "for")


#: Titles: a name that holds one is that of an office, "Under Secretary for Trade Policy".
_OFFICES = frozenset(
    {"secretary", "undersecretary", "minister", "director", "advisor", "adviser", "president", "chairman", "envoy"}
    | {"commissioner", "ambassador", "representative", "governor", "chair", "deputy", "administrator", "coordinator"}
)
#: Longest proper name, in tokens, that is taken from a line where every word has a capital.
_LONGEST_IN_TITLE = 14


def _distinct(token: Token) -> bool:
    """Whether a word of a heading belongs to a name for more than its capital."""
    return token.ent_type_ in ("ORG", "GPE", "NORP", "EVENT", "LAW", "FAC", "LOC") or (
        token.is_upper and len(token) > 1
    )


def _title_case(sent: DocSpan) -> bool:
    """Whether a line is a heading with a capital on every long word, which tells nothing of proper names."""
    if any(token.text == "." for token in sent[-2:]):
        return False
    long = [token for token in sent if token.is_alpha and len(token) > 3]
    return len(long) > 2 and sum(token.text[0].isupper() for token in long) > 0.8 * len(long)


def _name_start(doc: Doc, head: int, limit: int) -> int:
    start = i = head
    while i > limit:
        token = doc[i - 1]
        if token.text == ")" and i - 3 >= limit and doc[i - 3].text == "(" and doc[i - 2].is_upper:
            i -= 3
        elif token.ent_type_ == "PERSON" and i < head:
            break
        elif (_capital(token) and token.tag_ not in _FINITE) or _ordinal(token):
            i -= 1
            if token.lower_ not in _NOT_IN_NAMES:
                start = i
            else:
                break
        elif token.lower_ in ("'s", "’s") and i - 1 > limit and doc[i - 2].ent_type_ == "PERSON":
            break
        elif token.lower_ in _INSIDE_NAMES and i - 1 > limit and _capital(doc[i - 2]) and i != head + 1:
            i -= 1
        else:
            break
    return start


def _name_end(doc: Doc, after: int, limit: int) -> int:
    end = i = after
    while i < limit:
        token = doc[i]
        if token.text == "(" and i + 2 < limit and doc[i + 2].text == ")" and doc[i + 1].text[:1].isupper():
            i += 3
            end = i
        elif token.like_num and len(token.text) == 4 and token.text[:2] in ("19", "20") and i == after:
            i += 1
            end = i
        elif token.lower_ in ("for", "on", "of", "and", "&") and i + 1 < limit:
            following = doc[i + 1]
            if following.lower_ == "the" and i + 2 < limit and _capital(doc[i + 2]):
                i += 2
            elif _capital(following) and not (
                token.lower_ in ("on", "for") and following.ent_type_ in ("DATE", "TIME")
            ):
                i += 1
            else:
                break
        elif (_capital(token) and token.ent_type_ not in ("DATE", "TIME") and i > after) or (
            _capital(token) and token.tag_ in ("NNP", "NNPS") and token.ent_type_ not in ("DATE", "TIME", "PERSON")
        ):
            i += 1
            end = i
        else:
            break
    return end


#: Tags of words that are verbs of their clause, with a capital in headings only.
_FINITE = frozenset({"VBZ", "VBD", "VBP", "MD", "TO"})


def _capital(token: Token) -> bool:
    return token.text[:1].isupper() and "(" not in token.text


def _ordinal(token: Token) -> bool:
    text = token.lower_
    return (text[:1].isdigit() and text[-2:] in ("st", "nd", "rd", "th")) or (text in _ORDINALS)


_ORDINALS = frozenset({"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"})


#: Nouns that count events as one: "three days of mourning", "a second round of talks".
_COUNTING = frozenset(
    {"round", "series", "wave", "day", "week", "number", "string", "spate", "set", "month", "spell", "start", "end"}
    | {"beginning", "opening", "outbreak", "resumption", "cycle", "bout", "flurry", "couple", "night", "hour", "result"}
)


def whole(noun: Token) -> Token:
    """The noun that counts an event, or the event's own: "a round of talks"."""
    head = noun.head
    if noun.dep_ == "pobj" and head.lower_ == "of" and head.head.lemma_.lower() in _COUNTING:
        return head.head
    return noun


def governor(noun: Token) -> Token | None:
    """The verb whose argument a noun is, or the one that modifies it: "a strike called by unions", "floods, which killed"."""
    node = whole(noun)
    while node.dep_ in ("conj", "appos") and node.head.pos_ in ("NOUN", "PROPN") and node.head != node:
        node = node.head
    head = node.head
    if head.pos_ == "VERB" and node.dep_ in ("dobj", "nsubj", "nsubjpass", "attr", "oprd", "dative", "npadvmod"):
        return head
    if node.dep_ == "pobj" and head.head.pos_ == "VERB":
        return head.head
    return next((c for c in noun.rights if (c.dep_ == "acl" and c.tag_ == "VBN") or c.dep_ == "relcl"), None)


def answers(verb: Token | None, among: Container[str]) -> bool:
    """Whether a verb is one of some, by its lemma or, where that is cut too short ("staged", "stag"), its form."""
    if verb is None:
        return False
    return verb.lemma_ in among or (verb.lower_.endswith("ed") and verb.lower_[:-1] in among)


def tellers(noun: Token) -> Iterator[Token]:
    """The verbs that may tell of a noun's taking place: the one it is an argument of and those that modify it."""
    verb = governor(noun)
    if verb is not None:
        yield verb
    for child in noun.rights:
        if child != verb and (child.dep_ == "relcl" or (child.dep_ == "acl" and child.tag_ == "VBN")):
            yield child


def light_verb(noun: Token) -> Token | None:
    """The verb that tells of the noun's taking place: "held talks", "the summit opened", "arrived on a visit"."""
    noun = whole(noun)
    head, dep = noun.head, noun.dep_
    while dep == "conj" and head.pos_ in ("NOUN", "PROPN"):
        head, dep = head.head, head.dep_
    if (
        dep in ("dobj", "nsubj", "nsubjpass")
        and head.pos_ == "VERB"
        and head.lemma_ != "be"
        and answers(head, words("support"))
    ):
        return head
    for _ in range(3):
        if dep != "pobj" or head.dep_ != "prep" or head.lower_ not in _ATTENDING:
            return None
        if head.head.pos_ == "VERB":
            return head.head
        # "at an event at the summit"
        dep, head = head.head.dep_, head.head.head
    return None


#: Prepositions by which the subject of a verb takes part in an event.
_ATTENDING = frozenset({"at", "during", "in", "on", "for", "to", "into", "of"})


def speakers(document: Document, token: Token) -> list[Token]:
    """Whom a pronoun of a transcript means, by the last words of the names on the speaker lines: "I" and "my" the
    speaker, "you" and "your" the other of two, "we" and "our" both. Empty outside a transcript.
    """
    person = _PERSONS.get(token.lower_)
    if person is None:
        return []
    lines = speaker_lines(token.doc)
    here = next((line for line in lines if line.colon < token.i < line.end), None)
    if here is None:
        return []
    heads: dict[str, Token] = {}
    for line in lines:
        head = speaker_head(document, line)
        heads.setdefault(head.text, head)
    own = heads[speaker_head(document, here).text]
    if person == "i":
        return [own]
    others = [head for head in heads.values() if head != own]
    if len(others) != 1:
        return []
    return others if person == "you" else [own, *others]


def speaker_head(document: Document, line: SpeakerLine) -> Token:
    """The last word of the name on a speaker line."""
    for i in range(line.name_end - 1, line.start - 1, -1):
        entity = document.ledger.entity_at(i)
        if entity is not None and entity.kind == "person":
            return document.doc[i]
    return document.doc[line.name_end - 1]


_PERSONS = {
    **dict.fromkeys(("i", "me", "my", "mine"), "i"),
    **dict.fromkeys(("you", "your", "yours"), "you"),
    **dict.fromkeys(("we", "us", "our", "ours"), "we"),
}


def parties(document: Document, token: Token) -> list[tuple[Party, Token]]:
    """The parties that a token stands for, each with the token that names it: one, both of "the two sides", or those
    whom a pronoun of a transcript means."""
    said = speakers(document, token)
    if said:
        return [(party, token) for head in said if (party := document.ledger.party(head)) is not None]
    group = _members(document, token)
    if len(group) > 1:
        return group
    party = document.ledger.party(token)
    if party is not None:
        return [(party, token)]
    if group:
        return group
    if token.pos_ in ("NOUN", "PROPN"):
        # A title whose name stands in apposition or after "of": "the head of the republic, Ivan Petrov".
        named = document.ledger.parties(document.doc[token.i : min(token.right_edge.i + 1, token.i + 12)])
        return [(each, at) for each, at in named if each.kind == "person"][:1]
    return []


def _members(document: Document, token: Token) -> list[tuple[Party, Token]]:
    """The parties that a plural stands for: "Armenian and Azerbaijani soldiers", "the ministers of Japan and Korea",
    "members of the cabinet including Ali Khan"."""
    if token.tag_ not in ("NNS", "NNPS") or document.ledger.entity_at(token.i) is not None:
        return []
    doc, named = document.doc, document.ledger.parties
    found = named(doc[token.left_edge.i : token.i + 1])
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ in ("of", "from", "including") and child.i + 1 < len(doc):
            below = named(doc[child.i + 1 : min(child.right_edge.i + 1, child.i + 30)])
            wanted = ("person",) if child.lower_ == "including" else ("state", "organization")
            known = {party.name for party, _ in found}
            found.extend(item for item in below if item[0].kind in wanted and item[0].name not in known)
    return found


#: What may stand in a list of persons with their titles.
_IN_LISTS = frozenset({"PROPN", "NOUN", "ADJ", "DET", "NUM", "CCONJ", "PUNCT", "PART", "PRON", "SPACE"})
_OF_TITLES = frozenset({"of", "for", "including", "as", "well"})


def listed(document: Document, start: int, end: int) -> list[tuple[Party, Token]]:
    """The office holders that a list names from a token on, up to the first word that no list of names has: the
    parser loses long ones ("President of Chad Mahamat Deby, Prime Minister of Italy Giorgia Meloni and ...")."""
    doc, stop = document.doc, start
    while stop < end and (doc[stop].pos_ in _IN_LISTS or doc[stop].lower_ in _OF_TITLES) and doc[stop].text != ";":
        stop += 1
    if not any(token.text == "," or token.lower_ == "and" for token in doc[start:stop]):
        return []
    return [
        (party, at)
        for party, at in document.ledger.parties(doc[start:stop])
        if party.kind == "person" and office_country(document, party) is not None
    ]


def state_of(document: Document, party: Party) -> Party | None:
    """The state whose office a person holds, as a party."""
    code = office_country(document, party)
    state = next((e for e in document.ledger.entities if e.kind == "state" and e.code == code), None)
    return None if code is None or state is None else Party(name=state.name, code=code, kind="state", ref=None)


def home_state(document: Document) -> Party | None:
    """The state an article is about: that of its dateline, else the one named far more often than any other."""
    kept = document.doc.user_data.get("home_state", "")
    if kept == "":
        kept = document.doc.user_data["home_state"] = _home_state(document)
    return kept if isinstance(kept, Party) else None


def _home_state(document: Document) -> Party | None:
    states = [e for e in document.ledger.entities if e.kind == "state" and e.code not in (None, "EU")]
    at = dateline_place(document)
    if at is not None and at.place.country is not None:
        code = at.place.country
        name = next((e.name for e in states if e.code == code), code)
        return Party(name=name, code=code, kind="state", ref=None)
    states.sort(key=lambda e: -len(e.mentions))
    if (
        not states
        or len(states[0].mentions) < 3
        or (states[1:] and len(states[1].mentions) * 2 > len(states[0].mentions))
    ):
        return None
    return Party(name=states[0].name, code=states[0].code, kind="state", ref=None)


def dateline_place(document: Document) -> "Placed | None":
    """The place an article is reported from."""
    dateline = document.layout.dateline_span
    if dateline is None:
        return None
    span = document.doc.char_span(dateline[0], dateline[1], alignment_mode="expand")
    return None if span is None else placed(document, span.start, span.end, "place.dateline", "inferred")


def office_country(document: Document, party: Party) -> str | None:
    """The code of the state whose office a person holds, if any."""
    if party.kind == "person" and party.ref is not None:
        for entity in document.ledger.entities:
            if entity.id == party.ref and entity.office is not None:
                return entity.office.country
    return None


def conjuncts(token: Token) -> Iterator[Token]:
    """A token and what is joined to it by "and" or a comma."""
    yield token
    for child in token.rights:
        if child.dep_ == "conj":
            yield from conjuncts(child)


#: Verbs whose object does what the infinitive below them says: "forced the bank to file".
_OBJECT_CONTROL = frozenset(
    {"force", "urge", "ask", "allow", "order", "lead", "cause", "invite", "tell", "enable", "require"}
)


def subjects(verb: Token) -> list[Token]:
    """The subjects of a verb, each conjunct apart; that of the verb above where a clause has none of its own."""
    if _reduced_main(verb):
        return list(conjuncts(verb.head))
    node = verb
    for _ in range(5):
        passive = any(child.dep_ == "auxpass" for child in node.children)
        for child in node.children:
            if child.dep_ == "nsubj" or (child.dep_ == "nsubjpass" and (node != verb or not passive)):
                found = child
                if child.lower_ in ("who", "that", "which") and node.dep_ == "relcl":
                    found = node.head
                return list(conjuncts(found))
            if child.dep_ == "agent":
                return [t for inner in child.children if inner.dep_ == "pobj" for t in conjuncts(inner)]
        if node.dep_ == "acl" and node.head.pos_ in ("NOUN", "PROPN", "PRON") and node.tag_ == "VBG":
            return list(conjuncts(node.head))
        if passive and node == verb:
            return []
        if node.dep_ == "xcomp" and node.head.lemma_ in _OBJECT_CONTROL:
            controlled = [child for child in node.head.children if child.dep_ == "dobj"]
            if controlled:
                return list(conjuncts(controlled[0]))
        if node.dep_ in ("conj", "xcomp", "advcl", "pcomp", "acl") or (node.dep_ == "ccomp" and node.tag_ == "VBG"):
            node = node.head
            while node.pos_ in ("ADP", "SCONJ", "ADJ", "NOUN") and node.head != node:
                node = node.head
        else:
            return []
    return []


def _determined(noun: Token) -> bool:
    return any(child.dep_ == "det" for child in noun.lefts)


def _reduced_main(verb: Token) -> bool:
    """Whether the parser took the main verb of a sentence for a participle: "The board named Maria Lopez"."""
    head = verb.head
    return (
        verb.dep_ == "acl"
        and verb.tag_ == "VBN"
        and head.dep_ == "ROOT"
        and head.pos_ in ("NOUN", "PROPN")
        and verb.i == head.i + 1
        and any(child.dep_ in ("dobj", "oprd") for child in verb.rights)
    )


def objects(verb: Token) -> list[Token]:
    """The objects of a verb, or the subjects of its passive, each conjunct apart."""
    out: list[Token] = []
    for child in verb.children:
        if child.dep_ in ("dobj", "nsubjpass"):
            if child.lower_ in ("who", "that", "which") and verb.dep_ == "relcl":
                out.extend(conjuncts(verb.head))
            else:
                out.extend(conjuncts(child))
    if not out:
        # "named Maria Lopez as chairman": the parser takes the name for the role.
        out = [c for c in verb.children if c.dep_ == "oprd" and c.tag_ == "NNP" and not _determined(c)][:1]
    if not out and verb.dep_ in ("acl", "relcl") and verb.tag_ == "VBN" and not _reduced_main(verb):
        out.extend(conjuncts(verb.head))
    return out


def prepositional(token: Token, prepositions: frozenset[str] | set[str]) -> list[Token]:
    """The objects of these prepositions below a token, each conjunct apart."""
    out: list[Token] = []
    for child in token.children:
        if child.dep_ in ("prep", "agent", "dative") and child.lower_ in prepositions:
            for inner in child.children:
                if inner.dep_ == "pobj":
                    out.extend(conjuncts(inner))
                elif inner.dep_ == "prep":
                    out.extend(prepositional(child, {inner.lower_}))
    return out


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
                found = placed(document, child.i + 1, child.right_edge.i + 1, "place.attached")
                if found is not None:
                    return found
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
