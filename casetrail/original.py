"""`casetrail original`: the bytes as they came in."""
from __future__ import annotations

import sys
from pathlib import Path

import click

from casetrail.opening import opened
from casetrail.options import json_option
from casetrail.output import line, print_json


@click.command()
@click.argument("record")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), metavar="FILE", help="Where to write; `-` for standard output.")
@click.option("--force", is_flag=True, help="Replace FILE if it exists.")
@json_option
def original(record: str, output: Path, force: bool, as_json: bool) -> None:
    """Write the bytes of RECORD as they came in. They are compared with their digest; FILE appears only when they are whole."""
    from archive.model.viewer import LOCAL
    from casetrail.files import new_file
    from search_api.services.records import original as original_of

    with opened() as archive:
        if str(output) == "-":
            _, chunks = original_of(archive, LOCAL, record)
            for chunk in chunks:
                sys.stdout.buffer.write(chunk)
            sys.stdout.buffer.flush()
            return
        with new_file(output, replace=force) as file:
            found, chunks = original_of(archive, LOCAL, record)
            for chunk in chunks:
                file.write(chunk)
    done = {"record_id": record, "file": str(output), "name": found.name, "mime": found.mime, "size": found.size_bytes, "sha256": found.digest}
    if as_json:
        print_json(done)
    else:
        line(f"{output}: {found.size_bytes} bytes, SHA-256 {found.digest}, came as {found.name}")
