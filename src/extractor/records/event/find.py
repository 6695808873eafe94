"""Finds the mentions of events: trigger words whose rule's conditions hold, with their arguments."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Token

from extractor.nlp import proper_names, roles, time_and_place
from extractor.nlp.conditions import noun_fits, verb_fits
from extractor.nlp.context import Assertion, assertion, cues
from extractor.nlp.document import Document
from extractor.nlp.time_and_place import Dated, Placed
from extractor.records.event.table import EventRule, table
from extractor.records.event.takers import Taker, takers_of_noun, takers_of_verb

#: Determiners that point back to an event told before.
DEFINITE = frozenset({"the", "this", "that", "these", "those", "our", "their", "his", "her", "its", "my", "your"})


#: Trigger words that expressions of time may hold: "the Year of Culture".
_OF_TIME = frozenset({"year", "day", "week", "month", "decade"})
#: Types whose events bear their name behind their kind: "Hurricane Ida", "Exercise Malabar".
_NAME_AFTER = frozenset({"disaster", "exercise"})
#: Words that make of a trigger a habit: "we meet regularly", "frequent visits".
_OFTEN = frozenset(
    {"regularly", "often", "usually", "frequently", "always", "sometimes", "rarely", "annually", "routinely"}
    | {"regular", "frequent"}
)


@dataclass(slots=True)
class Mention:
    """One mention of an event: its rule, its head, its span and name (token offsets), and its arguments."""

    rule: EventRule
    head: Token
    start: int
    end: int
    name: tuple[int, int] | None
    definite: bool
    light: Token | None
    assertion: Assertion
    takers: list[Taker] = field(default_factory=list)
    dated: Dated | None = None
    placed: Placed | None = None
    #: The mention by a verb of which this noun is an argument, where both tell of one event.
    tied: "Mention | None" = None

    @property
    def verbal(self) -> bool:
        """Whether a verb tells of it, so that its tense says whether it happened."""
        return self.head.pos_ == "VERB" or self.light is not None


def find_mentions(document: Document) -> list[Mention]:
    """Every mention of an event, in order."""
    rules = table()
    out: list[Mention] = []
    seen: set[str] = set()
    taken = -1
    timed = {i for time in document.times for i in range(time.start, time.end)}
    verbs: dict[int, Mention] = {}
    for token in rules.candidates(document.doc):
        if token.i < taken or (token.i in timed and token.lemma_.lower() not in _OF_TIME):
            continue
        pos = token.pos_
        if pos == "VERB":
            found = _verb(document, token, rules.of_verb(token))
            if found is None and token.tag_ == "VBG" and token.dep_ in ("nsubj", "csubj", "dobj", "pobj"):
                # "Fighting in the north has displaced thousands."
                found = _noun(document, token, rules.nouns.get(token.lower_), seen)
        elif pos == "NOUN" or pos == "PROPN":
            found = _noun(document, token, rules.of_noun(token), seen)
        elif token.text == "-":
            found = _hyphened(document, token, seen)
        else:
            continue
        if found is not None and pos == "VERB" and _told_by_subject(found, out):
            continue
        if found is not None:
            if pos == "VERB":
                verbs[token.i] = found
            found.tied = _teller(found, verbs)
            out.extend(_each(document, found))
            seen.add(found.rule.type)
            if found.name is not None or token.text == "-":
                taken = found.end
    return out


def _teller(mention: Mention, verbs: dict[int, Mention]) -> Mention | None:
    """The mention by a verb that tells of the same event: "won the election", "opened fire, killing eight"."""
    head = mention.head
    if head.pos_ != "VERB":
        verb = roles.governor(head)
    else:
        verb = head.head if head.tag_ == "VBG" and head.dep_ in ("advcl", "conj", "xcomp", "dep") else None
        if head.dep_ in ("ccomp", "xcomp"):
            # "ordered that he be remanded", "voted to censure"
            verb = head.head
        if verb is None:
            # "Voting 12-4, senators passed"
            verb = next((child for child in head.lefts if child.tag_ == "VBG" and child.i in verbs), None)
    teller = verbs.get(verb.i) if verb is not None else None
    return teller if teller is not None and teller.rule.type == mention.rule.type else None


def _each(document: Document, mention: Mention) -> list[Mention]:
    """A mention, or two where a plural joins two names: "the G20 and APEC Summits"."""
    head, name = mention.head, mention.name
    if name is None or head.tag_ != "NNPS" or mention.rule.type not in ("summit", "conference"):
        return [mention]
    join = next((i for i in range(name[0] + 1, head.i - 1) if document.doc[i].lower_ == "and"), None)
    if join is None:
        return [mention]
    # The bodies named tell the two apart: neither takes part in both.
    takers = [taker for taker in mention.takers if taker.rule != "participant.modifier"]
    first = replace(mention, start=mention.start, end=join, name=(name[0], join), takers=takers)
    return [first, replace(mention, start=join + 1, name=(join + 1, name[1]), takers=list(takers))]


def _told_by_subject(mention: Mention, before: Sequence[Mention]) -> bool:
    """Whether the subject of a verb is itself the event: "the air strike killed nine"."""
    subjects = {token.i for token in (*roles.subjects(mention.head), *roles.objects(mention.head))}
    return any(m.head.i in subjects and m.rule.type == mention.rule.type for m in before[-4:])


def _verb(document: Document, verb: Token, rules: Sequence[EventRule] | None) -> Mention | None:
    if not rules or verb.dep_ == "amod" or _habitual(verb):
        return None
    if verb.dep_ == "pcomp" and verb.head.lower_ == "on" and verb.head.head.pos_ == "NOUN":
        # "a memorandum on rescuing stranded sailors"
        return None
    if (
        verb.dep_ == "acl"
        and verb.tag_ == "VB"
        and verb.head.lemma_.lower() not in cues("noun")
        and _is_infinitive(verb)
    ):
        # "cooperation to prosecute smugglers"
        return None
    since = verb.dep_ == "pcomp" and verb.head.lower_ == "since"
    since = since or (verb.dep_ == "advcl" and any(c.lower_ == "since" and c.dep_ == "mark" for c in verb.lefts))
    for rule in rules:
        if since and rule.type == "personnel":
            # "since he took office" tells from when something else holds.
            continue
        if verb_fits(document, verb, rule):
            start, end = roles.phrase(verb)
            asserted = assertion(verb)
            if rule.type == "election" and asserted.status == "denied":
                # A bill that failed to pass was voted on.
                asserted = Assertion("actual", asserted.cue, asserted.rule)
            mention = Mention(rule, verb, start, end, None, False, None, asserted)
            mention.takers = list(takers_of_verb(document, verb, rule))
            mention.dated = time_and_place.attached_date(document, verb)
            mention.placed = _place_of_verb(document, verb, rule)
            bare = not mention.takers and mention.placed is None
            return None if bare and verb.tag_ in ("VB", "VBG") and not _has_subject(verb) else mention
    return None


def _is_infinitive(verb: Token) -> bool:
    return any(c.tag_ == "TO" for c in verb.lefts) and not any(c.dep_ == "auxpass" for c in verb.lefts)


def _habitual(verb: Token) -> bool:
    """Whether a verb tells of a habit: "often meet", "meet every year"."""
    for child in verb.children:
        if child.lower_ in _OFTEN:
            return True
        if child.dep_ == "npadvmod" and any(c.lower_ in ("every", "each") for c in child.lefts):
            return True
    return False


def _hyphened(document: Document, hyphen: Token, seen: set[str]) -> Mention | None:
    """A trigger that a hyphen joins: "sit-in", "by-election"."""
    doc, i = document.doc, hyphen.i
    if not 0 < i < len(doc) - 1 or doc[i - 1].whitespace_ or hyphen.whitespace_:
        return None
    rules = table().nouns.get(f"{doc[i - 1].lower_}-{doc[i + 1].lemma_.lower()}")
    if not rules:
        return None
    head = doc[i + 1] if doc[i + 1].head.i not in (i - 1, i) else doc[i - 1]
    found = _noun(document, head, rules, seen)
    if found is not None:
        found.start, found.end = min(found.start, i - 1), max(found.end, i + 2)
    return found


#: Nouns that carry a trigger before them: "a coup attempt".
_BEARERS = frozenset({"attempt", "bid", "plot", "operation", "effort", "mission"})


#: Words that make of a kind of disaster or drill the name of something else: "a Major Disaster Declaration".
_NO_NAMES = frozenset(
    {"declaration", "act", "fund", "agency", "authority", "relief", "center", "centre", "assistance", "response"}
    | {"team", "plan", "management", "commission", "committee", "council", "recovery", "program", "programme"}
)
#: Nouns that behind "in" only say how something is done.
_IN_PASSING = frozenset({"consultation", "discussion", "dialogue", "conversation", "meeting"})
#: What stands against a kind of event, none of which need be: "a ban on rallies".
_CURBS = frozenset({"ban", "curb", "restriction", "limit", "moratorium", "prohibition"})
#: Types whose words in the name of a body are none of its doings.
_NO_BODIES = frozenset({"legal", "sanction", "personnel", "launch", "election"})
#: Types that bear no proper names: "Executive Order".
_NAMELESS = frozenset({"legal", "sanction", "personnel"})


def _noun(document: Document, trigger: Token, rules: Sequence[EventRule] | None, seen: set[str]) -> Mention | None:
    if not rules:
        return None
    noun = trigger
    if trigger.dep_ in ("compound", "nmod") and trigger.head.i > trigger.i and trigger.head.pos_ in ("NOUN", "PROPN"):
        drill = trigger.lemma_ == "exercise"
        named = (drill or trigger.tag_ == "NNP") and trigger.head.pos_ == "PROPN"
        if named and trigger.head.lower_ in _NO_NAMES:
            return None
        if (not drill and trigger.head.i != trigger.i + 1) or not (named or trigger.head.lemma_ in _BEARERS):
            return None
        # "Hurricane Ida": the proper name is the head.
        noun = trigger.head
    start, end = roles.phrase(noun)
    left = {token.lower_ for token in document.doc[start : noun.i]}
    if "-" in left:
        # "live-fire", "three-day"
        left |= {
            f"{document.doc[i - 1].lower_}-{document.doc[i + 1].lower_}"
            for i in range(start + 1, noun.i - 1)
            if document.doc[i].lower_ == "-"
        }
    if noun.tag_ == "NN" and start == noun.i and (noun.lower_ == "negotiation" or _in_passing(noun)):
        # "in consultation with the port authority", "the skill of negotiation"
        return None
    if left & _OFTEN or (noun.dep_ == "pobj" and noun.head.head.lemma_.lower() in _CURBS and noun.tag_ == "NNS"):
        return None
    name = proper_names.proper_name(noun) if noun == trigger else (trigger.i, noun.i + 1)
    if noun.lemma_ in _BEARERS and noun != trigger:
        name = None
    entity = document.ledger.entity_at(noun.i)
    body = entity is not None and entity.kind == "organization"
    for rule in rules:
        if body and rule.type in _NO_BODIES:
            # "the Federal Bureau of Investigation"
            continue
        if not noun_fits(noun, rule, left) or not (noun == trigger or _carried(noun, rule)):
            continue
        if name is not None and document.doc[name[0] : name[1]].text in rule.not_name:
            continue
        light = roles.light_verb(noun)
        takers = list(takers_of_noun(document, noun, light, rule))
        dated = _date_of_noun(document, noun)
        placed = _place_of_noun(document, noun, rule)
        definite = bool(left & DEFINITE) or any(child.dep_ == "poss" for child in noun.lefts)
        event_name = name if name is not None and _names_event(noun, name) else _anniversary(noun)
        if rule.type in _NAMELESS:
            event_name = None
        if not _enough(document, rule, noun, event_name, takers, dated, placed, light, definite and rule.type in seen):
            continue
        if event_name is not None and event_name is name:
            start, end = min(start, event_name[0]), max(end, event_name[1])
        return Mention(
            rule, noun, start, end, event_name, definite, light, _assertion(noun, rule), takers, dated, placed
        )
    return None


def _in_passing(noun: Token) -> bool:
    return noun.lower_ in _IN_PASSING and noun.head.lower_ == "in"


def _assertion(noun: Token, rule: EventRule) -> Assertion:
    """How a noun is asserted; an election that someone calls is still to come."""
    verb = roles.governor(noun)
    if verb is not None and verb.lemma_ == "call" and (rule.type == "election" or _for_a_day(noun, verb)):
        return Assertion("planned", verb, "event.called")
    asserted = assertion(noun, eventive=True)
    if asserted.status == "denied" and any(t.dep_ == "acl" and t.lemma_ in _CALLED for t in noun.subtree):
        # "a strike called for Monday was averted": it was planned.
        return Assertion("cancelled", asserted.cue, asserted.rule)
    return asserted


#: Participles that say that an event was to be.
_CALLED = frozenset({"call", "plan", "schedule", "set", "announce"})


def _for_a_day(noun: Token, verb: Token) -> bool:
    """Whether a day is named for it: "called a strike for Monday"."""
    return any(
        child.dep_ == "prep" and child.lower_ == "for" and any(t.ent_type_ in ("DATE", "TIME") for t in child.rights)
        for child in (*noun.rights, *verb.rights)
    )


def _carried(noun: Token, rule: EventRule) -> bool:
    """Whether a trigger may stand before the head of its phrase."""
    return rule.type in _NAME_AFTER or noun.lemma_ in _BEARERS


def _names_event(noun: Token, name: tuple[int, int]) -> bool:
    """Whether a name is one of the event, not merely a capitalised first word."""
    return noun.tag_ in ("NNP", "NNPS") or name[1] - name[0] > 2


def _anniversary(noun: Token) -> tuple[int, int] | None:
    """The name of an anniversary: "80th anniversary of the founding of the republic"."""
    if noun.lemma_.lower() != "anniversary":
        return None
    ordinal = next((c for c in noun.lefts if c.dep_ == "amod" and c.text[:1].isdigit()), None)
    of = next((c for c in noun.rights if c.dep_ == "prep" and c.lower_ == "of"), None)
    if ordinal is None or of is None or of.right_edge.i - noun.i > 30:
        return None
    return ordinal.i, of.right_edge.i + 1


def _enough(
    document: Document,
    rule: EventRule,
    noun: Token,
    name: tuple[int, int] | None,
    takers: Sequence[Taker],
    dated: Dated | None,
    placed: Placed | None,
    light: Token | None,
    back: bool,
) -> bool:
    """Whether a noun tells of one event and not of a kind: it has a name, a party, a date, a place or goes back."""
    if rule.person and not any(taker.party.kind != "organization" for taker in takers) and placed is None:
        return back
    if rule.named:
        return name is not None
    if rule.named_or_light:
        if back or name is not None or _underway(noun):
            return True
        if rule.support:
            told = any(roles.answers(verb, rule.support) for verb in roles.tellers(noun))
            return told or any(taker.rule != "participant.subject" for taker in takers)
        attached = dated is not None and dated.rule != "date.sentence"
        if light is not None and (placed is not None or attached):
            return True
        return bool(takers) and (light is not None or len(takers) > 1 or attached)
    if not rule.anchored or back or name is not None or takers or _underway(noun):
        return True
    if rule.support and any(roles.answers(verb, rule.support) for verb in roles.tellers(noun)):
        return True
    if placed is not None:
        return True
    if dated is not None and dated.rule in ("date.attached", "date.clause"):
        return True
    definite = any(child.lower_ in DEFINITE for child in noun.lefts)
    return light is not None and (definite or noun.tag_ in ("NN", "NNP")) and document.sentence(noun.i).start < 200


def _underway(noun: Token) -> bool:
    """Whether it is said to go on: "An investigation is now underway"."""
    verb = noun.head
    return noun.dep_ == "nsubj" and verb.lemma_ == "be" and any(c.lower_ in _GOING_ON for c in verb.subtree)


_GOING_ON = frozenset({"underway", "under-way", "ongoing", "afoot"})
#: Prepositions of the places a visit goes to.
_VISITED = time_and_place.AT | {"of", "through"}


def _has_subject(verb: Token) -> bool:
    return bool(roles.subjects(verb)) or any(child.dep_ == "nsubjpass" for child in verb.children)


def _date_of_noun(document: Document, noun: Token) -> Dated | None:
    """The date attached to a noun, or to the clause that tells of it: "floods, which killed 14 people in January"."""
    found = time_and_place.attached_date(document, noun)
    if found is None or found.rule == "date.sentence":
        for child in noun.rights:
            if child.dep_ == "relcl":
                found = time_and_place.attached_date(document, child) or found
    return found


#: Types told with their place deep in their phrase: "the opening of an airport in Accra".
_DEEP = frozenset({"conflict", "protest", "disaster", "launch", "sanction"})


def _place_of_noun(document: Document, noun: Token, rule: EventRule) -> Placed | None:
    if rule.type == "visit":
        return time_and_place.attached_place(document, noun, _VISITED, _VISITED)
    found = time_and_place.attached_place(document, noun)
    verb = noun.head
    if found is None and rule.type == "disaster" and noun.dep_ == "nsubj" and verb.pos_ == "VERB":
        # "shook the southern Philippines", "slammed into Cagayan"
        for token in (*roles.objects(verb), *roles.prepositional(verb, frozenset({"into", "off", "across"}))):
            found = found or time_and_place.visited(document, token)
    if found is None and rule.type in _DEEP:
        for child in noun.rights:
            if child.dep_ == "prep" and child.lower_ in ("of", "on", "at", "against"):
                found = time_and_place.placed(document, child.i + 1, child.right_edge.i + 1, "place.attached")
                if found is not None:
                    break
    return found


def _place_of_verb(document: Document, verb: Token, rule: EventRule) -> Placed | None:
    if rule.id == "event.visit.left_for":
        # "left Nairobi for Geneva"
        bound_for = (c for c in verb.children if c.dep_ == "prep" and c.lower_ == "for")
        return next((p for c in bound_for if (p := time_and_place.destination(document, c)) is not None), None)
    if rule.type == "visit":
        for token in roles.objects(verb):
            found = time_and_place.visited(document, token)
            if found is not None:
                return found
    found = time_and_place.attached_place(document, verb)
    if found is None and rule.type in ("conflict", "disaster", "launch"):
        # "struck the city of Erbil"
        for token in roles.objects(verb):
            found = found or time_and_place.placed(document, token.left_edge.i, token.right_edge.i + 1, "place.object")
    return found
