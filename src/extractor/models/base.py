"""What every model of the contract shares: strictness, immutable lists and exact numbers."""

from decimal import Decimal
from typing import Annotated, TypeVar

from pydantic import (
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

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


def exact(value: object) -> object:
    """Turn an integer, float or Decimal into a plain Decimal without exponent or trailing zeros.

    A float is read by its shortest representation (`0.1` is one tenth), since that is what JSON wrote.
    """
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return value
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    if not number.is_finite():
        raise ValueError("a number of a record is finite")
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
