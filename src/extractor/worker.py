"""One worker process: takes batches of articles from the run that started it, gives back records and issues.

It says first what its records are made with, then gives the results of each article as soon as it has them. It ends with
the run that started it, however that ends.
"""

import ctypes
import os
import pickle
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection

from extractor.config import Settings
from extractor.errors import ExtractorError
from extractor.pool import Engine

_PR_SET_PDEATHSIG = 1


def main(make: Callable[[Settings], Engine] | None = None) -> None:
    """Serve the connection whose file descriptor is the first argument, until its other end is closed.

    The second argument is the process id of the run. Without `make` the engine is an `Extractor`, imported here: that
    takes its time, in which the run may end already.
    """
    handle, parent = (int(argument) for argument in sys.argv[1:3])
    end_with(parent)
    if make is None:
        from extractor.engine import Extractor

        make = Extractor
    with Connection(handle) as connection, suppress(EOFError, BrokenPipeError, ConnectionResetError):
        serve(connection, make)


def end_with(parent: int) -> None:
    """Have this process end when its parent does. One that is idle sees that itself; a hung one would stay for ever."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit()


def serve(connection: Connection, make: Callable[[Settings], Engine]) -> None:
    """Do batch after batch. An `ExtractorError`, with which no article can be extracted, goes to the run as it is."""
    try:
        extractor = make(pickle.loads(connection.recv_bytes()))  # noqa: S301
        connection.send_bytes(pickle.dumps(extractor.provenance, pickle.HIGHEST_PROTOCOL))
        while True:
            batch = pickle.loads(connection.recv_bytes())  # noqa: S301
            for results in extractor.each(batch):
                connection.send_bytes(pickle.dumps(results, pickle.HIGHEST_PROTOCOL))
    except ExtractorError as error:
        connection.send_bytes(pickle.dumps(error, pickle.HIGHEST_PROTOCOL))


if __name__ == "__main__":
    main()
