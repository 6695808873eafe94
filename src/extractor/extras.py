"""Packages that only some users need: imported when they are, with a line that says how to get them."""

from importlib import import_module
from typing import Any

from extractor.errors import ConfigError


def optional(module: str, extra: str, purpose: str) -> Any:
    """The module, which the extra of that name brings. Raises `ConfigError` when it is not installed."""
    try:
        return import_module(module)
    except ImportError as error:
        raise ConfigError(
            f"{purpose} needs the package {module.partition('.')[0]!r}", hint=f"pip install 'extractor[{extra}]'"
        ) from error
