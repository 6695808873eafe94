"""Content-derived ids: the same finding in the same article keeps its id over runs and versions."""

from hashlib import sha256


def _digest(*parts: str) -> str:
    return sha256("\n".join(parts).encode("utf-8")).hexdigest()[:16]


def article_id(text: str, published: str | None) -> str:
    """Id of an article: its decoded text and the publication date supplied with it (ISO 8601), if any."""
    return "a-" + _digest(text, published or "")


def record_id(prefix: str, article: str, start: int, end: int) -> str:
    """Id of a record from its anchor, the half-open offsets `start` and `end` into the article's text."""
    return f"{prefix}-" + _digest(article, prefix, str(start), str(end))
