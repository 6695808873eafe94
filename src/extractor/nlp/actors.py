"""Whom a word stands for that acts in an event or is bound by an agreement; who a name means, the ledger knows."""

from collections.abc import Iterator
from typing import cast

from spacy.tokens import Token

from extractor.models import Party
from extractor.nlp.document import Document
from extractor.nlp.speakers import SpeakerLine, speaker_lines
from extractor.nlp.time_and_place import dateline_place


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
    all_of_them = _states_meant(document, token)
    if all_of_them:
        return [(party, token) for party in all_of_them]
    both = document.ledger.several(token)
    if both:
        return [(party, token) for party in both]
    group = _members(document, token)
    if len(group) > 1:
        return group
    party = document.ledger.party(token)
    if party is not None:
        return [(party, token)]
    if group:
        return group
    if token.lower_ in _STYLES:
        # "His Highness the Amir received": the style stands before the one it honours.
        honoured = [child for child in token.rights if child.dep_ == "appos"]
        return [item for child in honoured[:1] for item in parties(document, child)]
    part = _body_of_part(document, token)
    if part is not None:
        return [part]
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
    states = _states_behind(document, token)
    if len(states) > 1:
        return states
    found = named(doc[token.left_edge.i : token.i + 1])
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ in ("of", "from", "including") and child.i + 1 < len(doc):
            below = named(doc[child.i + 1 : min(child.right_edge.i + 1, child.i + 30)])
            wanted = ("person",) if child.lower_ == "including" else ("state", "organization")
            known = {party.name for party, _ in found}
            found.extend(item for item in below if item[0].kind in wanted and item[0].name not in known)
    return found


_STYLES = frozenset({"highness", "excellency", "majesty", "eminence", "honour", "honor", "holiness"})
#: Nouns for a part of a body, or for those who act for it: "the Lagos chapter of the union", "the board of the bank".
_PARTS = frozenset(
    {
        "chapter",
        "branch",
        "bench",
        "wing",
        "arm",
        "section",
        "caucus",
        "faction",
        "secretariat",
        "leadership",
        "council",
    }
    | {
        "board",
        "management",
        "executive",
        "delegation",
        "team",
        "crew",
        "shareholder",
        "director",
        "worker",
        "employee",
    }
    | {
        "staff",
        "member",
        "delegate",
        "representative",
        "negotiator",
        "engineer",
        "pilot",
        "driver",
        "activist",
        "fighter",
    }
    | {"militant", "supporter", "division", "subsidiary", "affiliate", "office", "mission", "contingent", "troop"}
)


def _body_of_part(document: Document, token: Token) -> tuple[Party, Token] | None:
    """The body that a part of it or its people stand for, named behind "of", "from" or "at" or as their owner."""
    if token.pos_ != "NOUN" or token.lemma_.lower() not in _PARTS:
        return None
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ in ("of", "from", "at") and child.i <= token.i + 2:
            for party, at in document.ledger.parties(document.doc[child.i + 1 : child.right_edge.i + 1])[:1]:
                return (party, at) if party.kind == "organization" else None
    for child in token.lefts:
        if child.dep_ in ("poss", "compound"):
            owner = document.ledger.party(child)
            if owner is not None and owner.kind == "organization":
                return owner, child
    return None


#: Those who speak for states, in the plural, and words for the states themselves.
_ENVOYS = frozenset(
    {"minister", "leader", "president", "representative", "delegate", "official", "premier", "head", "chief", "envoy"}
    | {"ambassador", "delegation", "governor", "expert", "negotiator", "general", "government", "parliament", "member"}
)
_STATES = frozenset({"country", "state", "nation", "party", "side", "government", "member", "participant", "signatory"})
#: Verbs of those who act together.
_ACTING_TOGETHER = frozenset(
    {"meet", "sign", "agree", "gather", "hold", "adopt", "attend", "join", "convene", "form", "establish", "pledge"}
    | {"launch", "conclude", "announce", "take", "participate", "issue", "discuss"}
)
#: Tokens from the beginning within which an article tells whose meeting it is on: "the ministers" means those to its end.
_OPENING = 150
#: Tokens before a list of states within which those who speak for them may stand.
_BEFORE_STATES = 8


def _states_meant(document: Document, token: Token) -> list[Party]:
    """The three states or more that "they", "the ministers" or "the parties" go back to. Empty where there are none."""
    they = token.lower_ == "they"
    if not they and (token.tag_ not in ("NNS", "NNPS") or _singular(token) not in _ENVOYS | _STATES):
        return []
    lists = _lists_of_states(document)
    if not lists or document.ledger.entity_at(token.i) is not None:
        return []
    for child in token.children:
        bare = child.dep_ == "punct" or child.lower_ in ("the", "all", "these", "those", "three", "four", "five", "six")
        if not bare and child.i < token.i + 2:
            return []
    start = token.sent.start
    near = start if start == 0 else document.doc[start - 1].sent.start
    opening = 0 if they else _OPENING
    before = [(end, states) for end, states in lists if end <= token.i and (end > near or end < opening)]
    return before[-1][1] if before else []


def _singular(token: Token) -> str:
    """The lemma of a plural, a proper noun's too ("the Foreign Ministers")."""
    lemma = token.lemma_.lower()
    return "country" if lemma == "countries" else lemma.removesuffix("s") if token.tag_ == "NNPS" else lemma


def _lists_of_states(document: Document) -> list[tuple[int, list[Party]]]:
    """Each list of three states or more that act together ("the ministers of Chad, Mali and Niger"), with its end."""
    kept = document.doc.user_data.get("lists_of_states")
    if kept is None:
        kept = document.doc.user_data["lists_of_states"] = list(_read_lists(document))
    return cast(list[tuple[int, list[Party]]], kept)


def _read_lists(document: Document) -> Iterator[tuple[int, list[Party]]]:
    named = sorted(
        (mention.start, mention.end, entity.code)
        for entity in document.ledger.entities
        if entity.kind == "state" and entity.code is not None
        for mention in entity.mentions
        if mention.rule == "state.name"
    )
    run: list[tuple[int, int, str]] = []
    for start, end, code in [*named, (len(document.doc), len(document.doc), "")]:
        if run and not _joined(document, run[-1][1], start):
            if len(run) >= 3 and _acts_together(document, run[0][0], run[-1][1]):
                yield run[-1][1], [document.ledger.state(each) for each in dict.fromkeys(c for _, _, c in run)]
            run = []
        run.append((start, end, code))


def _joined(document: Document, end: int, start: int) -> bool:
    between = document.doc[end:start]
    return 0 < len(between) <= 6 and all(
        t.text == "," or t.is_space or t.lower_ in ("and", "the", "of", "republic", "kingdom", "as", "well")
        for t in between
    )


def _acts_together(document: Document, start: int, end: int) -> bool:
    doc = document.doc
    if any(t.tag_ in ("NNS", "NNPS") and _singular(t) in _ENVOYS for t in doc[max(0, start - _BEFORE_STATES) : start]):
        return True
    head = doc[start]
    return head.dep_ == "nsubj" and head.head.lemma_ in _ACTING_TOGETHER and head.head.i >= end


def _states_behind(document: Document, token: Token) -> list[tuple[Party, Token]]:
    """The states for which a plural noun's holders speak, however the parser hung them: "the Ministers responsible for
    Transport of Austria, Bulgaria and Croatia"."""
    if _singular(token) not in _ENVOYS:
        return []
    out: dict[str, tuple[Party, Token]] = {}
    opened = False
    for following in document.doc[token.i + 1 : min(token.i + 40, token.sent.end)]:
        if following.pos_ in ("VERB", "AUX") or following.text in (";", ".", "("):
            break
        opened = opened or following.lower_ in ("of", "from")
        entity = document.ledger.entity_at(following.i)
        if opened and entity is not None and entity.kind == "state" and entity.code is not None:
            out.setdefault(entity.code, (document.ledger.state(entity.code), following))
        elif opened and out and not (following.text == "," or following.lower_ in ("and", "the", "as", "well")):
            break
    return list(out.values())


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


def two_states(document: Document) -> list[Party]:
    """The two states that an article is about: named three times or more and twice as often as any third. Else none."""
    states = [e for e in document.ledger.entities if e.kind == "state"]
    states.sort(key=lambda e: -len(e.mentions))
    if len(states) < 2 or len(states[1].mentions) < 3:
        return []
    if states[2:] and len(states[2].mentions) * 2 > len(states[1].mentions):
        return []
    return [Party(name=e.name, code=e.code, kind="state", ref=None) for e in states[:2]]


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


def office_country(document: Document, party: Party) -> str | None:
    """The code of the state whose office a person holds, if any."""
    if party.kind == "person" and party.ref is not None:
        for entity in document.ledger.entities:
            if entity.id == party.ref and entity.office is not None:
                return entity.office.country
    return None
