"""A new archive that is opened by several processes at the same moment."""
from __future__ import annotations

import subprocess
import sys
from pathlib import Path

RACE = """
import multiprocessing, sys
from pathlib import Path
from archive.adapters.catalogue.database import Database
from archive.clock import SystemClock

def opens(start, url, told):
    start.wait()
    try:
        Database(url, SystemClock()).close()
        told.put("")
    except Exception as error:
        told.put(repr(error))

context = multiprocessing.get_context("fork")
for number in range(40):
    home = Path(sys.argv[1], str(number))
    start, told = context.Barrier(4), context.Queue()
    racers = [context.Process(target=opens, args=(start, f"sqlite:///{home}/catalogue.db", told)) for _ in range(4)]
    for racer in racers:
        racer.start()
    for message in [told.get(timeout=60) for _ in racers]:
        if message:
            print(number, message)
    for racer in racers:
        racer.join()
"""


def test_new_catalogue_is_opened_by_all_who_open_it_at_once(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", RACE, str(tmp_path)], capture_output=True, text=True, timeout=300)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
