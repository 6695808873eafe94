"""What a bare number counts: the noun that follows it, in the singular and in lower case."""

import re
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from extractor.nlp.gazetteers import cells, rows

#: Nouns whose plural is the singular, which may follow any number.
INVARIANT = frozenset(
    ["aircraft", "spacecraft", "hovercraft", "personnel", "staff", "police", "crew", "fish", "sheep", "cattle", "deer", "livestock", "species", "series", "head", "offspring", "people", "clergy", "infantry", "cavalry", "youth", "watercraft", "rotorcraft", "shrimp", "salmon", "cod", "grouse", "bison", "swine", "gallows", "dead", "wounded", "missing", "military"]
)  # fmt: skip
#: Adjectives that stand for people: "20 dead, 40 wounded".
_PEOPLE = frozenset(
    [
        "dead",
        "injured",
        "wounded",
        "missing",
        "killed",
        "hurt",
        "displaced",
        "homeless",
        "unemployed",
        "detained",
        "arrested",
        "hospitalised",
        "hospitalized",
        "others",
    ]
)
_FILLERS = frozenset({"more", "other", "additional", "further", "-"})
#: Words of measure and time that a number may be followed by without counting them.
_NOT_COUNTED = frozenset({"o'clock", "a.m.", "p.m.", "am", "pm", "gmt", "utc", "bc", "ad", "pct"})
#: Pronouns that take up what was counted before: "24 of them".
_POINTING = frozenset({"them", "which", "whom", "these", "those", "us", "you"})
#: Nouns that name a thing only together with the noun before them.
#: Aircraft by their makers' numbers, which are counted as aircraft.
_AIRCRAFT = re.compile(
    r"(?:A3[0-9]{2}|7[0-9]7|MD-?[0-9]{2}|E1[0-9]{2}|3[1-9]0|F-?[0-9]{1,2}|MiG-?[0-9]{2}|Su-?[0-9]{2})(?:-[0-9]+)?s"
)
_AGENTS = frozenset({"seeker", "holder", "goer", "owner", "carrier", "maker", "station", "unit"})
_REACH = 9
#: Things named by their model: "24 A320s", "five Boeing 737s".
_MODELS = re.compile(r"(?:[A-Z]{1,3}-?)?\d{2,4}(?:-\d+)?s")


@dataclass(frozen=True, slots=True)
class Thing:
    """The thing counted: its head token and its name."""

    token: Token
    name: str


def thing(doc: Doc, last: int, *, value_is_one: bool, hyphen: bool) -> Thing | None:
    """What the number that ends with token `last` counts. `hyphen`: it is tied to the noun ("300-bed")."""
    end = _sentence_end(doc, last)
    i = last + 1
    while i < end and (doc[i].lower_ in _FILLERS or doc[i].is_space):
        i += 1
    if i >= end or (doc[i - 1].is_space and "\n" in doc[i - 1].text and not doc[i].text[0].islower()):
        return None
    if doc[i].lower_ == "of":
        if i + 1 < end and doc[i + 1].lower_ in _POINTING:
            return Thing(doc[i + 1], "person") if doc[i + 1].lower_ == "whom" else None
        return _of(doc, i, end)
    people = doc[i].lower_ in _PEOPLE and not (
        i + 1 < end and doc[i + 1].pos_ in ("NOUN", "PROPN") and doc[i + 1].tag_ == "NNS"
    )
    if people:
        return Thing(doc[i], "person")
    head = _by_syntax(doc, last, i, end)
    if head is None or not _plural(head):
        other = _by_words(doc, i, end)
        head = other if head is None or (other is not None and _plural(other)) else head
    if head is None:
        return None
    if hyphen:
        return Thing(head, name(head))
    return Thing(head, name(head)) if value_is_one or _plural(head) else None


def _plural(token: Token) -> bool:
    """Whether a noun may follow a number other than one."""
    if _MODELS.fullmatch(token.text):
        return True
    if token.tag_ == "NNP":
        return token.text.endswith("s") and not token.text.endswith("ss")
    return token.tag_ != "NN" or token.lower_ in INVARIANT


def name(token: Token) -> str:
    """The name of a thing counted: its head noun in the singular, with the noun tied to it where it says little alone
    ("asylum seeker")."""
    if _AIRCRAFT.fullmatch(token.text):
        return "aircraft"
    word = singular(token)
    before = token.doc[token.i - 1] if token.i else None
    if word in _AGENTS and before is not None and before.tag_ == "NN" and before.dep_ == "compound":
        return f"{before.lower_} {word}"
    return word


@cache
def _peoples() -> frozenset[str]:
    """Names of peoples in the plural: "Afghans", "Palestinians"."""
    return frozenset(
        people.lower() for row in rows("countries") for people in cells(row["people"]) if people.endswith("s")
    )


def singular(token: Token) -> str:
    """A noun in the singular, lower case; a plural name ("Palestinians") loses its s."""
    lower = token.lower_
    if _MODELS.fullmatch(token.text):
        return lower[:-1]
    if lower in ("people", "persons", "others", "folk") or lower in _peoples():
        return "person"
    if lower.endswith("children"):
        return lower.removesuffix("ren")
    if token.tag_ in ("NNPS", "NNP") or (token.tag_ == "NNS" and token.lemma_.lower() == lower):
        if lower.endswith("ies") and len(lower) > 4:
            return lower[:-3] + "y"
        if lower.endswith("s") and not lower.endswith("ss") and lower not in INVARIANT:
            return lower[:-1]
        return lower
    lemma = token.lemma_.lower()
    # The stock rules know "doses" for the plural of "dos".
    return f"{lemma}e" if lemma.endswith("os") and lower == f"{lemma}es" else lemma


def _by_syntax(doc: Doc, last: int, i: int, end: int) -> Token | None:
    """The noun that the parser ties the number to, if only its own modifiers stand between."""
    token = doc[last]
    head = token.head
    if token.dep_ not in ("nummod", "compound", "amod", "nmod", "quantmod") or not i <= head.i < min(end, i + _REACH):
        return None
    if head.pos_ not in ("NOUN", "PROPN"):
        return None
    for k in range(i, head.i):
        if (doc[k].pos_ in ("VERB", "AUX", "ADP", "SCONJ", "PRON") and doc[k].tag_ not in ("VBN", "VBG")) or doc[
            k
        ].text in ("(", ")", ";", ":", "—", "–"):
            return None
    return _group_end(doc, head, end)


def _group_end(doc: Doc, head: Token, end: int) -> Token:
    """The last noun of the run that `head` begins ("300 Iraqi army soldiers" parsed at "army")."""
    k = head.i
    while (
        k + 1 < end
        and doc[k + 1].pos_ in ("NOUN", "PROPN")
        and doc[k].dep_ in ("compound", "nmod")
        and doc[k].head.i > k
        and doc[k].tag_ in ("NN", "NNP")
    ):
        k += 1
    return doc[k]


def _by_words(doc: Doc, i: int, end: int) -> Token | None:
    found = None
    bracket = 0
    for k in range(i, min(end, i + _REACH + 2)):
        token = doc[k]
        if token.text in "()" and found is not None:
            # "six new Kestrel (KX) aircraft"
            bracket += 1 if token.text == "(" else -1
            continue
        if bracket > 0:
            continue
        if token.lower_ in _NOT_COUNTED:
            return None
        if token.tag_ in ("NNS", "NNPS") or _MODELS.fullmatch(token.text):
            return token
        if token.pos_ in ("NOUN", "PROPN"):
            found = token
        elif token.lower_ == "and" and k + 1 < end and doc[k + 1].tag_ == "NNP":
            # "beat them 2-1 and Lagos lost": another clause begins.
            break
        elif token.pos_ in ("ADJ", "NUM") or token.tag_ in ("VBN", "VBG", "HYPH") or token.lower_ in ("and", "-"):
            if found is not None and token.tag_ != "HYPH":
                break
        else:
            break
    return found


def _of(doc: Doc, i: int, end: int) -> Thing | None:
    """ "six of its plants", "dozens of rounds of artillery": the first noun behind "of"."""
    for child in doc[i].children:
        if child.dep_ == "pobj" and child.pos_ in ("NOUN", "PROPN") and child.i < min(end, i + _REACH + 3):
            if child.tag_ in ("NNS", "NNPS") or child.lower_ in INVARIANT:
                return Thing(child, name(child))
            if "." in doc[i - 1].text and doc[i + 1].lower_ in ("a", "an"):
                # "0.42 of a share"
                return Thing(child, name(child))
            return None
        if child.dep_ == "pobj":
            break
    head = None
    for k in range(i + 1, min(end, i + _REACH)):
        if doc[k].tag_ in ("NNS", "NNPS"):
            head = doc[k]
            break
        if doc[k].pos_ in ("VERB", "AUX", "PUNCT", "ADP"):
            break
    return Thing(head, name(head)) if head is not None else None


def _sentence_end(doc: Doc, last: int) -> int:
    """Where the sentence of token `last` ends, as far as a noun is looked for."""
    limit = min(len(doc), last + 4 * _REACH)
    i = last + 1
    while i < limit and not doc[i].is_sent_start:
        i += 1
    return i
