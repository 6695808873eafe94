"""From articles to annotated documents, in batches and in pieces."""

from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc

from extractor.errors import Issue
from extractor.models import Article
from extractor.models.ids import article_id
from extractor.nlp.dates import find_times
from extractor.nlp.document import Document
from extractor.nlp.entities import build_ledger
from extractor.nlp.language import language_issue
from extractor.nlp.layout import Layout, read_layout
from extractor.nlp.morphology import known_words
from extractor.nlp.quantities import find_quantities

#: Pieces that go through the model together: more take memory and save no time.
_BATCH = 64


def annotate(nlp: Language, articles: Iterable[Article], *, piece_chars: int) -> Iterator[Document | Issue]:
    """Annotate articles, in order; one that is not English becomes an issue (E109).

    Each is annotated block by block, and the pieces are joined to one `Doc` again, whose text is the view's.
    """
    words = known_words(nlp)
    prepared = [(article, read_layout(article, words)) for article in articles]
    cut = [pieces(layout.view.text, piece_chars) if layout.language == "en" else [] for _, layout in prepared]
    docs = nlp.pipe((piece for parts in cut for piece in parts), batch_size=_BATCH)
    for (article, layout), parts in zip(prepared, cut, strict=True):
        issue = language_issue(article, layout.language)
        yield issue or _document(article, layout, [next(docs) for _ in parts])


def _document(article: Article, layout: Layout, parts: list[Doc]) -> Document:
    # The tensor serves the components of the pipeline alone, and is the largest part of a long document.
    doc = parts[0] if len(parts) == 1 else Doc.from_docs(parts, ensure_whitespace=False, exclude=["tensor"])  # type: ignore[call-arg]
    assert doc is not None
    document = Document(article, article_id(article.text, article.published), layout, doc)
    document.times = find_times(document)
    document.quantities = find_quantities(document)
    document.ledger = build_ledger(document)
    return document


def pieces(text: str, size: int) -> list[str]:
    """Cut a text after every blank line, and a longer block into pieces of about `size` characters after sentences.

    Each block is annotated on its own: the parser and the name recognizer were not trained on headlines that run into
    a lead, and go wrong after a sentence start that is forced upon them.
    """
    out = []
    start = 0
    while start < len(text):
        blank = text.find("\n\n", start)
        end = len(text) if blank < 0 else blank + 2
        while end - start > size:
            cut = _cut(text, start, start + size)
            out.append(text[start:cut])
            start = cut
        out.append(text[start:end])
        start = end
    return out or [text]


def _cut(text: str, start: int, limit: int) -> int:
    for mark in (". ", " "):
        at = text.rfind(mark, start + 1, limit)
        if at > start:
            return at + len(mark)
    return limit
