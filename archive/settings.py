"""Settings: read once from the environment or `casetrail.toml`, frozen, passed in. The environment goes before the file.

Every key stands in docs/settings.md (a test holds it to that).
"""
from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from archive.errors import BadSettings

DEFAULTS: dict[str, str] = {
    "CASETRAIL_HOME": "./casetrail-data",
    "CASETRAIL_OBJECTS_URL": "",
    "CASETRAIL_INDEX_URL": "embedded://",
    "CASETRAIL_INDEX_NAME": "casetrail",
    "CASETRAIL_INDEX_CA": "",
    "CASETRAIL_INDEX_USER": "",
    "CASETRAIL_INDEX_PASSWORD": "",
    "CASETRAIL_INDEX_API_KEY": "",
    "CASETRAIL_INDEX_WAIT_SECONDS": "300",
    "CASETRAIL_CATALOGUE_URL": "",
    "CASETRAIL_WORKERS": "0",
    "CASETRAIL_ITEM_SECONDS": "60",
    "CASETRAIL_ITEM_MEMORY_BYTES": str(2 << 30),
    "CASETRAIL_ITEM_MAX_BYTES": str(512 << 20),
    "CASETRAIL_TEXT_MAX_CHARS": str(20_000_000),
    "CASETRAIL_MEMBERS_MAX": "100000",
    "CASETRAIL_DEPTH_MAX": "16",
    "CASETRAIL_UPLOAD_MAX_BYTES": str(1 << 30),
    "CASETRAIL_OWN_DOMAINS": "",
    "CASETRAIL_REPORT_FONTS": "",
    "CASETRAIL_SMALL_GROUP": "3",
    "CASETRAIL_REMEMBER_BYTES": str(256 << 20),
    "CASETRAIL_MODEL_URL": "",
    "CASETRAIL_MODEL_NAME": "",
    "CASETRAIL_MODEL_KEY": "",
    "CASETRAIL_MODEL_SEND_PRIVILEGED": "false",
    "CASETRAIL_MODEL_SEND_PERSONAL": "false",
    "CASETRAIL_MODEL_SECONDS": "60",
    "CASETRAIL_MODEL_TEXT_CHARS": "40000",
    "CASETRAIL_MODEL_ANSWER_BYTES": str(256 << 10),
}
"""Key and default. An empty default is derived from CASETRAIL_HOME, or means none."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one item: wall and CPU seconds, address space, bytes read, characters of text, members, depth of nesting."""
    seconds: int = 60
    memory_bytes: int = 2 << 30
    item_bytes: int = 512 << 20
    text_chars: int = 20_000_000
    members: int = 100_000
    depth: int = 16


@dataclass(frozen=True, slots=True)
class IndexAccess:
    """How an Elasticsearch cluster is shown who asks: `ca` a file of certificates to trust, and a user with a password, or an API key (base64)."""
    ca: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    api_key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ModelAccess:
    """A language model that may propose facts; none where `url` is "". `url` is the base of an OpenAI-compatible API (`https://host/v1`).

    `seconds` bounds one question with its answer, `text_chars` what is sent of one record, `answer_bytes` what is taken of one answer.
    """
    url: str = ""
    name: str = ""
    key: str = field(default="", repr=False)
    send_privileged: bool = False
    send_personal: bool = False
    seconds: int = 60
    text_chars: int = 40_000
    answer_bytes: int = 256 << 10


@dataclass(frozen=True, slots=True)
class Settings:
    """`workers` is the number of extraction processes; 0 means one a processor. `index_wait_seconds`: how long a server that is away is waited for.

    `own_domains` are the mail domains of the house itself, lower case.  `report_fonts` are TrueType files for what the built-in face of PDF
    reports does not have.  `small_group`: a group of fewer clients is not shown in figures over all clients; 0 or 1 shows all.
    `remember_bytes` bounds the answers that a server keeps so as not to make them twice.
    """
    home: Path
    objects_url: str
    index_url: str
    index_name: str
    catalogue_url: str
    workers: int
    limits: Limits
    upload_max_bytes: int
    index_access: IndexAccess = field(default_factory=IndexAccess)
    index_wait_seconds: int = 300
    own_domains: tuple[str, ...] = ()
    report_fonts: tuple[Path, ...] = ()
    small_group: int = 3
    remember_bytes: int = 256 << 20
    model: ModelAccess = field(default_factory=ModelAccess)

    @property
    def index_home(self) -> Path:
        return self.home / "index"


def read_settings(environment: Mapping[str, str] | None = None, toml: Path | None = None) -> Settings:
    """Return the settings from the environment (default: the process's) over `casetrail.toml` (default: in the working directory).

    Raises BadSettings for a file that is no TOML, an unknown key in it, or a value of the wrong form.
    """
    environment = os.environ if environment is None else environment
    values = dict(DEFAULTS) | _from_file(toml or Path("casetrail.toml"))
    values |= {key: environment[key] for key in DEFAULTS if environment.get(key)}
    home = Path(values["CASETRAIL_HOME"]).expanduser().absolute()

    def number(key: str) -> int:
        return _number(key, values[key])

    return Settings(
        home=home,
        objects_url=values["CASETRAIL_OBJECTS_URL"] or f"file://{home}/objects",
        index_url=values["CASETRAIL_INDEX_URL"],
        index_name=values["CASETRAIL_INDEX_NAME"],
        catalogue_url=values["CASETRAIL_CATALOGUE_URL"] or f"sqlite:///{home}/catalogue.db",
        workers=number("CASETRAIL_WORKERS") or os.cpu_count() or 1,
        limits=Limits(number("CASETRAIL_ITEM_SECONDS"), number("CASETRAIL_ITEM_MEMORY_BYTES"), number("CASETRAIL_ITEM_MAX_BYTES"),
                      number("CASETRAIL_TEXT_MAX_CHARS"), number("CASETRAIL_MEMBERS_MAX"), number("CASETRAIL_DEPTH_MAX")),
        upload_max_bytes=number("CASETRAIL_UPLOAD_MAX_BYTES"),
        index_access=IndexAccess(values["CASETRAIL_INDEX_CA"], values["CASETRAIL_INDEX_USER"], values["CASETRAIL_INDEX_PASSWORD"],
                                 values["CASETRAIL_INDEX_API_KEY"]),
        index_wait_seconds=number("CASETRAIL_INDEX_WAIT_SECONDS"),
        own_domains=tuple(d.strip().lstrip("@").lower() for d in values["CASETRAIL_OWN_DOMAINS"].replace(",", " ").split()),
        report_fonts=tuple(Path(p).expanduser() for p in values["CASETRAIL_REPORT_FONTS"].split(os.pathsep) if p),
        small_group=number("CASETRAIL_SMALL_GROUP"),
        remember_bytes=number("CASETRAIL_REMEMBER_BYTES"),
        model=_model(values),
    )


def _model(values: Mapping[str, str]) -> ModelAccess:
    url, name, key = (values[f"CASETRAIL_MODEL_{each}"].strip() for each in ("URL", "NAME", "KEY"))
    if url:
        try:
            parts = urlsplit(url)
            whole = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0 and parts.username is None and not parts.query
        except ValueError:
            whole = False
        if not whole or re.search(r"[\s\x00-\x20\x7f-\uffff]", url):
            raise BadSettings("CASETRAIL_MODEL_URL is no address of the form http(s)://host[:port]/path, without a user or a question mark.",
                              "Set the base of an OpenAI-compatible API; a secret goes into CASETRAIL_MODEL_KEY.")
        if not name or len(name) > 200 or not name.isprintable():
            raise BadSettings("CASETRAIL_MODEL_NAME is empty or no name.", "Say which model is to be asked.")
        if not re.fullmatch(r"[\x21-\x7e]*", key):
            raise BadSettings("CASETRAIL_MODEL_KEY has characters that no key has.", "Set the key as it was issued.")
    return ModelAccess(
        url, name, key, _flag("CASETRAIL_MODEL_SEND_PRIVILEGED", values), _flag("CASETRAIL_MODEL_SEND_PERSONAL", values),
        *(_number(f"CASETRAIL_MODEL_{each}", values[f"CASETRAIL_MODEL_{each}"]) for each in ("SECONDS", "TEXT_CHARS", "ANSWER_BYTES")))


def _flag(key: str, values: Mapping[str, str]) -> bool:
    word = values[key].strip().lower()
    if word not in ("true", "false"):
        raise BadSettings(f"{key} is {values[key]!r}, which is neither true nor false.", "Set one of the two or leave it out.")
    return word == "true"


def _from_file(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        read = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadSettings(f"{path} cannot be read as TOML ({error}).", "Mend or remove the file.") from error
    unknown = sorted(set(read) - set(DEFAULTS))
    if unknown:
        raise BadSettings(f"{path} has unknown settings: {', '.join(unknown)}.", "docs/settings.md lists those there are.")
    return {key: str(value) for key, value in read.items()}


def _number(key: str, value: str) -> int:
    try:
        number = int(value)
    except ValueError:
        number = -1
    if number < 0:
        raise BadSettings(f"{key} is {value!r}, which is no whole number of at least 0.", "Set a number or leave it out.")
    return number
