"""The page of codes says what the program says."""

import re
from pathlib import Path

from extractor.errors import ISSUE_CODES, ExtractorError

PAGE = (Path(__file__).parents[2] / "docs" / "errors.md").read_text(encoding="utf-8")


def test_every_issue_code_is_explained() -> None:
    rows = dict(re.findall(r"^\| ([EN][12]\d\d) \| (.+?) \|$", PAGE, re.M))
    assert rows == ISSUE_CODES


def test_every_error_is_explained() -> None:
    rows = dict(re.findall(r"^\| (E00\d) \| .+ \| (\d) \|$", PAGE, re.M))
    assert rows == {kind.code: str(kind.exit_code) for kind in ExtractorError.__subclasses__()}


def test_an_error_says_what_to_do() -> None:
    assert str(ExtractorError("it broke", hint="mend it")) == "it broke (mend it)"
    assert str(ExtractorError("it broke")) == "it broke"
