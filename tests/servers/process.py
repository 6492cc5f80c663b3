"""What all test servers share: where downloads are cached, free ports, and a process that is waited for and stopped by its pid.

Every server runs in a session of its own, so that stopping it reaches its children, and is told to stop by the kernel
when the process that started it dies (prctl(2), PR_SET_PDEATHSIG): a killed test run leaves nothing behind.
"""
from __future__ import annotations

import ctypes
import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True)


class CannotHave(Exception):
    """A server cannot be had on this machine; the message names what is missing and how to get it."""


def cache() -> Path:
    """Return the folder that keeps downloads between runs: $CASETRAIL_CACHE, else ~/.cache/casetrail, for root /var/cache/casetrail.

    Root has a place of its own because servers then run as another user, who cannot look into root's home.
    """
    given = os.environ.get("CASETRAIL_CACHE")
    if given:
        folder = Path(given).absolute()
    elif os.geteuid() == 0:
        folder = Path("/var/cache/casetrail")
    else:
        folder = Path.home() / ".cache" / "casetrail"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def plain_user() -> pwd.struct_passwd | None:
    """Return the user that servers run as when we are root: `casetrail-test`, made when absent, else `nobody`; else None."""
    if os.geteuid() != 0:
        return None
    for name in ("casetrail-test", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name)
        if shutil.which("useradd"):
            subprocess.run(["useradd", "--system", "--no-create-home", name], check=False, capture_output=True)
            with suppress(KeyError):
                return pwd.getpwnam(name)
    raise CannotHave("there is no unprivileged user to run a server as; add one (`useradd --system casetrail-test`)")


def reachable(path: Path) -> bool:
    """Return whether every folder above `path` may be entered by any user."""
    return all(folder.stat().st_mode & 0o001 for folder in path.absolute().parents)


def free_ports(count: int) -> list[int]:
    """Return TCP ports that nobody listens on at 127.0.0.1.

    They lie below the range from which the kernel picks ports for outgoing connections, so that none is taken by one meanwhile.
    """
    ports: list[int] = []
    held: list[socket.socket] = []
    try:
        while len(ports) < count:
            port = random.SystemRandom().randrange(11_000, 31_000)
            probe = socket.socket()
            held.append(probe)
            with suppress(OSError):
                probe.bind(("127.0.0.1", port))
                ports.append(port)
    finally:
        for probe in held:
            probe.close()
    return ports


@contextmanager
def working_folder(name: str) -> Iterator[Path]:
    """Give a temporary folder that belongs to the user servers run as; it is removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix=f"casetrail-{name}-"))
    user = plain_user()
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def hand_over(folder: Path) -> None:
    """Give a folder and all in it to the user that servers run as."""
    user = plain_user()
    if user:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)


def run_as_plain_user(command: Sequence[str | Path], environment: Mapping[str, str], folder: Path) -> None:
    """Run a command to its end as the user servers run as. Raises CannotHave with the end of what it said when it fails."""
    ended = subprocess.run([str(part) for part in command], env=dict(environment), cwd=folder, check=False, stdin=subprocess.DEVNULL,
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **_identity())
    if ended.returncode:
        raise CannotHave(f"{Path(command[0]).name} failed ({ended.returncode}): {ended.stdout[-500:].strip()}")


@contextmanager
def running(command: Sequence[str | Path], *, ready: Callable[[], bool], log: Path, folder: Path, environment: Mapping[str, str],
            seconds: float, stop_signal: signal.Signals = signal.SIGTERM, as_plain_user: bool = True) -> Iterator[subprocess.Popen[bytes]]:
    """Start a server, wait until `ready` says so (at most `seconds`), and stop it with its children at the end.

    Raises CannotHave with the end of its log when it ends early or does not get ready.
    """
    def die_with_parent() -> None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, int(stop_signal), 0, 0, 0)

    with log.open("wb") as output:
        process = subprocess.Popen([str(part) for part in command], stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
                                   cwd=folder, env=dict(environment), start_new_session=True, preexec_fn=die_with_parent,
                                   **(_identity() if as_plain_user else {}))
    try:
        _wait(process, ready, log, Path(command[0]).name, seconds)
        yield process
    finally:
        stop(process, stop_signal)


def stop(process: subprocess.Popen[bytes], stop_signal: signal.Signals = signal.SIGTERM, seconds: float = 15) -> None:
    """Ask a server's process group to end, and end it by force after `seconds`."""
    group = process.pid  # start_new_session: the process leads its group
    if process.poll() is None:
        with suppress(ProcessLookupError):
            process.send_signal(stop_signal)
        with suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)
    process.wait()


def _wait(process: subprocess.Popen[bytes], ready: Callable[[], bool], log: Path, name: str, seconds: float) -> None:
    until = time.monotonic() + seconds
    while not ready():
        ended = process.poll() is not None
        if ended or time.monotonic() > until:
            said = log.read_text("utf-8", "replace")[-1500:].strip()
            raise CannotHave(f"{name} {f'ended with {process.returncode}' if ended else f'was not ready in {seconds:.0f} s'}: {said}")
        time.sleep(0.1)


def _identity() -> dict[str, Any]:
    user = plain_user()
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
