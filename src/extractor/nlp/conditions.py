"""Conditions of trigger rules: what must stand around a word for it to tell of an event or an agreement."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field
from spacy.strings import get_string_id
from spacy.tokens import Doc, Token

from extractor.nlp import roles
from extractor.nlp.context import words
from extractor.nlp.document import Document
from extractor.nlp.gazetteers import rows
from extractor.nlp.rules import Rule

_WHO = frozenset({"he", "she", "him", "her", "i", "you", "they", "them", "we", "us", "who"})
_NAMED = frozenset({"PERSON", "ORG", "GPE", "NORP"})
#: What a word of a condition may stand for, beside the word itself.
_KINDS = frozenset({"person", "party", "holder", "organization", "state", "place", "thing", "name", "none"})


@cache
def _word_sets() -> dict[str, frozenset[str]]:
    return {row["set"]: frozenset(row["words"].split()) for row in rows("rule_words")}


def _with_sets(listed: Iterable[str]) -> frozenset[str]:
    """The words of a condition, with every `@set` replaced by its words."""
    out: set[str] = set()
    for word in listed:
        if word.startswith("@"):
            if word[1:] not in _word_sets():
                raise ValueError(f"no set {word[1:]!r} in rule_words.csv")
            out |= _word_sets()[word[1:]]
        else:
            out.add(word)
    return frozenset(out)


#: The words of a condition; `@office` stands for the set of that name in `data/rule_words.csv`.
Words = Annotated[frozenset[str], BeforeValidator(_with_sets)]


class TriggerRule(Rule):
    """A trigger word and the conditions under which it counts, all of which must hold.

    In every condition `@vehicle` stands for the words of that set in `data/rule_words.csv`.
    `nouns`, `verbs`: the words, by lemma; a particle is joined to its verb (`step_down`).
    `left`, `not_left`: words before a noun, inside its phrase. `context`, `not_context`: words in its sentence.
    `prep`, `not_prep`: prepositions below the word; `prep_object`, `not_prep_object`: what they lead to;
    `prep_party`, `prep_place`: prepositions that must lead to a party or a place.
    `object`, `subject` (`not_`): what the object or subject must be: a lemma, or one of the kinds `party`, `person`,
    `holder` (of an office), `organization`, `state`, `place`, `thing`, `name`, `none`. `not_dep`: relations that must not stand below a verb.
    `anchored`: a noun counts only with a party, a name, a date, a place, or a verb of `support` or of taking place.
    `governed`: a noun counts only below a verb of `support`; `told`: only with a verb of taking place or an ordinal.
    `after`, `not_after`: the preposition that a noun stands behind. `attribute`: what a subject becomes.
    `named`: only as part of a proper name. `named_or_light`: only with a name, parties or a verb of taking place.
    `person`, `office`, `complement`: a person takes part, the subject has an office, a role is named.
    """

    nouns: list[str] = Field(default_factory=list)
    verbs: list[str] = Field(default_factory=list)
    left: Words = frozenset()
    not_left: Words = frozenset()
    context: Words = frozenset()
    not_context: Words = frozenset()
    prep: Words = frozenset()
    not_prep: Words = frozenset()
    not_dep: Words = frozenset()
    prep_party: Words = frozenset()
    prep_place: Words = frozenset()
    prep_object: Words = frozenset()
    not_prep_object: Words = frozenset()
    adverb: Words = frozenset()
    object: Words = frozenset()
    not_object: Words = frozenset()
    not_object_of: Words = frozenset()
    subject: Words = frozenset()
    not_subject: Words = frozenset()
    not_name: Words = frozenset()
    support: Words = frozenset()
    after: Words = frozenset()
    not_after: Words = frozenset()
    attribute: Words = frozenset()
    number: Literal["any", "plural", "singular"] = "any"
    anchored: bool = False
    named: bool = False
    named_or_light: bool = False
    governed: bool = False
    told: bool = False
    person: bool = False
    office: bool = False
    complement: bool = False


@dataclass(frozen=True, slots=True)
class Table[R: TriggerRule]:
    """Rules by the lemma of their noun and of their verb, each in the order of their file."""

    nouns: dict[str, Sequence[R]]
    verbs: dict[str, Sequence[R]]
    #: The string ids of every lemma and form that a trigger may have: most tokens are none, and are told so in one pass.
    ids: frozenset[int]

    def candidates(self, doc: Doc) -> list[Token]:
        """The tokens that may be triggers, and every hyphen, in order."""
        pairs = doc.to_array(["LEMMA", "LOWER"]).tolist()
        ids = self.ids
        return [doc[i] for i, (lemma, lower) in enumerate(pairs) if lemma in ids or lower in ids]

    def of_noun(self, noun: Token) -> Sequence[R] | None:
        """The rules of a noun, looked up by lemma, by form and, for a name in the plural, by its singular."""
        found = self.nouns.get(noun.lemma_.lower()) or self.nouns.get(noun.lower_)
        if found is None and noun.tag_ == "NNPS":
            found = self.nouns.get(noun.lower_.removesuffix("s"))
        return found

    def of_verb(self, verb: Token) -> Sequence[R] | None:
        """The rules of a verb, looked up with its particle, by its lemma and, where that is cut too short, its form."""
        found = self.verbs.get(verb_key(verb)) or self.verbs.get(verb.lemma_)
        if found is None and verb.lower_.endswith("ed"):
            found = self.verbs.get(verb.lower_[:-1])
        return found

    @classmethod
    def of(cls, rules: Iterable[R]) -> Self:
        """The table of some rules."""
        nouns: dict[str, list[R]] = {}
        verbs: dict[str, list[R]] = {}
        for rule in rules:
            for noun in rule.nouns:
                nouns.setdefault(noun, []).append(rule)
            for verb in rule.verbs:
                verbs.setdefault(verb, []).append(rule)
        forms = {"-"}
        for word in (*nouns, *(verb.split("_")[0] for verb in verbs)):
            forms |= {word, f"{word}s", f"{word}d"}
        ids = frozenset(get_string_id(form) for form in forms)
        return cls({k: tuple(v) for k, v in nouns.items()}, {k: tuple(v) for k, v in verbs.items()}, ids)


def verb_fits(document: Document, verb: Token, rule: TriggerRule) -> bool:
    """Whether a verb meets the conditions of a rule."""
    objects = roles.objects(verb)
    if rule.not_dep and (
        any(c.dep_ in rule.not_dep and c not in objects for c in verb.children) or any(map(_judged, objects))
    ):
        return False
    if rule.object and not any_is(document, objects, rule.object):
        return False
    if rule.not_object and any_word(objects, rule.not_object):
        return False
    if rule.subject and not any_is(document, doers(verb), rule.subject):
        return False
    if rule.not_subject and any_word(doers(verb), rule.not_subject):
        return False
    if rule.prep and not any(
        c.dep_ in ("prep", "agent") and c.lower_ in rule.prep for node in (verb, *objects) for c in node.children
    ):
        return False
    if rule.prep_party:
        below = [t for node in (verb, *objects) for t in roles.prepositional(node, rule.prep_party)]
        if not any(is_kind(document, t, "party") for t in below):
            return False
    if rule.prep_place:
        below = roles.prepositional(verb, rule.prep_place)
        if not any(is_kind(document, t, "place") for t in below):
            return False
    if rule.prep_object and not any_word(complements(verb), rule.prep_object):
        return False
    if rule.not_prep_object and any_word(complements(verb), rule.not_prep_object):
        return False
    if rule.adverb and not any_word([*complements(verb), *_children(verb, ("advmod",))], rule.adverb):
        return False
    if rule.attribute and not any_word(_children(verb, ("attr", "oprd", "acomp")), rule.attribute):
        return False
    if rule.complement and not any(
        c.dep_ in ("oprd", "prep", "appos") and c.i > verb.i and c not in objects for c in verb.subtree
    ):
        return False
    if rule.office and not any(has_office(document, t) for t in doers(verb)):
        return False
    return _surrounded(verb, rule)


def _children(token: Token, relations: Sequence[str]) -> list[Token]:
    return [child for child in token.children if child.dep_ in relations]


def _judged(noun: Token) -> bool:
    """Whether a verb calls its object something: "called him a liar"."""
    return any(c.dep_ == "appos" and any(d.lower_ in ("a", "an") for d in c.lefts) for c in noun.rights)


def doers(verb: Token) -> list[Token]:
    """Who does it; of a passive without an agent, the one it is done to."""
    return roles.subjects(verb) or [t for c in verb.children if c.dep_ == "nsubjpass" for t in roles.conjuncts(c)]


def complements(token: Token) -> list[Token]:
    """The objects of every preposition below a token."""
    out: list[Token] = []
    for child in token.children:
        if child.dep_ in ("prep", "agent", "dative"):
            for inner in child.children:
                if inner.dep_ == "pobj":
                    out.extend(roles.conjuncts(inner))
                elif inner.dep_ == "prep":
                    out.extend(complements(child))
    return out


def any_word(tokens: Sequence[Token], words: Iterable[str]) -> bool:
    """Whether one of the tokens is one of the words, by form or lemma."""
    return any(not forms(token).isdisjoint(words) for token in tokens)


def forms(token: Token) -> set[str]:
    """What a word answers to: its lemma, its form, the singular of a name, and the whole that a hyphen makes of it."""
    lower = token.lower_
    out = {token.lemma_.lower(), lower}
    if token.pos_ == "PROPN":
        out.add(lower.removesuffix("s"))
    if token.i > 1 and token.nbor(-1).text == "-":
        out.add(f"{token.nbor(-2).lower_}-{lower}")
    return out


def any_is(document: Document, tokens: Sequence[Token], kinds: frozenset[str]) -> bool:
    """Whether one of the tokens is of one of the kinds; `none` holds where there is no token."""
    if not tokens:
        return "none" in kinds
    named, plain = _parted(kinds)
    return any_word(tokens, plain) or any(is_kind(document, token, kind) for token in tokens for kind in named)


@cache
def _parted(kinds: frozenset[str]) -> tuple[tuple[str, ...], frozenset[str]]:
    """The kinds and the plain words of a condition."""
    return tuple(sorted(kinds & _KINDS - {"none"})), kinds - _KINDS


def is_kind(document: Document, token: Token, kind: str) -> bool:
    """Whether a token is a person, party, place or thing, or else the very word."""
    if kind == "person":
        entity = document.ledger.entity_at(token.i)
        if entity is not None:
            return entity.kind == "person"
        if token.ent_type_ == "PERSON" or token.lower_ in _WHO:
            return True
        # "foreign minister Wang Yi", with the name in apposition to the title
        return any(is_kind(document, child, kind) for child in token.rights if child.dep_ == "appos")
    if kind == "party":
        return document.ledger.party(token) is not None or (token.pos_ == "PROPN" and token.ent_type_ in _NAMED)
    if kind == "holder":
        return _holds_office(document, token)
    if kind in ("organization", "state"):
        party = document.ledger.party(token)
        return (party is not None and party.kind == kind) or (kind == "state" and token.lemma_.lower() == kind)
    if kind == "place":
        entity = document.ledger.entity_at(token.i)
        if entity is not None:
            return entity.kind in ("place", "state")
        return token.pos_ == "PROPN" and token.ent_type_ in ("GPE", "LOC", "FAC")
    if kind == "name":
        return token.pos_ == "PROPN" and token.ent_type_ != "PERSON"
    if kind == "thing":
        return token.pos_ in ("NOUN", "PROPN", "PRON")
    return kind in forms(token)


def has_office(document: Document, token: Token) -> bool:
    """Whether a token names a person with an office."""
    entity = document.ledger.entity_at(token.i)
    return entity is not None and entity.office is not None


def _holds_office(document: Document, token: Token) -> bool:
    """Whether a token names a person with an office, or is the title before the name of one."""
    if has_office(document, token):
        return True
    return any(has_office(document, child) for child in token.rights if child.dep_ == "appos")


def _ordinal(noun: Token) -> bool:
    return any(child.lower_[:1].isdigit() and child.lower_[-2:] in ("st", "nd", "rd", "th") for child in noun.lefts)


def noun_fits(noun: Token, rule: TriggerRule, left: set[str]) -> bool:
    """Whether a noun meets the conditions of a rule; `left` are the words of its phrase before it."""
    if rule.number == "plural" and noun.tag_ not in ("NNS", "NNPS"):
        return False
    if rule.left and rule.left.isdisjoint(left):
        return False
    if not rule.not_left.isdisjoint(left):
        return False
    if rule.prep and not any(c.dep_ == "prep" and c.lower_ in rule.prep for c in noun.rights):
        return False
    if rule.prep_object and not any_word(complements(noun), rule.prep_object):
        return False
    if rule.not_prep_object and any_word(complements(noun), rule.not_prep_object):
        return False
    if rule.not_object_of and noun.dep_ == "dobj" and noun.head.lemma_ in rule.not_object_of:
        return False
    if not _surrounded(noun, rule):
        return False
    before = noun.head.lower_ if noun.dep_ == "pobj" else ""
    if (rule.after and before not in rule.after) or before in rule.not_after:
        return False
    if rule.governed or rule.told:
        verbs = list(roles.tellers(noun))
        if rule.governed and not any(roles.answers(verb, rule.support) for verb in verbs):
            return False
        if rule.told and not any(roles.answers(v, words("happening")) for v in verbs) and not _ordinal(noun):
            return False
    return not (
        rule.not_subject and any_word(complements(noun) + [c for c in noun.lefts if c.dep_ == "poss"], rule.not_subject)
    )


def _timed(preposition: Token) -> bool:
    """Whether a preposition leads to a time: "on Thursday"."""
    return any(child.ent_type_ in ("DATE", "TIME") for child in preposition.rights)


def _surrounded(token: Token, rule: TriggerRule) -> bool:
    """Whether the prepositions below a word and the words of its sentence allow a rule."""
    if rule.not_prep and any(c.dep_ == "prep" and c.lower_ in rule.not_prep and not _timed(c) for c in token.rights):
        return False
    if rule.context and not any(t.lower_ in rule.context for t in token.sent):
        return False
    return not (rule.not_context and any(t.lower_ in rule.not_context for t in token.sent))


#: Particles that the parser may take for adverbs: "stepped aside".
_PARTICLES = frozenset({"aside", "down", "out", "off"})


def verb_key(verb: Token) -> str:
    """The lemma of a verb with its particle, where it has one: `step_down`."""
    for child in verb.rights:
        if child.dep_ == "prt" or (child.dep_ == "advmod" and child.lower_ in _PARTICLES and child.i == verb.i + 1):
            return f"{verb.lemma_}_{child.lower_}"
    return verb.lemma_
