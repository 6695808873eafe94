"""What a parser makes of a document."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

#: Notes to make about a text, as (code, message).
Notes = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Parsed:
    """The text of a document, the fields of an article that it gives, and notes about the decoding."""

    text: str
    found: Mapping[str, Any] = field(default_factory=dict)
    notes: Notes = ()
