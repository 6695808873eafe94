"""The way back from records to the sources they were read from."""

import gzip
import json
from pathlib import Path

import pytest

from extractor import Article, ArticleRecord, Extractor
from extractor.models.jsonio import to_json
from extractor.readers import read
from extractor.verify import verify_files
from formats import as_csv, as_docx, as_eml, as_html, as_jsonl, as_parquet, as_pdf, as_warc, as_zip, members

STORIES = [
    Article(
        text=f"Trade rises\nTrade between China and Peru reached {i} billion dollars in 2024, officials said on Tuesday."
    )
    for i in (3, 4)
]
FILES = {
    "a.jsonl": as_jsonl(STORIES),
    "b.csv": as_csv(STORIES),
    "c.parquet": as_parquet(STORIES),
    "d#1.zip": as_zip(members(STORIES)),
    "e.html": as_html(STORIES[0]),
    "f.pdf": as_pdf(STORIES[0]),
    "g.eml": as_eml(STORIES[0]),
    "h.docx": as_docx(STORIES[0]),
    "i.warc.gz": as_warc([("https://gazette.example/1", as_html(STORIES[0]))]),
    "j.txt.gz": gzip.compress(STORIES[0].text.encode()),
}


def problems(*files: Path) -> list[str]:
    return [problem for checked in verify_files(map(str, files)) for problem in checked.problems]


def written(extractor: Extractor, target: Path, *inputs: Path) -> list[ArticleRecord]:
    found = list(extractor.run(read([str(path) for path in inputs])))
    records = [record for record in found if isinstance(record, ArticleRecord)]
    target.write_text("".join(to_json(record) + "\n" for record in records), encoding="utf-8")
    return records


def test_texts_are_found_again_in_every_format(tmp_path: Path, extractor: Extractor) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, data in FILES.items():
        (folder / name).write_bytes(data)
    target = tmp_path / "records.jsonl"
    records = written(extractor, target, folder)
    assert len(records) == 14
    assert problems(target) == []
    # In another order, and with a text that is another's.
    lines = target.read_text(encoding="utf-8").splitlines()
    swapped = [json.loads(line) for line in reversed(lines)]
    swapped[-1]["article"]["source"], swapped[-2]["article"]["source"] = (
        swapped[-2]["article"]["source"],
        swapped[-1]["article"]["source"],
    )
    target.write_text("".join(json.dumps(item) + "\n" for item in swapped), encoding="utf-8")
    found = problems(target)
    assert len(found) == 2
    assert "differs from" in found[0]
    assert f"at character {STORIES[0].text.index('3')}" in found[0]


def test_a_source_that_is_gone_or_has_other_columns_says_nothing(
    tmp_path: Path, extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "a.csv"
    source.write_bytes(as_csv(STORIES))
    target = tmp_path / "records.jsonl"
    written(extractor, target, source)
    source.write_bytes(b"body\nTrade fell.\n")
    assert problems(target) == []
    monkeypatch.setenv("EXTRACTOR_COLUMNS", '{"text": "body"}')
    assert len(problems(target)) == 1
    source.unlink()
    assert problems(target) == []
