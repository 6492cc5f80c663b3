"""Our own mail domains keep us apart from clients and tell who gave a notice."""
from __future__ import annotations

from dataclasses import replace

from archive.settings import read_settings
from ingest.enrich import enrich
from ingest.enrich.clients import evidence, is_ours, side_of
from ingest.enrich.doc import Doc
from ingest.fence import wire

NOTICE = "Please find attached our notice of termination. We hereby give notice that we terminate the Agreement."


def ours(doc: Doc, *domains: str) -> Doc:
    return Doc(doc.extracted, doc.identified, doc.given, replace(doc.context, own_domains=domains))


def test_subdomains_are_ours_and_longer_names_are_not(mail):
    doc = ours(mail("hi"), "house.example")
    assert is_ours(doc, "a@house.example")
    assert is_ours(doc, "a@mx.house.example")
    assert not is_ours(doc, "a@warehouse.example")


def test_our_domain_is_no_clients_though_it_is_in_the_directory(mail):
    doc = mail("hello", sender="kim@nlv.example", to=("lee@nlv.example",))
    assert [e.client_id for e in evidence(doc)] == ["C-2"]
    assert evidence(ours(doc, "nlv.example")) == ()
    assert side_of(ours(doc, "nlv.example"), "kim@nlv.example") is None


def giver(doc: Doc) -> str | None:
    found = enrich(doc.extracted, doc.identified, doc.given, doc.context)
    return next((str(f.value) for f in found.facts if f.name == "given_by"), None)


def test_notice_from_our_domain_to_others_is_given_by_the_provider(mail):
    doc = mail(NOTICE, subject="Notice of termination", to=("someone@elsewhere.example",))
    assert giver(doc) is None
    assert giver(ours(doc, "house.example")) == "provider"


def test_notice_passed_on_among_ourselves_is_not_taken_for_ours(mail):
    assert giver(ours(mail(NOTICE, subject="Notice of termination"), "house.example")) is None


def test_own_domains_are_a_setting_and_cross_the_fence(tmp_path):
    settings = read_settings({"CASETRAIL_OWN_DOMAINS": "@Corv.example, corv.example.net"}, tmp_path / "none.toml")
    assert settings.own_domains == ("corv.example", "corv.example.net")
    setup = wire.Setup((), settings.limits, (), (), settings.own_domains)
    assert wire.to_worker.decode(wire.encoder.encode(setup)) == setup
