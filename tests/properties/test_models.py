"""What the models hold for any input."""

import json
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from extractor import ArticleRecord
from extractor.models.base import Number, exact, plain_json
from extractor.models.jsonio import from_json, to_json
from strategies import JSON, NUMBERS, article_records


@given(NUMBERS)
def test_numbers_keep_their_value(number: Decimal) -> None:
    read = TypeAdapter(Number).validate_python(number)
    assert read == number
    assert not format(read, "f").endswith(".")


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e200, max_value=1e200))
def test_floats_are_read_as_written(value: float) -> None:
    if value and not abs(value) > 1e-290:
        return
    assert exact(value) == Decimal(repr(value))


@given(JSON)
def test_metadata_is_handed_on_as_it_was(value: object) -> None:
    assert plain_json(value) == value
    assert plain_json(json.loads(json.dumps(value), parse_float=Decimal)) == value


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(article_records(), st.data())
def test_a_shifted_span_is_refused(record: ArticleRecord, data: st.DataObject) -> None:
    plain = json.loads(to_json(record))
    text = plain["article"]["text"]
    spans = [s for field in ("events", "leaders", "places") for one in plain[field] for s in one["mentions"]]
    spans += [one["span"] for field in ("figures", "statements", "dates") for one in plain[field]]
    spans = [s for s in spans if text[s["start"] + 1 : s["end"] + 1] != s["text"]]
    if spans:
        span = data.draw(st.sampled_from(spans))
        span["start"] += 1
        span["end"] += 1
        with pytest.raises(ValidationError):
            from_json(json.dumps(plain))
