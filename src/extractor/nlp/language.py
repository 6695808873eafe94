"""Which language a text is in: English unless it is plainly another."""

import re
from functools import cache
from typing import Any

from extractor.errors import Issue
from extractor.models import Article

#: Words that make up some two fifths of English prose; few of them are frequent in another language's.
_ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "that",
        "for",
        "was",
        "with",
        "his",
        "from",
        "this",
        "which",
        "have",
        "has",
        "been",
        "were",
        "are",
        "their",
        "not",
        "had",
        "would",
        "said",
        "will",
        "its",
        "they",
        "but",
        "by",
        "on",
        "as",
        "at",
        "an",
        "be",
        "it",
    ]
)
_WORD = re.compile(r"[^\W\d_]+")
#: Characters looked at, and the least that can be judged.
_SAMPLE = 2_000
_LEAST = 200


def language_of(text: str) -> str:
    """ISO 639 code of the language: `en` unless the text is long enough and surely in another.

    English words settle most texts; the rest are judged by py3langid. Names, tables and short texts count as English.
    """
    sample = text[:_SAMPLE]
    if len(sample.strip()) < _LEAST:
        return "en"
    words = _WORD.findall(sample.lower())
    if sum(word in _ENGLISH for word in words) > 0.08 * len(words):
        return "en"
    scores = dict(_identifier().rank(sample))
    best = next(iter(scores))
    sure = scores[best] > 0.5 and scores.get("en", 0.0) < 0.01
    return str(best) if sure else "en"


def language_issue(article: Article, language: str) -> Issue | None:
    """The issue (E109) of an article in another language than English, else None."""
    if language == "en":
        return None
    return Issue(
        article.source,
        "read",
        "E109",
        f"the article is not in English (it reads as {language!r})",
        "give its English version",
        external_id=article.external_id,
    )


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
