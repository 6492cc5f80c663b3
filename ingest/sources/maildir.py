"""Maildir: a folder with `cur`, `new` and `tmp`, one message a file (https://cr.yp.to/proto/maildir.html; Maildir++ for subfolders).

Messages of `cur` and `new` are met as mail whatever their name.  `tmp` holds messages that were never completely delivered, and by
the standard no reader looks into it: what lies there is refused by name.  Files of the server beside the three folders (indexes, uid
lists) are met as files, folders as folders, subfolders that are Maildirs as Maildirs.
"""
from __future__ import annotations

import os
from collections.abc import Iterator

from ingest.sources.base import Met, Refused, Source
from ingest.sources.files import Root, entries, meet, subfolder, walk_folder


def is_maildir(folder: str) -> bool:
    """Say whether a folder is a Maildir: it has `cur`, `new` and `tmp`."""
    return all(os.path.isdir(os.path.join(folder, part)) for part in ("cur", "new", "tmp"))  # noqa: PTH112, PTH118


def walk_maildir(root: Root, folder: str, below: str, listed: list[os.DirEntry[str]], depth: int) -> Iterator[Met | Refused]:
    """Yield the messages of a Maildir and what else lies in it, in order of name."""
    for entry in listed:
        name = f"{below}/{entry.name}" if below else entry.name
        if not entry.is_dir(follow_symlinks=False):
            yield meet(root, entry.path, name)
        elif entry.name in ("cur", "new", "tmp"):
            yield from _messages(root, entry.path, name, unfinished=entry.name == "tmp", depth=depth)
        else:
            yield from subfolder(root, entry.path, name, depth)


def _messages(root: Root, folder: str, below: str, unfinished: bool, depth: int) -> Iterator[Met | Refused]:
    listed = entries(folder, root, below)
    if isinstance(listed, Refused):
        yield listed
        return
    for entry in listed:
        name = f"{below}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from subfolder(root, entry.path, name, depth + 1)
        elif unfinished:
            yield Refused(root.place(name).path, "unsupported", "The message was never completely delivered to the Maildir (it lies in tmp).")
        else:
            yield meet(root, entry.path, name, "message/rfc822")


def _walk(path: str, name: str) -> Iterator[Met | Refused]:
    yield from walk_folder(Root(path, name), path, "")


SOURCES = (Source("maildir", lambda path: 0.9 if is_maildir(path) else 0.0, _walk),)
