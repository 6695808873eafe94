"""Parquet: a folder with one file a table, typed by the columns of the tables. Numbers are doubles, with the exact ones beside."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from extractor.errors import InputError
from extractor.extras import optional
from extractor.sinks.shape import Row
from extractor.sinks.tablefiles import TableFiles
from extractor.sinks.tables import Table

#: Rows in a row group: what is written and read at a time.
GROUP = 5_000


class ParquetFiles(TableFiles):
    """Tables as Parquet. Raises `ConfigError` when the package for it is not installed."""

    suffix = ".parquet"

    def __init__(self) -> None:
        super().__init__()
        self._arrow = optional("pyarrow", "parquet", "Parquet")
        self._parquet = optional("pyarrow.parquet", "parquet", "Parquet")

    def dump(self, table: Table, found: list[Row], target: Path) -> None:
        """See `TableFiles.dump`."""
        schema = self._schema(table)
        columns = list(zip(*found, strict=True)) or [()] * len(table.columns)
        arrays = [
            self._arrow.array(map(_double, values) if column.type == "numeric" else values, field.type)
            for column, values, field in zip(table.columns, columns, schema, strict=True)
        ]
        self._parquet.write_table(self._arrow.Table.from_arrays(arrays, schema=schema), target)

    def merge(self, table: Table, files: Sequence[Path], target: Path) -> None:
        """See `TableFiles.merge`. Row groups are of one size, wherever the parts end."""
        schema = self._schema(table)
        with self._parquet.ParquetWriter(target, schema, compression="zstd") as out:
            waiting = schema.empty_table()
            for file in files:
                waiting = self._arrow.concat_tables([waiting, self._parquet.read_table(file, schema=schema)])
                while waiting.num_rows >= GROUP:
                    out.write_table(waiting.slice(0, GROUP), row_group_size=GROUP)
                    waiting = waiting.slice(GROUP)
            if waiting.num_rows:
                out.write_table(waiting, row_group_size=GROUP)

    def read(self, table: Table, file: Path) -> Iterator[Row]:
        """See `TableFiles.read`."""
        try:
            with self._parquet.ParquetFile(file) as source:
                if source.schema_arrow.names != [column.name for column in table.columns]:
                    raise InputError(f"{file} does not have the columns of {table.name}")
                for batch in source.iter_batches(GROUP):
                    yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
        except (OSError, self._arrow.ArrowException) as error:
            raise InputError(f"{file} cannot be read: {error}") from error

    read_part = read

    def _schema(self, table: Table) -> Any:
        types = {
            "text": self._arrow.string(),
            "json": self._arrow.string(),
            "integer": self._arrow.int64(),
            "real": self._arrow.float64(),
            "numeric": self._arrow.float64(),
            "boolean": self._arrow.bool_(),
        }
        return self._arrow.schema(
            self._arrow.field(
                column.name,
                types[column.type],
                nullable=column.null,
                metadata={"description": column.description} if column.description else None,
            )
            for column in table.columns
        )


def _double(number: Decimal | None) -> float | None:
    return None if number is None else float(number)
