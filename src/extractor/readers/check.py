"""What every article must be before it is worth annotating."""

from extractor.errors import Issue
from extractor.models import Article


def check_text(article: Article, max_chars: int) -> Issue | None:
    """The issue (E101, E102 or E105) of a text that is empty, blank or longer than `max_chars` characters, else None."""
    if not article.text:
        return _issue(article, "E101", "the text is empty", "give the article's text")
    if article.text.isspace():
        return _issue(article, "E102", "the text holds nothing but blanks", "give the article's text")
    if len(article.text) > max_chars:
        return _issue(
            article,
            "E105",
            f"the article has {len(article.text):,} characters, more than the {max_chars:,} allowed",
            "split it or raise max_chars",
        )
    return None


def _issue(article: Article, code: str, message: str, hint: str) -> Issue:
    return Issue(article.source, "read", code, message, hint, external_id=article.external_id)
