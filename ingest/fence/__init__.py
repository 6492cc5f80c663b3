"""The fence around hostile files: what reads them runs in worker processes that may hang, crash or burst.

    wire      what crosses the fence: data only, typed and bounded on both sides
    confine   the bounds that a worker puts on itself before it reads anything
    note      what a worker last began, in memory that both share
    worker    the process inside: identify, extract, enrich, one item after the other
    process   one worker as seen from outside: start, send, receive, kill with its children
    pool      `Fence`: deals jobs to workers, keeps the clock, replaces those that died
"""
from __future__ import annotations

from ingest.fence.pool import Fence, warmed
from ingest.fence.process import WorkerProcess
from ingest.fence.wire import ChildFound, Event, Finished, Job

__all__ = ["ChildFound", "Event", "Fence", "Finished", "Job", "WorkerProcess", "warmed"]
