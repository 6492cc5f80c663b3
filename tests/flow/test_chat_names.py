"""Names in a Slack export come from the list of users beside its days: in a folder, in a zip, and when all is rebuilt from the bucket."""
from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

from archive.model.viewer import LOCAL
from archive.ports import RecordFilter
from archive.settings import read_settings
from archive.wiring import Archive, open_archive
from ingest.pipeline import ingest
from ingest.rebuild import rebuild

FILES = {
    "acct-x/2024-12-02.json": [{"type": "message", "user": "U1", "text": "ask <@U2>", "ts": "1733130180.000100"}],
    "acct-x/2024-12-03.json": [{"type": "message", "user": "U2", "text": "done", "ts": "1733216580.000100"}],
    "users.json": [{"id": "U1", "real_name": "Ann Lee", "name": "ann", "profile": {"email": "ann@x.example"}},
                   {"id": "U2", "real_name": "Bob Ray", "name": "bob", "profile": {}}],
}


def chats(archive: Archive) -> dict[tuple[str, str | None], str]:
    records = [r for r in archive.catalogue.records(RecordFilter(), LOCAL) if r.kind == "chat"]
    texts = archive.catalogue.texts([r.record_id for r in records], LOCAL)
    return {(Path(r.source_paths[0]).name, r.inner): texts[r.record_id] for r in records}


def test_names_are_the_same_from_folder_and_zip_and_after_a_rebuild(tmp_path: Path) -> None:
    drop = tmp_path / "drop"
    for name, value in FILES.items():
        (drop / "export" / name).parent.mkdir(parents=True, exist_ok=True)
        (drop / "export" / name).write_text(json.dumps(value))
    with zipfile.ZipFile(drop / "export.zip", "w") as z:
        for name, value in FILES.items():
            z.writestr(name, json.dumps(value))
    home = tmp_path / "home"
    archive = open_archive(read_settings({"CASETRAIL_HOME": str(home), "CASETRAIL_WORKERS": "1"}))
    ingest(archive, [str(drop)])
    before = chats(archive)
    archive.close()
    first, second = "[2024-12-02 09:03:00 +00:00] Ann Lee: ask @Bob Ray", "[2024-12-03 09:03:00 +00:00] Bob Ray: done"
    assert before == {("2024-12-02.json", None): first, ("2024-12-03.json", None): second,
                      ("export.zip", "acct-x/2024-12-02.json"): first, ("export.zip", "acct-x/2024-12-03.json"): second}
    shutil.rmtree(drop)
    lost = open_archive(read_settings({"CASETRAIL_HOME": str(tmp_path / "new"), "CASETRAIL_OBJECTS_URL": f"file://{home}/objects", "CASETRAIL_WORKERS": "1"}))
    rebuild(lost, "local")
    assert chats(lost) == before
    lost.close()
