"""What is written is what is read back, in every form."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings

from extractor import ArticleRecord, load
from extractor.models.jsonio import from_json, to_json
from extractor.sinks import open_sink
from strategies import article_records

slow_to_draw = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@slow_to_draw
@given(article_records())
def test_json(record: ArticleRecord) -> None:
    text = to_json(record)
    again = from_json(text)
    assert again == record
    assert to_json(again) == text


@slow_to_draw
@given(article_records())
def test_json_has_no_exponent_and_is_one_line(record: ArticleRecord) -> None:
    assert "\n" not in to_json(record)
    for figure in record.figures:
        for number in (figure.low, figure.high):
            assert number is None or "E" not in str(number) or format(number, "f") in to_json(record)


@pytest.mark.parametrize(
    "name",
    ["records.jsonl", "records.jsonl.gz", "records.jsonl.zst", "records.db", "folder/"],
)
@slow_to_draw
@given(record=article_records())
def test_sink(name: str, record: ArticleRecord) -> None:
    comes_back(name, record)


@pytest.mark.parametrize("name", ["tables.csv", "tables.parquet"])
@settings(slow_to_draw, max_examples=8)
@given(record=article_records())
def test_tables(name: str, record: ArticleRecord) -> None:
    comes_back(name, record)


def comes_back(name: str, record: ArticleRecord) -> None:
    with TemporaryDirectory() as folder:
        target = str(Path(folder, name)) + ("/" if name.endswith("/") else "")
        with open_sink(target) as sink:
            sink.write(record)
        [again] = load(target)
    assert again == record
    assert to_json(again) == to_json(record)
