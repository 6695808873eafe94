"""What tests of the readers share."""

from pathlib import Path

from extractor.errors import ISSUE_CODES, Issue
from extractor.models import Article
from extractor.readers import read


def results(*inputs: object, **given: object) -> list[Article | Issue]:
    return list(read([str(item) for item in inputs], **given))  # type: ignore[arg-type]


def only(*inputs: object, **given: object) -> Article | Issue:
    [result] = results(*inputs, **given)
    if isinstance(result, Issue):
        assert result.code in ISSUE_CODES
        assert "\n" not in result.message
    return result


def article(*inputs: object) -> Article:
    result = only(*inputs)
    assert isinstance(result, Article)
    return result


def code(*inputs: object, **given: object) -> str:
    result = only(*inputs, **given)
    assert isinstance(result, Issue)
    return result.code


def put(path: Path, data: bytes | str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path
