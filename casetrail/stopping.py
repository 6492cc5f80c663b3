"""Ctrl-C and SIGTERM ask long work to stop at its next step; a second Ctrl-C stops it at once."""
from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

INTERRUPTED = 130
GRACE_SECONDS = 2.0
"""So long may tidying up take after the second Ctrl-C. A run that is cut off here is one that was killed: the next goes on from it."""


@contextmanager
def stopping() -> Iterator[Callable[[], bool]]:
    """Give a function that says whether to stop."""
    asked = False
    end: threading.Timer | None = None

    def ask(number: int, frame: FrameType | None) -> None:
        nonlocal asked, end
        if asked and number == signal.SIGINT:
            if end is None:
                end = threading.Timer(GRACE_SECONDS, _end_at_once)
                end.daemon = True
                end.start()
            raise KeyboardInterrupt
        asked = True
        os.write(2, b"Stopping: what is under way is being finished. Ctrl-C again stops at once.\n")  # a handler may not use buffered output

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: asked
    finally:
        if end is not None:
            end.cancel()
        for number, handler in before.items():
            signal.signal(number, handler)


def _end_at_once() -> None:
    """End the process without waiting for anything; workers end with it. A terminal gets its cursor back."""
    words = b"Stopped at once. What was done is kept; the same command goes on from there.\n"
    os.write(2, (b"\x1b[?25h\n" if sys.stderr.isatty() else b"") + words)
    os._exit(INTERRUPTED)
