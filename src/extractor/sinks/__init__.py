"""Outputs: where records and issues go, and the way back."""

from extractor.errors import ConfigError
from extractor.sinks.base import Mode, Sink
from extractor.sinks.formats import FORMATS, find
from extractor.sinks.jsonl import StdoutSink
from extractor.sinks.load import load

__all__ = ["FORMATS", "Mode", "Sink", "load", "open_sink"]


def open_sink(target: str, format: str | None = None) -> Sink:
    """The output that `target` names, not yet opened: use it as a context manager.

    See `formats.find` for what is known; `-` is JSONL on standard output. Raises `ConfigError` that lists it.
    """
    if target == "-":
        if format not in (None, "jsonl"):
            raise ConfigError(f"{format} cannot be written to standard output", hint="use --format jsonl")
        return StdoutSink()
    form, where = find(target, format)
    return form.sink(where)
