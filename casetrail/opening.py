"""The archive as a command uses it: opened by the settings, closed at the end whatever happens."""
from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.wiring import Archive


@contextmanager
def opened() -> Iterator[Archive]:
    """Give the archive of the settings. The adapters are imported here, so that `--help` does without them."""
    from archive.settings import read_settings
    from archive.wiring import open_archive

    archive = open_archive(read_settings())
    try:
        yield archive
    finally:
        archive.close()
