"""What can go wrong, said so that a person can mend it.

An `ExtractorError` stops the run; an `Issue` is one article that failed (or a note about it) while the rest goes on.
"""

import re
from dataclasses import asdict, dataclass
from typing import Literal

Level = Literal["error", "note"]
Stage = Literal["read", "annotate", "extract", "write"]


class ExtractorError(Exception):
    """Base of every error of this package. `code` is stable, `hint` says what to do."""

    code = "E000"
    exit_code = 3

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message


class ConfigError(ExtractorError):
    """Wrong usage or configuration."""

    code = "E001"
    exit_code = 2


class InputError(ExtractorError):
    """An input that cannot be read at all: a missing path, a folder without articles."""

    code = "E002"
    exit_code = 2


class ModelError(ExtractorError):
    """The language model is missing or does not load."""

    code = "E003"
    exit_code = 3


class SinkError(ExtractorError):
    """An output that cannot be written."""

    code = "E004"
    exit_code = 3


class RuleError(ExtractorError):
    """A rule file or gazetteer that does not keep to its form."""

    code = "E005"
    exit_code = 3


class UnfinishedError(ExtractorError):
    """A run that did not end lies at the output: whether to go on with it or to forget it is for the user to say."""

    code = "E006"
    exit_code = 2


class WorkerError(ExtractorError):
    """The worker processes do not come up: no article could be extracted."""

    code = "E007"
    exit_code = 3


#: Every code of an issue, and what it means. E1xx: the article could not be read; E2xx: it could not be extracted;
#: N1xx: notes about an article that was.
ISSUE_CODES = {
    "E101": "the file is empty",
    "E102": "the text holds nothing but blanks",
    "E103": "the file is binary, not text",
    "E104": "the text cannot be decoded",
    "E105": "the article is longer than max_chars",
    "E106": "the metadata file beside the article is malformed",
    "E107": "a line of a JSONL file or a row of a table is malformed",
    "E108": "the file cannot be opened",
    "E109": "the article is not in English",
    "E110": "the input does not exist or holds no articles",
    "E111": "the file is damaged: it begins as its format does and cannot be read as such",
    "E112": "the file is encrypted",
    "E113": "the document holds no text of an article: pictures alone, or a page of links",
    "E114": "the file unpacks to more than the limits, or is packed too deep",
    "E115": "the format needs an optional package that is not installed",
    "E116": "the table has no column of that name",
    "E201": "the text could not be annotated",
    "E202": "the records could not be built",
    "E203": "the article took longer than timeout",
    "E204": "the worker process died over the article",
    "N101": "characters that no text may hold (NUL, lone surrogates) were replaced by U+FFFD",
    "N102": "the file is not in Unicode; its encoding was guessed",
}


#: What no file or database takes: NUL, and the lone surrogates of a file name that is not UTF-8.
_FORBIDDEN = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Issue:
    """One article that failed, and why, or a note about one that did not.

    `code` is one of `ISSUE_CODES`; `stage` is where it happened; `source` is the input as given,
    with NUL and lone surrogates replaced by U+FFFD.
    """

    source: str
    stage: Stage
    code: str
    message: str
    hint: str = ""
    level: Level = "error"
    external_id: str | None = None
    article_id: str | None = None

    def __post_init__(self) -> None:
        for name in ("source", "message", "external_id"):
            value = getattr(self, name)
            if value and _FORBIDDEN.search(value):
                object.__setattr__(self, name, _FORBIDDEN.sub("\ufffd", value))

    def as_dict(self) -> dict[str, str | None]:
        """The issue as plain data."""
        return asdict(self)
