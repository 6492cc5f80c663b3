"""Files that a command writes: whole, or not there at all."""
from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from archive.errors import BadRequest, Conflict


@contextmanager
def new_file(path: Path, *, replace: bool) -> Iterator[BinaryIO]:
    """Give a file to write; it gets its name, durably, when all went well, else nothing is left.

    Raises Conflict for a name that is taken unless it is to be replaced, BadRequest for one that cannot be written.
    """
    if path.is_dir():
        raise BadRequest(f"{path} is a folder.", "Give the name of a file.")
    if path.exists() and not replace:
        raise Conflict(f"{path} exists.", "Choose another name, or give --force to replace it.")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:50]}.", suffix=".part", dir=path.parent)
    except OSError as error:
        raise BadRequest(f"{path} cannot be written ({error.strerror}).", "Choose a folder that is there and may be written.") from error
    part = Path(name)
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes files that nobody else may read; this one gets what the user's umask grants.
        mask = os.umask(0)
        os.umask(mask)
        part.chmod(0o666 & ~mask)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
