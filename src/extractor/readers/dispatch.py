"""From a source to its articles: by the format that its bytes tell, else by its suffix."""

import zlib
from collections.abc import Iterator
from pathlib import PurePath

from extractor.errors import ConfigError, Issue
from extractor.models import Article
from extractor.models.explain import one_line
from extractor.readers.apart import PARSER
from extractor.readers.errors import ReadError
from extractor.readers.formats import FORMATS
from extractor.readers.limits import DEPTH
from extractor.readers.source import Source


def read_source(source: Source) -> Iterator[Article | Issue]:
    """The articles and issues of a source and of all that is packed in it. Nothing that a file holds raises."""
    try:
        if source.depth > DEPTH:
            raise ReadError("E114", f"it is packed in more than {DEPTH} others", "unpack it first")
        for item in _items(source):
            if isinstance(item, Source):
                yield from read_source(item)
            else:
                yield item
    except ReadError as error:
        yield source.issue(error)
    except ConfigError as error:
        yield source.issue(ReadError("E115", error.message, error.hint))
    except EOFError:
        yield source.issue(ReadError("E111", "the file is cut short", "fetch it again"))
    except OSError as error:
        if error.errno is None:
            yield source.issue(_damaged(error))
        else:
            message = f"the file cannot be opened: {error.strerror}"
            yield source.issue(ReadError("E108", message, "check its permissions and that it is a file"))
    except zlib.error as error:
        yield source.issue(_damaged(error))
    except Exception as error:
        # Whatever a parser of foreign files raises concerns that file alone.
        yield source.issue(_damaged(error))


def _items(source: Source) -> Iterator[Article | Issue | Source]:
    name = _format(source)
    module, options = FORMATS[name].load(), source.options
    if not FORMATS[name].document:
        yield from module.read(source)
        return
    data = source.data(module.most(options.max_chars))
    parsed = PARSER.parse(name, data, charset=source.charset, max_chars=options.max_chars, seconds=options.seconds)
    yield from source.article(parsed.text, parsed.notes, parsed.found)


def _damaged(error: Exception) -> ReadError:
    return ReadError("E111", f"the file is damaged: {one_line(error)}", "fetch it again, or open and save it anew")


def _format(source: Source) -> str:
    """The name of the format that the bytes tell, else of the one that the suffix does."""
    suffix = PurePath(source.filename).suffix.lower()
    by_suffix = "text"
    for name, format in FORMATS.items() if source.head else ():
        module = format.load()
        if module.looks(source):
            return name
        if suffix in format.suffixes and module.may(source):
            by_suffix = name
    return by_suffix
