"""A real server on loopback, as `casetrail serve` runs it, for as long as a test needs it."""
from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import uvicorn

from archive.wiring import Archive
from search_api.app import create_app
from search_api.serving import bound


@contextmanager
def served(archive: Archive, host: str = "127.0.0.1") -> Iterator[httpx.Client]:
    """Serve the archive as if listening on `host`, in truth on a free port of 127.0.0.1, and give a client of it."""
    app = create_app(archive, host)
    with bound("127.0.0.1", 0) as listening:
        server = uvicorn.Server(uvicorn.Config(app, access_log=False, server_header=False, log_config=None, timeout_graceful_shutdown=2))
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{listening.getsockname()[1]}", timeout=60, trust_env=False) as client:
                yield client
        finally:
            server.should_exit = True
            thread.join(10)
