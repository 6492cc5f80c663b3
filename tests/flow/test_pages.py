"""The pages in a real browser: what is found is shown and marked, what a document says is shown as text, an error points at its place."""
from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from builders.served import served

from archive.model.client import Client
from archive.model.digest import digest_of
from archive.settings import read_settings
from archive.wiring import Archive, open_archive
from ingest.pipeline import ingest

PICTURE, SCRIPT = '<img src=x onerror=document.title="pwned">', '<script>document.title="pwned"</script>'
HOSTILE = (f'From: "<b>Mallory</b>" <m@x.example>\nTo: a@y.example\nSubject: {PICTURE} notice\nDate: Mon, 1 Dec 2025 10:00:00 +0100\n'
           'Message-ID: <1@x.example>\nContent-Type: text/plain; charset=utf-8\n\n'
           f'This is a notice \U0001f44d of termination. {SCRIPT}\nA second notice follows.\n')


@pytest.fixture(scope="module")
def chromium() -> str:
    """Return the browser, or skip by name where there is none (fail where CASETRAIL_REQUIRE_SERVERS is set)."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        if os.environ.get("CASETRAIL_REQUIRE_SERVERS") == "1":
            pytest.fail("a browser is missing: on Debian, apt-get install chromium")
        pytest.skip("browser: chromium is absent")
    return found


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    folder = tmp_path_factory.mktemp("pages")
    (folder / "drop").mkdir()
    (folder / "drop" / "hostile.eml").write_text(HOSTILE, "utf-8")
    for number in range(25):
        (folder / "drop" / f"note {number:02d}.txt").write_text(f"Note {number}: a fee.", "utf-8")
    archive: Archive = open_archive(read_settings({"CASETRAIL_HOME": str(folder / "home"), "CASETRAIL_WORKERS": "1"}, folder / "none.toml"))
    ingest(archive, [str(folder / "drop")], source="drop")
    with served(archive) as client:
        yield client
    archive.close()


class Page:
    """What a browser has made of an address, scripts run to their end."""

    def __init__(self, chromium: str, server: httpx.Client, address: str, folder: Path) -> None:
        command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                   f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=20000", "--dump-dom", f"{server.base_url}/#{address}"]
        ended = subprocess.run(command, check=True, capture_output=True, timeout=120, env={**os.environ, "HOME": str(folder)})
        self.source = ended.stdout.decode("utf-8")
        self.main = re.search(r"<main.*?</main>", self.source, re.DOTALL)[0]  # type: ignore[index]
        self.status = self.shown(re.search(r'<p id="status".*?</p>', self.source, re.DOTALL)[0])  # type: ignore[index]

    @staticmethod
    def shown(source: str) -> str:
        return unescape(re.sub(r"<[^>]+>", "", source))

    @property
    def marks(self) -> list[str]:
        return [self.shown(mark) for mark in re.findall(r"<mark[^>]*>(.*?)</mark>", self.main, re.DOTALL)]


@pytest.fixture
def page(chromium: str, server: httpx.Client, tmp_path: Path) -> Iterator[type]:
    class Opened(Page):
        def __init__(self, address: str) -> None:
            super().__init__(chromium, server, address, tmp_path)

    yield Opened


def record_id(server: httpx.Client) -> str:
    return str(server.get("/v1/search", params={"q": "notice"}).json()["hits"][0]["record_id"])


def test_search_shows_hits_with_marks_facets_and_the_way_on(page: type) -> None:
    shown = page("/search?q=notice")
    assert shown.status.startswith("1 record")
    assert {mark.lower() for mark in shown.marks} == {"notice"}
    assert "email 1" in shown.shown(shown.main) and "More" not in shown.shown(shown.main)
    many = page("/search?q=fee")
    assert many.main.count("<article") == 20 and "More" in many.shown(many.main)


def test_words_of_a_document_are_shown_as_text_and_never_run(page: type, server: httpx.Client) -> None:
    for address in ("/search?q=notice", f"/record/{record_id(server)}?q=notice", f"/thread/{record_id(server)}"):
        shown = page(address)
        assert "<title>Casetrail</title>" in shown.source
        assert not re.search(r"<(?:img|script|b)[ >]", shown.main)
        assert PICTURE in shown.shown(shown.main)


def test_record_shows_every_place_of_the_query_in_the_whole_text(page: type, server: httpx.Client) -> None:
    shown = page(f"/record/{record_id(server)}?q={quote('notice termination')}")
    # The sign before the last word takes two units in the browser and one code point in the offsets.
    assert shown.marks == ["notice", "termination", "notice"]
    assert shown.status == "3 places in the text" and "next place" in shown.shown(shown.main)


def test_cited_stretch_is_marked_when_there_is_no_query(page: type, server: httpx.Client) -> None:
    text = server.get(f"/v1/records/{record_id(server)}/text").text
    at = text.index("termination")
    assert page(f"/record/{record_id(server)}?start={at}&end={at + 11}").marks == ["termination"]


def test_error_of_a_query_points_at_its_place(page: type) -> None:
    shown = page(f"/search?q={quote('notice AND (fee')}")
    assert "not closed" in shown.status and shown.marks == ["(fee"]


@pytest.mark.parametrize("address", ["/", "/saved", "/help"])
def test_other_pages_are_made_without_trouble(page: type, address: str) -> None:
    shown = page(address)
    assert "<h1>" in shown.main and "trouble" not in shown.source


def test_facts_corrections_and_forms_stand_on_the_page_of_a_record(page: type, server: httpx.Client) -> None:
    found = record_id(server)
    made = server.post(f"/v1/records/{found}/corrections", json={"about": "kind", "value": "notice", "why": f"seen {SCRIPT}"})
    assert made.status_code == 200, made.text
    shown = page(f"/record/{found}")
    words = shown.shown(shown.main)
    assert "Confirmed and corrected" in words and f"seen {SCRIPT}" in words and not re.search(r"<script[ >]", shown.main)
    assert "Correct what it is and whom it concerns" in words and "Add a fact" in words
    for field in re.findall(r"<(?:input|select)[^>]* id=\"(field\d+)\"", shown.main):
        assert f'<label for="{field}">' in shown.main     # every field has its label
    assert server.post(f"/v1/corrections/{made.json()['correction']['correction_id']}/withdraw", json={"why": "x"}).status_code == 200


def test_what_is_left_to_settle_has_a_page_of_its_own(page: type) -> None:
    shown = page("/review")
    assert "To be settled by a person" in shown.shown(shown.main) and "trouble" not in shown.source


DRIVE = """
const wait = (ready) => new Promise((done) => { const look = () => { const found = ready(); found ? done(found) : setTimeout(look, 50); }; look(); });
wait(() => [...document.querySelectorAll("form.word")].find((f) => f.querySelector("button").textContent === "Correct the kind")).then(async (form) => {
  form.elements.value.value = "notice"; form.elements.why.value = "it gives notice";
  form.requestSubmit();
  await wait(() => document.querySelector("section[aria-label]"));
  document.title = "sent";
});
"""


def test_form_on_the_page_settles_and_shows_what_changed(chromium: str, server: httpx.Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from search_api.routes import pages
    script = (pages._content("casetrail.js").decode() + DRIVE).encode()
    pages._content.cache_clear()
    monkeypatch.setattr(pages, "_content", lambda name, real=pages._content: script if name == "casetrail.js" else real(name))
    found = record_id(server)
    shown = Page(chromium, server, f"/record/{found}", tmp_path)
    assert "<title>sent</title>" in shown.source
    assert "corrected." in shown.status and "The conclusions are the same." in shown.shown(shown.main)
    assert server.get(f"/v1/records/{found}").json()["kind"] == "notice"


def test_page_of_a_client_says_which_of_the_two_days_it_is_about(chromium: str, tmp_path: Path) -> None:
    from builders.mixed import A, mixed_archive
    mixed = mixed_archive(tmp_path / "home")
    with served(mixed.archive) as server:
        shown = Page(chromium, server, f"/client/{A}?held_on=2025-12-31", tmp_path)
        words = shown.shown(shown.main)
        assert "What had been taken in up to 2025-12-31." in words and "null" not in words and shown.status == "0 entries"
        shown = Page(chromium, server, f"/client/{A}?as_of=2026-01-31", tmp_path)
        assert "What is dated up to 2026-01-31" in shown.shown(shown.main) and shown.status != "0 entries"
    mixed.archive.close()


# ---------------------------------------------------------------- what follows from the records of clients

AGREEMENT = """MASTER SERVICES AGREEMENT {number}

This Agreement is made on 1 May 2023 between {name} (the Customer) and Provider Contact Centres Limited (the Supplier).

1. Term. This Agreement begins on 1 May 2023 and runs for an initial term of thirty-six (36) months.

2. Renewal. It renews for twelve (12) months unless either party gives ninety (90) days' written notice before the end of the term.

3. Law. This Agreement is governed by the laws of Ireland.
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A server with a client whose name is hostile, and a contract of it."""
    folder = tmp_path_factory.mktemp("house")
    archive: Archive = open_archive(read_settings({"CASETRAIL_HOME": str(folder / "home"), "CASETRAIL_WORKERS": "1"}, folder / "none.toml"))
    archive.catalogue.import_clients([Client("C-1", f"Eve {SCRIPT} Limited", contract_numbers=("MSA-2023-01",))], "local", digest_of(b""))
    (folder / "drop").mkdir()
    (folder / "drop" / "agreement.txt").write_text(AGREEMENT.format(number="MSA-2023-01", name="Eve Limited"), "utf-8")
    ingest(archive, [str(folder / "drop")], client="C-1")
    with served(archive) as client:
        yield client
    archive.close()


def test_pages_of_deadlines_of_leaving_and_of_a_client_show_names_as_text(chromium: str, house: httpx.Client, tmp_path: Path) -> None:
    seen = {address: Page(chromium, house, address, tmp_path) for address in ("/deadlines", "/churn", "/client/C-1")}
    for shown in seen.values():
        assert "<title>Casetrail</title>" in shown.source and not re.search(r"<(?:img|script)[ >]", shown.main)
    listed = seen["/deadlines"].shown(seen["/deadlines"].main)
    assert SCRIPT in listed and "last day on which a notice against renewal can be received" in listed and "end of the term" in listed
    assert "null" not in listed
    assert seen["/churn"].status == "1 clients looked at"
    assert "/v1/clients/C-1/report?format=html" in seen["/client/C-1"].main and "/v1/clients/C-1/status.html" in seen["/client/C-1"].main


def test_report_in_a_browser_has_its_style_and_runs_nothing(chromium: str, house: httpx.Client, tmp_path: Path) -> None:
    command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", f"--user-data-dir={tmp_path / 'profile'}",
               "--virtual-time-budget=5000", "--dump-dom", f"{house.base_url}/v1/clients/C-1/report"]
    ended = subprocess.run(command, check=True, capture_output=True, timeout=120, env={**os.environ, "HOME": str(tmp_path)})
    source = ended.stdout.decode("utf-8")
    assert "<title>Termination history of Eve &lt;script&gt;" in source and "<script" not in source
    assert "pwned" in Page.shown(source)
