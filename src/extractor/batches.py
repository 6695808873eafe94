"""Articles in batches: what is annotated together, and what goes to a worker at once."""

from collections.abc import Iterable, Iterator

from extractor.errors import Issue
from extractor.models import Article

#: What an input without a text counts for, so that a folder of nothing but unreadable files is cut as well.
_ISSUE_CHARS = 100


def batches(items: Iterable[Article | Issue], size: int) -> Iterator[list[Article | Issue]]:
    """Articles, and the issues between them, in batches of about `size` characters.

    By characters, since spaCy's own batches of 1,000 texts would fill the memory with long ones.
    """
    batch: list[Article | Issue] = []
    chars = 0
    for item in items:
        batch.append(item)
        chars += len(item.text) if isinstance(item, Article) else _ISSUE_CHARS
        if chars >= size:
            yield batch
            batch, chars = [], 0
    if batch:
        yield batch
