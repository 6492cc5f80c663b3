"""One worker as seen from outside: start it, send and receive without ever waiting for it, end it with all it started."""
from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import deque
from pathlib import Path
from typing import Literal

import msgspec

import ingest
from ingest.fence import confine, note, wire

_FOLDER = "casetrail-worker-"
_STALE_SECONDS = 3600
_CHUNK_BYTES = 1 << 18
_SEND_BYTES = 1 << 17
_READ_BYTES_A_TURN = 4 << 20
_ROOT = str(Path(next(iter(ingest.__path__))).resolve().parent)


State = Literal["alive", "ended", "broken"]
"""`ended`: it closed its end.  `broken`: it sent what no worker of ours sends."""


class WorkerProcess:
    """A process behind a socket. `fileno` makes it a thing to select on."""

    def __init__(self, largest_bytes: int) -> None:
        self._largest = largest_bytes
        self.folder = tempfile.mkdtemp(prefix=f"{_FOLDER}{os.getpid()}-")
        ours, theirs = socket.socketpair()
        self._note, self._begun = note.made(), b""
        for end in (ours, theirs):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "ingest.fence.worker", str(theirs.fileno()), str(os.getpid()), str(self._note.fileno())],
                pass_fds=[theirs.fileno(), self._note.fileno()], cwd=self.folder, env=confine.environment(os.environ, self.folder, _ROOT),
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        except BaseException:
            ours.close()
            self._note.close()
            shutil.rmtree(self.folder, ignore_errors=True)
            raise
        finally:
            theirs.close()
        ours.setblocking(False)
        self._socket, self._out, self._in = ours, deque[bytes | memoryview](), bytearray()

    @property
    def pid(self) -> int:
        return self._process.pid

    def fileno(self) -> int:
        return self._socket.fileno()

    @property
    def wants_to_write(self) -> bool:
        return bool(self._out)

    def queue(self, message: wire.ToWorker) -> None:
        self._out.append(wire.frame(message))

    def write(self) -> None:
        """Send as much as the socket takes."""
        out = self._out
        try:
            while out:
                first = out.popleft()
                if len(first) < _SEND_BYTES and out:
                    batch, size = [first], len(first)
                    while out and size < _SEND_BYTES and len(out[0]) < _SEND_BYTES:
                        batch.append(out.popleft())
                        size += len(batch[-1])
                    first = b"".join(batch)
                sent = self._send(first)
                if sent < len(first):
                    out.appendleft(memoryview(first)[sent:])
                    return
        except (BrokenPipeError, ConnectionResetError):
            out.clear()  # its end is seen when reading

    def _send(self, chunk: bytes | memoryview) -> int:
        try:
            return self._socket.send(chunk)
        except BlockingIOError:
            return 0

    def read(self) -> tuple[list[wire.FromWorker], State]:
        """Return the messages that have come and are sound, and how the worker stands after them."""
        taken, ended = 0, False
        while taken < _READ_BYTES_A_TURN:
            try:
                chunk = self._socket.recv(_CHUNK_BYTES)
            except BlockingIOError:
                break
            except ConnectionResetError:
                chunk = b""
            if not chunk:
                ended = True
                break
            self._in += chunk
            taken += len(chunk)
        messages, sound = self._messages()
        return messages, "broken" if not sound else "ended" if ended else "alive"

    @property
    def half_received(self) -> int:
        """How many bytes of an unfinished message have come."""
        return len(self._in)

    def _messages(self) -> tuple[list[wire.FromWorker], bool]:
        """Return the complete messages, and whether what follows them may still become one."""
        buffer, at, found, sound = self._in, 0, list[wire.FromWorker](), True
        with memoryview(buffer) as view:
            while sound and len(buffer) - at >= wire.PREFIX_BYTES:
                size = int.from_bytes(view[at:at + wire.PREFIX_BYTES], "big")
                start, end = at + wire.PREFIX_BYTES, at + wire.PREFIX_BYTES + size
                if size > self._largest:
                    sound = False
                elif len(buffer) < end:
                    break
                else:
                    try:
                        found.append(wire.from_worker.decode(view[start:end]))
                        at = end
                    except (msgspec.MsgspecError, ValueError, RecursionError):
                        sound = False
        if at:
            del buffer[:at]
        return found, sound

    def end(self) -> int:
        """Kill the worker, its process group and what it started; return its exit status, negative for a signal.

        A worker that had ended by itself keeps the status it ended with.
        """
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(0)
        left = _descendants(self.pid) if self._process.returncode is None else []
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        for pid in left:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        status = self._process.wait()
        self._socket.close()
        self._begun = self._note.read()
        self._note.close()
        shutil.rmtree(self.folder, ignore_errors=True)
        return status

    def opened(self) -> wire.Opened | None:
        """Return which reader it last began, once it was ended; None where that is not said or not sound."""
        try:
            return wire.opened.decode(self._begun)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            return None

    def exit_status(self, wait_seconds: float) -> int | None:
        """Return the status of a worker that closed its socket, None when it does not end within the time."""
        try:
            return self._process.wait(wait_seconds)
        except subprocess.TimeoutExpired:
            return None


def sweep() -> None:
    """Remove the folders of workers whose parent was killed before it could. Young ones are left: their parent may run where we see no pids."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_FOLDER}*"):
        with contextlib.suppress(OSError, ValueError):
            pid = int(folder.name.removeprefix(_FOLDER).partition("-")[0])
            if not Path(f"/proc/{pid}").exists() and time.time() - folder.stat().st_mtime > _STALE_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)


def _descendants(pid: int) -> list[int]:
    """Return the processes that stem from one, as /proc lists them; nothing where there is no /proc."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            fields = entry.read_bytes().rpartition(b")")[2].split()
            parents.setdefault(int(fields[1]), []).append(int(entry.parent.name))
    found, queue = list[int](), [pid]
    while queue:
        for child in parents.get(queue.pop(), []):
            found.append(child)
            queue.append(child)
    return found
