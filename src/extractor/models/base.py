"""What every model of the contract shares: strictness, immutable lists and exact numbers."""

import math
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    WithJsonSchema,
)

T = TypeVar("T")

#: An immutable list. In JSON an array; in Python a tuple that also accepts a list.
Seq = Annotated[tuple[T, ...], Field(strict=False)]


class Model(BaseModel):
    """Base of every model: no coercion, no assignment after building, no unknown key."""

    model_config = ConfigDict(
        strict=True, frozen=True, extra="forbid", json_schema_serialization_defaults_required=True
    )


_MAX_EXPONENT = 300
_MAX_DEPTH = 100
_FORBIDDEN = re.compile("[\x00\ud800-\udfff]")


def exact(value: object) -> object:
    """Turn an integer, float or Decimal into a plain Decimal without exponent or trailing zeros.

    A float is read by its shortest representation (`0.1` is one tenth), since that is what JSON wrote. Numbers beyond
    the range of a double, which no article states and no database holds, are refused.
    """
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return value
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    if not number.is_finite():
        raise ValueError("a number of a record is finite")
    if number and abs(number.adjusted()) > _MAX_EXPONENT:
        raise ValueError("a number of a record lies within 10^-300 and 10^300")
    if number == number.to_integral_value():
        return Decimal(int(number))
    return number.normalize()


def _json_number(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


#: An exact number. `models.jsonio` writes it as an integer or as the shortest decimal, never with an exponent.
Number = Annotated[
    Decimal,
    BeforeValidator(exact),
    PlainSerializer(_json_number, return_type=int | float, when_used="json"),
    WithJsonSchema({"type": "number"}),
]


def plain_json(value: Any, depth: int = 0) -> Any:
    """A JSON value as Python's `json` reads it: numbers as int or float, lists, dicts with string keys.

    Characters that no text may hold are replaced. Raises `ValueError` for what JSON cannot hold and for values nested
    more than 100 deep, so that a record can always be written.
    """
    if depth > _MAX_DEPTH:
        raise ValueError("a JSON value nested too deep")
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return whole_text(value)
    if isinstance(value, int):
        if abs(value) >= 10**_MAX_EXPONENT:
            raise ValueError("a whole number of more than 300 digits")
        return value
    if isinstance(value, (float, Decimal)):
        if not math.isfinite(value):
            raise ValueError(f"{value} is no JSON number")
        return float(value)
    if isinstance(value, (list, tuple)):
        return [plain_json(item, depth + 1) for item in value]
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return {whole_text(key): plain_json(item, depth + 1) for key, item in value.items()}
    raise ValueError(f"{type(value).__name__} has no JSON form")


def whole_text(value: str) -> str:
    """A string with NUL and lone surrogates, which no file or database takes, replaced by U+FFFD, one for one."""
    return _FORBIDDEN.sub("\ufffd", value)


#: A string that came with an article, such as its title or the name of its file.
Given = Annotated[str, AfterValidator(whole_text)]
#: What came along as JSON and is handed on as it was.
JsonObject = Annotated[dict[str, Any], BeforeValidator(lambda value: plain_json(value))]


def _float(value: object) -> object:
    return value + 0.0 if isinstance(value, float) else float(value) if isinstance(value, Decimal) else value


#: A float that may have been read from JSON as an exact number. There is no negative zero: databases drop its sign.
Float = Annotated[float, BeforeValidator(_float)]
