"""Files at an address: on a web server or in a store that an installed fsspec package knows."""

from collections.abc import Callable
from dataclasses import dataclass
from glob import has_magic
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from extractor.errors import ConfigError, InputError
from extractor.extras import optional
from extractor.readers.names import is_article_name, sidecar

_WEB = ("http", "https")


@dataclass(frozen=True)
class Remote:
    """One file at an address; see `inputs.Input`."""

    name: str
    open: Callable[[], BinaryIO]
    beside: Callable[[], tuple[str, bytes] | None] = lambda: None
    url: str | None = None


def remote_files(address: str) -> list[Remote]:
    """The file at an address, or the articles in the folder or of the pattern there, sorted.

    Raises `ConfigError` when the package for such addresses is missing, `InputError` when nothing is there.
    """
    core = optional("fsspec.core", "remote", "an address")
    try:
        system, path = core.url_to_fs(address)
    except ImportError as error:
        raise ConfigError(f"{address} needs another package: {error}", hint="install it beside this one") from error
    except ValueError as error:
        raise InputError(f"{address} cannot be read: {error}", hint="check the address") from error
    if address.partition("://")[0] in _WEB:
        # A server has no folders, and says what it has when it is asked for it.
        return [Remote(address, lambda: system.open(path, "rb", block_size=0), url=address)]
    try:
        found = _found(system, path)
    except Exception as error:
        # Each store fails in ways of its own.
        raise InputError(
            f"{address} cannot be read: {error or type(error).__name__}", hint="check the address"
        ) from error
    if not found:
        raise InputError(f"there are no articles at {address}", hint="check the address")
    return [_file(system, path) for path in found]


def _found(system: Any, path: str) -> list[str]:
    if has_magic(path):
        found = [match for match in system.glob(path) if system.isfile(match)]
    elif system.isdir(path):
        found = list(system.find(path))
    else:
        return [path] if system.exists(path) else []
    return sorted(match for match in found if is_article_name(PurePosixPath(match)))


def _file(system: Any, path: str) -> Remote:
    def beside() -> tuple[str, bytes] | None:
        file = sidecar(PurePosixPath(path))
        return (file.name, system.cat_file(str(file))) if system.isfile(str(file)) else None

    return Remote(str(system.unstrip_protocol(path)), lambda: system.open(path, "rb"), beside)
