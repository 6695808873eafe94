"""Parsers of documents run in a process apart: one that hangs, runs away with the memory or dies costs one article.

Documents come from anywhere, and their parsers are programs in C: a PDF of a hundred bytes can keep one busy for ever.
"""

import atexit
import faulthandler
import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from time import monotonic
from typing import Any

from extractor.errors import ConfigError
from extractor.models.explain import one_line
from extractor.readers.errors import ReadError
from extractor.readers.formats import FORMATS
from extractor.readers.parsed import Parsed

#: `-P` keeps modules that lie in the working folder from being taken for the library's.
_PROGRAM = (sys.executable, "-P", "-c", "from extractor.readers.apart import main; main()")
#: Bytes of memory that a parser may take.
_MEMORY = 4 * 2**30


class _Parser:
    """The process, started at first use and again after each death."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def parse(self, format: str, data: bytes, *, charset: str | None, max_chars: int, seconds: float) -> Parsed:
        """What the parser of a format makes of a document.

        Raises `ReadError`, also when it takes more than `seconds` (E203) or dies (E204), and `ConfigError` for a package
        that is not installed.
        """
        start = monotonic()
        head = {"format": format, "size": len(data), "charset": charset, "max_chars": max_chars, "seconds": seconds}
        answer: dict[str, Any] | None = None
        try:
            answer = self._ask(json.dumps(head).encode() + b"\n", data)
        except (OSError, ValueError):
            pass
        except BaseException:
            # An answer that nobody waits for would be taken for the next one's.
            self.end()
            raise
        if answer is None:
            self.end()
            if monotonic() - start >= seconds:
                raise ReadError("E203", f"reading it took longer than {seconds:g} seconds", "save its text")
            raise ReadError("E204", "the parser died over it", "save its text")
        match answer:
            case {"text": text, "found": found, "notes": notes}:
                return Parsed(text, found, tuple((code, message) for code, message in notes))
            case {"missing": message, "hint": hint}:
                raise ConfigError(message, hint=hint)
        raise ReadError(answer["code"], answer["message"], answer["hint"])

    def _ask(self, head: bytes, data: bytes) -> dict[str, Any]:
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603
                _PROGRAM, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(head)
        self._process.stdin.write(data)
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def end(self) -> None:
        """End the process: it holds nothing that could be lost."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            with suppress(OSError):
                process.communicate()


PARSER = _Parser()
atexit.register(PARSER.end)


def main() -> None:
    """Parse one document after another, as standard input brings them, until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory()
    # What a package prints must not get between the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    while head := sys.stdin.buffer.readline():
        asked = json.loads(head)
        data = sys.stdin.buffer.read(asked["size"])
        # It ends the process from outside the interpreter, whatever a parser in C may be doing.
        faulthandler.dump_traceback_later(asked["seconds"], exit=True)
        answer = _answer(asked, data)
        faulthandler.cancel_dump_traceback_later()
        answers.write(json.dumps(answer).encode() + b"\n")
        answers.flush()


def _answer(asked: dict[str, Any], data: bytes) -> dict[str, Any]:
    try:
        parsed: Parsed = FORMATS[asked["format"]].load().parse(data, asked["charset"], asked["max_chars"])
    except ReadError as error:
        return {"code": error.code, "message": error.message, "hint": error.hint}
    except ConfigError as error:
        return {"missing": error.message, "hint": error.hint}
    except Exception as error:
        # Whatever a parser raises concerns that document alone.
        message = f"the file is damaged: {one_line(error)}"
        return {"code": "E111", "message": message, "hint": "fetch it again, or open and save it anew"}
    return {"text": parsed.text, "found": parsed.found, "notes": parsed.notes}


def _limit_memory() -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
