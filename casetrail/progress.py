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
    def __call__(self, words: str, done: int = 0, total: int | None = None) -> None:
        """Say how far the work is. `total` None: not known yet."""


@contextmanager
def progress(title: str) -> Iterator[Telling]:
    """Give a function that tells how far the work is; it may be called as often as one likes."""
    if sys.stderr.isatty():
        with _on_terminal(title) as telling:
            yield telling
    else:
        yield _plain(title)


def _plain(title: str) -> Telling:
    began = told = time.monotonic()

    def tell(words: str, done: int = 0, total: int | None = None) -> None:
        nonlocal told
        now = time.monotonic()
        if now - told < PLAIN_EVERY_SECONDS:
            return
        told = now
        share = f"{done} of {total}" if total is not None else str(done)
        click.echo(f"{title}: {share} done, {done / (now - began):.0f} a second, {now - began:.0f} s{', ' + words if words else ''}", err=True)

    return tell


@contextmanager
def _on_terminal(title: str) -> Iterator[Telling]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    began = time.monotonic()
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn(bar_width=30), MofNCompleteColumn(),
               TextColumn("{task.fields[rate]}", markup=False), TimeElapsedColumn(), TimeRemainingColumn(), TextColumn("{task.fields[words]}", markup=False))
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(title, total=None, rate="", words="")

        def tell(words: str, done: int = 0, total: int | None = None) -> None:
            seconds = time.monotonic() - began
            shown.update(task, completed=done, total=total, words=words, rate=f"{done / seconds:.0f}/s" if seconds > 0.5 else "")

        yield tell
