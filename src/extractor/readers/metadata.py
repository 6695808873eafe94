"""The metadata that comes with an article: in a file beside it, or in its line of a JSONL file."""

import json
import re
from collections.abc import Mapping
from typing import Any

from extractor.models import isodates
from extractor.models.base import plain_json
from extractor.readers.decode import DecodeError, clean, decode

#: Keys of the input and the fields of an article they fill.
_FIELDS = {
    "id": "external_id",
    "title": "title",
    "published": "published",
    "publisher": "publisher",
    "byline": "byline",
    "url": "url",
}
_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}(?::?\d{2}){0,2}(?:[.,]\d+)?\s*(?:Z|UTC|[+-]\d{2}(?::?\d{2})?)?", re.I)


class MetadataError(Exception):
    """Metadata of a wrong form; the message says what is wrong."""


def load_object(data: bytes) -> tuple[dict[str, Any], tuple[tuple[str, str], ...]]:
    """The JSON object that `data` holds, and the notes to make about it. Raises `MetadataError`.

    Strings are cleaned as texts are: NUL and lone surrogates become U+FFFD.
    """
    try:
        decoded = decode(data)
        value = json.loads(decoded.text, parse_constant=_refuse)
    except DecodeError as error:
        raise MetadataError(error.message) from error
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}" if error.lineno > 1 else f"column {error.colno}"
        raise MetadataError(f"not JSON ({where}: {error.msg})") from error
    except ValueError as error:
        raise MetadataError(f"not JSON that can be read ({error})") from error
    except RecursionError as error:
        raise MetadataError("nested too deep") from error
    if not isinstance(value, dict):
        raise MetadataError("not a JSON object")
    notes: list[tuple[str, str]] = list(decoded.notes)
    if "\\u" in decoded.text:
        if isinstance(value.get("text"), str):
            notes.extend(clean(value["text"]).notes)
        value = _plain(value)
    return value, tuple(dict.fromkeys(notes))


def _refuse(constant: str) -> object:
    raise MetadataError(f"not JSON ({constant} is no JSON number)")


def _plain(value: dict[str, Any]) -> dict[str, Any]:
    try:
        return dict(plain_json(value))
    except ValueError as error:
        raise MetadataError(str(error)) from error


def article_fields(given: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an `Article` that metadata gives; keys that we do not know go to `metadata`, as they are.

    An empty value or null counts as absent, a whole number as an id. Raises `MetadataError`.
    """
    fields: dict[str, Any] = {}
    others: dict[str, Any] = {}
    for key, value in given.items():
        field = _FIELDS.get(key)
        if field is None:
            others[key] = value
            continue
        if key == "id" and isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value is not None and not isinstance(value, str):
            raise MetadataError(f"{key!r} is {_kind(value)}, not a string")
        if value and value.strip():
            fields[field] = _date(value.strip()) if key == "published" else value
    fields["metadata"] = _plain(others)
    return fields


def _date(value: str) -> str:
    match = _TIME.fullmatch(value)
    day = match[1] if match else value
    if isodates.days(day) is None:
        raise MetadataError(f"'published' is {value!r}, not a date (YYYY-MM-DD, YYYY-MM, YYYY or an ISO date and time)")
    return day


def _kind(value: object) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return names.get(type(value), type(value).__name__)
