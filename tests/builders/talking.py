"""A small server that speaks the chat completions of OpenAI-compatible models, as a test needs it to: rightly, wrongly, or not at all."""
from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Heard:
    """What the server received: path, headers, body as it came; `asked` are the words of the user."""
    path: str
    headers: dict[str, str]
    body: str

    @property
    def asked(self) -> str:
        return str(json.loads(self.body)["messages"][1]["content"])


@dataclass
class Talking:
    """`says` is given what was heard and returns what the model says, or (status, bytes) to answer with as they are; None keeps silent."""
    says: Callable[[Heard], str | tuple[int, bytes] | None]
    url: str = ""
    heard: list[Heard] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)


def proposing(*facts: dict[str, Any]) -> str:
    return json.dumps({"facts": list(facts)})


@contextmanager
def talking(says: Callable[[Heard], str | tuple[int, bytes] | None]) -> Iterator[Talking]:
    told = Talking(says)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            told.heard.append(Heard(self.path, dict(self.headers), body))
            said = told.says(told.heard[-1])
            if said is None:
                self.send_response(200)
                self.end_headers()
                while not told.over.wait(0.05):     # a byte now and then: alive, and never done
                    try:
                        self.wfile.write(b" ")
                        self.wfile.flush()
                    except OSError:
                        return
                return
            status, content = said if isinstance(said, tuple) else (
                200, json.dumps({"choices": [{"index": 0, "message": {"role": "assistant", "content": said}}], "usage": {}}).encode())
            self.send_response(status)
            if status == 307:
                self.send_header("Location", content.decode())
                content = b""
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            try:
                self.wfile.write(content)
            except OSError:
                return

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    told.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield told
    finally:
        told.over.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
