"""The formats that are read: one module and one line each."""

from dataclasses import dataclass
from importlib import import_module
from typing import Any


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its module in this package and the suffixes of its files.

    The module has `looks(source)`, whether the bytes are surely of the format. Where none is sure, the suffix decides
    among the formats whose module says by `may(source)` that the bytes can be of the format at all. The module of a
    `document` has `parse(data, charset, max_chars)`, which makes a `Parsed` of it, and `most(max_chars)`, how many bytes
    it may have; that of any other has `read(source)`, which yields articles, issues and the sources packed in this one.
    `packs` marks files in which one other is packed.
    """

    module: str
    suffixes: tuple[str, ...]
    document: bool = False
    packs: bool = False

    def load(self) -> Any:
        """The module."""
        return import_module(f"extractor.readers.{self.module}")


#: Built-in formats, in the order in which they are asked whether the bytes are theirs.
FORMATS: dict[str, Format] = {
    "pdf": Format("pdf", (".pdf",), document=True),
    "parquet": Format("parquet", (".parquet",)),
    "gzip": Format("gz", (".gz", ".tgz"), packs=True),
    "zstd": Format("zst", (".zst", ".tzst"), packs=True),
    "docx": Format("docx", (".docx",), document=True),
    "zip": Format("zip", (".zip",)),
    "tar": Format("tar", (".tar",)),
    "warc": Format("warc", (".warc",)),
    "html": Format("html", (".html", ".htm", ".xhtml"), document=True),
    "eml": Format("eml", (".eml",), document=True),
    "jsonl": Format("jsonl", (".jsonl", ".ndjson")),
    "csv": Format("csv", (".csv", ".tsv")),
    "text": Format("text", (".txt",)),
}

#: Every suffix of files that are read from folders and archives; a file named on its own may have any.
SUFFIXES = tuple(suffix for format in FORMATS.values() for suffix in format.suffixes)
#: The suffixes of files in which one other is packed.
PACKED = tuple(suffix for format in FORMATS.values() if format.packs for suffix in format.suffixes)
