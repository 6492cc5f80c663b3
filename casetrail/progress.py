"""Progress of long work, on stderr: a line that renews itself on a terminal, one plain line every few seconds into a pipe."""
from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import click

PLAIN_EVERY_SECONDS = 5.0


class Telling(Protocol):
    def __call__(self, words: str, done: int = 0, total: int | None = None, left_seconds: float | None = None) -> None:
        """Say how far the work is. `total` None: not known yet. `left_seconds` None: reckoned from done and total, where there is one."""


@contextmanager
def progress(title: str) -> Iterator[Telling]:
    """Give a function that tells how far the work is; it may be called as often as one likes."""
    if sys.stderr.isatty():
        with _on_terminal(title) as telling:
            yield telling
    else:
        yield _plain(title)


def time_left(seconds: float, done: int, total: int | None, left_seconds: float | None) -> str:
    """Return words for the time that is left, "" where it cannot be said."""
    if left_seconds is None and total is not None and done and seconds > 1:
        left_seconds = max(0, total - done) * seconds / done
    return "" if left_seconds is None else f"about {duration(left_seconds)} left"


def duration(seconds: float) -> str:
    """Return a length of time as people say it: 45 s, 12 min, 3 h 20 min."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"


def _plain(title: str) -> Telling:
    began = told = time.monotonic()

    def tell(words: str, done: int = 0, total: int | None = None, left_seconds: float | None = None) -> None:
        nonlocal told
        now = time.monotonic()
        if now - told < PLAIN_EVERY_SECONDS:
            return
        told = now
        seconds = now - began
        share = f"{done} of {total}" if total is not None else str(done)
        left = time_left(seconds, done, total, left_seconds)
        parts = [f"{title}: {share} done", f"{done / seconds:.0f} a second", f"{seconds:.0f} s", *([left] if left else []), *([words] if words else [])]
        click.echo(", ".join(parts), err=True)

    return tell


@contextmanager
def _on_terminal(title: str) -> Iterator[Telling]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    began = time.monotonic()
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn(bar_width=20), MofNCompleteColumn(),
               TextColumn("{task.fields[rate]}", markup=False), TimeElapsedColumn(), TextColumn("{task.fields[left]}", markup=False),
               TextColumn("{task.fields[words]}", markup=False))
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(title, total=None, rate="", left="", words="")

        def tell(words: str, done: int = 0, total: int | None = None, left_seconds: float | None = None) -> None:
            seconds = time.monotonic() - began
            shown.update(task, completed=done, total=total, words=words, rate=f"{done / seconds:.0f}/s" if seconds > 0.5 else "",
                         left=time_left(seconds, done, total, left_seconds))

        yield tell
