"""Who holds which office: one construction or form of name a sentence."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from extractor import Article, ArticleRecord, Extractor

CASES = tomllib.loads((Path(__file__).parents[3] / "gold" / "leaders.toml").read_text(encoding="utf-8"))["case"]


@pytest.fixture(scope="module")
def records(extractor: Extractor) -> list[ArticleRecord]:
    found = list(extractor.run([Article(text=case["text"]) for case in CASES]))
    assert all(isinstance(record, ArticleRecord) for record in found)
    return [record for record in found if isinstance(record, ArticleRecord)]


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case["text"][:50] for case in CASES])
def test_offices_of_a_sentence(records: list[ArticleRecord], number: int) -> None:
    case, record = CASES[number], records[number]
    wanted = [expected(leader) for leader in case.get("leader", [])]
    found = []
    for leader, want in zip(record.leaders, wanted, strict=False):
        body = leader.organization
        got = {
            "name": leader.name,
            "title": leader.title,
            "country": leader.country,
            "organization": (body.code or body.name) if body is not None else None,
            "role": leader.role,
            "tenure": leader.tenure,
        }
        if "aliases" in want:
            got["aliases"] = list(leader.aliases)
        found.append(got)
    assert found == wanted
    assert len(record.leaders) == len(wanted)
    assert [person.name for person in record.people] == case.get("people", [])


def expected(leader: dict[str, Any]) -> dict[str, Any]:
    empty = {"title": None, "country": None, "organization": None, "tenure": "current"}
    return empty | leader
