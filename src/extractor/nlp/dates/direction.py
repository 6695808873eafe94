"""Whether a clause looks back or ahead: what decides between the last Monday and the next."""

from typing import Literal

from spacy.tokens import Token

Direction = Literal[-1, 0, 1]

#: Lemmas whose infinitive, object or participle lies ahead.
_PLANS = frozenset(
    [
        "agree",
        "aim",
        "announce",
        "call",
        "continue",
        "decide",
        "ask",
        "authorise",
        "authorize",
        "commit",
        "direct",
        "due",
        "encourage",
        "expect",
        "forecast",
        "hope",
        "instruct",
        "intend",
        "invite",
        "mandate",
        "mull",
        "necessary",
        "order",
        "plan",
        "pledge",
        "prepare",
        "promise",
        "propose",
        "ready",
        "request",
        "require",
        "resolve",
        "schedule",
        "seek",
        "set",
        "slate",
        "task",
        "threaten",
        "undertake",
        "urge",
        "vow",
        "want",
        "warn",
        "wait",
        "likely",
        "tip",
        "poise",
        "bind",
    ]
)
#: Verbs whose objects lie ahead: "expects a cut in October", "warned of a strike from October 10".
_FORESEES = frozenset(
    [
        "anticipate",
        "await",
        "expect",
        "eye",
        "forecast",
        "foresee",
        "plan",
        "predict",
        "project",
        "promise",
        "propose",
        "schedule",
        "threaten",
        "warn",
    ]
)
#: Verbs that the present tense of a timetable goes with ("parliament votes on Friday").
_TIMETABLE = frozenset(
    [
        "arrive",
        "begin",
        "close",
        "come",
        "conclude",
        "convene",
        "depart",
        "end",
        "expire",
        "face",
        "fall",
        "fly",
        "gather",
        "go",
        "head",
        "hold",
        "host",
        "kick",
        "launch",
        "leave",
        "meet",
        "open",
        "pass",
        "play",
        "resume",
        "run",
        "start",
        "take",
        "travel",
        "visit",
        "vote",
    ]
)
#: Verbs that put a thing off to a day to come, whatever their own tense ("adjourned to 15 September").
_PUTS_OFF = frozenset(
    [
        "adjourn",
        "postpone",
        "defer",
        "delay",
        "extend",
        "reschedule",
        "move",
        "push",
        "shift",
        "set",
        "schedule",
        "slate",
    ]
)
_AHEAD_WORDS = frozenset(
    ["upcoming", "forthcoming", "scheduled", "planned", "due", "expected", "tentative", "tentatively", "later"]
)
_MODALS_AHEAD = frozenset(
    ["will", "shall", "wo", "'ll", "’ll", "would", "may", "might", "should", "must", "can", "could"]
)


def direction(token: Token) -> Direction:
    """-1 where the clause of `token` is past, 1 where it lies ahead, 0 where its tense does not say."""
    if _from_amount(token):
        return -1
    node = token
    for _ in range(12):
        for child in node.lefts:
            if child.lower_ in _AHEAD_WORDS and child.i < token.i:
                return 1
        found = _of_verb(node, token) if node.tag_[:1] == "V" or node.tag_ == "MD" else None
        if found is not None:
            return found
        if node.lower_ in ("due", "scheduled", "likely", "ready") and node.tag_ == "JJ":
            return 1
        if node.head == node:
            break
        node = node.head
    return 0


def _of_verb(verb: Token, token: Token) -> Direction | None:
    """The direction a verb gives, or None where the verb above it decides."""
    auxiliaries = [child for child in verb.lefts if child.dep_ in ("aux", "auxpass", "neg")]
    words = {child.lower_ for child in auxiliaries}
    tag, lemma = verb.tag_, verb.lemma_.lower()
    if lemma in _PUTS_OFF and verb.i < token.i and _to(verb, token):
        return 1
    if words & _MODALS_AHEAD:
        return -1 if "have" in words and tag == "VBN" else 1
    if "to" in words:
        if "have" in words and tag == "VBN":
            return -1
        return _of_infinitive(verb, token)
    if any(child.lemma_ == "have" for child in auxiliaries) or words & {"was", "were", "did", "been"}:
        return 1 if lemma in ("schedule", "expect", "due", "set", "slate") and verb.i < token.i and tag == "VBN" else -1
    if words & {"is", "are", "'s", "\u2019s", "'re", "\u2019re", "be", "being", "am"}:
        if tag == "VBG":
            return 1 if lemma in _TIMETABLE or lemma in _PLANS else 0
        return 1 if lemma in _PLANS else 0
    if lemma in _FORESEES and tag in ("VBD", "VBZ", "VBP") and verb.i < token.i:
        return 1 if tag != "VBD" or _in_object(verb, token) else -1
    if tag == "VBD":
        return -1
    if tag == "VBN":
        return 1 if lemma in ("schedule", "plan", "expect", "slate", "set") and verb.i < token.i else -1
    if tag in ("VBZ", "VBP"):
        if lemma in ("be", "have", "do"):
            due = any(child.lower_ in ("due", "set", "scheduled", "likely") for child in verb.rights)
            return 1 if due or (lemma == "be" and _told_of(verb, token)) else 0
        return 1 if lemma in _TIMETABLE else 0
    if tag == "MD":
        return 1
    return None


def _from_amount(token: Token) -> bool:
    """Whether the date is that of an amount another is told from ("to $1.3 billion from $480 million in March")."""
    amount = False
    for word in reversed(token.doc[max(0, token.i - 10) : token.i]):
        if word.lower_ == "from":
            return amount
        if word.is_punct or word.is_space or word.lower_ == "to":
            return False
        amount = amount or word.tag_ == "CD"
    return False


def _in_object(verb: Token, token: Token) -> bool:
    """Whether the date stands with what is foreseen, and not with the foreseeing ("warned on Friday")."""
    if token.i and token.doc[token.i - 1].lower_ in ("from", "by", "until"):
        return True
    node = token
    for _ in range(12):
        above = node.head
        if above == verb:
            return node.dep_ == "dobj" or (node.dep_ == "prep" and node.lower_ in ("of", "for"))
        if above == node:
            return False
        node = above
    return False


def _told_of(verb: Token, token: Token) -> bool:
    """Whether the date is all that a present "is" tells ("the deadline is Friday", "the vote is on 3 May")."""
    first = next((child for child in verb.rights if child.dep_ != "neg"), None)
    if first is None or first.i > token.i:
        return False
    if first.dep_ == "prep" and first.lower_ in ("on", "in", "at"):
        return token.head == first and first.i + 2 >= token.i
    return (
        first == token
        or token in first.lefts
        or (first.dep_ == "attr" and token.head == verb and token.i == first.i + 1)
    )


def _to(verb: Token, token: Token) -> bool:
    """Whether "to" or "until" leads from the verb to the date ("extended to the end of October")."""
    return any(
        word.lower_ in ("to", "till", "until", "for") for word in token.doc[max(verb.i + 1, token.i - 4) : token.i]
    )


def _of_infinitive(verb: Token, token: Token) -> Direction:
    head = verb.head
    if head == verb:
        return 1
    if head.lemma_.lower() in _PLANS or head.pos_ in ("NOUN", "ADJ", "PROPN"):
        return 1
    if head.lemma_ == "be" or (head.lemma_ == "go" and head.tag_ == "VBG"):
        return 1
    if head.tag_[:1] == "V":
        above = _of_verb(head, token)
        return above if above is not None else 0
    return 1
