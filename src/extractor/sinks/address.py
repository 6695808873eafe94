"""Addresses of databases as messages show them."""

import re

#: A password in a URL, up to the last @ since it may hold one itself, and one among keywords and values.
_IN_URL = re.compile(r"(?<=://)([^/?#:@]*):.*@")
_BY_NAME = re.compile(r"(?:(?<=[?&\s])|^)password\s*=\s*(?:'(?:\\.|[^'\\])*'?|[^&\s]*)[&\s]?")


def shown(target: str) -> str:
    """An address, or any other target, without the password that it may hold."""
    return _BY_NAME.sub("", _IN_URL.sub(r"\1@", target)).rstrip("?& ")
