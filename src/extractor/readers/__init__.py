"""Readers: from what a user names (files, folders, patterns, addresses, standard input) to articles and issues, one by one."""

from extractor.readers.check import check_text
from extractor.readers.inputs import read

__all__ = ["check_text", "read"]
