"""Context of a mention: whether it holds, is planned, hypothetical or denied, and who reports it.

In the manner of ConText: cues with a direction and a scope, found by syntax first.
"""

from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

Status = Literal["actual", "planned", "cancelled", "hypothetical", "denied", "target", "forecast"]


@dataclass(frozen=True, slots=True)
class Assertion:
    """How a mention is asserted, and the token that says so (None where it holds by default)."""

    status: Status
    cue: Token | None
    rule: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who reports a mention: the tokens that name the source and the cue ("said", "according to")."""

    source: DocSpan
    cue: Token
    rule: str


def assertion(token: Token) -> Assertion:
    """How the clause around `token` is asserted."""
    return Assertion("actual", None, "context.default")


def attribution(token: Token) -> Attribution | None:
    """Who states the clause around `token`, where its sentence says so."""
    return None
