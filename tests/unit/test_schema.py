"""The published schemas are those of the models."""

import json
from pathlib import Path

import pytest

from extractor.errors import ConfigError
from extractor.models import ArticleRecord
from extractor.schema import TYPES, schema, schema_text

FOLDER = Path(__file__).parents[2] / "schemas"


@pytest.mark.parametrize("name", TYPES)
def test_the_published_schema_is_that_of_the_model(name: str) -> None:
    path = FOLDER / f"{name}.schema.json"
    assert path.read_text(encoding="utf-8") == schema_text(name), f"run: extractor schema {name} > {path}"


def test_every_published_schema_has_a_type() -> None:
    assert {path.name.removesuffix(".schema.json") for path in FOLDER.iterdir()} == set(TYPES)


def test_every_key_is_required_and_no_other_allowed() -> None:
    made = schema()
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert made["required"] == list(ArticleRecord.model_fields)
    for part in made["$defs"].values():
        assert part["additionalProperties"] is False
        assert part["required"] == list(part["properties"])
    assert json.loads(schema_text("article_record")) == made


def test_an_unknown_type_lists_those_known() -> None:
    with pytest.raises(ConfigError, match="known are article_record, article, leader"):
        schema("leaders")
