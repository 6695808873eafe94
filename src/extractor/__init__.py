"""Reads raw news articles and writes validated records of leaders, events, figures and agreements."""

from extractor.engine import Extractor, extract
from extractor.errors import ExtractorError, Issue
from extractor.models import Article, ArticleRecord

__all__ = ["Article", "ArticleRecord", "Extractor", "ExtractorError", "Issue", "extract"]
