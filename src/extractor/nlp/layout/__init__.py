"""How an article is laid out: title, byline, publisher, dateline and publication date, and the view of its text."""

from extractor.nlp.layout.page import Layout, read_layout

__all__ = ["Layout", "read_layout"]
