"""Any message, and any bytes that pass for one, survive store and read-back to the byte, and each has an outcome."""
from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.model.digest import digest_of, original_key
from archive.model.item import Place
from archive.settings import read_settings
from archive.wiring import open_archive
from ingest.arrivals import Arrival, Delivery, take_in
from ingest.pipeline import ingest


@st.composite
def messages(draw: st.DrawFn) -> bytes:
    made = EmailMessage()
    made["From"], made["Subject"] = "a@x.example", draw(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40))
    made.set_content(draw(st.text(st.characters(exclude_categories=("Cs",)), max_size=200)))
    if draw(st.booleans()):
        made.add_attachment(draw(st.binary(max_size=200)), maintype="application", subtype="octet-stream", filename="a.bin")
        made.set_boundary("b" + "=" * 12)     # else one is thrown, and not by Hypothesis
    whole = made.as_bytes()
    return whole.replace(b"\n", draw(st.sampled_from((b"\n", b"\r\n", b"\r")))) + draw(st.binary(max_size=40))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(contents=st.lists(st.one_of(messages(), st.binary(max_size=300).map(lambda b: b"Subject: s\n" + b)), min_size=1, max_size=8))
def test_any_message_survives_store_and_read_back_to_the_byte(contents: list[bytes], tmp_path_factory: pytest.TempPathFactory) -> None:
    archive = open_archive(read_settings({"CASETRAIL_HOME": str(tmp_path_factory.mktemp("home"))}))
    try:
        run = archive.catalogue.begin_run("", ["x"], "local", "", "")
        arrivals = [Arrival(Place(f"in/{n}.eml", f"in/{n}.eml", None), raw, None, "message/rfc822", "", len(raw)) for n, raw in enumerate(contents)]
        met, new = take_in(archive, Delivery(run, "", "", ""), arrivals)
        assert met == len(new) == len(contents)
        for taken, raw in zip(new, contents, strict=True):
            (item,) = archive.catalogue.items_of([taken.item.record_id])
            assert item.digest == digest_of(raw) and item.size_bytes == len(raw)
            with archive.objects.open(original_key(item.digest)) as stream:
                assert stream.read() == raw
    finally:
        archive.close()


def test_messages_of_every_odd_kind_are_accounted_for_in_one_run(tmp_path: Path) -> None:
    deep = b"Content-Type: multipart/mixed; boundary=b\n\n"
    odd = {"empty": b"", "blank": b"\n\n", "head": b"Subject: s", "nul": b"From: a@x\n\n\0\0", "cr": b"From: a@x\rSubject: s\r\rbody\r",
           "bom": b"\xef\xbb\xbfFrom: a@x\n\nb", "wide": "From: a@x\n\nb".encode("utf-16"), "deep": deep + (b"--b\n" + deep) * 80}
    folder = tmp_path / "in"
    folder.mkdir()
    for name, content in odd.items():
        (folder / f"{name}.eml").write_bytes(content)
    archive = open_archive(read_settings({"CASETRAIL_HOME": str(tmp_path / "home")}))
    try:
        report = ingest(archive, [str(folder)])
        assert report.adds_up and report.status == "finished" and report.met >= len(odd)
        for item in archive.catalogue.items():
            with archive.objects.open(original_key(item.digest)) as stream:
                stored = stream.read()
            assert digest_of(stored) == item.digest and (item.parent_id or stored == odd[Path(item.place.path).stem])
    finally:
        archive.close()
