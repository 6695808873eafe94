"""Places: countries, cities, regions, seas and other named locations."""

from typing import ClassVar, Literal

from pydantic import Field, field_validator

from extractor.models.base import Float, Seq
from extractor.models.evidenced import Record
from extractor.models.parts import Span, check_country

PlaceKind = Literal["country", "city", "region", "continent", "water", "facility", "other"]


class Place(Record):
    """A named place."""

    prefix: ClassVar[str] = "plc"

    name: str
    country: str | None = Field(description="ISO 3166-1 alpha-3 of the country it lies in.")
    kind: PlaceKind
    latitude: Float | None = Field(ge=-90, le=90, description="Degrees north.")
    longitude: Float | None = Field(ge=-180, le=180, description="Degrees east.")
    mentions: Seq[Span] = Field(min_length=1)

    @field_validator("country")
    @classmethod
    def _country(cls, value: str | None) -> str | None:
        return check_country(value)
