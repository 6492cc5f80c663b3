"""Hefti & Brunold: a Swiss maker of household appliances leaves its hotline; German as written in Switzerland, CHF, Ziffern, Einschreiben."""
from __future__ import annotations

import json
from functools import partial
from pathlib import Path

from cases.case_files import Block, Case, as_docx, as_pdf, as_xlsx, message

CALLE, BUERGI, VONTOBEL = "Seraina Calle <s.calle@rufkontor.example>", "Urs Bürgi <u.buergi@rufkontor.example>", "Debitoren <debitoren@rufkontor.example>"
RECHT = "Dr. iur. Nadja Vontobel <n.vontobel@rufkontor.example>"
HEFTI, EIGENMANN, KREDI = ("Reto Eigenmann <reto.eigenmann@heftibrunold.example>", "Monika Signer <monika.signer@heftibrunold.example>",
                           "Kreditoren <kreditoren@heftibrunold.example>")
ANWALT = "Beat Looser <looser@looser-tobler.example>"

VERTRAG: list[Block] = [
    "# Dienstleistungsvertrag DLV 2019-44",
    "zwischen",
    "Hefti & Brunold Haushaltapparate AG, Flawilerstrasse 31, 9500 Wil SG (nachfolgend «Auftraggeberin»)",
    "und",
    "Rufkontor AG, Technikumstrasse 88, 8400 Winterthur (nachfolgend «Rufkontor»)",
    "betreffend den Betrieb der Kunden- und Servicehotline",
    "# 1. Gegenstand",
    "1.1 Rufkontor nimmt für die Auftraggeberin Anrufe, E-Mails und Chats von Endkundinnen und Endkunden entgegen (Reparaturaufträge, Garantiefragen, Ersatzteile).",
    "1.2 Umfang und Servicezeiten ergeben sich aus Anhang A, die Vergütung aus Anhang B.",
    "# 7. Mindestvolumen",
    "7.1 Die Auftraggeberin nimmt je Vertragsjahr mindestens 96'000 Kontakte ab. Für angebrochene Vertragsjahre gilt die Menge anteilsmässig.",
    "7.2 Wird das Mindestvolumen unterschritten, schuldet die Auftraggeberin für jeden fehlenden Kontakt einen Mindermengenausgleich von CHF 1.80.",
    "# 9. Servicelevel",
    "9.1 Rufkontor nimmt 80 % der Anrufe innert 20 Sekunden entgegen, gemessen im Kalendermonat.",
    "9.2 Wird dieser Wert in einem Monat um mehr als fünf Prozentpunkte verfehlt, kann die Auftraggeberin eine Pönale von 5 % der Monatsvergütung verlangen.",
    "# 12. Dauer und Beendigung",
    "12.1 Der Vertrag tritt am 1. Januar 2020 in Kraft und ist bis zum 31. Dezember 2023 fest abgeschlossen. Wird er nicht auf diesen Zeitpunkt gekündigt, "
    "läuft er auf unbestimmte Zeit weiter.",
    "12.2 Nach Ablauf der festen Dauer kann jede Partei den Vertrag mit einer Frist von sechs Monaten auf das Ende eines Kalenderquartals kündigen.",
    "12.3 Die Kündigung aus wichtigem Grund bleibt vorbehalten.",
    "12.4 Kündigungen sind schriftlich zu erklären und mit eingeschriebenem Brief an die Geschäftsleitung der anderen Partei an deren Sitz zu richten. "
    "Die Frist läuft ab dem Tag, an dem der Brief beim Empfänger eintrifft. E-Mail und Telefax wahren die Form nicht.",
    "# 14. Folgen der Beendigung",
    "14.1 Rufkontor löscht sämtliche Personendaten der Endkundinnen und Endkunden innert 30 Tagen nach Vertragsende und stellt hierüber eine Löschbestätigung aus.",
    "14.2 Die überlassenen Vorführgeräte gibt Rufkontor innert 10 Tagen nach Vertragsende in Wil zurück.",
    "14.3 Rufkontor erstellt innert 45 Tagen nach Vertragsende eine Schlussabrechnung.",
    "# 17. Anwendbares Recht und Gerichtsstand",
    "17.1 Dieser Vertrag untersteht schweizerischem Recht unter Ausschluss des Wiener Kaufrechts. Ausschliesslicher Gerichtsstand ist Winterthur.",
    "Wil, 12. November 2019                         Winterthur, 12. November 2019",
    "sig. R. Eigenmann, Vorsitzender der Geschäftsleitung        sig. U. Bürgi, Geschäftsführer",
]

NACHTRAG: list[Block] = [
    "# Nachtrag Nr. 2 zum Dienstleistungsvertrag DLV 2019-44",
    "zwischen Hefti & Brunold Haushaltapparate AG, Wil, und Rufkontor AG, Winterthur",
    "Die Parteien ändern den Vertrag mit Wirkung ab 1. April 2022 wie folgt:",
    "1. Ziff. 12.2 wird aufgehoben und lautet neu: «Nach Ablauf der festen Dauer kann jede Partei den Vertrag unter Einhaltung einer Frist von vier Monaten auf das "
    "Ende jedes Kalendermonats kündigen.»",
    "2. In Anhang B wird der Preis je Kontakt auf CHF 5.40 (exkl. MWST) festgesetzt.",
    "3. Im Übrigen gilt der Vertrag unverändert.",
    "Winterthur, 3. März 2022",
    "sig. U. Bürgi                         sig. R. Eigenmann",
]

ENTWURF: list[Block] = [
    "ENTWURF 1 / 14.02.2022 - intern, nicht unterzeichnet",
    *[block.replace("vier Monaten", "drei Monaten").replace("Winterthur, 3. März 2022", "Winterthur, 14. Februar 2022").replace("sig. ", "........ ")
      for block in NACHTRAG if isinstance(block, str)],
]

KUENDIGUNG: list[Block] = [
    "Hefti & Brunold Haushaltapparate AG\nFlawilerstrasse 31\n9500 Wil SG",
    "EINSCHREIBEN (R)",
    "Rufkontor AG\nGeschäftsleitung\nTechnikumstrasse 88\n8400 Winterthur",
    "Wil, 14. Juni 2024",
    "# Kündigung des Dienstleistungsvertrags DLV 2019-44",
    "Sehr geehrter Herr Bürgi",
    "Wir kündigen hiermit den oben erwähnten Vertrag samt Nachträgen ordentlich per 30. September 2024. Sollte dieser Termin nicht massgebend sein, gilt die Kündigung "
    "auf den nächstmöglichen Zeitpunkt.",
    "Bitte bestätigen Sie uns den Empfang sowie das Vertragsende schriftlich. Für die Rückgabe der zwölf Vorführgeräte nehmen wir mit Frau Calle Kontakt auf.",
    "Für die bisherige Zusammenarbeit danken wir Ihnen bestens.",
    "Freundliche Grüsse",
    "Hefti & Brunold Haushaltapparate AG\n\nReto Eigenmann            Monika Signer\nVorsitzender der GL      Leiterin Kundendienst",
]

BESTAETIGUNG: list[Block] = [
    "Rufkontor AG\nTechnikumstrasse 88\n8400 Winterthur",
    "Einschreiben\nHefti & Brunold Haushaltapparate AG\nHerrn Reto Eigenmann\nFlawilerstrasse 31\n9500 Wil SG",
    "Winterthur, 24. Juni 2024",
    "# Ihre Kündigung vom 14. Juni 2024, Vertrag DLV 2019-44",
    "Sehr geehrter Herr Eigenmann",
    "Wir haben Ihr Schreiben am 18. Juni 2024 erhalten. Nach Ziff. 12.2 in der Fassung von Nachtrag Nr. 2 beträgt die Frist vier Monate auf Ende eines Kalendermonats. "
    "Der von Ihnen genannte Termin vom 30. September 2024 kann deshalb nicht eingehalten werden; der Vertrag endet am 31. Oktober 2024.",
    "Bis dahin gelten alle Pflichten weiter, insbesondere das Mindestvolumen nach Ziff. 7.",
    "Freundliche Grüsse",
    "Rufkontor AG\nUrs Bürgi, Geschäftsführer",
]

FORDERUNG: list[Block] = [
    "Rufkontor AG, Technikumstrasse 88, 8400 Winterthur",
    "Einschreiben\nHefti & Brunold Haushaltapparate AG, Flawilerstrasse 31, 9500 Wil SG",
    "Winterthur, 18. November 2024",
    "# Mindermengenausgleich 2024, Vertrag DLV 2019-44",
    "Sehr geehrte Damen und Herren",
    "Für die Zeit vom 1. Januar bis 31. Oktober 2024 war eine Menge von 80'000 Kontakten abzunehmen (10/12 von 96'000). Bezogen haben Sie 33'000 Kontakte. "
    "Es fehlen 47'000 Kontakte.",
    "Gestützt auf Ziff. 7.2 des Vertrags fordern wir Sie auf, uns den Mindermengenausgleich von CHF 84'600.00 (47'000 x CHF 1.80) bis zum 18. Dezember 2024 zu "
    "überweisen. Ohne Zahlung leiten wir das Schlichtungsverfahren ein.",
    "Freundliche Grüsse",
    "Urs Bürgi",
]

ANTWORT: list[Block] = [
    "Looser Tobler Rechtsanwälte, Marktgasse 4, 9000 St. Gallen",
    "Rufkontor AG, Herrn Urs Bürgi, Technikumstrasse 88, 8400 Winterthur",
    "St. Gallen, 2. Dezember 2024",
    "# Hefti & Brunold Haushaltapparate AG / Rufkontor AG",
    "Sehr geehrter Herr Bürgi",
    "Ich zeige Ihnen an, dass mich die Hefti & Brunold Haushaltapparate AG mit der Wahrung ihrer Interessen beauftragt hat (Vollmacht liegt vor).",
    "Die mit Schreiben vom 18. November 2024 geltend gemachte Forderung von CHF 84'600.00 wird vollumfänglich bestritten. An der Sitzung vom 21. September 2023 hat "
    "Frau Calle zugesagt, dass für 2024 auf das Mindestvolumen verzichtet werde. Das Protokoll dieser Sitzung wurde meiner Klientin nie ausgehändigt; "
    "ich ersuche Sie um Zustellung.",
    "Umgekehrt steht meiner Klientin für die Monate Mai und Juni 2024 eine Pönale nach Ziff. 9.2 sowie Ersatz für die Nachbearbeitung verlorener Aufträge zu. "
    "Sie macht hierfür widerklageweise CHF 31'250.00 geltend und erklärt eventualiter Verrechnung.",
    "Freundliche Grüsse",
    "lic. iur. Beat Looser, Rechtsanwalt",
]

VERGLEICH: list[Block] = [
    "# Aussergerichtlicher Vergleich",
    "zwischen Rufkontor AG, Winterthur, und Hefti & Brunold Haushaltapparate AG, Wil",
    "A. Die Parteien streiten über den Mindermengenausgleich 2024 (CHF 84'600.00) und über die von der Hefti & Brunold Haushaltapparate AG behaupteten "
    "Gegenforderungen (CHF 31'250.00). Die Schlichtungsverhandlung vom 26. Februar 2025 vor dem Friedensrichteramt Winterthur blieb zunächst ohne Einigung.",
    "1. Die Hefti & Brunold Haushaltapparate AG bezahlt der Rufkontor AG per Saldo CHF 48'500.00, zahlbar bis 31. März 2025.",
    "2. Im Mehrbetrag (CHF 36'100.00) verzichtet die Rufkontor AG auf ihre Forderung. Die Hefti & Brunold Haushaltapparate AG zieht ihre Gegenforderungen zurück.",
    "3. Die Parteien stellen fest, dass der Dienstleistungsvertrag DLV 2019-44 am 31. Oktober 2024 geendet hat.",
    "4. Mit Vollzug dieses Vergleichs sind die Parteien per Saldo aller Ansprüche auseinandergesetzt.",
    "Winterthur / Wil, 5. März 2025",
    "sig. Urs Bürgi            sig. Reto Eigenmann",
]


def rechnung(number: str, day: str, lines: list[list[str]], net: str, tax: str, gross: str, word: str = "Rechnung") -> bytes:
    """Return an invoice or a credit note as the books of the provider print it."""
    return as_pdf(["Rufkontor AG, Technikumstrasse 88, 8400 Winterthur, CHE-114.557.902 MWST",
                   "Hefti & Brunold Haushaltapparate AG\nKreditoren\n9500 Wil SG",
                   f"# {word} {number}",
                   f"Datum: {day}      Kunden-Nr.: 7714      Vertrag: DLV 2019-44",
                   [["Leistung", "Menge", "Ansatz", "Betrag CHF"], *lines, ["Zwischentotal", "", "", net], ["MWST 8.1 %", "", "", tax], ["Total CHF", "", "", gross]],
                   "Zahlbar innert 30 Tagen netto. IBAN CH00 0070 0114 0000 0000 0." if word == "Rechnung" else "Der Betrag wird Ihrem Konto gutgeschrieben."])


KONTO = """Kontoauszug Debitor 7714 Hefti & Brunold Haushaltapparate AG;;;;;
Währung CHF; Stand 31.03.2025;;;;
Buch.-Datum;Beleg;Text;Belastung;Gutschrift;Saldo
01.07.2024;;Saldovortrag;;;0.00
31.07.2024;RE 24-0715;Rechnung Kontakte Juli;38'916.00;;38'916.00
28.08.2024;ZE 8841;Zahlungseingang;;38'916.00;0.00
31.08.2024;RE 24-0822;Rechnung Kontakte August;35'673.00;;35'673.00
30.09.2024;ZE 8907;Zahlungseingang;;35'673.00;0.00
30.09.2024;RE 24-0917;Rechnung Kontakte September;32'430.00;;32'430.00
30.09.2024;RE 24-0918;Rechnung Zusatzschicht Rückruf Backofen;4'324.00;;36'754.00
15.10.2024;RE 24-1004;Rechnung Zusatzschicht Rückruf Backofen;4'324.00;;41'078.00
25.10.2024;GS 24-031;Gutschrift zu RE 24-1004;;4'324.00;36'754.00
31.10.2024;ZE 9012;Zahlungseingang;;36'754.00;0.00
31.10.2024;RE 24-1031;Rechnung Kontakte Oktober;28'106.00;;28'106.00
29.11.2024;ZE 9077;Zahlungseingang;;28'106.00;0.00
13.12.2024;RE 24-1215;Schlussrechnung;6'486.00;;6'486.00
20.01.2025;ZE 9140;Zahlungseingang;;6'486.00;0.00
05.03.2025;RE 25-0305;Rechnung Vergleich Mindermenge 2024;48'500.00;;48'500.00
28.03.2025;ZE 9233;Zahlungseingang;;48'500.00;0.00
"""


def teams(*lines: tuple[str, str, str]) -> bytes:
    """Return a Teams export of (time, name, text)."""
    return json.dumps({"@odata.context": "https://graph.example/v1.0/$metadata#chats('y')/messages", "value": [
        {"id": str(1718000000000 + i), "messageType": "message", "createdDateTime": when, "chatId": "19:hefti@thread.v2", "locale": "de-ch",
         "from": {"user": {"id": f"u{name[0].lower()}", "displayName": name, "userIdentityType": "aadUser"}},
         "body": {"contentType": "html", "content": f"<p>{text}</p>"}, "attachments": [], "mentions": [], "reactions": []}
        for i, (when, name, text) in enumerate(lines)]}, ensure_ascii=False).encode()


def write(root: Path) -> None:
    """Write the case below `root`."""
    case = Case(root, "hefti-brunold", "C-2107", "de")
    case.file("Verträge/DLV 2019-44 unterzeichnet.pdf", as_pdf(VERTRAG), "contract", "contractual", "2019-11-12")
    case.file("Verträge/Nachtrag 2.docx", as_docx(NACHTRAG), "amendment", "contractual", "2022-03-03")
    case.file("Verträge/alt/Nachtrag 2 Entwurf1.docx", as_docx(ENTWURF), "amendment", "contractual", "2022-02-14",
              near_duplicate_of="Verträge/Nachtrag 2.docx")
    case.file("Verträge/Anhang A Leistungen und Servicezeiten.docx", as_docx([
        "# Anhang A zum Dienstleistungsvertrag DLV 2019-44: Leistungsbeschrieb",
        "Auftraggeberin: Hefti & Brunold Haushaltapparate AG. Stand 12. November 2019.",
        "Servicezeiten: Montag bis Freitag 07.30 bis 18.00 Uhr, Samstag 08.00 bis 12.00 Uhr.",
        [["Kanal", "Sprache", "Plätze"], ["Telefon", "d/f/i", "9"], ["E-Mail", "d/f", "3"]],
        "Vorführgeräte: 12 Stück gemäss Inventarliste, Eigentum der Auftraggeberin."]), "sow", "contractual", "2019-11-12")

    brief = as_pdf(KUENDIGUNG)
    case.file("Korrespondenz/Kündigung HB 14.06.2024.pdf", brief, "notice", "contractual", "2024-06-14")
    vorab = message(HEFTI, "u.buergi@rufkontor.example", "2024-06-14T16:48:00+02:00", "Vorabinfo: Kündigung DLV 2019-44",
                    "Guten Tag Herr Bürgi\n\nAnbei zur Information vorab unser Kündigungsschreiben. Das Original geht heute eingeschrieben an Sie.\n\n"
                    "Freundliche Grüsse\nReto Eigenmann\n", ident="<HB-7f31@heftibrunold.example>", attached=[("Kuendigung_DLV.pdf", brief)])
    case.mail("Mail/Geschäftsleitung/Vorabinfo Kündigung.eml", vorab, "notice", "contractual interaction", thread="hb-kuendigung")
    case.told("Mail/Geschäftsleitung/Vorabinfo Kündigung.eml", "notice", "contractual", "2024-06-14", inner="Kuendigung_DLV.pdf",
              duplicate_of="Korrespondenz/Kündigung HB 14.06.2024.pdf")
    case.file("Korrespondenz/Sendungsverfolgung R-Brief.txt", (
        "Sendungsverfolgung\nSendungsnummer 98.41.117340.00021765\nProdukt: Einschreiben (R) Inland\nAbsender: 9500 Wil SG\n\n"
        "15.06.2024 10:12  Aufgabe am Schalter, Wil SG\n17.06.2024 05:40  Sortierung Zürich-Mülligen\n"
        "18.06.2024 09:26  Zugestellt, 8400 Winterthur, Empfänger: Rufkontor AG, Geschäftsleitung, H. Kuster\n").encode(), "other", "contractual", "2024-06-18")
    case.file("Korrespondenz/20240624 Bestätigung Kündigung.pdf", as_pdf(BESTAETIGUNG), "legal_letter", "contractual dispute", "2024-06-24")
    einwand = message(HEFTI, "u.buergi@rufkontor.example", "2024-07-01T08:55:00+02:00", "Ihr Schreiben vom 24. Juni",
                      "Sehr geehrter Herr Bürgi\n\nWir sehen das anders: Das Kündigungsschreiben lag Ihnen schon am 14. Juni per E-Mail vor, und mit Frau Calle war der "
                      "30. September mündlich abgesprochen. Wir halten am 30.09.2024 fest und sind, ehrlich gesagt, enttäuscht über diesen Umgang.\n\nReto Eigenmann\n",
                      ident="<HB-80aa@heftibrunold.example>")
    case.mail("Mail/Geschäftsleitung/Ihr Schreiben vom 24. Juni.eml", einwand, "email", "contractual interaction dispute", thread="hb-ende", sentiment="negative")
    halt = message(BUERGI, "reto.eigenmann@heftibrunold.example", "2024-07-04T17:20:00+02:00", "AW: Ihr Schreiben vom 24. Juni",
                   "Sehr geehrter Herr Eigenmann\n\nGemäss Ziff. 12.4 genügt eine E-Mail nicht, und eine mündliche Absprache gibt es nach Rückfrage bei Frau Calle nicht. "
                   "Es bleibt beim 31. Oktober 2024.\n\nFreundliche Grüsse\nUrs Bürgi\n\nAm 01.07.2024 um 08:55 schrieb Reto Eigenmann:\n"
                   "> Wir halten am 30.09.2024 fest und sind, ehrlich gesagt,\n> enttäuscht über diesen Umgang.\n",
                   ident="<RK-5510@rufkontor.example>", answers="<HB-80aa@heftibrunold.example>")
    case.mail("Mail/Geschäftsleitung/AW Ihr Schreiben vom 24. Juni.eml", halt, "email", "contractual interaction dispute", thread="hb-ende", sentiment="neutral")
    lenkt = message(HEFTI, "u.buergi@rufkontor.example", "2024-07-12T11:03:00+02:00", "Re: AW: Ihr Schreiben vom 24. Juni",
                    "Guten Tag Herr Bürgi\n\nUm Streit zu vermeiden, akzeptieren wir ohne Anerkennung einer Rechtspflicht den 31. Oktober 2024 als Vertragsende.\n\n"
                    "Reto Eigenmann\n\n-----Ursprüngliche Nachricht-----\nVon: Urs Bürgi\nGesendet: Donnerstag, 4. Juli 2024 17:20\nAn: Reto Eigenmann\n"
                    "Betreff: AW: Ihr Schreiben vom 24. Juni\n\nEs bleibt beim 31. Oktober 2024.\n", ident="<HB-8113@heftibrunold.example>", answers="<RK-5510@rufkontor.example>")
    case.mail("Mail/Geschäftsleitung/Re AW Ihr Schreiben.eml", lenkt, "email", "contractual interaction dispute", thread="hb-ende", sentiment="neutral")
    grund = message(EIGENMANN, "s.calle@rufkontor.example", "2024-06-20T07:41:00+02:00", "unter uns",
                    "Liebe Seraina\n\nDu hast nach den Gründen gefragt. Im Verwaltungsrat hiess es: pro Kontakt seid ihr rund einen Drittel teurer als die Offerte aus Pristina, "
                    "und dorthin geht die Hotline ab Herbst auch (Dardania Voice). Dazu kam, dass ihr im Mai und Juni so viele Anrufe habt liegen lassen, da hat dann "
                    "niemand mehr für euch gesprochen. Mir persönlich tut es leid um dein Team.\n\nLiebe Grüsse\nMonika\n", ident="<HB-7fc2@heftibrunold.example>")
    case.mail("Mail/Calle/unter uns.eml", grund, "email", "interaction", sentiment="mixed")

    frage = message(CALLE, "n.vontobel@rufkontor.example", "2024-12-04T13:15:00+01:00", "HB: Sitzung 21.09.2023",
                    "Hallo Nadja\n\nLooser behauptet, ich hätte am 21. September 2023 auf die Mindestmenge verzichtet. Ein Protokoll der Sitzung finde ich in unserer Ablage nicht. "
                    "Kann das gefährlich werden?\n\nSeraina\n", ident="<RK-6021@rufkontor.example>")
    case.mail("Mail/Recht/HB Sitzung 21.09.2023.eml", frage, "email", "dispute interaction", privileged=True, thread="hb-rat", sentiment="neutral")
    rat = message(RECHT, "s.calle@rufkontor.example, u.buergi@rufkontor.example", "2024-12-06T18:02:00+01:00", "AW: HB: Sitzung 21.09.2023",
                  "Vertraulich - Rechtsberatung\n\nLiebe Seraina, lieber Urs\n\nMeine Einschätzung: Der Verzicht müsste nach Ziff. 18 schriftlich erfolgt sein, die Beweislast trägt "
                  "Hefti & Brunold. Das Prozessrisiko bei der Pönale schätze ich auf 40 %, weil unsere Zahlen für Mai und Juni klar unter 75 % liegen. Ich würde bei CHF 45'000 "
                  "bis 50'000 abschliessen.\n\nNadja Vontobel, Leiterin Rechtsdienst\n", ident="<RK-6044@rufkontor.example>", answers="<RK-6021@rufkontor.example>")
    case.mail("Mail/Recht/AW HB Sitzung.eml", rat, "email", "dispute interaction", privileged=True, thread="hb-rat", sentiment="neutral")

    case.file("Korrespondenz/20241118 Mindermenge.pdf", as_pdf(FORDERUNG), "claim", "dispute", "2024-11-18")
    case.file("Korrespondenz/Looser 02.12.2024.pdf", as_pdf(ANTWORT), "counterclaim", "dispute", "2024-12-02")
    angebot = message(BUERGI, "looser@looser-tobler.example", "2025-01-10T09:30:00+01:00", "HB / Rufkontor - Vergleichsvorschlag (ohne Präjudiz)",
                      "Sehr geehrter Herr Looser\n\nOhne Anerkennung einer Rechtspflicht und nur zu Vergleichszwecken: Rufkontor wäre bereit, die Angelegenheit gegen Zahlung von "
                      "CHF 60'000.00 zu erledigen. Der Vorschlag gilt bis Ende Januar.\n\nFreundliche Grüsse\nUrs Bürgi\n", ident="<RK-6130@rufkontor.example>")
    case.mail("Mail/Recht/Vergleichsvorschlag.eml", angebot, "email", "dispute interaction", thread="hb-vergleich", sentiment="neutral")
    gegen = message(ANWALT, "u.buergi@rufkontor.example", "2025-01-17T15:44:00+01:00", "AW: HB / Rufkontor - Vergleichsvorschlag (ohne Präjudiz)",
                    "Sehr geehrter Herr Bürgi\n\nNamens meiner Klientin lehne ich den Vorschlag über CHF 60'000.00 ab. Sie könnte sich, ebenfalls ohne Präjudiz, "
                    "CHF 35'000.00 vorstellen.\n\nFreundliche Grüsse\nBeat Looser\n\nAm 10.01.2025 um 09:30 schrieb Urs Bürgi:\n> Rufkontor wäre bereit, die Angelegenheit gegen Zahlung von\n"
                    "> CHF 60'000.00 zu erledigen.\n", ident="<LT-0117@looser-tobler.example>", answers="<RK-6130@rufkontor.example>")
    case.mail("Mail/Recht/AW Vergleichsvorschlag.eml", gegen, "email", "dispute interaction", thread="hb-vergleich", sentiment="neutral")
    case.file("Korrespondenz/Vergleich 2025-03-05.pdf", as_pdf(VERGLEICH), "settlement", "dispute contractual", "2025-03-05")

    case.file("Telefon/Aktennotiz Rückgabe.docx", as_docx([
        "# Aktennotiz", "Kunde: Hefti & Brunold (7714)", "Datum: 19.11.2024   Verfasser: S. Calle",
        "Die zwölf Vorführgeräte wurden heute mit dem eigenen Lieferwagen nach Wil gebracht und von Herrn Gubser (Lager) gegen Unterschrift übernommen. "
        "Wir sind damit neun Tage zu spät, die Frist lief am 10. November ab. Frau Signer hat am Telefon gemeint, das sei für sie kein Thema.",
        "Wegen der Sitzung vom 21.09.2023: Frau Signer hat selber auch kein Protokoll gefunden."]), "call_note", "interaction contractual", "2024-11-19", sentiment="neutral")
    case.file("Telefon/2024-10-08 Uebergabe HB.vtt", (
        "WEBVTT\n\n00:00:01.000 --> 00:00:06.000\n<v Seraina Calle>Grüezi Monika, wir wollten die Übergabe durchgehen.\n\n"
        "00:00:07.000 --> 00:00:14.000\n<v Monika Signer>Ja gern. Die Wissensdatenbank habt ihr ja schon geliefert, das war wirklich sauber gemacht.\n\n"
        "00:00:15.000 --> 00:00:22.000\n<v Seraina Calle>Danke. Die Personendaten löschen wir nach Vertragsende, die Bestätigung bekommst du im November.\n\n"
        "00:00:23.000 --> 00:00:31.000\n<v Monika Signer>Perfekt. Und bitte ruft unsere Filialen nach dem Oktober nicht mehr für Umfragen an.\n").encode(),
        "call_transcript", "interaction", "2024-10-08", sentiment="positive")
    case.file("Chat/Teams HB Betrieb 2024-06-05.json", teams(
        ("2024-06-05T06:12:00.1Z", "Monika Signer", "Schon wieder 14 Minuten Warteschlange, unsere Kundinnen laufen Sturm. So geht das nicht weiter!"),
        ("2024-06-05T06:15:20.1Z", "Seraina Calle", "Zwei Ausfälle heute früh, ab 9 Uhr sind wir wieder voll besetzt. Tut mir leid."),
        ("2024-06-05T06:16:44.1Z", "Monika Signer", "Das habe ich im Mai auch schon gehört.")), "chat", "interaction feedback", "2024-06-05", sentiment="negative",
        thread="teams-hb")
    case.file("Chat/Teams HB Betrieb 2024-06-18.json", teams(
        ("2024-06-18T07:31:00.1Z", "Heidi Kuster", "Eingeschriebener Brief von Hefti ist gerade gekommen, an die GL adressiert. Ich lege ihn Urs hin."),
        ("2024-06-18T07:33:00.1Z", "Seraina Calle", "Dann ist es also wirklich die Kündigung.")), "chat", "interaction contractual", "2024-06-18", thread="teams-hb")

    case.file("Exit/Löschbestätigung Personendaten.pdf", as_pdf([
        "Rufkontor AG, Winterthur", "# Löschbestätigung", "Datum: 22.11.2024", "Auftraggeberin: Hefti & Brunold Haushaltapparate AG, Vertrag DLV 2019-44, Ziff. 14.1",
        "Wir bestätigen, dass sämtliche Personendaten der Endkundinnen und Endkunden auf allen produktiven Systemen und Sicherungen am 22. November 2024 "
        "vollständig und unwiderruflich gelöscht wurden.", "sig. IT-Sicherheit, M. Frehner"]), "other", "contractual", "2024-11-22")

    case.file("Buchhaltung/Konto_7714.csv", KONTO.encode("cp1252"), "ledger", "billing", "2025-03-31")
    case.file("Buchhaltung/RE 24-0918.pdf", rechnung("RE 24-0918", "30.09.2024", [["Zusatzschicht Rückruf Backofen, 21.09.2024", "1", "4'000.00", "4'000.00"]],
              "4'000.00", "324.00", "4'324.00"), "invoice", "billing", "2024-09-30")
    case.file("Buchhaltung/RE 24-1004.pdf", rechnung("RE 24-1004", "15.10.2024", [["Zusatzschicht Rückruf Backofen, 21.09.2024", "1", "4'000.00", "4'000.00"]],
              "4'000.00", "324.00", "4'324.00"), "invoice", "billing", "2024-10-15", near_duplicate_of="Buchhaltung/RE 24-0918.pdf")
    case.file("Buchhaltung/GS 24-031.pdf", rechnung("GS 24-031", "25.10.2024", [["Storno RE 24-1004, doppelt fakturiert", "1", "4'000.00", "4'000.00"]],
              "4'000.00", "324.00", "4'324.00", "Gutschrift"), "credit_note", "billing", "2024-10-25")
    case.file("Buchhaltung/GS 24-029.pdf", rechnung("GS 24-029", "11.10.2024", [["Kulanz Ausfall Hotline 02.09.2024", "1", "1'000.00", "1'000.00"]],
              "1'000.00", "81.00", "1'081.00", "Gutschrift"), "credit_note", "billing", "2024-10-11")
    case.file("Buchhaltung/RE 24-1215 Schlussrechnung.pdf", rechnung("RE 24-1215", "13.12.2024", [["Schlussrechnung: Nachbearbeitung Tickets", "1", "6'000.00", "6'000.00"]],
              "6'000.00", "486.00", "6'486.00"), "invoice", "billing", "2024-12-13")
    doppelt = message(KREDI, "debitoren@rufkontor.example", "2024-10-21T10:05:00+02:00", "Rechnung doppelt",
                      "Guten Tag\n\nDie Zusatzschicht vom 21. September haben Sie uns zweimal verrechnet (RE 24-0918 und RE 24-1004, je CHF 4'324.00). "
                      "Bitte stornieren Sie eine davon.\n\nBesten Dank\nKreditorenbuchhaltung Hefti & Brunold\n", ident="<HB-8b01@heftibrunold.example>")
    storno = message(VONTOBEL, "kreditoren@heftibrunold.example", "2024-10-25T14:21:00+02:00", "AW: Rechnung doppelt",
                     "Guten Tag\n\nSie haben recht, das war unser Fehler. Die Gutschrift GS 24-031 liegt bei.\n\nFreundliche Grüsse\nDebitoren Rufkontor\n",
                     ident="<RK-5900@rufkontor.example>", answers="<HB-8b01@heftibrunold.example>")
    fehlt = message(KREDI, "debitoren@rufkontor.example", "2025-01-15T08:40:00+01:00", "Saldobestätigung / GS 24-029",
                    "Guten Tag\n\nIhre Schlussabrechnung vom 13. Dezember 2024 ist in Ordnung und wird zum 20. Januar beglichen. Auf Ihrem Kontoauszug fehlt allerdings die Gutschrift GS 24-029 "
                    "vom 11. Oktober 2024 über CHF 1'081.00. Wir bitten um Verbuchung.\n\nKreditorenbuchhaltung\n", ident="<HB-8f40@heftibrunold.example>")
    avis = message(KREDI, "debitoren@rufkontor.example", "2025-03-27T06:00:00+01:00", "Zahlungsavis 3301",
                   "Zahlungsavis 3301\nValuta 28.03.2025\n\nRE 25-0305   CHF 48'500.00\nTotal        CHF 48'500.00\n\nDiese Nachricht wurde automatisch erstellt.\n",
                   ident="<HB-9a12@heftibrunold.example>")
    case.mbox("Mail/debitoren.mbox", [
        (doppelt, "email", "billing interaction", {"thread": "hb-doppelt", "sentiment": "neutral"}),
        (storno, "email", "billing interaction", {"thread": "hb-doppelt", "sentiment": "neutral"}),
        (fehlt, "email", "billing interaction", {"sentiment": "neutral"}),
        (avis, "payment_advice", "billing dispute", {})])

    case.file("Qualität/Servicelevel 2024 HB.xlsx", as_xlsx({"2024": [
        ["Servicelevel-Bericht Hefti & Brunold 2024"], [], ["Monat", "Anrufe angeboten", "Annahme innert 20 s", "Zielwert"],
        ["April 2024", 4120, (0.812, "0.0%"), (0.8, "0%")], ["Mai 2024", 4388, (0.712, "0.0%"), (0.8, "0%")], ["Juni 2024", 4290, (0.684, "0.0%"), (0.8, "0%")]]}),
        "sla_report", "feedback", "2024-06-30")
    case.file("Qualität/Umfrage Hotline Q2 2024.csv", (
        b"Datum\tAnliegen\tNote (1-6)\tBemerkung\n03.05.2024\tReparatur\t3\tzu lange gewartet\n17.05.2024\tGarantie\t4\t\n06.06.2024\tReparatur\t2\taus der Leitung geflogen\n"
        b"28.06.2024\tErsatzteil\t5\tfreundlich\n"), "survey", "feedback", "2024-06-30")
    case.file("Qualität/Halbjahresgespräch 2024.docx", as_docx([
        "# Halbjahresgespräch Hefti & Brunold / Rufkontor", "Wil, 9. Juli 2024. Anwesend: M. Signer (HB), S. Calle (Rufkontor).",
        [["Kennzahl", "Wert", "Ziel"], ["Weiterempfehlung (NPS)", "12", "30"], ["Zufriedenheit (Schulnote)", "3.9", "4.8"]],
        "Die Ergebnisse des ersten Halbjahres sind aus Sicht von HB ungenügend. Rufkontor stellt bis Ende Juli drei zusätzliche Mitarbeitende ein."]),
        "review", "feedback interaction", "2024-07-09", sentiment="negative")

    notice = case.paths("Korrespondenz/Kündigung HB 14.06.2024.pdf", "Mail/Geschäftsleitung/Vorabinfo Kündigung.eml")
    terms = case.paths("Verträge/DLV 2019-44 unterzeichnet.pdf", "Verträge/Nachtrag 2.docx")
    end = case.paths("Korrespondenz/20240624 Bestätigung Kündigung.pdf", "Mail/Geschäftsleitung/Ihr Schreiben vom 24. Juni.eml", "Mail/Geschäftsleitung/AW Ihr Schreiben vom 24. Juni.eml",
                     "Mail/Geschäftsleitung/Re AW Ihr Schreiben.eml")
    settled = case.paths("Korrespondenz/Vergleich 2025-03-05.pdf")

    step = partial(case.step, currency="CHF")

    case.close(
        client={"id": "C-2107", "legal_name": "Hefti & Brunold Haushaltapparate AG", "aliases": ["Hefti & Brunold", "HB", "7714", "DLV 2019-44"]},
        history={
            "terminations": [{
                "contract_number": "DLV 2019-44", "contract_effective_date": "2020-01-01", "contract_expiry_date": None, "governing_law": "Switzerland",
                "notice": {"given_by": "client", "date_on_document": "2024-06-14", "date_received": "2024-06-18", "method": "registered_post", "ground": "convenience",
                           "stated_effective_date": "2024-09-30", "documents": notice},
                "required_notice": {"value": 4, "unit": "months", "measured_from": "receipt", "documents": terms},
                "earliest_compliant_date": "2024-10-31", "effective_date": "2024-10-31", "status": "terminated",
                "conditions": [
                    {"name": "notice_period", "met": False, "documents": [*terms, *notice, *end]},
                    {"name": "notice_method", "met": True, "documents": [*terms, *notice, *case.paths("Korrespondenz/Sendungsverfolgung R-Brief.txt")]},
                    {"name": "notice_address", "met": True, "documents": [*terms, *notice, *case.paths("Korrespondenz/Sendungsverfolgung R-Brief.txt")]},
                    {"name": "asset_return", "met": False, "documents": case.paths("Telefon/Aktennotiz Rückgabe.docx", "Verträge/DLV 2019-44 unterzeichnet.pdf")},
                    {"name": "data_return_or_deletion", "met": True, "documents": case.paths("Exit/Löschbestätigung Personendaten.pdf", "Verträge/DLV 2019-44 unterzeichnet.pdf")},
                    {"name": "final_invoice", "met": True, "documents": case.paths("Mail/debitoren.mbox", "Buchhaltung/RE 24-1215 Schlussrechnung.pdf", "Buchhaltung/Konto_7714.csv")},
                ],
                "penalties": [
                    {"kind": "minimum_commitment_shortfall", "amount": 48500.0, "currency": "CHF", "status": "paid", "documents": [*settled, *case.paths("Buchhaltung/Konto_7714.csv")]},
                    {"kind": "minimum_commitment_shortfall", "amount": 36100.0, "currency": "CHF", "status": "waived", "documents": settled}],
                "reasons": [{"code": code, "documents": case.paths(*places)} for code, places in (
                    ("price", ("Mail/Calle/unter uns.eml",)), ("competitor", ("Mail/Calle/unter uns.eml",)),
                    ("service_quality", ("Mail/Calle/unter uns.eml", "Chat/Teams HB Betrieb 2024-06-05.json")))]}],
            "disputes": [{
                "title": "Mindermengenausgleich 2024", "status": "settled",
                "steps": [
                    step("2024-11-18", "claim", "provider", 84600.0, "Korrespondenz/20241118 Mindermenge.pdf"),
                    step("2024-12-02", "response", "client", None, "Korrespondenz/Looser 02.12.2024.pdf"),
                    step("2024-12-02", "counterclaim", "client", 31250.0, "Korrespondenz/Looser 02.12.2024.pdf"),
                    step("2025-01-10", "offer", "provider", 60000.0, "Mail/Recht/Vergleichsvorschlag.eml"),
                    step("2025-01-17", "rejection", "client", 60000.0, "Mail/Recht/AW Vergleichsvorschlag.eml"),
                    step("2025-01-17", "offer", "client", 35000.0, "Mail/Recht/AW Vergleichsvorschlag.eml"),
                    step("2025-02-26", "mediation", "third_party", None, "Korrespondenz/Vergleich 2025-03-05.pdf"),
                    step("2025-03-05", "settlement", "client", 48500.0, "Korrespondenz/Vergleich 2025-03-05.pdf"),
                    step("2025-03-05", "withdrawal", "client", 31250.0, "Korrespondenz/Vergleich 2025-03-05.pdf"),
                    step("2025-03-28", "payment", "client", 48500.0, "Buchhaltung/Konto_7714.csv", "Mail/debitoren.mbox")],
                "outcome": {"amount": 48500.0, "currency": "CHF", "payer": "client"}}],
            "billing": {"currency": "CHF", "invoiced_total": 198759.0, "paid_total": 194435.0, "credited_total": 4324.0, "refunded_total": 0,
                        "outstanding_as_of": {"date": "2025-03-31", "amount": 0.0},
                        "discrepancies": [
                            {"kind": "duplicate_invoice", "amount": 4324.0, "documents": case.paths("Buchhaltung/RE 24-0918.pdf", "Buchhaltung/RE 24-1004.pdf", "Mail/debitoren.mbox")},
                            {"kind": "unrecorded_credit", "amount": 1081.0, "documents": case.paths("Buchhaltung/GS 24-029.pdf", "Mail/debitoren.mbox", "Buchhaltung/Konto_7714.csv")}]},
            "feedback": [
                {"date": "2024-05-31", "metric": "Annahme innert 20 s", "value": 0.712, "target": 0.8, "documents": case.paths("Qualität/Servicelevel 2024 HB.xlsx")},
                {"date": "2024-06-30", "metric": "Annahme innert 20 s", "value": 0.684, "target": 0.8, "documents": case.paths("Qualität/Servicelevel 2024 HB.xlsx")},
                {"date": "2024-07-09", "metric": "NPS", "value": 12, "target": 30, "documents": case.paths("Qualität/Halbjahresgespräch 2024.docx")},
                {"date": "2024-07-09", "metric": "Zufriedenheit", "value": 3.9, "target": 4.8, "documents": case.paths("Qualität/Halbjahresgespräch 2024.docx")}],
            "gaps": [{"what": "Protokoll der Sitzung vom 21. September 2023", "mentioned_in": case.paths(
                "Korrespondenz/Looser 02.12.2024.pdf", "Mail/Recht/HB Sitzung 21.09.2023.eml", "Mail/Recht/AW HB Sitzung.eml", "Telefon/Aktennotiz Rückgabe.docx")}],
            "conflicts": [
                {"what": "Vertragsende 30. September oder 31. Oktober 2024", "documents": [*notice, *end, *settled]},
                {"what": "Kündigungsfrist im Entwurf drei, im unterzeichneten Nachtrag vier Monate",
                 "documents": case.paths("Verträge/Nachtrag 2.docx", "Verträge/alt/Nachtrag 2 Entwurf1.docx")}]},
        win_back={"recommended": None, "must_mention": ["keine Anrufe bei den Filialen nach Oktober 2024"],
                  "must_not_disclose": case.paths("Mail/Recht/HB Sitzung 21.09.2023.eml", "Mail/Recht/AW HB Sitzung.eml")},
        queries=[
            {"id": "hb-1", "user": "legal", "text": "wann ist die Kündigung von Hefti & Brunold eingegangen", "relevant": {
                notice[0]: 2, case.path("Korrespondenz/Sendungsverfolgung R-Brief.txt"): 2, end[0]: 2, case.path("Chat/Teams HB Betrieb 2024-06-18.json"): 2, end[1]: 1, end[2]: 1}},
            {"id": "hb-2", "user": "legal", "text": "Kündigungsfrist Nachtrag 2", "relevant": {
                case.path("Verträge/Nachtrag 2.docx"): 2, case.path("Verträge/alt/Nachtrag 2 Entwurf1.docx"): 1, terms[0]: 1, end[0]: 1}},
            {"id": "hb-3", "user": "legal", "text": "Protokoll Sitzung 21. September 2023 Verzicht Mindestvolumen", "relevant": {
                case.path("Korrespondenz/Looser 02.12.2024.pdf"): 2, case.path("Mail/Recht/HB Sitzung 21.09.2023.eml"): 2, case.path("Mail/Recht/AW HB Sitzung.eml"): 1,
                case.path("Telefon/Aktennotiz Rückgabe.docx"): 2}},
            {"id": "hb-4", "user": "auditor", "text": "doppelt verrechnete Zusatzschicht", "relevant": {
                case.path("Buchhaltung/RE 24-0918.pdf"): 2, case.path("Buchhaltung/RE 24-1004.pdf"): 2, case.path("Buchhaltung/GS 24-031.pdf"): 2, case.path("Mail/debitoren.mbox"): 2,
                case.path("Buchhaltung/Konto_7714.csv"): 1}},
            {"id": "hb-5", "user": "agent", "text": "warum hat Hefti Brunold gekündigt", "relevant": {
                case.path("Mail/Calle/unter uns.eml"): 2, case.path("Chat/Teams HB Betrieb 2024-06-05.json"): 1, case.path("Qualität/Halbjahresgespräch 2024.docx"): 1}},
            {"id": "hb-6", "user": "auditor", "text": "Löschung der Personendaten bestätigt", "relevant": {
                case.path("Exit/Löschbestätigung Personendaten.pdf"): 2, terms[0]: 1, case.path("Telefon/2024-10-08 Uebergabe HB.vtt"): 1}}])
