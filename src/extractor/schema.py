"""The JSON Schemas of the contract, made from the models."""

import json
from typing import Any

from pydantic import BaseModel

from extractor.errors import ConfigError
from extractor.models import (
    Agreement,
    ArticleInfo,
    ArticleRecord,
    Date,
    Event,
    Evidence,
    Figure,
    Initiative,
    Leader,
    Organization,
    Party,
    Person,
    Place,
    PlaceRef,
    Provenance,
    Rejected,
    Span,
    Statement,
    TimeExpression,
)

#: What may be asked for by name, and the model it is.
TYPES: dict[str, type[BaseModel]] = {
    "article_record": ArticleRecord,
    "article": ArticleInfo,
    "leader": Leader,
    "event": Event,
    "figure": Figure,
    "agreement": Agreement,
    "person": Person,
    "organization": Organization,
    "place": Place,
    "initiative": Initiative,
    "statement": Statement,
    "time_expression": TimeExpression,
    "span": Span,
    "date": Date,
    "party": Party,
    "place_ref": PlaceRef,
    "evidence": Evidence,
    "rejected": Rejected,
    "provenance": Provenance,
}


def schema(name: str | None = None) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one type; of the whole article record without a name.

    Raises `ConfigError` that lists the types.
    """
    model = TYPES.get("article_record" if name is None else name)
    if model is None:
        raise ConfigError(f"there is no type {name!r}", hint=f"known are {', '.join(TYPES)}")
    made = model.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def schema_text(name: str | None = None) -> str:
    """The same as indented JSON: what `schemas/NAME.schema.json` holds."""
    return json.dumps(schema(name), indent=2, ensure_ascii=False) + "\n"
