"""The table of agreement triggers: `rules.toml`, looked up by the lemma of a word."""

from functools import cache
from pathlib import Path

from pydantic import Field
from spacy.tokens import Token

from extractor.models.agreement import AgreementKind, AgreementStatus
from extractor.nlp.conditions import Table, TriggerRule, verb_key
from extractor.nlp.gazetteers import cells, rows
from extractor.nlp.rules import load_rules


class AgreementRule(TriggerRule):
    """A trigger of agreements.

    `organization`: one of the parties must be an organisation; `modal`: the verb stands with "will" or in the past;
    `binding`: the verb binds its subject and not a mere opinion ("agree to", "agree on", "agree that ... will");
    `joint`: its subject is more than one;
    `two_parties`: its name or its clause must give two parties, or a state beside "the Partnership";
    `object_left`: a word before its object; `truce`: "agree to halt fighting"; `to_party`: "lend Kenya", "lend to";
    `into_body`: "invest in" an organisation; `bids`: a bid for or from an organisation;
    `to_act`: "a proposal to do it"; `sum_or_term`: with a sum or a term before it; `negotiated`: behind talks;
    `adopted`: with a participle of adopting behind it ("endorsed in Brussels");
    `common`: no proper noun ("the Order of St Andrew").
    """

    kind: AgreementKind
    #: Nouns that may carry the trigger before them: "takeover bid".
    carried: list[str] = Field(default_factory=list)
    object_left: list[str] = Field(default_factory=list)
    truce: bool = False
    to_party: bool = False
    into_body: bool = False
    bids: bool = False
    organization: bool = False
    modal: bool = False
    binding: bool = False
    joint: bool = False
    to_act: bool = False
    sum_or_term: bool = False
    negotiated: bool = False
    common: bool = False
    two_parties: bool = False
    adopted: bool = False


RULES_FILE = Path(__file__).with_name("rules.toml")


@cache
def table() -> Table[AgreementRule]:
    """The loaded rules. Raises `RuleError` when the file is not well formed."""
    return Table.of(load_rules(RULES_FILE, AgreementRule))


@cache
def verb_status() -> dict[str, AgreementStatus]:
    """What each verb of `data/agreement_verbs.csv` says of the agreement it governs."""
    return {row["verb"]: row["status"] for row in rows("agreement_verbs")}  # type: ignore[misc]


def status_told(verb: Token) -> AgreementStatus | None:
    """What a verb says of the agreement it governs, with its particle or adverb first: "walked away from the deal"."""
    known = verb_status()
    found = known.get(verb_key(verb))
    if found is None:
        for child in verb.rights:
            if child.dep_ == "advmod" and f"{verb.lemma_}_{child.lower_}" in known:
                return known[f"{verb.lemma_}_{child.lower_}"]
        found = known.get(verb.lemma_)
    if found is None and verb.lower_.endswith("ed"):
        # The lemma of a verb the lemmatizer does not know is cut too short ("lapsed", "laps") or not at all.
        found = known.get(verb.lower_[:-1]) or known.get(verb.lower_.removesuffix("led"))
    return found


@cache
def sector_words() -> dict[str, str]:
    """The code of each word of `data/sectors.csv`."""
    return {word: row["code"] for row in rows("sectors") for word in cells(row["words"])}


@cache
def field_words(role: str) -> frozenset[str]:
    """The words of `data/field_words.csv` that play one role where the fields of agreements are read.

    Raises `KeyError` for a role that is not there.
    """
    return {row["role"]: frozenset(cells(row["words"])) for row in rows("field_words")}[role]
