"""Places: countries, cities, regions, seas and other named locations."""

from typing import ClassVar, Literal

from pydantic import Field

from extractor.models.base import Float, Seq
from extractor.models.evidenced import Record
from extractor.models.parts import CountryCode, Span

PlaceKind = Literal["country", "city", "region", "continent", "water", "facility", "other"]


class Place(Record):
    """A named place."""

    prefix: ClassVar[str] = "plc"

    name: str
    country: CountryCode | None = Field(description="ISO 3166-1 alpha-3 of the country it lies in.")
    kind: PlaceKind
    latitude: Float | None = Field(ge=-90, le=90, description="Degrees north.")
    longitude: Float | None = Field(ge=-180, le=180, description="Degrees east.")
    mentions: Seq[Span] = Field(min_length=1)
