"""Elbtrans Stückgut: a German haulier does not pay for its consignment hotline; notice for cause by the provider, payment by instalments, default."""
from __future__ import annotations

from functools import partial
from pathlib import Path

from cases.case_files import Block, Case, as_docx, as_pdf, as_xlsx, message

ROHDE, BUCH, JUSTIZ = "Katja Rohde <rohde@dialogwerft.example>", "Buchhaltung <buchhaltung@dialogwerft.example>", "Dr. Malte Kühn <kuehn@dialogwerft.example>"
SCHUETT, DISPO = "Holger Schütt <h.schuett@elbtrans.example>", "Anke Petersen <a.petersen@elbtrans.example>"

VERTRAG: list[Block] = [
    "# Rahmenvertrag über Auskunfts- und Dispositionsdienste (RV 7/2022)",
    "zwischen der Elbtrans Stückgut GmbH & Co. KG, Billhorner Deich 14, 20539 Hamburg - Auftraggeber -",
    "und der Dialogwerft GmbH, Am Tidehafen 3, 26382 Wilhelmshaven - Auftragnehmer -",
    "# § 1 Vertragsgegenstand",
    "(1) Der Auftragnehmer erteilt den Versendern und Empfängern des Auftraggebers telefonisch und per E-Mail Auskunft über Sendungen und nimmt Abholaufträge entgegen.",
    "# § 5 Vergütung, Zahlung",
    "(1) Der Auftragnehmer rechnet monatlich nach Anzahl der Vorgänge ab. (2) Rechnungen sind binnen 30 Tagen ohne Abzug zahlbar.",
    "# § 9 Laufzeit, Kündigung",
    "(1) Der Vertrag beginnt am 01.03.2022 und läuft auf unbestimmte Zeit. (2) Er kann von jeder Seite mit einer Frist von sechs Wochen zum Ende eines Kalendermonats gekündigt werden.",
    "(3) Gerät der Auftraggeber mit mehr als einer Monatsrechnung in Verzug und gleicht er den Rückstand trotz schriftlicher Mahnung nicht innerhalb von 14 Tagen nach deren Zugang aus, "
    "kann der Auftragnehmer aus wichtigem Grund mit einer Frist von zwei Wochen kündigen.",
    "(4) Jede Kündigung bedarf der Schriftform. Sie ist der anderen Partei durch Boten oder per Einwurf-Einschreiben an die im Rubrum genannte Anschrift zuzustellen; die Übermittlung per E-Mail genügt nicht.",
    "# § 11 Rückgabe",
    "Der Auftragnehmer gibt die überlassenen Handscanner binnen 7 Tagen nach Vertragsende zurück und löscht die Sendungsdaten binnen 14 Tagen.",
    "# § 14 Schlussbestimmungen",
    "Es gilt das Recht der Bundesrepublik Deutschland. Gerichtsstand ist Wilhelmshaven.",
    "Wilhelmshaven, den 10.02.2022                     Hamburg, den 14.02.2022",
    "gez. K. Rohde                                     gez. H. Schütt",
]

MAHNUNG: list[Block] = [
    "Dialogwerft GmbH · Am Tidehafen 3 · 26382 Wilhelmshaven",
    "Per Boten\nElbtrans Stückgut GmbH & Co. KG\nHerrn Geschäftsführer Holger Schütt\nBillhorner Deich 14\n20539 Hamburg",
    "04.03.2024",
    "# Letzte Mahnung und Androhung der Kündigung nach § 9 Abs. 3 RV 7/2022",
    "Sehr geehrter Herr Schütt,",
    "die Rechnungen R-24-0014 (Januar) und R-23-0188 (Dezember) über zusammen 27.370,00 EUR sind seit Wochen überfällig. Wir fordern Sie auf, den Rückstand binnen 14 Tagen nach Zugang dieses "
    "Schreibens auszugleichen. Verstreicht die Frist, werden wir den Rahmenvertrag aus wichtigem Grund kündigen.",
    "Mit freundlichen Grüßen\nKatja Rohde\nGeschäftsführerin",
]

KUENDIGUNG: list[Block] = [
    "Dialogwerft GmbH · Am Tidehafen 3 · 26382 Wilhelmshaven",
    "Per Boten\nElbtrans Stückgut GmbH & Co. KG\nBillhorner Deich 14\n20539 Hamburg",
    "21.03.2024",
    "# Außerordentliche Kündigung des Rahmenvertrages RV 7/2022",
    "Sehr geehrter Herr Schütt,",
    "unsere Mahnung vom 04.03.2024 ist Ihnen am 05.03.2024 zugegangen; gezahlt haben Sie nicht. Wir kündigen den Rahmenvertrag daher aus wichtigem Grund wegen Zahlungsverzuges zum 05.04.2024.",
    "Bis dahin erbringen wir unsere Leistungen weiter.",
    "Mit freundlichen Grüßen\nKatja Rohde\nGeschäftsführerin",
]

FORDERUNG: list[Block] = [
    "Kanzlei Behrens & Tjaden, Rechtsanwälte, Marktstraße 20, 26382 Wilhelmshaven",
    "Elbtrans Stückgut GmbH & Co. KG\nBillhorner Deich 14\n20539 Hamburg",
    "19.04.2024",
    "# Dialogwerft GmbH ./. Elbtrans Stückgut GmbH & Co. KG",
    "Sehr geehrte Damen und Herren,",
    "wir vertreten die Dialogwerft GmbH. Aus den Rechnungen R-23-0188, R-24-0014, R-24-0031 und R-24-0044 schulden Sie unserer Mandantin 48.790,00 EUR. Namens unserer Mandantin fordern wir Sie auf, "
    "diesen Betrag bis zum 10.05.2024 auf unser Anderkonto zu überweisen. Andernfalls werden wir Klage erheben.",
    "Mit freundlichen Grüßen\nTjaden\nRechtsanwältin",
]

ERWIDERUNG: list[Block] = [
    "Elbtrans Stückgut GmbH & Co. KG\nBillhorner Deich 14, 20539 Hamburg",
    "Kanzlei Behrens & Tjaden\nMarktstraße 20\n26382 Wilhelmshaven",
    "06.05.2024",
    "# Ihr Schreiben vom 19.04.2024",
    "Sehr geehrte Frau Tjaden,",
    "die geltend gemachte Forderung besteht nicht in dieser Höhe. Im Dezember war Ihre Mandantin an vier Tagen nicht erreichbar; wir haben die Rechnung R-23-0188 deshalb gekürzt. "
    "Zu einer Zahlung sehen wir uns derzeit nicht veranlasst.",
    "Mit freundlichen Grüßen\nHolger Schütt",
]

RATEN: list[Block] = [
    "# Ratenzahlungsvereinbarung",
    "zwischen der Dialogwerft GmbH und der Elbtrans Stückgut GmbH & Co. KG (Schuldner)",
    "1. Der Schuldner erkennt an, der Dialogwerft GmbH aus dem Rahmenvertrag RV 7/2022 noch 42.000,00 EUR zu schulden.",
    "2. Er zahlt diesen Betrag in drei Raten: 14.000,00 EUR am 01.07.2024, 14.000,00 EUR am 01.08.2024 und 14.000,00 EUR am 02.09.2024.",
    "3. Kommt der Schuldner mit einer Rate länger als fünf Tage in Rückstand, wird der gesamte Restbetrag sofort fällig.",
    "4. Mit Zahlung sind die beiderseitigen Ansprüche aus dem zum 05.04.2024 beendeten Vertrag abgegolten; auf den Mehrbetrag von 6.790,00 EUR verzichtet die Dialogwerft GmbH.",
    "Hamburg, 14.06.2024",
    "gez. Rohde          gez. Schütt",
]

NACHFRAGE: list[Block] = [
    "Kanzlei Behrens & Tjaden, Rechtsanwälte, Marktstraße 20, 26382 Wilhelmshaven",
    "Elbtrans Stückgut GmbH & Co. KG\nBillhorner Deich 14\n20539 Hamburg",
    "13.08.2024",
    "# Ratenzahlungsvereinbarung vom 14.06.2024",
    "Sehr geehrter Herr Schütt,",
    "die am 01.08.2024 fällige Rate ist ausgeblieben. Damit ist der gesamte Restbetrag von 28.000,00 EUR fällig. Namens unserer Mandantin fordern wir Sie auf, ihn bis zum 27.08.2024 zu zahlen.",
    "Mit freundlichen Grüßen\nTjaden\nRechtsanwältin",
]

OP: list[list[object]] = [["Kontoblatt Debitor 10233 Elbtrans Stückgut GmbH & Co. KG"], ["Stand 31.08.2024, EUR"], [],
                          ["Belegdatum", "Belegnr.", "Vorgang", "Soll", "Haben", "Saldo"],
                          ["01.12.2023", "", "Saldovortrag", None, None, 0.0],
                          ["31.12.2023", "R-23-0188", "Ausgangsrechnung Dezember", 13090.0, None, 13090.0], ["31.01.2024", "R-24-0014", "Ausgangsrechnung Januar", 14280.0, None, 27370.0],
                          ["29.02.2024", "R-24-0031", "Ausgangsrechnung Februar", 11900.0, None, 39270.0], ["05.04.2024", "R-24-0044", "Ausgangsrechnung März/April", 9520.0, None, 48790.0],
                          ["17.06.2024", "G-24-0007", "Gutschrift lt. Vereinbarung 14.06.2024", None, 6790.0, 42000.0], ["01.07.2024", "B-1180", "Zahlung Rate 1", None, 14000.0, 28000.0]]


def write(root: Path) -> None:
    """Write the case below `root`."""
    case = Case(root, "elbtrans", "C-2401", "de")
    case.file("Vertrag/RV 7-2022 Elbtrans.docx", as_docx(VERTRAG), "contract", "contractual", "2022-02-14")
    case.file("Schriftverkehr/2024-03-04 Mahnung.pdf", as_pdf(MAHNUNG), "notice", "contractual dispute billing", "2024-03-04")
    case.file("Schriftverkehr/2024-03-21 Kündigung.pdf", as_pdf(KUENDIGUNG), "notice", "contractual dispute", "2024-03-21")
    case.file("Schriftverkehr/Botenprotokoll.txt", (
        "Botenprotokoll Dialogwerft GmbH\n\n05.03.2024, 10:40 Uhr: Brief (Mahnung vom 04.03.2024) in den Hausbriefkasten Billhorner Deich 14 eingeworfen. Bote: J. Ahlers\n"
        "22.03.2024, 09:15 Uhr: Brief (Kündigung vom 21.03.2024) am Empfang Billhorner Deich 14 übergeben an Frau Petersen. Bote: J. Ahlers\n").encode(), "other", "contractual", "2024-03-22")
    protest = message(SCHUETT, "rohde@dialogwerft.example", "2024-03-25T08:31:00+01:00", "Kündigung",
                      "Frau Rohde,\n\nso geht man nicht miteinander um. Im Dezember stand Ihre Hotline vier Tage still, und jetzt setzen Sie uns vor die Tür. Ich erwarte Ihren Anruf.\n\nSchütt\n",
                      ident="<e1@elbtrans.example>")
    case.mail("Mail/Kündigung.eml", protest, "email", "contractual interaction", thread="e-k", sentiment="negative")
    ruhig = message(ROHDE, "h.schuett@elbtrans.example", "2024-03-25T15:02:00+01:00", "AW: Kündigung",
                    "Guten Tag Herr Schütt,\n\nich habe heute Mittag zweimal versucht, Sie zu erreichen. Über den Dezember können wir gern sprechen, an der Kündigung zum 05.04. ändert das aber nichts.\n\n"
                    "Viele Grüße\nKatja Rohde\n", ident="<d1@dialogwerft.example>", answers="<e1@elbtrans.example>")
    case.mail("Mail/AW Kündigung.eml", ruhig, "email", "contractual interaction", thread="e-k", sentiment="neutral")
    rat = message(JUSTIZ, "rohde@dialogwerft.example", "2024-05-13T11:20:00+02:00", "Elbtrans - wie weiter?",
                  "Liebe Frau Rohde,\n\nvertraulich, anwaltlicher Rat: Die Kürzung im Dezember ist dem Grunde nach berechtigt, ein Gericht würde uns dort vermutlich 5.000 bis 7.000 EUR abziehen. "
                  "Ich empfehle Raten gegen Anerkenntnis.\n\nDr. Kühn, Syndikusrechtsanwalt\n", ident="<d2@dialogwerft.example>")
    case.mail("Mail/Recht/Elbtrans wie weiter.eml", rat, "email", "dispute interaction", privileged=True, sentiment="neutral")
    case.file("Schriftverkehr/2024-04-19 Tjaden.pdf", as_pdf(FORDERUNG), "claim", "dispute billing", "2024-04-19")
    case.file("Schriftverkehr/2024-05-06 Elbtrans.pdf", as_pdf(ERWIDERUNG), "legal_letter", "dispute", "2024-05-06")
    vorschlag = message(ROHDE, "h.schuett@elbtrans.example", "2024-05-28T10:10:00+02:00", "Einigung?",
                        "Guten Tag Herr Schütt,\n\nohne Anerkennung einer Rechtspflicht und um die Sache vom Tisch zu bekommen: Wir wären mit 44.000 EUR in drei Raten einverstanden.\n\nViele Grüße\nKatja Rohde\n",
                        ident="<d3@dialogwerft.example>")
    case.mail("Mail/Einigung.eml", vorschlag, "email", "dispute interaction", thread="e-e", sentiment="neutral")
    nein = message(SCHUETT, "rohde@dialogwerft.example", "2024-06-03T07:55:00+02:00", "AW: Einigung?",
                   "Frau Rohde,\n\n44.000 sind mir zu viel, da gehe ich nicht mit. Bei 42.000 EUR würde ich unterschreiben.\n\nSchütt\n\n> Wir wären mit 44.000 EUR in drei Raten einverstanden.\n",
                   ident="<e2@elbtrans.example>", answers="<d3@dialogwerft.example>")
    case.mail("Mail/AW Einigung.eml", nein, "email", "dispute interaction", thread="e-e", sentiment="neutral")
    case.file("Schriftverkehr/2024-06-14 Ratenzahlungsvereinbarung.pdf", as_pdf(RATEN), "settlement", "dispute contractual billing", "2024-06-14")
    case.file("Schriftverkehr/2024-08-13 Tjaden.pdf", as_pdf(NACHFRAGE), "claim", "dispute billing", "2024-08-13")
    case.file("Telefon/Notiz Rückgabe Scanner.txt", (
        "Telefonnotiz\n08.04.2024, K. Rohde mit Frau Petersen (Elbtrans)\n\nDie sechs Handscanner sind heute mit UPS in Hamburg angekommen, vollzählig. "
        "Sendungsdaten löschen wir bis Ende der Woche, Protokoll folgt.\n").encode(), "call_note", "interaction contractual", "2024-04-08", sentiment="neutral")
    case.file("Schriftverkehr/Löschprotokoll 12.04.2024.pdf", as_pdf([
        "# Löschprotokoll", "Dialogwerft GmbH, Wilhelmshaven. Kunde: Elbtrans Stückgut GmbH & Co. KG", "Sämtliche Sendungsdaten wurden am 12.04.2024 gelöscht, Sicherungen eingeschlossen. gez. IT"]),
        "other", "contractual", "2024-04-12")
    case.file("Buchhaltung/Debitor 10233.xlsx", as_xlsx({"Kontoblatt": OP}), "ledger", "billing", "2024-08-31")
    case.file("Buchhaltung/R-23-0188.pdf", as_pdf([
        "Dialogwerft GmbH, Am Tidehafen 3, 26382 Wilhelmshaven", "Elbtrans Stückgut GmbH & Co. KG, 20539 Hamburg", "# Rechnung R-23-0188", "Rechnungsdatum 31.12.2023, Leistungszeitraum Dezember 2023, RV 7/2022",
        [["Vorgänge", "Einzelpreis", "Summe"], ["5.500", "2,00", "11.000,00"], ["", "zzgl. 19 % USt", "2.090,00"], ["", "Rechnungsbetrag EUR", "13.090,00"]]]), "invoice", "billing dispute", "2023-12-31")
    erinnert = message(BUCH, "h.schuett@elbtrans.example", "2024-02-12T09:00:00+01:00", "Zahlungserinnerung R-23-0188",
                       "Sehr geehrter Herr Schütt,\n\nsicher ist Ihnen entgangen, dass die Rechnung R-23-0188 über 13.090,00 EUR seit dem 30.01.2024 fällig ist.\n\nIhre Buchhaltung der Dialogwerft\n",
                       ident="<d4@dialogwerft.example>")
    case.mail("Mail/Zahlungserinnerung.eml", erinnert, "email", "billing interaction", sentiment="neutral")

    k = case.paths
    step = partial(case.step, currency="EUR")
    case.close(
        client={"id": "C-2401", "legal_name": "Elbtrans Stückgut GmbH & Co. KG", "aliases": ["Elbtrans", "10233", "RV 7/2022"]},
        history={
            "terminations": [{
                "contract_number": "RV 7/2022", "contract_effective_date": "2022-03-01", "contract_expiry_date": None, "governing_law": "Germany",
                "notice": {"given_by": "provider", "date_on_document": "2024-03-21", "date_received": "2024-03-22", "method": "hand", "ground": "cause",
                           "stated_effective_date": "2024-04-05", "documents": k("Schriftverkehr/2024-03-21 Kündigung.pdf")},
                "required_notice": {"value": 2, "unit": "weeks", "measured_from": "receipt", "documents": k("Vertrag/RV 7-2022 Elbtrans.docx")},
                "earliest_compliant_date": "2024-04-05", "effective_date": "2024-04-05", "status": "terminated",
                "conditions": [
                    {"name": "cure_period", "met": True, "documents": k("Schriftverkehr/2024-03-04 Mahnung.pdf", "Schriftverkehr/2024-03-21 Kündigung.pdf", "Vertrag/RV 7-2022 Elbtrans.docx")},
                    {"name": "notice_period", "met": True, "documents": k("Schriftverkehr/2024-03-21 Kündigung.pdf", "Vertrag/RV 7-2022 Elbtrans.docx")},
                    {"name": "notice_method", "met": True, "documents": k("Schriftverkehr/Botenprotokoll.txt", "Schriftverkehr/2024-03-21 Kündigung.pdf", "Vertrag/RV 7-2022 Elbtrans.docx")},
                    {"name": "notice_address", "met": True, "documents": k("Schriftverkehr/Botenprotokoll.txt", "Schriftverkehr/2024-03-21 Kündigung.pdf", "Vertrag/RV 7-2022 Elbtrans.docx")},
                    {"name": "asset_return", "met": True, "documents": k("Telefon/Notiz Rückgabe Scanner.txt", "Vertrag/RV 7-2022 Elbtrans.docx")},
                    {"name": "data_return_or_deletion", "met": True, "documents": k("Schriftverkehr/Löschprotokoll 12.04.2024.pdf", "Vertrag/RV 7-2022 Elbtrans.docx")},
                    {"name": "final_invoice", "met": False, "documents": k("Buchhaltung/Debitor 10233.xlsx")}],
                "penalties": [],
                "reasons": [{"code": "non_payment", "documents": k("Schriftverkehr/2024-03-21 Kündigung.pdf", "Schriftverkehr/2024-03-04 Mahnung.pdf")}]}],
            "disputes": [
                {"title": "Offene Rechnungen", "status": "settled", "steps": [
                    step("2024-03-04", "claim", "provider", 27370.0, "Schriftverkehr/2024-03-04 Mahnung.pdf"),
                    step("2024-04-19", "claim", "provider", 48790.0, "Schriftverkehr/2024-04-19 Tjaden.pdf"),
                    step("2024-05-06", "response", "client", None, "Schriftverkehr/2024-05-06 Elbtrans.pdf"),
                    step("2024-05-28", "offer", "provider", 44000.0, "Mail/Einigung.eml"),
                    step("2024-06-03", "rejection", "client", 44000.0, "Mail/AW Einigung.eml"),
                    step("2024-06-03", "offer", "client", 42000.0, "Mail/AW Einigung.eml"),
                    step("2024-06-14", "settlement", "client", 42000.0, "Schriftverkehr/2024-06-14 Ratenzahlungsvereinbarung.pdf"),
                    step("2024-07-01", "payment", "client", 14000.0, "Buchhaltung/Debitor 10233.xlsx"),
                    step("2024-08-06", "breach", "client", 14000.0, "Schriftverkehr/2024-06-14 Ratenzahlungsvereinbarung.pdf", "Schriftverkehr/2024-08-13 Tjaden.pdf")],
                 "outcome": {"amount": 42000.0, "currency": "EUR", "payer": "client"}},
                {"title": "Restbetrag", "status": "open", "steps": [step("2024-08-13", "claim", "provider", 28000.0, "Schriftverkehr/2024-08-13 Tjaden.pdf")], "outcome": None}],
            "billing": {"currency": "EUR", "invoiced_total": 48790.0, "paid_total": 14000.0, "credited_total": 6790.0, "refunded_total": 0,
                        "outstanding_as_of": {"date": "2024-08-31", "amount": 28000.0}, "discrepancies": []},
            "feedback": [], "gaps": [], "conflicts": []},
        win_back={"recommended": False, "must_mention": [], "must_not_disclose": k("Mail/Recht/Elbtrans wie weiter.eml")},
        queries=[
            {"id": "e-1", "user": "legal", "text": "Zugang der Kündigung durch Boten", "relevant": {
                k("Schriftverkehr/Botenprotokoll.txt")[0]: 2, k("Schriftverkehr/2024-03-21 Kündigung.pdf")[0]: 1, k("Vertrag/RV 7-2022 Elbtrans.docx")[0]: 1}},
            {"id": "e-2", "user": "auditor", "text": "Raten Elbtrans gezahlt", "relevant": {
                k("Buchhaltung/Debitor 10233.xlsx")[0]: 2, k("Schriftverkehr/2024-06-14 Ratenzahlungsvereinbarung.pdf")[0]: 2, k("Schriftverkehr/2024-08-13 Tjaden.pdf")[0]: 2}}])
