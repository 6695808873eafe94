"""What is wrong with a value, in one line."""

from pydantic import ValidationError


def one_line(error: Exception) -> str:
    """The first thing an exception says, on one line; of a validation error the path and what is wrong there."""
    if not isinstance(error, ValidationError):
        return " ".join(f"{type(error).__name__}: {error}".split()).rstrip(":")
    return problems(error)[0]


def problems(error: ValidationError) -> list[str]:
    """Every problem of a validation error as `path: what is wrong`."""
    return [_problem(item["loc"], item["msg"]) for item in error.errors(include_url=False, include_input=False)]


def path_of(location: tuple[str | int, ...]) -> str:
    """The path of a location: `figures[0].period`."""
    path = ""
    for part in location:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else part
    return path


def _problem(location: tuple[str | int, ...], message: str) -> str:
    message = " ".join(message.removeprefix("Value error, ").split())
    path = path_of(location)
    return f"{path}: {message}" if path else message
