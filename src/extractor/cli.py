"""The command line: each command is a thin wrapper over a function that a program could call.

Data goes to standard output, everything else to standard error. Exit codes: 0 done; 1 done, but an article failed or a
check found something; 2 wrong usage or configuration; 3 the engine or an output failed; 130 interrupted.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Exit, Option, Typer, echo

from extractor.errors import ConfigError, ExtractorError, Issue

if TYPE_CHECKING:
    from extractor.models import ArticleRecord

FAILED, INTERRUPTED = 1, 130
DEFAULT_OUTPUT = "data/out/"

app = Typer(
    name="extractor",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """Run the command line."""
    app()


def _version(wanted: bool) -> None:
    if wanted:
        echo(f"extractor {version('extractor')}")
        raise Exit


@app.callback()
def _common(
    show_version: Annotated[
        bool, Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Reads news articles and writes validated records, each value with its evidence."""


@app.command()
def run(
    inputs: Annotated[
        list[str],
        Argument(
            metavar="INPUT...",
            help="Files (.txt .html .pdf .docx .eml .jsonl .csv .parquet .warc, also in .gz .zst .zip .tar), folders,"
            " patterns, addresses (https:// s3:// gs://), or - for standard input.",
        ),
    ],
    output: Annotated[
        list[str] | None,
        Option(
            "--output",
            "-o",
            metavar="OUT",
            help="A folder for JSON files; NAME.jsonl (also .gz, .zst), .csv, .parquet, .db, .duckdb; postgresql://...;"
            " or - for JSONL on standard output; may be repeated. Default: JSON files and records.db in data/out/.",
        ),
    ] = None,
    format: Annotated[
        str | None,
        Option(
            "--format",
            metavar="FORMAT",
            help="json, jsonl, csv, parquet, sqlite or duckdb, where the name of OUT does not say.",
        ),
    ] = None,
    published: Annotated[
        str | None,
        Option("--published", metavar="DATE", help="Date of the articles that come without one (YYYY-MM-DD)."),
    ] = None,
    column: Annotated[
        list[str] | None,
        Option(
            "--column",
            metavar="FIELD=NAME",
            help="Where a table or JSONL file calls it otherwise: the column of text, id, title, published, publisher,"
            " byline or url, such as text=body; may be repeated.",
        ),
    ] = None,
    resume: Annotated[
        bool, Option("--resume", help="Go on with a run that was stopped: what it wrote is not done again.")
    ] = False,
    fresh: Annotated[bool, Option("--fresh", help="Forget a run that was stopped, and begin anew.")] = False,
    jobs: Annotated[
        int | None,
        Option(
            "--jobs",
            "-j",
            min=0,
            metavar="N",
            help="Worker processes; by default one for each core. 0: all in one process, without a time limit.",
        ),
    ] = None,
    timeout: Annotated[
        float | None,
        Option(
            "--timeout", metavar="SECONDS", help="Time an article may take before it becomes an issue. Default: 300."
        ),
    ] = None,
    limit: Annotated[int | None, Option("--limit", min=1, help="Read this many articles at most.")] = None,
    strict: Annotated[bool, Option("--strict", help="Stop at the first article that fails.")] = False,
    quiet: Annotated[bool, Option("--quiet", "-q", help="Show issues only: no progress, no closing line.")] = False,
    model: Annotated[str | None, Option("--model", metavar="NAME", help="Another installed spaCy pipeline.")] = None,
    rejected: Annotated[
        bool | None, Option("--rejected", help="List also what was seen and not used, with the reason.")
    ] = None,
) -> None:
    """Extract records from articles.

    The closing line counts as records the leaders, events, figures and agreements.
    """
    with _reported():
        from extractor.batch import GO_ON, dated, gather, limited, run_batch
        from extractor.config import load_settings
        from extractor.pool import open_engine
        from extractor.sinks import open_sink
        from extractor.sinks.address import shown

        if resume and fresh:
            raise ConfigError("--resume and --fresh exclude each other", hint="give one of them")
        settings = load_settings(model=model, rejected=rejected, jobs=jobs, timeout=timeout, columns=_pairs(column))
        if output or format:
            sinks = [open_sink(target, format) for target in output or [DEFAULT_OUTPUT]]
        else:
            sinks = [open_sink(DEFAULT_OUTPUT, "json"), open_sink(DEFAULT_OUTPUT, "sqlite")]
        with open_engine(settings) as engine, _progress(quiet) as show:
            tally = run_batch(
                limited(
                    dated(gather(inputs, settings.max_chars, settings.columns, settings.timeout), published), limit
                ),
                engine,
                sinks,
                mode="resume" if resume else "fresh" if fresh else "new",
                strict=strict,
                report=show,
            )
        kept = [shown(target).rstrip("/") for target in output or [DEFAULT_OUTPUT] if target != "-"]
        if not quiet:
            _say(f"{tally} → {', '.join(kept)}" if kept else str(tally))
        if tally.stopped:
            why = "interrupted" if tally.interrupted else "stopped at the first article that failed"
            _say(f"{why}: {GO_ON}" if kept else why)
        if tally.interrupted:
            raise Exit(INTERRUPTED)
        if tally.issues:
            raise Exit(FAILED)


@app.command()
def load(
    paths: Annotated[
        list[str],
        Argument(metavar="SRC... DEST", help="Where records lie, in any form that an output has, and where they go."),
    ],
    format: Annotated[
        str | None, Option("--format", metavar="FORMAT", help="The form of DEST, where its name does not say.")
    ] = None,
) -> None:
    """Move records from one form to another: JSON files, JSONL, CSV, Parquet, SQLite, DuckDB, PostgreSQL.

    Loading the same records again changes nothing; a newer extraction of an article replaces the older one.
    """
    with _reported():
        from extractor.sinks import open_sink
        from extractor.sinks.address import shown
        from extractor.sinks.load import move

        *sources, target = paths
        if not sources:
            raise ConfigError("there is nothing to load, or nowhere to load it to", hint="write: load SRC... DEST")
        with open_sink(target, format) as sink:
            count = move(sources, sink)
        if target != "-":
            _say(f"{count:,} article record{'' if count == 1 else 's'} → {shown(target).rstrip('/')}")


@app.command()
def schema(
    type: Annotated[str | None, Argument(metavar="[TYPE]", help="A record type, such as figure; all without.")] = None,
) -> None:
    """Print the JSON Schema (draft 2020-12) of article records, or of one type."""
    with _reported():
        from extractor.schema import schema_text

        echo(schema_text(type), nl=False)


@app.command()
def verify(
    files: Annotated[
        list[str], Argument(metavar="FILE...", help="Files, folders, databases: any form that an output has.")
    ],
) -> None:
    """Check records against the contract, their ids and spans against the text, and the text against its source."""
    with _reported():
        from extractor.verify import verify_files

        checked = found = 0
        for result in verify_files(files):
            checked += result.articles
            for problem in result.problems:
                found += 1
                _say(str(problem))
        _say(
            f"{checked:,} article record{'' if checked == 1 else 's'} checked, {found:,} problem{'' if found == 1 else 's'}"
        )
        if found:
            raise Exit(FAILED)


@app.command()
def doctor(
    markdown: Annotated[bool, Option("--markdown", help="Print a Markdown table, to paste into a bug report.")] = False,
) -> None:
    """Check the installation: versions, language model, rule files, optional packages, and where output goes."""
    with _reported():
        from extractor.doctor import as_lines, as_markdown, examine

        findings = examine()
        echo(as_markdown(findings) if markdown else as_lines(findings))
        if not all(finding.ok for finding in findings):
            raise Exit(FAILED)


def _pairs(options: list[str] | None) -> dict[str, str] | None:
    """What options of the form FIELD=NAME say."""
    for option in options or ():
        if not all(option.partition("=")):
            raise ConfigError(f"{option!r} names no column", hint="write --column FIELD=NAME, such as text=body")
    return {field: name for field, _, name in (option.partition("=") for option in options)} if options else None


def _say(line: str) -> None:
    """One line on standard error; what would break the line is shown escaped."""
    echo("".join(c if c.isprintable() else repr(c)[1:-1] for c in line), err=True)


def _issue_line(issue: Issue) -> str:
    level = "note " if issue.level == "note" else ""
    hint = f" ({issue.hint})" if issue.hint else ""
    return f"{issue.source}: {level}{issue.code} {issue.message}{hint}"


@contextmanager
def _reported() -> Iterator[None]:
    """Turn what can go wrong into one line and an exit code; a user's mistake never shows a traceback."""
    try:
        yield
    except ExtractorError as error:
        _say(f"extractor: {error.code} {error}")
        raise Exit(error.exit_code) from error
    except KeyboardInterrupt as error:
        _say("interrupted")
        raise Exit(INTERRUPTED) from error


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[["ArticleRecord | Issue"], None]]:
    """Shows issues as they come and, on a terminal, how far the run is."""
    if quiet or not sys.stderr.isatty():
        yield _show_issue
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed:,.0f} articles"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("articles", total=None)

        def show(result: "ArticleRecord | Issue") -> None:
            _show_issue(result)
            progress.advance(task, 0 if isinstance(result, Issue) and result.level == "note" else 1)

        yield show


def _show_issue(result: "ArticleRecord | Issue") -> None:
    if isinstance(result, Issue):
        _say(_issue_line(result))
