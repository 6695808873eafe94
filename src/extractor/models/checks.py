"""How a broken invariant is told: raised at once, or collected by a check that wants to see them all."""

from collections.abc import Iterator
from typing import NamedTuple

from pydantic import ValidationInfo


class Problem(NamedTuple):
    """What is wrong, the path of the field, and the id of the record it is in (empty for the article itself)."""

    path: str
    message: str
    record: str = ""

    def __str__(self) -> str:
        place = f"{self.record} {self.path}".strip()
        return f"{place}: {self.message}" if place else self.message


def refuse(found: Iterator[Problem], info: ValidationInfo) -> None:
    """Raise `ValueError` for the first problem; where the context of the validation is a list, add them all to it."""
    if isinstance(info.context, list):
        info.context.extend(found)
    elif (first := next(found, None)) is not None:
        raise ValueError(str(first))
