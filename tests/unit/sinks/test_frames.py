"""Frames of the records: flat, typed, with lists joined; and moving records from one form to another."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from extractor import Article, ArticleRecord, Extractor, load
from extractor.errors import ConfigError, InputError
from extractor.sinks import open_sink
from extractor.sinks.frames import Frames
from extractor.sinks.load import move

TEXT = (
    "Peru's President Ana Sol met Chile's President Luis Mar in Lima on 2 May 2020. "
    "Trade between Peru and Chile reached $5.5 million in 2019. The two countries signed 12 agreements."
)


@pytest.fixture(scope="module")
def record(extractor: Extractor) -> ArticleRecord:
    [found] = extractor.run([Article(text=TEXT, source="a.txt", published="2020-05-03")])
    assert isinstance(found, ArticleRecord)
    return found


@pytest.fixture(scope="module")
def path(record: ArticleRecord, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("records") / "records.jsonl"
    with open_sink(str(target)) as sink:
        sink.write(record)
    return target


def test_pandas(path: Path, record: ArticleRecord) -> None:
    pandas = pytest.importorskip("pandas")
    figures = load(path, frames="pandas").figures
    assert list(figures["id"]) == [figure.id for figure in record.figures]
    money = figures[figures["unit"] == "USD"].iloc[0]
    assert money["low"] == 5_500_000.0
    assert set(money["parties"].split("; ")) == {"PER", "CHL"}
    assert money["period_first"] == pandas.Timestamp("2019-01-01")
    types = {name: str(figures[name].dtype) for name in ("unit", "low", "approx", "span_start", "period_first")}
    assert types == {
        "unit": "string",
        "low": "Float64",
        "approx": "boolean",
        "span_start": "Int64",
        "period_first": "datetime64[s]",
    }


def test_polars(path: Path, record: ArticleRecord) -> None:
    polars = pytest.importorskip("polars")
    leaders = load(path, frames="polars").leaders
    assert leaders["name"].to_list() == [leader.name for leader in record.leaders]
    figures = load(path, frames="polars").figures
    assert figures.filter(polars.col("unit") == "USD")["period_last"].to_list() == [date(2019, 12, 31)]
    assert figures.schema["low"] == polars.Float64


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_every_frame_is_there_also_without_rows(library: Any, path: Path, tmp_path: Path) -> None:
    pytest.importorskip(library)
    names = [name for name, value in vars(Frames).items() if isinstance(value, property)]
    assert len(names) == 11
    with open_sink(str(tmp_path / "none.jsonl")):
        pass
    for target in (path, tmp_path / "none.jsonl"):
        records = load(target, frames=library)
        for name in names:
            frame = getattr(records, name)
            assert "id" in frame.columns
            assert list(frame.columns) == list(getattr(load(path, frames=library), name).columns)


def test_lists_have_frames_of_their_own(path: Path) -> None:
    pytest.importorskip("pandas")
    parties = load(path, frames="pandas").frame("figure_parties")
    assert set(parties["code"].dropna()) >= {"PER", "CHL"}
    with pytest.raises(ConfigError, match="known are runs, articles"):
        load(path).frame("figgures")


def test_an_article_of_two_inputs_is_one_row(record: ArticleRecord, tmp_path: Path) -> None:
    pytest.importorskip("pandas")
    other = record.model_copy(update={"article": record.article.model_copy(update={"source": "b.txt"})})
    target = tmp_path / "two.jsonl"
    with open_sink(str(target)) as sink:
        sink.write(record)
        sink.write(other)
    assert len(list(load(target))) == 2
    assert len(load(target, frames="pandas").articles) == 1
    assert list(load(target, frames="pandas").frame("sources")["source"]) == ["a.txt", "b.txt"]


FORMS = ["out.jsonl", "out.jsonl.gz", "out.csv", "out.parquet", "out.db", "out.duckdb", "out/"]


@pytest.mark.parametrize("first", FORMS)
def test_records_move_from_every_form_to_every_form(first: str, record: ArticleRecord, tmp_path: Path) -> None:
    start = f"{tmp_path}/first/{first}"
    with open_sink(start) as sink:
        sink.write(record)
    for second in FORMS:
        target = f"{tmp_path}/{second}"
        with open_sink(target) as sink:
            assert move([start], sink) == 1
        assert list(load(target)) == [record]


def test_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        load(tmp_path / "none.parquet")
    (tmp_path / "empty.csv").mkdir()
    with pytest.raises(InputError, match=r"holds no records\.csv|holds no .*\.csv"):
        list(load(tmp_path / "empty.csv"))
