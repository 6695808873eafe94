"""A worker whose engine does what the text of an article says: tests of the pool run it in place of the real one."""

import os
import re
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from extractor import Article, ArticleRecord, Issue, Settings
from extractor.errors import ModelError
from extractor.models import Provenance
from extractor.worker import main

PROGRAM = (sys.executable, "-P", __file__)


class Obedient:
    """Answers with a note that names its process, and an issue that repeats the text."""

    def __init__(self, settings: Settings) -> None:
        if settings.model == "missing":
            raise ModelError("no such model", hint="install it")
        if settings.model == "broken":
            sys.exit(7)
        self.provenance = Provenance(extractor="1", model=settings.model, rules="r", settings={})

    def each(self, items: Iterable[Article | Issue]) -> Iterator[list[ArticleRecord | Issue]]:
        for item in items:
            assert isinstance(item, Article)
            obey(item.text)
            note = Issue(item.source, "read", "N101", str(os.getpid()), level="note")
            yield [note, Issue(item.source, "extract", "E202", item.text)]


def obey(text: str) -> None:
    order, _, rest = text.partition(" ")
    if order == "sleep":
        time.sleep(float(rest))
    elif order == "spin":
        re.match("(a+)+b", "a" * 100)  # holds the interpreter: no other thread of the worker runs
    elif order == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    elif order == "die-once" and not Path(rest).exists():
        Path(rest).touch()
        os._exit(1)
    elif order == "model":
        raise ModelError("gone", hint="install it")


if __name__ == "__main__":
    main(Obedient)
