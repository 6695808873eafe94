"""Reads raw news articles and writes validated records of leaders, events, figures and agreements.

The public names are imported at first use, so that `import extractor` and `extractor --help` load no language model.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractor.config import Settings
    from extractor.engine import Extractor, extract
    from extractor.errors import ExtractorError, Issue
    from extractor.models import Article, ArticleRecord
    from extractor.sinks import load

__all__ = ["Article", "ArticleRecord", "Extractor", "ExtractorError", "Issue", "Settings", "extract", "load"]

_HOME = {
    "Article": "extractor.models",
    "ArticleRecord": "extractor.models",
    "Extractor": "extractor.engine",
    "ExtractorError": "extractor.errors",
    "Issue": "extractor.errors",
    "Settings": "extractor.config",
    "extract": "extractor.engine",
    "load": "extractor.sinks",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'extractor' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
