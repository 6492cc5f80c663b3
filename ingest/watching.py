"""Watched folders: what comes to rest in them goes through the same pipeline as everything else, under the same places and the same count.

The operating system tells of changes (watchfiles); since it forgets some (network file systems, overflows, limits), everything is looked at
from time to time as well.  Files are read and never moved or changed.  What was taken is known from the catalogue; a watch that starts anew
meets everything once and finds it held.
"""
from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from archive.errors import BadRequest, Unavailable
from archive.model.run import RunReport
from ingest.settling import Settling, Shape, shape_of
from ingest.sources.base import Met, MetOrNot, Refused
from ingest.sources.files import Root, meet, walk_folder
from ingest.sources.maildir import is_maildir

TICK_SECONDS = 0.25
Take = Callable[[Callable[[], Iterator[MetOrNot]]], RunReport]
"""Takes in what the function it is given yields; returns the report of that run."""


@dataclass(frozen=True, slots=True)
class Watch:
    """What is watched and how: the folders, the name of the source, seconds until a file rests and between looks at everything.

    `own` is the folder of the archive itself, in which nothing is met.  `once` ends when nothing is left that still may change.
    `say` gets a sentence for the operator.
    """
    folders: tuple[str, ...]
    source: str = ""
    own: str = ""
    settle_seconds: float = 2.0
    every_seconds: float = 60.0
    once: bool = False
    say: Callable[[str], None] = lambda words: None
    stopping: Callable[[], bool] = lambda: False


def watch_folders(watch: Watch, take: Take) -> None:
    """Take in what comes to rest in the folders, until asked to stop; with `once` until nothing is left.

    Raises BadRequest for a folder that is none. A server that is away (Unavailable) is waited for, with `once` it is raised.
    """
    for folder in watch.folders:
        if not os.path.isdir(folder):  # noqa: PTH112
            raise BadRequest(f"{folder} is no folder.", "Name folders that are there, or s3://BUCKET/PREFIX/.")
    _Watching(watch, take).run()


class _Watching:
    def __init__(self, watch: Watch, take: Take) -> None:
        self._watch, self._take = watch, take
        self._roots = [Root(folder, watch.source) for folder in watch.folders]
        self._settling = Settling(watch.settle_seconds)
        self._met: dict[str, Met] = {}
        self._refused: list[Refused] = []
        self._told: set[Refused] = set()
        self._again_at = 0.0
        self._own = os.path.realpath(watch.own).rstrip("/") + "/" if watch.own else "/\0"

    def run(self) -> None:
        looked_at = -self._watch.every_seconds
        for changed in changes([root.real for root in self._roots], self._watch.stopping, self._watch.say):
            now = time.monotonic()
            if now - looked_at >= self._watch.every_seconds:
                looked_at = now
                self._look_at_all(now)
            self._look_at(changed, now)
            self._settling.look_again(now)
            if now >= self._again_at:
                self._take_what_rests(now)
            if self._watch.stopping():
                return
            if self._watch.once and not self._settling.waiting:
                self._look_at_all(time.monotonic())
                if not self._settling.waiting:
                    self._take_what_rests(float("inf"))
                    return

    def _look_at_all(self, now: float) -> None:
        there: list[str] = []
        for root in self._roots:
            for each in walk_folder(root, root.real, ""):
                self._note(each, now)
                if isinstance(each, Met):
                    there.append(str(each.file))
        self._settling.forget_but(there)

    def _look_at(self, changed: Iterable[str], now: float) -> None:
        # What is there goes before what is gone, so that a renamed file is known by the name it had.
        for path in sorted(changed, key=lambda p: (not os.path.lexists(p), p)):
            root = next((r for r in self._roots if path.startswith(r.real.rstrip("/") + "/")), None)
            if root is None:
                continue
            below = os.path.relpath(path, root.real)
            if not os.path.lexists(path):
                self._settling.see(path, None, now)
            elif os.path.isdir(path) and not os.path.islink(path):  # noqa: PTH112, PTH114
                for each in walk_folder(root, path, below):
                    self._note(each, now)
            elif one := meet_one(root, path, below):
                self._note(one, now)

    def _note(self, each: MetOrNot, now: float) -> None:
        if isinstance(each, Refused) and each not in self._told:
            self._told.add(each)
            self._refused.append(each)
        elif isinstance(each, Met) and each.file is not None and not str(each.file).startswith(self._own):
            path = str(each.file)
            self._settling.see(path, shape_of(path), now)
            if self._settling.minds(path):
                self._met[path] = each

    def _take_what_rests(self, now: float) -> None:
        files = {path: shape for path, shape in self._settling.at_rest(now).items() if path in self._met}
        left = [self._left(path) for path in self._settling.left(now)]
        for each in left:
            self._watch.say(f"Left until it is renamed: {each.path}")
        refused, self._refused = self._refused, []
        if not (files or left or refused):
            return
        try:
            report = self._take(lambda: iter([*self._resting(files), *left, *refused]))
        except Unavailable as error:
            self._refused = [*left, *refused, *self._refused]
            if self._watch.once:
                raise
            self._watch.say(f"Waiting: {error}")
            self._again_at = time.monotonic() + self._watch.settle_seconds + 5
            return
        if report.status == "finished":
            self._settling.taken(files)
            for path in files:
                self._met.pop(path, None)

    def _resting(self, files: dict[str, Shape]) -> Iterator[Met]:
        yield from (self._met[path] for path in files)

    def _left(self, path: str) -> Refused:
        met = self._met.get(path)
        return Refused(met.place.path if met else path, "interrupted", "Its name says that it is still being written.", "skipped")


def meet_one(root: Root, path: str, below: str) -> Met | Refused | None:
    """Return one file of a watched folder as a walk through the whole would; None for a message that is just being delivered to a Maildir."""
    folder, part = os.path.split(os.path.dirname(path))  # noqa: PTH120
    if part in ("cur", "new", "tmp") and is_maildir(folder):
        return None if part == "tmp" else meet(root, path, below, "message/rfc822")
    return meet(root, path, below)


def changes(folders: Sequence[str], stopping: Callable[[], bool], say: Callable[[str], None]) -> Iterator[set[str]]:
    """Yield the paths that changed, as the operating system tells; an empty set at least every TICK_SECONDS."""
    from watchfiles import watch

    try:
        for found in watch(*folders, watch_filter=None, debounce=500, step=50, rust_timeout=int(TICK_SECONDS * 1000), yield_on_timeout=True,
                           raise_interrupt=False, ignore_permission_denied=True):
            yield {path for _, path in found}
            if stopping():
                return
    except (OSError, RuntimeError):
        say("The system does not tell of changes in these folders (any more): they are looked at from time to time only.")
    while not stopping():
        time.sleep(TICK_SECONDS)
        yield set()

