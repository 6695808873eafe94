"""The error of a reader that gives up on its source."""


class ReadError(Exception):
    """A source that cannot be read, or not to its end. `code` is one of `ISSUE_CODES`."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
