"""Terms that run over the end of a line, holidays that count, days that begin a line, lists of reasons, and what is said to be no reason."""

from __future__ import annotations

import pytest

from archive.model.fact import Derived
from ingest.enrich.clauses import clauses
from ingest.enrich.contract_terms import contract_terms
from ingest.enrich.exit_done import exit_done
from ingest.enrich.figures import figures
from ingest.enrich.leaving_reasons import leaving_reasons
from ingest.enrich.notice_rules import notice_rules


def best(facts, name):
    return max((f for f in facts if f.name == name), key=lambda f: f.confidence)


@pytest.mark.parametrize(("text", "value", "unit"), [
    ("Nachtrag 1\n1.1 § 9 Abs. 2 wird neu gefasst: „Jede Partei kann den Vertrag mit\neiner Frist von vier Monaten zum Ende eines\nKalenderjahres "
     "gekündigt werden.“\n", 4, "months"),
    ("AMENDMENT 2\n1.1 Section 9 is replaced: Either party may terminate this Agreement for\nconvenience on forty-five (45)\ndays' written notice.\n", 45,
     "calendar_days"),
    ("AVENANT 1\n1.1 L'article 9 est remplacé : chaque partie peut résilier le contrat à tout\nmoment moyennant un préavis de\ntrois mois.\n", 3, "months"),
    ("ADENDA 1\n1.1 La cláusula 9 queda así: cualquiera de las partes podrá resolver el contrato en cualquier\nmomento con un preaviso\nde dos meses.\n",
     2, "months"),
])
def test_notice_period_is_read_across_the_ends_of_lines(paper, text, value, unit):
    found = best(contract_terms(paper(text), "amendment", None, None), "notice_period")
    assert (found.value, found.unit) == (value, unit)


@pytest.mark.parametrize("line", ["1 March 2022. It goes on.", "30 days after receipt.", "10 Business Days later.", "14 Tagen nach Zugang.", "30 jours."])
def test_number_that_counts_days_begins_no_clause(line):
    text = f"1. one\n2. the term begins on\n{line.lower()}\n3. three\n"
    assert [text[a:b][:2] for a, b in clauses(text)] == ["1.", "2.", "3."]


def test_effective_date_that_begins_a_line_is_read(paper):
    text = 'AGREEMENT\n1. Definitions\n1.1 "Effective Date" means\n1 March 2022. "Member" means a member.\n2. Term\n2.1 Five years.\n'
    assert best(contract_terms(paper(text), "contract", None, "en"), "effective_date").value == "2022-03-01"


@pytest.mark.parametrize(("words", "expected"), [
    ('"Business Day" means Monday to Friday; public holidays in Singapore are not excluded.', None),
    ("Werktage sind Montag bis Freitag; gesetzliche Feiertage in Hessen gelten als Werktage.", None),
    ('"Business Day" means any day other than a Saturday, a Sunday or a public holiday in England.', "GB-ENG"),
])
def test_holidays_are_left_out_only_where_the_definition_leaves_them_out(paper, words, expected):
    found = [f.value for f in notice_rules(paper(f"AGREEMENT\n1. Definitions\n1.1 {words}\n2. Term\n3. Law\n")) if f.name == "business_day_holidays"]
    assert found == ([expected] if expected else [])


@pytest.mark.parametrize("words", [
    "An e-mail notice is deemed received on the Business Day after the day of transmission.",
    "A notice by e-mail is deemed received on the next Business Day.",
    "Eine Mitteilung per E-Mail gilt am Werktag nach der Absendung als zugegangen.",
])
def test_mail_counts_as_received_on_the_following_business_day(paper, words):
    found = best(notice_rules(paper(f"AGREEMENT\n1. A\n2. Notices\n2.1 {words}\n3. Law\n")), "deemed_receipt_email")
    assert (found.value, found.unit) == (1, "business_days")


@pytest.mark.parametrize("words", [
    "A notice of termination states a date. If an earlier date is stated the Agreement ends on the first date which complies.",
    "Die Kündigung bedarf der Schriftform. Eine verspätete Kündigung wirkt zum nächstmöglichen Termin.",
])
def test_too_early_a_date_moves_to_the_first_that_complies(paper, words):
    assert best(notice_rules(paper(f"AGREEMENT\n1. A\n2. Term\n2.1 {words}\n3. Law\n")), "early_date_moves").value == "yes"


def codes(doc, kind="email"):
    return {(f.value, f.confidence >= 0.75) for f in leaving_reasons(doc, kind, "2024-05-06")}


@pytest.mark.parametrize(("text", "expected"), [
    ("Our reasons are these:\n\n1. After the merger with Elm we have staff of our own.\n2. The internal audit report objects to the outsourcing.\n",
     {("merger", True), ("compliance", True)}),
    ("Die Gründe in Kürze:\n- Wir bauen ein eigenes Team auf.\n- Der Preis ist zu hoch.\n", {("insourcing", True), ("price", True)}),
    ("Voici les motifs :\n- le tarif a trop augmenté\n- la qualité a baissé\n", {("price", True), ("service_quality", True)}),
    ("Los motivos son:\n1. El precio.\n2. Hemos elegido otro proveedor.\n", {("price", True), ("competitor", True)}),
])
def test_points_of_a_list_of_reasons_are_reasons(mail, text, expected):
    assert codes(mail(text)) == expected


def test_list_of_reasons_ends_with_its_paragraph(mail):
    text = "Our reasons are these:\n1. The price.\n\nLast week we spoke about something else entirely, which took more than an hour of our time, in the " \
        "presence of the new colleague from the north. By the way, the service level report for May is still missing and should go out soon.\n"
    assert ("service_quality", True) not in codes(mail(text))


@pytest.mark.parametrize("text", [
    "We are leaving. Price was not the reason.",
    "Preis oder Qualität sind nicht der Grund für die Kündigung.",
    "Die Kündigung hat nichts mit der Qualität zu tun.",
    "Nous partons ; ce n'est pas une question de prix.",
    "Resolvemos el contrato, pero no es por el precio.",
    "Our leaving is no reflection on the quality of the service.",
])
def test_what_is_said_not_to_be_the_reason_is_none(mail, text):
    assert not {c for c in codes(mail(text)) if c[0] in ("price", "service_quality")}


def test_what_follows_a_but_is_the_reason(mail):
    assert codes(mail("We terminate not because of the price but because of the poor service.")) == {("service_quality", True)}


def test_announcing_is_not_leaving(paper):
    text = "Herr Weber kündigt an, dass die Erreichbarkeit im Januar unter 92 % fallen kann."
    assert ("service_quality", True) not in codes(paper(text), "review")


@pytest.mark.parametrize(("text", "name"), [
    ("12 May 2024: deletion completed on all systems, certificate 12 sent.", "data_deleted"),
    ("Purge of all customer records was carried out on 12 May 2024.", "data_deleted"),
])
def test_deletion_that_is_done_is_read(paper, text, name):
    assert [f.value for f in exit_done(paper(text), "call_note", "2024-05-20", "dmy") if f.name == name] == ["2024-05-12"]


def test_copy_of_a_letter_that_is_missing_is_no_data_that_is_missing(paper):
    found = exit_done(paper("The copy of the side letter has not been received."), "legal_letter", "2024-05-20", "dmy")
    assert not [f for f in found if f.name == "exit_missing"]


@pytest.mark.parametrize(("text", "value"), [
    ("1.1 Erreichbarkeit Q4: 93,1 % (Ziel 92 %).", "0.931"),
    ("Calls in 45 seconds: 81.5% (target 80%)", "0.815"),
    ("Appels répondus en 30 secondes : 88 %", "0.88"),
    ("Service level Q2 2024 79 %", "0.79"),
])
def test_figure_of_a_quarter_or_of_seconds_is_read(paper, text, value):
    found = figures(paper(text), "review", Derived("2025-01-14", "day"), None)
    assert [f'"value": {value},' in str(f.value) or f'"value": {value}}}' in str(f.value) for f in found] == [True]


def test_reasons_of_a_text_longer_than_is_read_are_those_of_what_is_read(mail):
    told = "We are cancelling the contract because your prices are too high. "
    log = "\n".join(f"Line {n} of a log that goes on and on." for n in range(2_000))
    alone, before_a_log = ({f.value for f in leaving_reasons(mail(text), "email", "2024-05-06")} for text in (told, told + log))
    assert alone == before_a_log != set()
