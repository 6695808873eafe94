"""From articles to annotated documents, in batches and in pieces."""

from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc

from extractor.models import Article
from extractor.models.ids import article_id
from extractor.nlp.dates import find_times
from extractor.nlp.document import Document
from extractor.nlp.entities import build_ledger
from extractor.nlp.layout import read_layout
from extractor.nlp.quantities import find_quantities


def annotate(nlp: Language, articles: Iterable[Article], *, piece_chars: int) -> Iterator[Document]:
    """Annotate articles, in order. A long one is annotated in pieces that are joined to one `Doc` again."""
    prepared = [(article, read_layout(article)) for article in articles]
    counts = []
    texts: list[str] = []
    for _, layout in prepared:
        parts = pieces(layout.view.text, piece_chars)
        counts.append(len(parts))
        texts.extend(parts)
    docs = nlp.pipe(texts)
    for (article, layout), count in zip(prepared, counts, strict=True):
        parts_of = [next(docs) for _ in range(count)]
        doc = parts_of[0] if count == 1 else Doc.from_docs(parts_of, ensure_whitespace=False)
        assert doc is not None
        document = Document(article, article_id(article.text, article.published), layout, doc)
        document.times = find_times(document)
        document.quantities = find_quantities(document)
        document.ledger = build_ledger(document)
        yield document


def pieces(text: str, size: int) -> list[str]:
    """Cut a text into pieces of about `size` characters at blank lines, else after sentences, else at blanks."""
    out = []
    start = 0
    while len(text) - start > size:
        end = _cut(text, start, start + size)
        out.append(text[start:end])
        start = end
    out.append(text[start:])
    return out


def _cut(text: str, start: int, limit: int) -> int:
    for mark in ("\n\n", ". ", " "):
        at = text.rfind(mark, start + 1, limit)
        if at > start:
            return at + len(mark)
    return limit
