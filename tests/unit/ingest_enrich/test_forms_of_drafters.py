"""Forms of drafters, counsel and correspondents that the first score of the invented cases found unread: four languages, all texts invented."""
from __future__ import annotations

import json

import pytest

from ingest.enrich.amounts import sums
from ingest.enrich.assertions import assertions
from ingest.enrich.clauses import clauses
from ingest.enrich.dates import document_date
from ingest.enrich.dispute_acts import dispute_acts
from ingest.enrich.exit_duties import exit_duties
from ingest.enrich.fold import flowed
from ingest.enrich.governing_law import governing_law
from ingest.enrich.kinds import kind
from ingest.enrich.leaving_reasons import leaving_reasons
from ingest.enrich.missing import missing
from ingest.enrich.notice_rules import notice_rules
from ingest.enrich.notices import notices
from ingest.enrich.privilege import privileged
from ingest.enrich.receipts import receipts
from ingest.enrich.record_types import record_types
from ingest.enrich.sentiment import sentiment
from ingest.enrich.speaker import speaker

NAMES = ("harbour pine furniture", "harbour pine")


@pytest.mark.parametrize(("text", "wanted"), [
    ("Aussergerichtlicher Vergleich\n\nzwischen A AG und B AG\n\nA. Die B AG machte widerklageweise eine Gegenforderung geltend.\n1. Die A AG zahlt CHF "
     "5'000.00.", "settlement"),
    ("Außergerichtliche Einigungsvereinbarung\n\nDie Gegenforderung der B GmbH wird nicht weiterverfolgt.\n1. Die A GmbH zahlt 5.000,00 EUR.", "settlement"),
    ("PROTOCOLE TRANSACTIONNEL\n\nLa société B opposait une demande reconventionnelle de 900,00 €.\nArticle 1 - La société A verse 5 000,00 €.", "settlement"),
    ("Acuerdo extrajudicial\n\nLa sociedad B formuló reconvención por 900,00 EUR.\nPrimera.- La sociedad A abona 5.000,00 EUR.", "settlement"),
    ("Sehr geehrter Herr Falk\n\nWir fordern Sie hiermit auf, uns den Ausgleich von CHF 12'300.00 bis Ende Mai zu überweisen.\n\nFreundliche Grüsse", "claim"),
    ("Sehr geehrte Damen und Herren,\n\nwir fordern Sie auf, den Betrag von 12.300,00 EUR binnen 14 Tagen zu begleichen.\n\nMit freundlichen Grüßen", "claim"),
    ("Monsieur,\n\nNous vous mettons en demeure de nous verser la somme de 12 300,00 €.\n\nVeuillez agréer nos salutations.", "claim"),
    ("Muy señores nuestros:\n\nLes instamos a que abonen la cantidad de 12.300,00 EUR en diez días.\n\nAtentamente", "claim"),
    ("Dear Mr Ward,\n\nWe call upon you to pay the sum of £12,300.00 within fourteen days.\n\nYours faithfully", "claim"),
    ("Madame,\n\nMa cliente conteste la somme réclamée. Elle forme une demande reconventionnelle de 18 450,00 € au titre des pénalités.\n\nJe vous prie de "
     "croire", "counterclaim"),
    ("Sehr geehrter Herr Falk,\n\nwir bestreiten die Forderung und erheben Widerklage über 7.500,00 EUR.\n\nHochachtungsvoll", "counterclaim"),
    ("Dear Sirs,\n\nOur client disputes the claim and brings a counterclaim of £7,500.00 for the lost orders.\n\nYours faithfully", "counterclaim"),
    ("Madame,\n\nNous avons bien reçu votre demande reconventionnelle et vous répondrons sous huit jours.\n\nVeuillez agréer nos salutations.", "legal_letter"),
])
def test_kind_of_papers_of_a_dispute(paper, text, wanted):
    assert kind(paper(text)).value == wanted


@pytest.mark.parametrize("text", [
    "Madame,\n\nNous vous informons de notre décision de ne pas reconduire le contrat, qui prendra fin à son échéance du 31 janvier 2025.\n\nSalutations "
    "distinguées",
    "Madame,\n\nNous ne souhaitons pas renouveler notre convention au-delà de son terme.\n\nVeuillez agréer nos salutations.",
    "Sehr geehrte Frau Falk\n\nWir machen von unserem Kündigungsrecht nach Ziff. 9 Gebrauch.\n\nFreundliche Grüsse",
    "Sehr geehrte Frau Falk,\n\nhiermit sprechen wir die ordentliche Kündigung des Vertrages aus.\n\nMit freundlichen Grüßen",
    "Dear Ms Falk,\n\nThis is to inform you of our decision not to renew the agreement when its term ends.\n\nYours sincerely",
    "Muy señora mía:\n\nLe comunicamos nuestra decisión de no prorrogar el contrato a su vencimiento.\n\nAtentamente",
])
def test_decision_to_let_a_contract_end_is_a_notice(paper, text):
    assert kind(paper(text)).value == "notice"


@pytest.mark.parametrize("text", [
    "Madame,\n\nVotre décision de changer de logo nous plaît beaucoup.\n\nCordialement",
    "Sehr geehrte Frau Falk,\n\nwir sprechen gern mit Ihnen über die Verlängerung.\n\nMit freundlichen Grüßen",
])
def test_other_decisions_and_talks_are_no_notice(paper, text):
    assert kind(paper(text)).value != "notice"


@pytest.mark.parametrize(("text", "wanted"), [
    ("Anhang B zum Dienstleistungsvertrag 12-7: Leistungsbeschrieb\n\nServicezeiten: Montag bis Freitag", "sow"),
    ("Beilage 3 zum Rahmenvertrag: Preisliste\n\nTelefon 5.40", "sow"),
    ("Annexe 2 au contrat-cadre n° 12 - Conditions tarifaires\n\nTéléconseiller : 22,80 €", "sow"),
    ("Compte rendu d'appel\n\nDate : 14/03/2025\n- Le client confirme la réception.", "call_note"),
    ("Compte rendu de la réunion du 14 mars 2025\n\nPrésents : A, B", "meeting_note"),
])
def test_kind_of_annexes_and_notes(paper, text, wanted):
    assert kind(paper(text)).value == wanted


@pytest.mark.parametrize("text", [
    "Bonjour Maître,\n\nQuel est notre risque si l'engagement est produit ?",
    "Odile,\n\nMe Aubry recommande de transiger, car la clause peut être réduite par le juge.\n\nP. Roux\nResponsable juridique",
    "Hallo Ruth,\n\nwie hoch ist unser Prozessrisiko bei der Pönale?",
    "Dear Ruth,\n\nwhat do you advise, and how exposed are we?",
    "Estimada Ana:\n\n¿Qué riesgo tenemos si aparece la carta? ¿Qué nos aconseja?",
])
def test_questions_to_counsel_and_what_passes_their_answer_on_are_privileged(mail, text):
    assert privileged(mail(text, to=("c.aubry@aubry-avocats.example",))) is not None


@pytest.mark.parametrize("text", [
    "Sehr geehrter Herr Falk,\n\nnamens meiner Mandantin weise ich die Klage, die Haftung und jede Vertragsstrafe zurück.\n\nDr. Aubry, Rechtsanwalt",
    "Maître,\n\nLa proposition de votre cliente n'est pas acceptable ; le tribunal jugera la clause et la pénalité.\n\nP. Roux, juriste",
    "Dear Mr Ward,\n\nMy client denies any breach and liability; the claim is without basis and the court will say so.\n\nR. Aubry, Solicitor",
])
def test_letters_between_counsel_of_two_sides_are_not_privileged(mail, text):
    assert privileged(mail(text, to=("c.aubry@aubry-avocats.example",))) is None


@pytest.mark.parametrize(("text", "side"), [
    ("Roth & Lang Rechtsanwälte\nMarktgasse 4\n\nHouse Services AG\n\nIch zeige Ihnen an, dass mich die Harbour Pine Furniture Ltd mit der Wahrung ihrer "
     "Interessen beauftragt hat.", "client"),
    ("Roth Lang LLP\n\nHouse Services Ltd\n\nWe act for Harbour Pine Furniture Limited in this matter.", "client"),
    ("AUBRY AVOCATS\n\nHouse Services SAS\n\nJe suis le conseil de la société Harbour Pine, qui m'a transmis votre lettre.", "client"),
    ("Bufete Aubry\n\nHouse Services SL\n\nActúo en nombre y representación de Harbour Pine Furniture, mi cliente.", "client"),
    ("AUBRY AVOCATS\n\nHarbour Pine Furniture\n4 rue du Port\n\nJe suis le conseil de la société House Services, ma cliente.", "provider"),
    ("Roth Lang LLP, Solicitors\n\nHarbour Pine Furniture Limited\n1 Quay\n\nWe act for House Services Limited.", "provider"),
])
def test_letters_of_counsel_speak_for_whom_they_name(paper, text, side):
    told = speaker(paper(text), (), NAMES)
    assert told is not None and told[0] == side


@pytest.mark.parametrize(("text", "kinds"), [
    ("Votre offre de 30 000 € n'est pas acceptable. Nous pourrions, sous les mêmes réserves, nous contenter de 75 000 "
     "€.", [("rejection", "30000"), ("offer", "75000")]),
    ("À titre confidentiel et sans reconnaissance, ma cliente est disposée à verser 30 000 €.", [("offer", "30000")]),
    ("Su oferta de 30.000 EUR no es suficiente. Sin reconocimiento alguno, aceptaríamos 75.000 EUR.", [("rejection", "30000"), ("offer", "75000")]),
])
def test_refusals_and_offers_in_letters_of_counsel(mail, text, kinds):
    found = [json.loads(f.value) for f in dispute_acts(mail(text), "email", (), None) if f.name == "dispute_act"]
    assert [(a["kind"], a.get("amount")) for a in found] == kinds


@pytest.mark.parametrize("text", [
    "Nous validons votre arrêté de compte : plus aucune somme n'est due.",
    "Wir bestätigen Ihre Schlussabrechnung, weitere Beträge sind nicht geschuldet.",
    "We confirm your statement of account, and no sum is due beyond it.",
])
def test_approval_of_an_account_denies_nothing(mail, text):
    assert not [f for f in dispute_acts(mail(text), "email", (), None) if "response" in str(f.value)]


def _acts(doc, kind_):
    return [json.loads(f.value) for f in dispute_acts(doc, kind_, (), None) if f.name == "dispute_act"]


@pytest.mark.parametrize("text", [
    "Vergleich\n\n1. Die Kundin zahlt 48.500,00 EUR.\n2. Die Kundin zieht ihre Gegenforderung zurück.\n",
    "Vergleich\n\n1. Die Kundin zahlt 48.500,00 EUR.\n2. Die Kundin lässt ihre Gegenansprüche fallen.\n",
    "PROTOCOLE\n\nArticle 1 - Le Client verse 48 500,00 €.\nArticle 2 - Le Client se désiste de sa demande reconventionnelle.\n",
    "Acuerdo\n\n1. El Cliente abona 48.500,00 EUR.\n2. El Cliente desiste de su reconvención.\n",
])
def test_withdrawal_without_a_sum_is_told_with_its_side(paper, text):
    assert ("withdrawal", "client") in [(a["kind"], a.get("by")) for a in _acts(paper(text), "settlement")]


@pytest.mark.parametrize("text", [
    "Vergleich\n\n1. Die Kundin zahlt 48.500,00 EUR.\n2. Im Mehrbetrag verzichtet die Auftragnehmerin auf ihre Forderung.\n",
    "PROTOCOLE\n\nArticle 1 - Le Client verse 48 500,00 €.\nArticle 2 - Le Prestataire renonce au surplus de sa réclamation, soit 900,00 €.\n",
])
def test_waiver_of_the_rest_is_no_withdrawal(paper, text):
    assert "withdrawal" not in [a["kind"] for a in _acts(paper(text), "settlement")]


@pytest.mark.parametrize("text", [
    "Die Schlichtungsverhandlung vom 26. Februar 2025 blieb ohne Einigung. Die Kundin zahlt 500,00 EUR.",
    "Im Gütetermin am 26. Februar 2025 einigten sich die Parteien. Die Kundin zahlt 500,00 EUR.",
    "À l'issue d'une réunion de conciliation tenue le 26 février 2025, le Client verse 500,00 €.",
    "En la comparecencia de conciliación celebrada el 26 de febrero de 2025 el Cliente abona 500,00 EUR.",
    "After the mediation meeting held on 26 February 2025 the Customer shall pay £500.00.",
])
def test_day_of_a_mediation_by_its_names(paper, text):
    assert ("mediation", "2025-02-26") in [(a["kind"], a.get("day")) for a in _acts(paper("Vergleich\n\n" + text), "settlement")]


@pytest.mark.parametrize(("text", "values"), [
    ("Les parties conviennent que le Client verse au Prestataire la somme de 52\n000,00 € à titre d'indemnité.", ["52000.00"]),
    ("en application de l'article 14 du contrat vous nous devez désormais la somme de 1 115\n200,00 € au total.", ["1115200.00"]),
    ("Téléconseil\n12\n300,00 €", ["300.00"]),
    ("Die Rechnung über die im Vertrag vereinbarten Leistungen der Monate 5\nund 6 beträgt 300,00 EUR.", ["300.00"]),
])
def test_sum_that_a_line_breaks_in_two_is_one(text, values):
    assert [str(s.value) for s in sums(text.lower())] == values


@pytest.mark.parametrize(("text", "day"), [
    ("Contrat\n\nLes parties signent.\n\nFait à Colmar, en deux exemplaires originaux, le 18 décembre 2020", "2020-12-18"),
    ("Annexe 1\n\nClient : A SAS. Version du 18 décembre 2020.\n\nTarifs", "2020-12-18"),
    ("Vertrag\n\nzwischen A AG und B AG, zahlbar bis 31. März 2021\n\n1. Gegenstand\n\nBern / Wil, 18. Dezember 2020", "2020-12-18"),
])
def test_day_of_signing_by_its_words(paper, text, day):
    found = document_date(paper(text), "settlement" if "zahlbar" in text else "contract", None)
    assert found is not None and found.value == day


@pytest.mark.parametrize(("text", "names"), [
    ("14.1 Der Anbieter löscht die Personendaten innert 30 Tagen nach Vertragsende.", {("data_deletion_within", 30)}),
    ("14.2 Überlassene Vorführgeräte gibt der Anbieter innert 10 Tagen nach Vertragsende zurück.", {("asset_return_within", 10)}),
    ("16.1 Dans les trente jours suivant la fin du contrat, le Prestataire détruit les fichiers du Client.", {("data_deletion_within", 30)}),
    ("16.2 Les tablettes sont restituées dans les dix jours suivant la fin du contrat.", {("asset_return_within", 10)}),
    ("16. Tras la finalización del contrato el Proveedor destruirá los ficheros del Cliente en el plazo de 30 días.", {("data_deletion_within", 30)}),
])
def test_duties_at_the_end_by_the_names_of_things(paper, text, names):
    assert names <= {(f.name, f.value) for f in exit_duties(paper(text))}


@pytest.mark.parametrize("text", [
    "17.1 Dieser Vertrag untersteht schweizerischem Recht.", "17.1 Es gilt deutsches Recht.", "19. Le contrat est régi par le droit français.",
])
def test_law_that_a_contract_chooses(paper, text):
    assert list(governing_law(paper(text)))


@pytest.mark.parametrize("text", [
    "14.3 La dénonciation est notifiée par lettre recommandée. La date de première présentation fait foi.",
    "14.3 Kündigungen erfolgen per Einschreiben; massgebend ist der Tag des ersten Zustellversuchs.",
    "14.3 Notices go by registered post and count from the first attempted delivery.",
    "14.3 Las notificaciones se envían por burofax; cuenta el primer intento de entrega.",
])
def test_contract_by_which_the_first_presentation_counts(paper, text):
    assert "receipt_on_presentation" in {f.name for f in notice_rules(paper(text))}


@pytest.mark.parametrize("text", [
    "Recommandé n° 1A 22\nPrésenté / avisé le : 09/10/2024\nDistribué le : 10/10/2024", "Votre pli nous a été présenté le 9 octobre 2024.",
    "Sendung 98.11\nErster Zustellversuch: 09.10.2024\nZugestellt: 10.10.2024", "Item RP 11\nDelivery attempted on 9 October 2024\nDelivered 10 October 2024",
    "Envío 44\nPrimer intento de entrega: 09/10/2024\nEntregado: 10/10/2024",
])
def test_day_on_which_the_post_first_came(paper, text):
    assert {f.value for f in receipts(paper(text), "other", "2024-10-12", "dmy") if f.name == "presented_on"} == {"2024-10-09"}


@pytest.mark.parametrize("text", [
    "An der Sitzung vom 21. September 2023 wurde der Verzicht zugesagt. Das Protokoll dieser Sitzung wurde uns nie ausgehändigt.",
    "Wegen der Besprechung vom 21.09.2023: Das Protokoll finde ich bei uns nicht.",
    "At the meeting of 21 September 2023 the waiver was promised. The minutes cannot be found.",
    "Lors de la réunion du 21 septembre 2023, la remise a été promise. Le compte rendu est introuvable.",
])
def test_minutes_that_are_missed_bear_the_day_of_their_meeting(mail, text):
    found = [json.loads(f.value) for f in missing(mail(text), "email", None) if f.name == "missing_paper"]
    assert [(x["paper"], x.get("day")) for x in found] == [("minutes", "2023-09-21")]


@pytest.mark.parametrize(("text", "codes"), [
    ("Du hast nach den Gründen gefragt. Ihr seid teurer als die Offerte aus Pristina, und dorthin geht die Hotline.", {"price", "competitor"}),
    ("Tu m'as demandé les raisons. Vous êtes plus chers, et trop d'appels perdus.", {"price", "service_quality"}),
    ("You asked about the reasons. You are dearer in price and we had too many missed calls.", {"price", "service_quality"}),
    ("Me preguntas por los motivos. Sois más caros y hubo muchas llamadas perdidas.", {"price", "service_quality"}),
    ("Le comité a tranché : on reprend tout chez nous dès février.", {"insourcing"}),
    ("Wir verlängern nicht mehr, wir wollen das wieder selber machen.", {"insourcing"}),
])
def test_reasons_behind_words_for_reasons_are_sure(mail, text, codes):
    assert codes <= {f.value for f in leaving_reasons(mail(text), "email", "2024-06-20") if f.confidence >= 0.75}


def test_new_paragraph_no_longer_tells_the_reasons(mail):
    text = "You asked about the reasons.\n\nOther matters: the price list is attached."
    assert not [f for f in leaving_reasons(mail(text), "email", "2024-06-20") if f.confidence >= 0.75]


@pytest.mark.parametrize(("text", "day"), [
    ("Le contrat s'est renouvelé et se poursuivra jusqu'au 31 janvier 2026.", "2026-01-31"), ("Der Vertrag läuft somit bis zum 31. Januar 2026.", "2026-01-31"),
    ("The agreement therefore continues until 31 January 2026.", "2026-01-31"), ("El contrato sigue vigente hasta el 31 de enero de 2026.", "2026-01-31"),
])
def test_day_to_which_the_other_side_says_the_contract_runs(mail, text, day):
    assert day in {json.loads(f.value)["day"] for f in assertions(mail(text), "email", None, None) if f.name == "asserts_end"}


@pytest.mark.parametrize(("text", "day"), [
    ("Nous ne reconduirons pas le contrat, lequel prendra donc fin à son échéance du 31 janvier 2025.", "2025-01-31"),
    ("Nous résilions le contrat, qui cessera à son terme du 31 janvier 2025.", "2025-01-31"),
    ("Wir kündigen den Vertrag per 31. Januar 2025.", "2025-01-31"),
])
def test_day_that_a_notice_asks_for(paper, text, day):
    found = {f.name: f.value for f in notices(paper("Colmar, le 7 octobre 2024\n\n" + text), None, (), None)}
    assert found.get("stated_effective_date") == day


@pytest.mark.parametrize("text", [
    "Vergleich\n\n1. Die Kundin zahlt 48.500,00 EUR.\n2. Die Auftragnehmerin stellt eine Gutschrift aus.\n3. Raten sind nicht vereinbart.\n",
    "Settlement Agreement\n\n1. Customer shall pay £500.00.\n2. Supplier waives its costs.\n3. Instalments are not agreed.\n",
])
def test_clauses_of_a_settlement_without_a_sum_are_read_over(paper, text):
    assert _acts(paper(text), "settlement")[0]["kind"] == "settlement"


@pytest.mark.parametrize(("text", "subject"), [
    ("Es bleibt beim 31. Oktober 2024 als Vertragsende.", "AW: Ihr Schreiben vom 24. Juni"),
    ("Wir halten am 30.09.2024 fest, die Kündigung lag Ihnen rechtzeitig vor.", "Ihr Schreiben vom 24. Juni"),
    ("Nous ne partageons pas votre lecture de l'article 14.2 : le contrat prendra fin comme annoncé.", "Suite"),
    ("Le terme reste fixé au 31 janvier 2026, le contrat s'est renouvelé.", "RE: suite"),
    ("No compartimos su interpretación; el contrato ha quedado prorrogado.", "RE: carta"),
    ("The agreement has been renewed, and the end date remains 31 January 2026.", "RE: your letter"),
])
def test_mail_that_holds_to_another_end_belongs_to_contract_and_dispute(mail, text, subject):
    assert {"contractual", "dispute"} <= {t.value for t in record_types(mail(text, subject=subject), "email")}


@pytest.mark.parametrize("text", [
    "Wir halten am 12.05. fest, 14 Uhr im Besprechungsraum.", "Le prix reste fixé à 12 €.", "Bleibt es bei Mittwoch?",
])
def test_mail_that_holds_to_something_else_does_not(mail, text):
    assert "dispute" not in {t.value for t in record_types(mail(text, subject="Termin"), "email")}


@pytest.mark.parametrize("text", ["Ihr Nordkontor-Team wünscht ein schönes Wochenende.", "Das Reisekontor Süd hat angerufen."])
def test_firm_with_kontor_in_its_name_is_no_account(mail, text):
    assert {t.value for t in record_types(mail(text), "email")} == {"interaction"}


@pytest.mark.parametrize(("text", "wanted"), [
    ("Encore 40 appels perdus hier soir, je n'en peux plus.", "negative"), ("Ich kann so nicht mehr, schon wieder stundenlang niemand dran.", "negative"),
    ("Nous trouvons vos méthodes décevantes après quatre années.", "negative"), ("Wir sind, ehrlich gesagt, enttäuscht über diesen Umgang.", "negative"),
    ("No puedo más, otra vez 20 llamadas perdidas.", "negative"), ("Die Datenbank war wirklich sauber gemacht, perfekt.", "positive"),
    ("C'était vraiment bien préparé, du beau boulot.", "positive"),
    ("Votre offre n'est pas acceptable ; nous pourrions nous contenter de 75 000 €.", "neutral"),
    ("Ihr Angebot ist nicht akzeptabel; wir könnten uns 6.000 EUR vorstellen, ohne Präjudiz.", "neutral"),
])
def test_feelings_in_further_turns(mail, text, wanted):
    found = sentiment(mail(text, sender="nora.fielding@harbourpine.example"), "email")
    assert found is not None and found.value == wanted


@pytest.mark.parametrize("text", [
    "Sehr geehrter Herr Falk,\n\nwir fordern Sie auf, den Rückstand binnen 14 Tagen auszugleichen. Verstreicht die Frist, werden wir den Vertrag "
    "kündigen.\n\nMit freundlichen Grüßen",
    "Monsieur,\n\nNous vous mettons en demeure de régler les factures échues. À défaut, le contrat sera résilié de plein droit.\n\nSalutations",
    "Dear Sirs,\n\nPlease pay the overdue invoices within ten days, failing which we shall terminate the agreement.\n\nYours faithfully",
    "Muy señores nuestros:\n\nLes requerimos el pago de las facturas. Transcurrido dicho plazo, el contrato quedará resuelto.\n\nAtentamente",
])
def test_demand_that_threatens_the_end_is_a_notice_of_default(paper, text):
    assert kind(paper(text)).value == "notice"


def test_demand_that_threatens_proceedings_is_a_claim(paper):
    text = "Sehr geehrte Damen und Herren,\n\nwir fordern Sie auf, 900,00 EUR zu überweisen. Andernfalls werden wir Klage erheben.\n\nHochachtungsvoll"
    assert kind(paper(text)).value == "claim"


@pytest.mark.parametrize("text", [
    "Ratenzahlungsvereinbarung\n\nzwischen A GmbH und B GmbH\n1. Er zahlt 14.000,00 EUR am "
    "01.07.2024.", "Reconnaissance de dette\n\nLa société B reconnaît devoir 900,00 €.",
    "Plan d'apurement\n\nentre A SA et B SA\n1. B verse 900,00 € par mois.", "Acuerdo de aplazamiento\n\nentre A SL y B SL\n1. B abona 900,00 EUR.",
    "Instalment Agreement\n\nbetween A Ltd and B Ltd\n1. B shall pay £900.00 a month.",
])
def test_agreement_to_pay_by_instalments_is_a_settlement(paper, text):
    assert kind(paper(text)).value == "settlement"


def test_words_of_an_act_that_a_line_break_parts_are_found(paper):
    text = ("Sehr geehrte Damen und Herren,\n\naus den genannten vier Rechnungen schulden Sie der Gläubigerin den offenen Betrag, und namens derselben "
            "fordern wir\n"
            "Sie auf, ihn bis zum 10.05.2024 auf unser Konto zu überweisen.\n\nMit freundlichen Grüßen")
    assert kind(paper(text)).value == "claim"


@pytest.mark.parametrize("text", ["Kurze Zeile\nnoch eine", "Eine lange Zeile, die mit einem Punkt endet und deshalb keine Fortsetzung hat.\nNeue Zeile"])
def test_lines_that_are_no_running_text_stay_apart(text):
    assert flowed(text) == text


def test_number_of_days_in_brackets_at_the_beginning_of_a_line_begins_no_clause():
    text = ("8.1. le contrat prend cours le 1er avril.\n8.2. chaque partie peut y mettre fin moyennant un preavis de soixante\n(60) jours calendrier.\n"
            "8.3. le preavis est donne par courriel.\n8.4. fin.\n")
    assert [text[a:b].split()[0] for a, b in clauses(text)] == ["8.1.", "8.2.", "8.3.", "8.4."]


@pytest.mark.parametrize(("text", "amount"), [
    ("Vergleich\n\n1. B erkennt an, 42.000,00 EUR zu schulden.\n2. B zahlt in drei Raten: 14.000,00 EUR am 01.07.2024, 14.000,00 EUR am 01.08.2024 und "
     "14.000,00 EUR am 02.09.2024.", "42000.00"),
    ("Protocole\n\n1. B doit 5 000,00 €.\n2. B verse 3 000,00 € le 1er juin 2024 et 2 000,00 € le 1er juillet 2024.", "5000.00"),
    ("Settlement\n\n1. B shall pay £900.00.\n2. A waives £400.00 and its costs of £300.00.", "900.00"),
])
def test_sum_of_a_settlement_is_the_whole_of_its_instalments(paper, text, amount):
    assert next(a for a in _acts(paper(text), "settlement") if a["kind"] == "settlement")["amount"] == amount


@pytest.mark.parametrize(("text", "days"), [
    ("3. Kommt der Schuldner mit einer Rate länger als fünf Tage in Rückstand, wird der Restbetrag fällig.", 5),
    ("3. En cas de retard de plus de dix jours, le solde est exigible.", 10), ("3. If an instalment is more than seven days late, the balance falls due.", 7),
])
def test_days_of_grace_in_words(paper, text, days):
    found = dispute_acts(paper("Vergleich\n\n1. Die Kundin zahlt 900,00 EUR.\n" + text), "settlement", (), None)
    assert [f.value for f in found if f.name == "default_days"] == [days]


@pytest.mark.parametrize(("text", "subject", "kinds"), [
    ("44.000 sind mir zu viel, da gehe ich nicht mit. Bei 42.000 EUR würde ich unterschreiben.", "AW: Einigung?", [("rejection", None), ("offer", "42000")]),
    ("Ohne Anerkennung einer Rechtspflicht: Wir wären mit 44.000 EUR in drei Raten einverstanden.", "Einigung?", [("offer", "44000")]),
    ("Sans reconnaissance aucune : 44 000 € est trop élevé. Nous serions d'accord pour 42 000 "
     "€.", "RE: un arrangement", [("rejection", "44000"), ("offer", "42000")]),
])
def test_refusals_and_offers_in_everyday_words(mail, text, subject, kinds):
    assert [(a["kind"], a.get("amount")) for a in _acts(mail(text, subject=subject), "email")] == kinds


@pytest.mark.parametrize(("text", "subject", "granted"), [
    ("Après vérification, cinquante dossiers ont été comptés deux fois. Nous vous adressons la note de crédit NC 31 de 570,00 €.", "RE: Facture", True),
    ("Das war unser Fehler, die Gutschrift über 570,00 EUR liegt bei.", "AW: Rechnung", True),
    ("You are right, that was billed in error; the credit note for £570.00 is attached.", "Re: Invoice", True),
    ("Wir haben eine Gutschrift über 570,00 EUR verbucht.", "AW: Rechnung", False),
])
def test_answer_that_credits_and_owns_to_the_mistake_grants_what_was_claimed(mail, text, subject, granted):
    assert bool([a for a in _acts(mail(text, subject=subject), "email") if a["kind"] == "settlement"]) is granted
