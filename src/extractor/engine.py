"""The engine: articles in, records and issues out, always one of them for each article."""

import gc
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from importlib.metadata import version
from itertools import chain, islice
from typing import Any

from pydantic import ValidationError
from spacy.language import Language

from extractor.batches import batches
from extractor.config import Settings, load_settings
from extractor.errors import ExtractorError, InputError, Issue
from extractor.models import Article, ArticleRecord, Provenance
from extractor.models.explain import one_line
from extractor.models.ids import article_id
from extractor.nlp.annotate import annotate
from extractor.nlp.document import Document
from extractor.nlp.gazetteers import rules_hash
from extractor.nlp.pipeline import build_nlp
from extractor.readers import check_text
from extractor.readers.decode import clean
from extractor.records.build import build_record

_REPORT = "please report it with the article and the output of `extractor doctor --markdown`"


class Extractor:
    """Extracts records from articles; loads the language model once, at first use.

    Raises `ConfigError` when no settings are given and those of the environment are wrong.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or load_settings()

    @cached_property
    def nlp(self) -> Language:
        """The spaCy pipeline. Raises `ModelError` when it cannot be loaded."""
        nlp = build_nlp(self.settings)
        # The model lives as long as the process: without it the collector's rounds over the records are short.
        gc.collect()
        gc.freeze()
        return nlp

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

    def run(self, articles: Iterable[Article | Issue]) -> Iterator[ArticleRecord | Issue]:
        """Yield one record or one issue for each article, in order, and every issue handed in where it stood.

        An article that cannot be annotated or extracted becomes an issue (E201, E202) and the rest goes on. Raises
        `ModelError` or `RuleError`, with which no article could be extracted.
        """
        return chain.from_iterable(self.each(articles))

    def each(self, articles: Iterable[Article | Issue]) -> Iterator[list[ArticleRecord | Issue]]:
        """Like `run`, with the results of each article together: the notes about it and, last, its record or issue."""
        for batch in batches(articles, self.settings.batch_chars):
            checked = [[*self._checked(item)] for item in batch]
            annotated = self._annotate([*chain.from_iterable(checked)])
            for parts in checked:
                found = islice(annotated, len(parts))
                yield [result if isinstance(result, Issue) else self._build(result) for result in found]

    def _checked(self, item: Article | Issue) -> Iterator[Article | Issue]:
        """Hold an article made by a program to what readers hold files to."""
        if isinstance(item, Issue):
            yield item
            return
        cleaned = clean(item.text)
        for code, message in cleaned.notes:
            yield Issue(item.source, "read", code, message, level="note", external_id=item.external_id)
        article = item.model_copy(update={"text": cleaned.text}) if cleaned.notes else item
        yield check_text(article, self.settings.max_chars) or article

    def _annotate(self, batch: list[Article | Issue]) -> Iterator[Document | Issue]:
        """Annotate a batch together; where that fails, the articles left one by one, to find the one at fault."""
        together = annotate(
            self.nlp, (a for a in batch if isinstance(a, Article)), piece_chars=self.settings.piece_chars
        )
        failed = False
        for item in batch:
            if isinstance(item, Issue):
                yield item
                continue
            if not failed:
                try:
                    document = next(together)
                except ExtractorError:
                    raise
                except Exception:
                    failed = True
            yield self._annotate_one(item) if failed else document

    def _annotate_one(self, article: Article) -> Document | Issue:
        try:
            return next(annotate(self.nlp, [article], piece_chars=self.settings.piece_chars))
        except ExtractorError:
            raise
        except Exception as error:
            return Issue(
                article.source,
                "annotate",
                "E201",
                f"the text could not be annotated: {one_line(error)}",
                hint=_REPORT,
                external_id=article.external_id,
                article_id=article_id(article.text, article.published),
            )

    def _build(self, document: Document) -> ArticleRecord | Issue:
        try:
            return build_record(document, self.provenance, with_rejected=self.settings.rejected)
        except ExtractorError:
            raise
        except Exception as error:
            return Issue(
                document.article.source,
                "extract",
                "E202",
                f"the records could not be built: {one_line(error)}",
                hint=_REPORT,
                external_id=document.article.external_id,
                article_id=document.article_id,
            )


@cache
def _shared() -> Extractor:
    return Extractor()


def extract(text: str, *, published: str | None = None, **given: Any) -> ArticleRecord:
    """Extract one text, with the settings in force at the first call, which also loads the language model.

    `published` is the date that came with the text (`YYYY-MM-DD`, or a month or year); further keywords are those of
    `Article`: `title`, `publisher`, `byline`, `url`, `source`, `external_id`, `metadata`. Raises `ExtractorError` when
    the text cannot be read or extracted.
    """
    try:
        article = Article(text=text, published=published, **given)
    except ValidationError as error:
        raise InputError(f"this is not an article: {one_line(error)}") from error
    *_, result = _shared().run([article])
    if isinstance(result, Issue):
        raise InputError(result.message, hint=result.hint)
    return result
