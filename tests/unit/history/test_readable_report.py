"""The readable report: every conclusion with its derivation and quotations, in HTML and PDF; hostile words stay words."""
from __future__ import annotations

import io
import itertools
from typing import Any

import pypdf
import pytest
from builders.records import CLIENT, cites_in, client_file, fact, mail, read_record
from lxml import html

from archive.model.client import Client
from history import assemble
from history.assembly import History
from history.outline import Section, Statement, Step, outline
from history.report_html import POLICY, report_html
from history.report_pdf import FontUnusable, report_pdf

CONTRACT = "Agreement MSA-7 of 1 May 2023. Either party may end it with ninety days notice of receipt. It runs to 30 April 2026."
NOTICE = "We give notice of termination of MSA-7 dated 2 June 2025, with effect on 30 June 2025."
HOSTILE = ["<script>alert(1)</script>", "</style><img src=x onerror=alert(1)>", '"><a href="javascript:alert(1)">x</a>', "]]><!-- <para><link href='http://x'/>",
           "\x1b]0;title\x07", "\u202etxt.exe", "&lt;b&gt; &amp;amp;", "<font name='x'>", "{{7*7}}"]


def story(words: str = "plain words", client: Client = CLIENT) -> History:
    contract = f"{CONTRACT} {words}"
    notice = f"{NOTICE} {words}"
    records = (
        read_record("a", contract, "contract", date="2023-05-01", types=("contractual",), path=f"drop/{words}.pdf", facts=(
            fact(contract, "contract_number", "MSA-7", "MSA-7"), fact(contract, "notice_period", 90, "ninety days notice", "calendar_days", basis=words),
            fact(contract, "expiration_date", "2026-04-30", "30 April 2026"), fact(contract, "governing_law", words, words))),
        read_record("b", notice, "notice", date="2025-06-02", types=("contractual",), name=words, facts=(
            fact(notice, "notice_given", "2025-06-02", "2 June 2025"), fact(notice, "given_by", "client", "We give notice"),
            fact(notice, "stated_effective_date", "2025-06-30", "30 June 2025"))),
        mail("c", f"We are unhappy. {words}", "ebba.lund@norrland.example", ("kim@house.example",), "2025-05-01", subject=words, inner=words),
    )
    return assemble(client_file(*records, client=client))


def statements(sections: tuple[Section, ...]) -> list[Statement]:
    return [s for section in sections for s in (*section.statements, *statements(section.sections))]


def steps(step: Step) -> list[Step]:
    return [step, *(s for below in step.steps for s in steps(below))]


def test_every_condition_shows_its_rule_its_inputs_and_their_quotations_with_place_and_offsets() -> None:
    told = outline(story())
    found = next(s for s in statements(told.sections) if s.label == "Notice period" and s.how)
    assert found.state == "not met"
    assert found.how and [s.words for s in steps(found.how)][1].startswith("notice period: 90 calendar days")
    quoted = {told.sources[n - 1].quote for s in steps(found.how) for n in s.sources}
    assert "ninety days notice" in quoted
    source = next(s for s in told.sources if s.quote == "ninety days notice")
    start = CONTRACT.index(source.quote)
    assert source.where == f"record a, characters {start} to {start + len(source.quote)}"


def test_every_citation_of_conditions_and_notices_is_among_the_numbered_sources() -> None:
    history = story()
    told = outline(history)
    numbered = {(s.record_id, s.start, s.end) for s in told.sources}
    parts = [part for t in history.as_json()["terminations"] for part in (t["notice"], *t["conditions"])]
    wanted = {(c["record_id"], c["start"], c["end"]) for c in cites_in(parts)}
    assert wanted and wanted <= numbered
    assert [s.number for s in told.sources] == list(range(1, len(told.sources) + 1))


def test_what_cannot_be_decided_stands_with_what_would_decide_it() -> None:
    alone = read_record("b", NOTICE, "notice", date="2025-06-02", types=("contractual",), facts=(fact(NOTICE, "notice_given", "2025-06-02", "2 June 2025"),))
    told = outline(assemble(client_file(alone)))
    undecided = next(s for s in told.sections if s.title == "What cannot be decided")
    assert any("no contract is held" in s.words for s in undecided.statements)
    assert all(s.state == "cannot be decided" for s in undecided.statements)
    page = report_html(assemble(client_file(alone)))
    assert "no contract is held" in page


def test_end_of_the_service_is_not_shown_with_the_words_for_the_beginning_of_the_contract() -> None:
    """Both are an `effective_date` in the derivation of a termination."""
    words = f"{NOTICE} It was received on 3 June 2025. The Agreement ended on 1 September 2025, as agreed."
    begun = f"{CONTRACT} It takes effect on 5 May 2023."
    history = assemble(client_file(
        read_record("a", begun, "contract", date="2023-05-01", types=("contractual",), facts=(fact(begun, "effective_date", "2023-05-05", "5 May 2023"),)),
        read_record("b", words, "notice", date="2025-06-02", types=("contractual",), facts=(
            fact(words, "notice_given", "2025-06-02", "2 June 2025"), fact(words, "given_by", "client", "We give notice"))),
        read_record("c", words, "other", date="2025-09-02", facts=(fact(words, "service_ended", "2025-09-01", "ended on 1 September 2025", "agreed"),))))
    told = outline(history)
    end = next(s for s in statements(told.sections) if s.label == "End of the service")
    assert end.words == "2025-09-01"
    assert {told.sources[n - 1].quote for n in end.sources} == {"ended on 1 September 2025"}


def shape(page: str) -> list[Any]:
    """Return the elements of a page with the attributes that could do something, without its words."""
    return [(e.tag, e.get("class"), sorted(set(e.attrib) - {"class"})) for e in html.document_fromstring(page).iter()]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_change_nothing_in_the_structure_of_the_page(words: str) -> None:
    assert shape(report_html(story(words))) == shape(report_html(story("harmless")))


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_name_of_a_client_stays_a_name(words: str) -> None:
    page = report_html(story(client=Client("C-<1>", words, aliases=(words,))))
    assert shape(page) == shape(report_html(story(client=Client("C-1", "Plain", aliases=("Plain",)))))


def test_page_loads_nothing_and_holds_no_script() -> None:
    page = report_html(story(HOSTILE[1]))
    tree = html.document_fromstring(page)
    assert tree.xpath("//script | //img | //iframe | //object | //link | //form | //@onclick | //@onerror | //@src") == []
    assert all(href.startswith("#") for href in tree.xpath("//@href"))
    assert tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content") == [POLICY]


def test_page_has_a_language_a_title_one_main_and_headings_without_a_gap() -> None:
    tree = html.document_fromstring(report_html(story()))
    assert tree.get("lang") == "en" and tree.xpath("//title/text()") and len(tree.xpath("//main")) == 1
    levels = [int(h.tag[1]) for h in tree.xpath("//h1 | //h2 | //h3 | //h4 | //h5 | //h6")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids)) and {href[1:] for href in tree.xpath("//@href")} <= set(ids)


def words_of(content: bytes) -> str:
    return " ".join("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages).split())


@pytest.mark.parametrize("words", HOSTILE[:4] + HOSTILE[6:])
def test_hostile_words_are_words_in_the_pdf_too(words: str) -> None:
    content = report_pdf(story(words))
    reader = pypdf.PdfReader(io.BytesIO(content))
    assert words.replace(" ", "") in words_of(content).replace(" ", "")
    assert not any(key in content for key in (b"/JavaScript", b"/URI", b"/Launch", b"/EmbeddedFile"))
    assert reader.trailer["/Root"]["/Lang"] == "en"


def test_pdf_has_a_title_bookmarks_and_the_derivation() -> None:
    reader = pypdf.PdfReader(io.BytesIO(report_pdf(story())))
    assert reader.metadata and reader.metadata.title == "Termination history of Norrland Kaffe AB"
    names = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    assert names[:3] == ["In short", "Terminations", "Disputes"] and names[-1] == "Sources"
    text = words_of(report_pdf(story()))
    assert "Concluded by:" in text and "notice period: 90 calendar days" in text and "characters" in text


def test_character_without_a_glyph_is_shown_as_its_code_point() -> None:
    assert "<U+5951>" in words_of(report_pdf(story("\u5951"))).replace(" ", "")


def test_font_that_is_none_is_refused() -> None:
    with pytest.raises(FontUnusable):
        report_pdf(story(), [b"no font at all"])


def test_same_history_gives_the_same_bytes() -> None:
    assert report_html(story()) == report_html(story())
    assert report_pdf(story()) == report_pdf(story())


def test_marking_stands_in_the_head() -> None:
    assert "Not for the other side" in report_html(story(), "Not for the other side") and "Marking" not in report_html(story())
    assert "Not for the other side" in words_of(report_pdf(story(), marking="Not for the other side"))
