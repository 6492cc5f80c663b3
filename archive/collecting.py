"""How often Python looks for objects that hold one another: seldom, since ours seldom do."""
from __future__ import annotations

import gc

EVERY = 50_000


def collect_seldom() -> None:
    """Let the collector look only after so many new objects.

    Reading mails makes many small values that are freed as soon as nobody holds them; looking at all of them again and again cost a tenth of a run.
    """
    gc.freeze()
    gc.set_threshold(EVERY, 20, 100)
