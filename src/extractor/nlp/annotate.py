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
