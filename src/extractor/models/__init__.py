"""The record contract as pydantic models: strict, frozen, unknown keys refused."""

from extractor.models.agreement import Agreement
from extractor.models.article import Article, ArticleInfo, Dateline
from extractor.models.event import Event
from extractor.models.figure import Figure
from extractor.models.initiative import Initiative
from extractor.models.leader import Leader
from extractor.models.parts import Date, Evidence, Party, PlaceRef, Span
from extractor.models.person import Organization, Person
from extractor.models.place import Place
from extractor.models.record import SCHEMA_VERSION, ArticleRecord, Provenance, Rejected
from extractor.models.statement import Statement
from extractor.models.time import TimeExpression

__all__ = [
    "SCHEMA_VERSION",
    "Agreement",
    "Article",
    "ArticleInfo",
    "ArticleRecord",
    "Date",
    "Dateline",
    "Event",
    "Evidence",
    "Figure",
    "Initiative",
    "Leader",
    "Organization",
    "Party",
    "Person",
    "Place",
    "PlaceRef",
    "Provenance",
    "Rejected",
    "Span",
    "Statement",
    "TimeExpression",
]
