"""What every article must be before it is worth annotating."""

import re

from extractor.errors import Issue
from extractor.models import Article

#: A character that prints as something: neither a blank, nor a control or mark of direction, nor a zero-width one.
_VISIBLE = re.compile(r"[^\s\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffd]")


def check_text(article: Article, max_chars: int) -> Issue | None:
    """The issue (E101, E102 or E105) of a text that is empty, blank or longer than `max_chars` characters, else None."""
    if not article.text:
        return _issue(article, "E101", "the text is empty", "give the article's text")
    if not _VISIBLE.search(article.text):
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
