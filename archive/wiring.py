"""From settings to a working archive: the only importer of adapters. Heavy libraries are imported when a part is first used."""
from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archive.clock import SystemClock
from archive.errors import BadSettings
from archive.ports import Clock, LanguageModel, ObjectStore, SearchIndex
from archive.settings import Settings

if TYPE_CHECKING:
    from archive.adapters.catalogue import SqlCatalogue


@dataclass(frozen=True)
class Archive:
    """The parts of one archive. Each is opened when it is first asked for and closed by `close`."""
    settings: Settings
    clock: Clock

    @cached_property
    def objects(self) -> ObjectStore:
        url = self.settings.objects_url
        if url.startswith("s3://"):
            from archive.adapters.objects_s3 import S3Objects
            return S3Objects(url)
        if url.startswith("file://"):
            from pathlib import Path

            from archive.adapters.objects_directory import DirectoryObjects
            return DirectoryObjects(Path(url.removeprefix("file://")))
        raise BadSettings(f"CASETRAIL_OBJECTS_URL has the scheme {urlsplit(url).scheme!r}.", "Use file:///PATH or s3://bucket/prefix.")

    @cached_property
    def index(self) -> SearchIndex:
        url = self.settings.index_url
        if url.startswith("embedded:"):
            from archive.adapters.index_embedded import EmbeddedIndex
            return EmbeddedIndex(self.settings.index_home)
        if url.startswith(("http://", "https://")):
            from archive.adapters.index_elasticsearch import ElasticsearchIndex
            return ElasticsearchIndex(url, self.settings.index_name, access=self.settings.index_access)
        raise BadSettings(f"CASETRAIL_INDEX_URL has the scheme {urlsplit(url).scheme!r}.", "Use embedded:// or http(s)://host:9200.")

    @cached_property
    def catalogue(self) -> SqlCatalogue:
        from archive.adapters.catalogue import SqlCatalogue
        _catalogues_opened.append(self.settings.catalogue_url)
        return SqlCatalogue(self.settings.catalogue_url, self.clock)

    @cached_property
    def model(self) -> LanguageModel:
        """Raises BadSettings where no model is set."""
        access = self.settings.model
        if not access.url:
            raise BadSettings("No language model is set, so nothing is proposed and nothing is sent.",
                              "Set CASETRAIL_MODEL_URL and CASETRAIL_MODEL_NAME (docs/settings.md) to use one.")
        from archive.adapters.model_openai import OpenAIModel
        return OpenAIModel(access)

    def close(self) -> None:
        for part in ("index", "catalogue"):
            if part in self.__dict__:
                self.__dict__[part].close()


_catalogues_opened: list[str] = []


def may_fork() -> bool:
    """Say whether a child of this process may open archives: one thread only, and no catalogue opened so far, since SQLite must not go through a fork."""
    return not _catalogues_opened and threading.active_count() == 1


def open_archive(settings: Settings, clock: Clock | None = None) -> Archive:
    """Return the archive that the settings name. Nothing is opened yet: each part is when it is first used."""
    return Archive(settings, clock or SystemClock())
