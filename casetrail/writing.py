"""Where a command writes a list: a file that appears when it is whole, or standard output for `-`."""
from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from casetrail.files import new_file


@contextmanager
def written_to(output: Path, *, replace: bool) -> Iterator[BinaryIO]:
    """Give a file to write. Raises what `new_file` raises."""
    if str(output) == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with new_file(output, replace=replace) as file:
        yield file
