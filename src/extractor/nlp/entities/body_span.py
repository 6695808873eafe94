"""One mention of a body, and the words that stand before one without being a part of its name."""

from dataclasses import dataclass

from extractor.models.person import OrganizationKind
from extractor.nlp.entities.gazetteer import gazetteer

DETERMINERS = frozenset({"the", "a", "an", "its", "their", "his", "her", "our", "this", "that"})
#: Nationalities that are written before a body without being a part of its name.
SET_BEFORE = frozenset({"US", "U.S.", "UK", "U.K.", "EU", "E.U."})


@dataclass(frozen=True, slots=True)
class BodySpan:
    """One mention of a body: word offsets, its name, and what the gazetteer or its own words tell."""

    start: int
    end: int
    name: str
    kind: OrganizationKind
    country: str | None
    state: bool
    rule: str
    #: The full name that a company's short form stands for.
    full: str | None = None
    #: Other states than `country` have a body of this name.
    common: bool = False


def word_kind(word: str) -> str | None:
    """The kind of body that a word is used for, `none` for what is no body; None for other words."""
    known = gazetteer().organization_words.get(word.lower())
    return known[0] if known is not None else None
