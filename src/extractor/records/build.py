"""Builds the whole article record from a document: every record type in the order its links need."""

from collections.abc import Sequence

from extractor.models import ArticleInfo, ArticleRecord, Provenance
from extractor.models.evidenced import Record
from extractor.nlp.document import Document
from extractor.records.agreement.build import build as build_agreements
from extractor.records.draft import Found
from extractor.records.event.build import build as build_events
from extractor.records.figure.build import build as build_figures
from extractor.records.initiative.build import build as build_initiatives
from extractor.records.leader.build import build_leaders, build_people
from extractor.records.organization.build import build as build_organizations
from extractor.records.place.build import build as build_places
from extractor.records.statement.build import build as build_statements
from extractor.records.time.build import build as build_times


def build_record(document: Document, provenance: Provenance, *, with_rejected: bool = False) -> ArticleRecord:
    """The article record. Raises `pydantic.ValidationError` if a builder broke the contract."""
    events = build_events(document)
    figures = build_figures(document, events)
    agreements = build_agreements(document, events, figures)
    return ArticleRecord(
        article=_article(document),
        leaders=_records(build_leaders(document)),
        events=_records(events),
        figures=_records(figures),
        agreements=_records(agreements),
        people=_records(build_people(document)),
        organizations=_records(build_organizations(document)),
        places=_records(build_places(document)),
        initiatives=_records(build_initiatives(document)),
        statements=_records(build_statements(document)),
        dates=_records(build_times(document)),
        rejected=tuple(document.rejected) if with_rejected else (),
        provenance=provenance,
    )


def _records[R: Record](found: Sequence[Found[R]]) -> tuple[R, ...]:
    return tuple(item.record for item in found)


def _article(document: Document) -> ArticleInfo:
    article, layout = document.article, document.layout
    return ArticleInfo(
        id=document.article_id,
        external_id=article.external_id,
        source=article.source,
        title=layout.title,
        publisher=layout.publisher,
        byline=layout.byline,
        url=article.url,
        dateline=layout.dateline,
        published=layout.published,
        language=layout.language,
        metadata=article.metadata,
        near_duplicate_of=None,
        evidence=layout.evidence,
        text=article.text,
    )
