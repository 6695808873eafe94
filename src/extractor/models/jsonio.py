"""Records as JSON text and back, with exact numbers and the same bytes every time."""

import json
from decimal import Decimal

import simplejson
from pydantic import BaseModel

from extractor.models.record import ArticleRecord


def _number(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else simplejson.RawJSON(format(value, "f"))
    raise TypeError(f"{type(value).__name__} has no JSON form")


def to_json(record: BaseModel, *, indent: int | None = None) -> str:
    """JSON of a record on one line, or indented. Whole numbers are integers; no number has an exponent."""
    text: str = simplejson.dumps(
        record.model_dump(mode="python"),
        ensure_ascii=False,
        indent=indent,
        use_decimal=False,
        default=_number,
        separators=(",", ":") if indent is None else (",", ": "),
    )
    return text


def from_json(text: str) -> ArticleRecord:
    """Read one article record, numbers exact. Raises `pydantic.ValidationError` or `json.JSONDecodeError`."""
    return ArticleRecord.model_validate(json.loads(text, parse_float=Decimal))
