"""The engine: articles in, records and issues out, always one of them for each article."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from importlib.metadata import version

from spacy.language import Language

from extractor.config import Settings
from extractor.errors import ExtractorError, Issue
from extractor.models import Article, ArticleRecord, Provenance
from extractor.nlp.annotate import annotate
from extractor.nlp.gazetteers import rules_hash
from extractor.nlp.pipeline import build_nlp
from extractor.records.build import build_record


class Extractor:
    """Extracts records from articles; loads the language model once, at first use."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()

    @cached_property
    def nlp(self) -> Language:
        """The spaCy pipeline. Raises `ModelError` when it cannot be loaded."""
        return build_nlp(self.settings)

    @cached_property
    def provenance(self) -> Provenance:
        """What stands in every record about how it was made."""
        meta = self.nlp.meta
        return Provenance(
            extractor=version("extractor"),
            model=f"{meta['lang']}_{meta['name']} {meta['version']}",
            rules=rules_hash(),
            settings=self.settings.changed(),
        )

    def run(self, articles: Iterable[Article]) -> Iterator[ArticleRecord | Issue]:
        """Yield a record or an issue for each article, in order."""
        for document in annotate(self.nlp, articles, piece_chars=self.settings.piece_chars):
            yield build_record(document, self.provenance, with_rejected=self.settings.rejected)


def extract(text: str, *, published: str | None = None) -> ArticleRecord:
    """Extract one text. `published` is its date (`YYYY-MM-DD`). Raises `ExtractorError` when it cannot be read."""
    [result] = Extractor().run([Article(text=text, published=published)])
    if isinstance(result, Issue):
        raise ExtractorError(result.message, hint=result.hint)
    return result
