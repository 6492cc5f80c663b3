"""What a user is told when a command does not end well: one sentence, what to do, an exit status. Never a traceback unless asked for.

    0    all that was asked is done          6   a server, store or tool cannot be reached
    1    an unexpected error                 7   no space left
    2    wrong use, wrong settings           8   stored bytes or the custody log do not match
    3    not found                           9   not all that was asked was done
    4    not allowed    5   conflict       130   stopped by Ctrl-C
"""
from __future__ import annotations

import errno
import os
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click

from archive.errors import CasetrailError, StoreFull
from casetrail.output import safe

INTERRUPTED = 130
UNEXPECTED = 1


@contextmanager
def told(ctx: click.Context) -> Iterator[None]:
    """Turn what a command raises into words on stderr and an exit status."""
    debug = bool(ctx.params.get("debug"))
    try:
        yield
    except CasetrailError as error:
        _end(ctx, str(error), error.exit_code, debug)
    except (KeyboardInterrupt, click.Abort):
        _end(ctx, "Stopped. What was done is kept; the same command goes on from there.", INTERRUPTED, False)
    except BrokenPipeError:
        # Whoever read our output has read enough. Nothing more can be written there, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        ctx.exit(0)
    except (click.ClickException, click.exceptions.Exit):
        raise
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            full = StoreFull("There is no space left on the disk.", "Make room and run the same command again: it goes on from there.")
            _end(ctx, str(full), full.exit_code, debug)
        _unexpected(ctx, error, debug)
    except Exception as error:
        _unexpected(ctx, error, debug)


def _unexpected(ctx: click.Context, error: Exception, debug: bool) -> None:
    if debug:
        _end(ctx, "An unexpected error.", UNEXPECTED, debug)
    _end(ctx, f"An unexpected error ({type(error).__name__}). Details are in {_written_down(error)}; --debug before the command shows them.",
         UNEXPECTED, debug)


def _end(ctx: click.Context, words: str, status: int, debug: bool) -> None:
    if debug:
        click.echo(safe(traceback.format_exc()), err=True)
    click.echo(f"casetrail: {safe(words)}", err=True)
    ctx.exit(status)


def _written_down(error: Exception) -> Path:
    """Write the traceback to the log of errors and return where it is: in the archive's home, else in the folder for temporary files."""
    entry = f"{datetime.now(UTC).isoformat(timespec='seconds')}\n{''.join(traceback.format_exception(error))}\n"
    home = Path(os.environ.get("CASETRAIL_HOME") or "casetrail-data").expanduser()
    for folder in (home, Path(tempfile.gettempdir())):
        try:
            if not folder.is_dir():
                continue
            path = folder / "casetrail-errors.log"
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600), "a", encoding="utf-8",
                           errors="backslashreplace") as log:
                log.write(entry)
            return path
        except OSError:
            continue
    return Path(os.devnull)
