"""Writes article records into the tables of a database, and reads them back, in the SQL that all dialects share."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import count
from operator import itemgetter
from time import monotonic

from pydantic import ValidationError

from extractor.errors import InputError, Issue, SinkError, UnfinishedError
from extractor.models import ArticleInfo, ArticleRecord
from extractor.models.explain import one_line
from extractor.sinks import tables
from extractor.sinks.base import BaseSink, Mode
from extractor.sinks.database import ARTICLES, PROGRESS, STORED, VERSION, Database, all_columns, marks, names
from extractor.sinks.shape import Row
from extractor.sinks.tables import ISSUES, OF_EXTRACTION, RECORDS, RUNS, SOURCES, TABLES_VERSION, Table

#: A transaction is closed when its articles hold this many characters, however few they are.
_GROUP_CHARS = 1_000_000
#: Or when the first of them has waited this many seconds: a process that dies loses no more work than that.
_GROUP_SECONDS = 5
#: How many articles are read at a time.
_PAGE = 32


class SqlSink(BaseSink):
    """Writes articles in small groups, each in one transaction together with the keys of the inputs they came from.

    Writing the same extraction again changes nothing; a newer extraction of an article replaces its rows.
    """

    def __init__(self, database: Database) -> None:
        self._db = database
        self._mode: Mode = "add"
        self._pending: list[tuple[ArticleRecord | Issue, str | None]] = []
        self._chars = 0
        self._since = 0.0

    def open(self, mode: Mode = "add") -> None:
        """Connect, with the tables made when the database is new. Raises `SinkError`, also for a newer database."""
        self._mode = mode
        with self._told("written"):
            self._db.connect(read_only=False)
            try:
                if mode != "add":
                    self._db.hold()
                with self._db.writing():
                    _prepare(self._db)
                    if mode == "fresh":
                        self._db.execute(f"DELETE FROM {PROGRESS.name}")
                    elif mode == "new" and self._db.execute(f"SELECT 1 FROM {PROGRESS.name} LIMIT 1"):
                        raise UnfinishedError(
                            f"a run that did not end lies in {self._db.where}",
                            hint="--resume goes on with it, --fresh forgets it",
                        )
            except BaseException:
                self._db.close()
                raise

    def has(self, key: str) -> bool:
        """Whether the run that is resumed wrote the input of this key."""
        if self._mode != "resume":
            return False
        with self._told("read"):
            return bool(self._db.execute(f"SELECT 1 FROM {PROGRESS.name} WHERE key = ?", (key,)))

    def write(self, record: ArticleRecord, key: str | None = None) -> None:
        """Write one article, at the latest with the last one of its group."""
        self._chars += len(record.article.text)
        self._add(record, key)

    def issue(self, issue: Issue, key: str | None = None) -> None:
        """Note one issue; an article that failed otherwise before has its newest failure only."""
        self._add(issue, key)

    def close(self) -> None:
        """Write what is left, and forget the progress: the run is whole."""
        try:
            self._flush()
            if self._mode != "add":
                with self._told("written"), self._db.writing():
                    self._db.execute(f"DELETE FROM {PROGRESS.name}")
        finally:
            self._disconnect()

    def suspend(self) -> None:
        """Write what is left; what was written stays, and so does the progress."""
        try:
            self._flush()
        finally:
            self._disconnect()

    def _disconnect(self) -> None:
        with self._told("closed"):
            self._db.close()

    def _told(self, what: str) -> AbstractContextManager[None]:
        return self._db.told(SinkError, what, "choose another output with -o, or mend it and go on with --resume")

    def _add(self, result: ArticleRecord | Issue, key: str | None) -> None:
        now = monotonic()
        if not self._pending:
            self._since = now
        self._pending.append((result, key))
        full = len(self._pending) >= self._db.group or self._chars >= _GROUP_CHARS
        if full or now - self._since >= _GROUP_SECONDS:
            self._flush()

    def _flush(self) -> None:
        pending, self._pending, self._chars = self._pending, [], 0
        if not pending:
            return
        with self._told("written"), self._db.writing():
            _write_articles(self._db, [result for result, _ in pending if isinstance(result, ArticleRecord)])
            _write_issues(self._db, [result for result, _ in pending])
            if self._mode != "add":
                keys = dict.fromkeys(key for _, key in pending if key is not None)
                self._db.insert(PROGRESS, [(key,) for key in keys], "ON CONFLICT DO NOTHING")


def _prepare(db: Database) -> None:
    """Make the tables where there are none. Raises `SinkError` for tables of other programs and other versions."""
    there = db.table_names()
    if VERSION.name in there:
        version = _version(db)
        if version != TABLES_VERSION:
            age = "a newer" if version > TABLES_VERSION else "an older"
            raise SinkError(
                f"{db.where} was written by {age} extractor (tables {version}, this one knows {TABLES_VERSION})",
                hint="update extractor or choose another output" if version > TABLES_VERSION else _OLDER,
            )
        return
    taken = there & {table.name for table in STORED} if db.shared else there
    if taken:
        raise SinkError(f"{db.where} holds tables that are not extractor's", hint="choose another output")
    for statement in db.script():
        db.execute(statement)
    db.insert(VERSION, [(TABLES_VERSION,)])


_OLDER = "choose another output, and extract the articles again"


def _version(db: Database) -> int:
    [(version,)] = db.execute(f"SELECT version FROM {VERSION.name}")
    return int(version)


def _write_articles(db: Database, records: Sequence[ArticleRecord]) -> None:
    """The rows of articles that are new or extracted anew, and the inputs they came from."""
    ids = list(dict.fromkeys(record.article.id for record in records))
    stored = {row[0]: row[-3:] for row in _of_articles(db, ARTICLES, ids, ("id", "run_id", "digest", "position"))}
    inputs = _Inputs(db, ids)
    made = {id: (run, digest) for id, (run, digest, _) in stored.items()}
    chosen: dict[str, tuple[Row, list[tuple[Table, list[Row]]]]] = {}
    runs: dict[str, Row] = {}
    for record in records:
        id = record.article.id
        first = inputs.add(record.article)
        found = tables.rows(record)
        article = tables.article_row(record, found)
        run, digest = article[-2:]
        # The same program on another input of the same article: the record of the first input stays.
        if id in made and (made[id][1] == digest or (made[id][0] == run and not first)):
            continue
        made[id] = (run, digest)
        chosen[id] = (article, found)
        runs[run] = tables.run_row(record)
    old = [id for id in chosen if id in stored]
    if old:
        for table in reversed(OF_EXTRACTION):
            db.execute(f'DELETE FROM "{table.name}" WHERE "article_id" IN ({marks(old)})', old)
    [(end,)] = db.execute(f"SELECT coalesce(max(position) + 1, 0) FROM {ARTICLES.name}")
    place = count(end)
    db.insert(RUNS, list(runs.values()), "ON CONFLICT DO NOTHING")
    articles = [(*row, stored[id][-1] if id in stored else next(place)) for id, (row, _) in chosen.items()]
    db.insert(ARTICLES, articles, _UPDATE_ARTICLE)
    for i, table in enumerate(OF_EXTRACTION):
        db.insert(table, [row for _, found in chosen.values() for row in found[i][1]])
    db.insert(SOURCES, inputs.changed(), _UPDATE_URL)


class _Inputs:
    """The inputs of some articles, those in the database first."""

    def __init__(self, db: Database, ids: Sequence[str]) -> None:
        self._inputs: dict[str, list[Row]] = {id: [] for id in ids}
        self._changed: dict[tuple[str, int], Row] = {}
        for id, _, *given in sorted(_of_articles(db, SOURCES, ids), key=lambda row: row[:2]):
            self._inputs[id].append(tuple(given))

    def add(self, article: ArticleInfo) -> bool:
        """Take in where an article was read from, and say whether that is the article's first input."""
        given = self._inputs[article.id]
        row = (article.source, article.external_id, article.url)
        at = next((i for i, known in enumerate(given) if known[:2] == row[:2]), len(given))
        if given[at : at + 1] != [row]:
            given[at : at + 1] = [row]
            self._changed[article.id, at] = row
        return at == 0

    def changed(self) -> list[Row]:
        """The rows of `sources` that are new or have another address."""
        return [(*key, *row) for key, row in self._changed.items()]


def _replacing(key: Sequence[str], columns: Sequence[str]) -> str:
    changed = ", ".join(f'"{name}" = excluded."{name}"' for name in columns)
    return f"ON CONFLICT ({names(key)}) DO UPDATE SET {changed}"


_UPDATE_ARTICLE = _replacing(ARTICLES.key, [c.name for c in ARTICLES.columns if c.name not in ("id", "position")])
_UPDATE_URL = _replacing(SOURCES.key, ["url"])


def _write_issues(db: Database, results: Sequence[ArticleRecord | Issue]) -> None:
    """Note the issues, without the failures of inputs that succeeded or failed otherwise later."""
    over: dict[tuple[str | None, ...], None] = {}
    noted: list[Issue] = []
    for result in results:
        if isinstance(result, Issue):
            which: tuple[str | None, ...] = (result.source, result.external_id)
            fails = result.level == "error"
        else:
            which, fails = (result.article.source,), True
        if fails:
            over[which] = None
            noted = [i for i in noted if i.level != "error" or (i.source, i.external_id)[: len(which)] != which]
        if isinstance(result, Issue):
            noted.append(result)
    if db.execute(f"SELECT 1 FROM {ISSUES.name} LIMIT 1"):
        for which in over:
            same = " AND ".join(f"{name} IS NOT DISTINCT FROM ?" for name in ("source", "external_id")[: len(which)])
            db.execute(f"DELETE FROM {ISSUES.name} WHERE level = 'error' AND {same}", which)
    columns = [column.name for column in ISSUES.columns]
    same = " AND ".join(f'"{name}" IS NOT DISTINCT FROM ?' for name in columns)
    rows = dict.fromkeys(tuple(issue.as_dict()[name] for name in columns) for issue in noted)
    new = [row for row in rows if not db.execute(f"SELECT 1 FROM {ISSUES.name} WHERE {same}", row)]
    db.insert(ISSUES, new)


def _of_articles(db: Database, table: Table, ids: Sequence[str], columns: Sequence[str] = ()) -> list[Row]:
    """The rows of some articles, in no order."""
    if not ids:
        return []
    key = "id" if table is ARTICLES else "article_id"
    wanted = names(columns) if columns else all_columns(table)
    return db.execute(f'SELECT {wanted} FROM "{table.name}" WHERE "{key}" IN ({marks(ids)})', ids)


def read(db: Database) -> Iterator[ArticleRecord]:
    """Yield every article record of a database, in the order in which the articles came in.

    The source of an article that came from several inputs is the first one. Raises `InputError` when the database holds
    no records of this version.
    """
    with db.told(InputError, "read"):
        db.connect(read_only=True)
    try:
        with db.told(InputError, "read"):
            if VERSION.name not in db.table_names() or _version(db) != TABLES_VERSION:
                raise InputError(f"{db.where} holds no records that this version of extractor reads")
        after = -1
        after = -1
        while page := _page(db, after):
            for one in page:
                try:
                    record = tables.record_from_rows(one.article, one.source, one.run, one.found)
                except ValidationError as error:
                    raise InputError(
                        f"{db.where}: the rows of {one.article[0]} make no article record: {one_line(error)}"
                    ) from error
                yield record
            after = page[-1].position
    finally:
        db.close()


@dataclass(frozen=True, slots=True)
class _Stored:
    """An article as it lies in the database, and the arguments of `tables.record_from_rows`."""

    position: int
    article: Row
    source: dict[str, str | None]
    run: Row
    found: dict[str, list[Row]]


def _page(db: Database, after: int) -> list[_Stored]:
    """The next articles after a position, all in one state of the database."""
    with db.told(InputError, "read"), db.reading():
        query = (
            f"SELECT {all_columns(ARTICLES)} FROM {ARTICLES.name} WHERE position > ? ORDER BY position LIMIT {_PAGE}"
        )
        articles = db.execute(query, (after,))
        if not articles:
            return []
        ids = [row[0] for row in articles]
        runs = {row[0]: row for row in db.execute(f"SELECT {all_columns(RUNS)} FROM {RUNS.name}")}
        sources: dict[str, dict[str, str | None]] = {}
        for id, _, *given in sorted(_of_articles(db, SOURCES, ids), key=lambda row: row[:2]):
            sources.setdefault(id, dict(zip(("source", "external_id", "url"), given, strict=True)))
        found: dict[str, dict[str, list[Row]]] = {id: {table.name: [] for table in _READ} for id in ids}
        for table in _READ:
            which, where = (
                next(i for i, c in enumerate(table.columns) if c.name == n) for n in ("article_id", "position")
            )
            for row in sorted(_of_articles(db, table, ids), key=itemgetter(where)):
                found[row[which]][table.name].append(row)
    return [_Stored(row[-1], row[:-1], sources[row[0]], runs[row[-3]], found[row[0]]) for row in articles]


#: `records` says nothing that the tables of the records do not say.
_READ = tuple(table for table in OF_EXTRACTION if table is not RECORDS)
