"""The formats that are read: one module and one line each."""

from dataclasses import dataclass
from importlib import import_module
from typing import Any


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its module in this package and the suffixes of its files.

    The module has `read(source)`, which yields articles, issues and the sources packed in this one, and `looks(source)`,
    whether the bytes are surely of the format. Where none is sure, the suffix decides among the formats whose module has
    `may(source)`, whether the bytes can be of the format at all. `packs` marks files in which others are packed.
    """

    module: str
    suffixes: tuple[str, ...]
    packs: bool = False

    def load(self) -> Any:
        """The module."""
        return import_module(f"extractor.readers.{self.module}")


#: Built-in formats, in the order in which they are asked whether the bytes are theirs.
FORMATS: dict[str, Format] = {
    "pdf": Format("pdf", (".pdf",)),
    "parquet": Format("parquet", (".parquet",)),
    "gzip": Format("gz", (".gz", ".tgz"), packs=True),
    "zstd": Format("zst", (".zst", ".tzst"), packs=True),
    "docx": Format("docx", (".docx",)),
    "zip": Format("zip", (".zip",)),
    "tar": Format("tar", (".tar",)),
    "warc": Format("warc", (".warc",)),
    "html": Format("html", (".html", ".htm", ".xhtml")),
    "eml": Format("eml", (".eml",)),
    "jsonl": Format("jsonl", (".jsonl", ".ndjson")),
    "csv": Format("csv", (".csv", ".tsv")),
    "text": Format("text", (".txt",)),
}

#: Every suffix of files that are read from folders and archives; a file named on its own may have any.
SUFFIXES = tuple(suffix for format in FORMATS.values() for suffix in format.suffixes)
#: The suffixes of files in which one other is packed.
PACKED = tuple(suffix for format in FORMATS.values() if format.packs for suffix in format.suffixes)
