"""Voltara: a Viennese energy supplier gives ordinary notice to the quarter's end after a quarrel about quality, and a Pönale is compromised."""
from __future__ import annotations

import json
from functools import partial
from pathlib import Path

from cases.case_files import Block, Case, as_docx, as_pdf, as_xlsx, message

TRAGER = "Bernhard Trager <b.trager@callmuehle.example>"
EDLINGER = "Nina Edlinger <n.edlinger@callmuehle.example>"
RECHT = "Mag. Pia Zauner <p.zauner@callmuehle.example>"
BUCH = "Buchhaltung Callmühle <buchhaltung@callmuehle.example>"
HOLL = "Dr. Markus Hollenthoner <hollenthoner@hollenthoner-partner.example>"
WIMMER = "DI Karl Wimmer-Fuchs <karl.wimmer-fuchs@voltara.example>"
SEIDL = "Manuela Seidl <manuela.seidl@voltara.example>"
KRED = "Rechnungsprüfung <rechnungen@voltara.example>"

VERTRAG: list[Block] = [
    "# RAHMENVERTRAG ÜBER KUNDENSERVICELEISTUNGEN",
    "Vertrags-Nr. KS-2018/07",
    "abgeschlossen zwischen",
    "Voltara Energievertrieb GmbH, FN 318204 p, Gudrunstraße 201, 1100 Wien, im Folgenden kurz „AG“, einerseits und",
    "Callmühle Kundendialog GmbH, FN 241977 k, Conrad-von-Hötzendorf-Straße 88, 8010 Graz, im Folgenden kurz „AN“, andererseits wie folgt:",
    "# 1. Vertragsgegenstand",
    "1.1 Die AN übernimmt für die AG die telefonische und schriftliche Betreuung ihrer Strom- und Gaskunden in der in Beilage ./B beschriebenen Art und Güte.",
    "# 5. Entgelt",
    "5.1 Das Entgelt beträgt EUR 4,20 je bearbeitetem Kontakt, zzgl. der gesetzlichen USt. 5.2 Rechnungen sind binnen 30 Tagen ab Rechnungseingang ohne Abzug fällig.",
    "# 9. Qualität, Pönale",
    "9.1 Die AN sichert eine Erreichbarkeit von 85 % im Monatsschnitt zu (angenommene zu angebotenen Anrufen).",
    "9.2 Unterschreitet die Erreichbarkeit in einem Kalendermonat den Wert laut Pkt. 9.1 um mehr als 5 Prozentpunkte, so gebührt der AG je betroffenem Monat eine "
    "verschuldensabhängige Pönale in Höhe von EUR 12.000,--. Das richterliche Mäßigungsrecht bleibt unberührt.",
    "# 14. Vertragsdauer, Kündigung",
    "14.1 Der Vertrag tritt mit 1. Juni 2018 in Kraft und wird auf unbestimmte Zeit abgeschlossen.",
    "14.2 Er kann von jedem Vertragsteil ohne Angabe von Gründen unter Einhaltung einer sechsmonatigen Kündigungsfrist jeweils zum 30. Juni oder 31. Dezember aufgekündigt werden.",
    "14.3 Die Aufkündigung hat bei sonstiger Unwirksamkeit mittels eingeschriebenen Briefes an die eingangs genannte Geschäftsanschrift zu erfolgen. Für die Wahrung der Frist kommt es "
    "auf das Einlangen beim anderen Vertragsteil an.",
    "14.4 Das Recht zur sofortigen Auflösung aus wichtigem Grund bleibt unberührt.",
    "# 15. Folgen der Beendigung",
    "15.1 Die AN hat sämtliche von der AG beigestellten Geräte (25 Headsets, 14 Thin Clients) binnen 14 Tagen nach Vertragsende an die AG zurückzustellen.",
    "15.2 Personenbezogene Daten der Kunden sind binnen 30 Tagen nach Vertragsende zu löschen; die Löschung ist schriftlich zu bestätigen.",
    "15.3 Die AN legt binnen sechs Wochen nach Vertragsende eine Schlussrechnung.",
    "# 19. Schlussbestimmungen",
    "19.1 Änderungen und Ergänzungen bedürfen der Schriftform; dies gilt auch für das Abgehen von diesem Formerfordernis. 19.2 Auf diesen Vertrag findet österreichisches Recht "
    "unter Ausschluss der Verweisungsnormen Anwendung. Gerichtsstand ist das sachlich zuständige Gericht in 1010 Wien.",
    "Wien, am 22. Mai 2018",
    "DI Karl Wimmer-Fuchs e.h.                    Ing. Bernhard Trager e.h.\nfür die AG                    für die AN",
]

ZV2: list[Block] = [
    "# 2. Zusatzvereinbarung",
    "zum Rahmenvertrag über Kundenserviceleistungen Nr. KS-2018/07",
    "Voltara Energievertrieb GmbH (AG) und Callmühle Kundendialog GmbH (AN) kommen überein:",
    "I. Pkt. 14.2 entfällt und wird durch folgende Bestimmung ersetzt:",
    "„14.2 Der Vertrag kann von jedem Vertragsteil ohne Angabe von Gründen unter Einhaltung einer Kündigungsfrist von drei Monaten zum Ende eines jeden Kalenderquartals aufgekündigt werden.“",
    "II. Das Entgelt gem. Pkt. 5.1 in der Fassung der 1. Zusatzvereinbarung wird einvernehmlich ab 1. Februar 2023 mit EUR 4,15 je Kontakt festgesetzt.",
    "III. Alle übrigen Bestimmungen bleiben vollinhaltlich aufrecht.",
    "Wien/Graz, am 18. Jänner 2023",
    "Wimmer-Fuchs e.h.                    Trager e.h.",
]

ENTWURF: list[Block] = [
    "ENTWURF vom 12. Dezember 2022 - zur Durchsicht B.T. / P.Z. - nicht unterfertigt",
    *[b.replace("drei Monaten", "zwei Monaten").replace("EUR 4,15", "EUR 4,25").replace("am 18. Jänner 2023", "am ____________").replace(" e.h.", "")
      for b in ZV2 if isinstance(b, str)],
]

KUENDIGUNG: list[Block] = [
    "Voltara Energievertrieb GmbH\nGudrunstraße 201\n1100 Wien",
    "EINGESCHRIEBEN",
    "An die\nCallmühle Kundendialog GmbH\nz.H. Geschäftsführung\nConrad-von-Hötzendorf-Straße 88\n8010 Graz",
    "Wien, am 25. März 2024\nUnser Zeichen: KWF/ms",
    "# Betreff: Rahmenvertrag KS-2018/07 - Aufkündigung",
    "Sehr geehrter Herr Ing. Trager!",
    "Namens der Voltara Energievertrieb GmbH kündigen wir den im Betreff genannten Rahmenvertrag samt allen Zusatzvereinbarungen unter Einhaltung der vereinbarten Frist zum 30. Juni 2024 auf.",
    "Über die Übergabe der laufenden Fälle und die Rückstellung der Geräte wird sich Frau Seidl mit Ihnen ins Einvernehmen setzen.",
    "Wir ersuchen um schriftliche Bestätigung.",
    "Mit freundlichen Grüßen",
    "DI Karl Wimmer-Fuchs\nGeschäftsführer",
]

BESTAETIGUNG: list[Block] = [
    "Callmühle Kundendialog GmbH, Conrad-von-Hötzendorf-Straße 88, 8010 Graz",
    "Voltara Energievertrieb GmbH\nHerrn GF DI Karl Wimmer-Fuchs\nGudrunstraße 201\n1100 Wien",
    "Graz, 9. April 2024",
    "# Ihr Kündigungsschreiben vom 25. März 2024",
    "Sehr geehrter Herr Diplomingenieur!",
    "Ihre Kündigung ist uns am 2. April 2024 per Einschreiben zugegangen. Da zwischen diesem Tag und dem 30. Juni 2024 keine vollen drei Monate liegen, "
    "wirkt sie gemäß Pkt. 14.2 idF der 2. Zusatzvereinbarung erst zum nächstfolgenden Quartalsende. Das Vertragsverhältnis endet sohin mit Ablauf des 30. September 2024.",
    "Das vorab übermittelte E-Mail entspricht nicht der Form des Pkt. 14.3.",
    "Wir bedauern Ihre Entscheidung und werden unsere Leistungen bis dahin in gewohnter Weise erbringen.",
    "Mit freundlichen Grüßen\nIng. Bernhard Trager",
]

POENALE: list[Block] = [
    "Voltara Energievertrieb GmbH\nGudrunstraße 201, 1100 Wien",
    "Eingeschrieben\nCallmühle Kundendialog GmbH, Conrad-von-Hötzendorf-Straße 88, 8010 Graz",
    "Wien, am 15. April 2024",
    "# Rahmenvertrag KS-2018/07: Pönale gem. Pkt. 9.2",
    "Sehr geehrte Damen und Herren!",
    "Die Erreichbarkeit lag im Dezember 2023 bei 76,4 %, im Jänner 2024 bei 71,9 % und im Februar 2024 bei 78,8 %, somit jeweils um mehr als 5 Prozentpunkte unter dem zugesicherten Wert.",
    "Auf diesen Missstand haben wir bereits im Qualitätsgespräch am 14. November 2023 hingewiesen (siehe das von Ihnen verfasste Protokoll, das uns bis heute nicht übermittelt wurde).",
    "Wir stellen daher die Pönale für drei Monate, sohin EUR 36.000,--, fällig und erwarten den Eingang auf unserem Konto bis längstens 30. April 2024. "
    "Widrigenfalls werden wir den Betrag gegen offene Rechnungen aufrechnen.",
    "Hochachtungsvoll\nDI Karl Wimmer-Fuchs",
]

STELLUNGNAHME: list[Block] = [
    "Callmühle Kundendialog GmbH",
    "Graz, am 29. April 2024",
    "An die Voltara Energievertrieb GmbH, Gudrunstraße 201, 1100 Wien",
    "# Stellungnahme zu Ihrem Schreiben vom 15.4.2024",
    "Sehr geehrter Herr DI Wimmer-Fuchs!",
    "1. Die geltend gemachte Pönale besteht weder dem Grunde noch der Höhe nach zu Recht. Zwischen 27. Dezember 2023 und 11. Jänner 2024 war Ihre eigene Telefonanlage gestört; ein Verschulden "
    "der AN liegt nicht vor. Jedenfalls wäre die Pönale gem. § 1336 Abs 2 ABGB zu mäßigen.",
    "2. Ein Protokoll über das Gespräch vom 14. November 2023 liegt uns nicht vor; nach unseren Aufzeichnungen wurde keines angefertigt.",
    "3. Unsererseits steht noch das Entgelt für die Mehrleistungen „Strompreisbremse-Hotline“ (1.-28. März 2024) laut Rechnung AR 2024-0419 über EUR 18.720,-- brutto offen, "
    "welches wir hiemit einfordern. Eine Aufrechnung wird ausdrücklich nicht akzeptiert.",
    "Freundliche Grüße\nIng. Bernhard Trager, Geschäftsführer",
]

VERGLEICH: list[Block] = [
    "# BEREINIGUNGSVEREINBARUNG",
    "abgeschlossen zwischen der Voltara Energievertrieb GmbH, Wien (kurz „Voltara“), und der Callmühle Kundendialog GmbH, Graz (kurz „Callmühle“)",
    "Präambel: Voltara hat mit Schreiben vom 15. April 2024 eine Pönale von EUR 36.000,-- geltend gemacht, Callmühle eine Mehrleistung von EUR 18.720,-- verrechnet. Zur Vermeidung eines "
    "Rechtsstreits vereinbaren die Parteien:",
    "1. Callmühle gewährt Voltara zur Abgeltung der Pönale für Dezember 2023 bis Februar 2024 einen Pauschalbetrag von EUR 20.000,--, und zwar durch Gutschrift bis 30. Juni 2024.",
    "2. Auf die darüber hinausgehende Pönale (EUR 16.000,--) verzichtet Voltara.",
    "3. Callmühle zieht die Forderung aus der Rechnung AR 2024-0419 zurück und storniert diese.",
    "4. Außer Streit steht, dass der Rahmenvertrag KS-2018/07 mit 30. September 2024 endet.",
    "5. Mit Erfüllung sind alle wechselseitigen Ansprüche aus den in der Präambel genannten Sachverhalten bereinigt und verglichen.",
    "Wien, am 24. Juni 2024",
    "DI Karl Wimmer-Fuchs e.h.          Ing. Bernhard Trager e.h.",
]

KONTO = """Callmühle Kundendialog GmbH\t\t\t\t\t\t
Kontoblatt\t20311 Voltara Energievertrieb GmbH\t\t\tStand 30.11.2024\t\t
BelDat\tBS\tBelNr\tText\tSoll\tHaben\tSaldo
31.01.2024\tAR\t2024-0107\tKundenservice Jänner\t38.400,00\t\t38.400,00
29.02.2024\tAR\t2024-0212\tKundenservice Februar\t36.960,00\t\t75.360,00
29.02.2024\tBK\t41\tZahlung AR 2024-0107\t\t38.400,00\t36.960,00
28.03.2024\tBK\t63\tZahlung AR 2024-0212\t\t36.960,00\t0,00
29.03.2024\tAR\t2024-0331\tKundenservice März\t32.364,00\t\t32.364,00
19.04.2024\tAR\t2024-0419\tMehrleistung Strompreisbremse\t18.720,00\t\t51.084,00
30.04.2024\tAR\t2024-0428\tKundenservice April\t31.200,00\t\t82.284,00
30.04.2024\tBK\t88\tZahlung AR 2024-0331\t\t32.364,00\t49.920,00
07.05.2024\tBK\t93\tZahlung AR 2024-0331\t\t32.364,00\t17.556,00
22.05.2024\tBK\t104\tRücküberweisung Doppelzahlung\t32.364,00\t\t49.920,00
31.05.2024\tAR\t2024-0533\tKundenservice Mai\t30.000,00\t\t79.920,00
31.05.2024\tBK\t111\tZahlung AR 2024-0428\t\t31.200,00\t48.720,00
05.06.2024\tGS\t2024-0098\tGutschrift Preisdifferenz AR 2024-0331\t\t1.488,00\t47.232,00
28.06.2024\tBK\t130\tZahlung AR 2024-0533\t\t30.000,00\t17.232,00
28.06.2024\tAR\t2024-0640\tKundenservice Juni\t29.400,00\t\t46.632,00
28.06.2024\tGS\t2024-0117\tGutschrift lt. Bereinigungsvereinbarung\t\t20.000,00\t26.632,00
28.06.2024\tGS\t2024-0118\tStorno AR 2024-0419\t\t18.720,00\t7.912,00
31.07.2024\tBK\t152\tZahlung Restbetrag\t\t7.912,00\t0,00
31.07.2024\tAR\t2024-0729\tKundenservice Juli\t28.800,00\t\t28.800,00
30.08.2024\tBK\t171\tZahlung AR 2024-0729\t\t28.800,00\t0,00
30.08.2024\tAR\t2024-0835\tKundenservice August\t27.600,00\t\t27.600,00
30.09.2024\tBK\t190\tZahlung AR 2024-0835\t\t27.600,00\t0,00
15.10.2024\tAR\t2024-1015\tSchlussrechnung September\t26.400,00\t\t26.400,00
14.11.2024\tBK\t221\tZahlung AR 2024-1015\t\t26.400,00\t0,00
"""


def beleg(word: str, number: str, day: str, lines: list[list[str]], net: str, tax: str | None, gross: str, foot: str) -> bytes:
    """Return an invoice or a credit note as the provider prints one."""
    return as_pdf(["Callmühle Kundendialog GmbH - UID ATU00000017 - FN 241977 k", "Voltara Energievertrieb GmbH\nRechnungsprüfung\nGudrunstraße 201\n1100 Wien",
                   f"# {word} {number}", f"Graz, {day}          Kundennr. 20311          Vertrag KS-2018/07",
                   [["Bezeichnung", "Menge", "EP", "EUR"], *lines, ["netto", "", "", net], *([["20 % USt", "", "", tax]] if tax else []), ["Gesamt", "", "", gross]], foot])


def teams(chat: str, *lines: tuple[str, str, str]) -> bytes:
    """Return a Teams export of (time, name, text)."""
    return json.dumps({"@odata.context": "https://graph.example/v1.0/$metadata#chats('v')/messages", "value": [
        {"id": str(1704700000000 + i), "messageType": "message", "createdDateTime": when, "chatId": f"19:{chat}@thread.v2", "locale": "de-at",
         "from": {"user": {"id": name.lower().replace(" ", ""), "displayName": name, "userIdentityType": "aadUser"}},
         "body": {"contentType": "html", "content": f"<p>{text}</p>"}, "attachments": [], "mentions": [], "reactions": []}
        for i, (when, name, text) in enumerate(lines)]}, ensure_ascii=False).encode()


def write(root: Path) -> None:
    """Write the case below `root`."""
    case = Case(root, "voltara", "C-2701", "de")
    case.file("Verträge/KS-2018-07 Rahmenvertrag.pdf", as_pdf(VERTRAG), "contract", "contractual", "2018-05-22")
    case.file("Verträge/1. Zusatzvereinbarung.docx", as_docx([
        "# 1. Zusatzvereinbarung zum Rahmenvertrag KS-2018/07", "zwischen Voltara Energievertrieb GmbH und Callmühle Kundendialog GmbH",
        "Das Entgelt laut Pkt. 5.1 wird ab 1. Jänner 2021 wertgesichert auf EUR 4,35 je Kontakt angehoben. Sonst bleibt alles gleich.",
        "Graz, am 30. November 2020", "Wimmer-Fuchs e.h.     Trager e.h."]), "amendment", "contractual", "2020-11-30")
    case.file("Verträge/2. ZV unterfertigt.pdf", as_pdf(ZV2), "amendment", "contractual", "2023-01-18")
    case.file("Verträge/alt/2. ZV Entwurf 12-12-2022.docx", as_docx(ENTWURF), "amendment", "contractual", "2022-12-12", near_duplicate_of="Verträge/2. ZV unterfertigt.pdf")
    case.file("Verträge/Beilage B Leistungsverzeichnis.docx", as_docx([
        "# Beilage ./B - Leistungsverzeichnis", "zum Rahmenvertrag KS-2018/07, Auftraggeberin Voltara Energievertrieb GmbH, Stand 22. Mai 2018",
        [["Pos.", "Leistung", "Zeiten"], ["1", "Hotline Strom/Gas", "Mo-Fr 7-19 Uhr, Sa 8-13 Uhr"], ["2", "Schriftverkehr, An-/Abmeldungen", "Mo-Fr 8-16 Uhr"]],
        "Beigestellt werden: 25 Stk. Headsets, 14 Stk. Thin Clients."]), "sow", "contractual", "2018-05-22")
    case.file("Verträge/AVV.docx", as_docx([
        "# Vereinbarung über eine Auftragsverarbeitung nach Art. 28 DSGVO", "Der Verantwortliche: Voltara Energievertrieb GmbH. Der Auftragsverarbeiter: Callmühle Kundendialog GmbH.",
        "6. Nach Beendigung der Verarbeitung sind alle Daten binnen 30 Tagen zu löschen und ist hierüber ein Protokoll zu übermitteln.", "Wien, am 22. Mai 2018"]),
        "contract", "contractual", "2018-05-22")

    brief = as_pdf(KUENDIGUNG)
    case.file("Briefe/Kündigung Voltara.pdf", brief, "notice", "contractual", "2024-03-25")
    vorab = message(WIMMER, "b.trager@callmuehle.example", "2024-03-26T15:31:00+01:00", "KS-2018/07",
                    "Sehr geehrter Herr Ing. Trager,\n\nvorab zur Kenntnis übermittle ich Ihnen unser Schreiben betreffend die Beendigung des Rahmenvertrages. Das Original geht Ihnen "
                    "rekommandiert zu.\n\nMfG\nK. Wimmer-Fuchs\n", ident="<v-0326@voltara.example>", attached=[("Schreiben Callmuehle.pdf", brief)])
    case.mail("Mail/GF/KS-2018-07.eml", vorab, "notice", "contractual interaction", thread="v-k")
    case.told("Mail/GF/KS-2018-07.eml", "notice", "contractual", "2024-03-25", inner="Schreiben Callmuehle.pdf", duplicate_of="Briefe/Kündigung Voltara.pdf")
    case.file("Briefe/Sendungsverlauf RO 4471.txt", (
        "Sendungsnummer RO 44 718 220 5 AT\nProdukt: Brief Einschreiben national\nAbsender: Voltara Energievertrieb GmbH, 1100 Wien\n\n"
        "27.03.2024 16:05 Aufgegeben in Postfiliale 1100 Wien\n28.03.2024 09:50 Zustellversuch, Empfänger nicht angetroffen (Betriebsurlaub)\n"
        "29.03.2024 08:00 Hinterlegt in Postfiliale 8010 Graz\n02.04.2024 10:14 Ausgefolgt an Übernahmeberechtigten, 8010 Graz, Callmühle Kundendialog\n").encode(), "other", "contractual", "2024-04-02")
    case.file("Briefe/2024-04-09 an Voltara.pdf", as_pdf(BESTAETIGUNG), "legal_letter", "contractual dispute", "2024-04-09")
    einwand = message(WIMMER, "b.trager@callmuehle.example", "2024-04-12T09:12:00+02:00", "Kündigungstermin",
                      "Sehr geehrter Herr Ing. Trager,\n\nIhre Rechtsansicht vom 9.4. teilen wir nicht. Das Schreiben lag Ihnen bereits am 26. März per E-Mail vor, und dass Ihr Betrieb über Ostern "
                      "zugesperrt hat, kann nicht zu unseren Lasten gehen. Der Vertrag endet mit 30.6.2024. Dieses Taktieren finden wir schlicht enttäuschend.\n\nWimmer-Fuchs\n",
                      ident="<v-0412@voltara.example>")
    case.mail("Mail/GF/Kündigungstermin.eml", einwand, "email", "contractual interaction dispute", thread="v-t", sentiment="negative")
    halt = message(TRAGER, "karl.wimmer-fuchs@voltara.example", "2024-04-17T11:40:00+02:00", "AW: Kündigungstermin",
                   "Sehr geehrter Herr DI Wimmer-Fuchs,\n\nmaßgeblich ist laut Vertrag das Einlangen des eingeschriebenen Briefes, und das war der 2. April. Das Vertragsende ist daher der 30. September 2024. "
                   "Ich bitte um Verständnis.\n\nBeste Grüße aus Graz\nBernhard Trager\n\nVon: DI Karl Wimmer-Fuchs\nGesendet: Freitag, 12. April 2024 09:12\nAn: Bernhard Trager\nBetreff: Kündigungstermin\n\n"
                   "Ihre Rechtsansicht vom 9.4. teilen wir nicht.\n", ident="<c-0417@callmuehle.example>", answers="<v-0412@voltara.example>")
    case.mail("Mail/GF/AW Kündigungstermin.eml", halt, "email", "contractual interaction dispute", thread="v-t", sentiment="neutral")
    lenkt = message(WIMMER, "b.trager@callmuehle.example", "2024-04-22T16:55:00+02:00", "Re: AW: Kündigungstermin",
                    "Sehr geehrter Herr Ing. Trager,\n\nnach Rücksprache mit unserer Rechtsabteilung nehmen wir den 30. September 2024 als Vertragsende zur Kenntnis. Bitte stimmen Sie den Ausstieg "
                    "mit Fr. Seidl ab.\n\nMfG Wimmer-Fuchs\n", ident="<v-0422@voltara.example>", answers="<c-0417@callmuehle.example>")
    case.mail("Mail/GF/Re AW Kündigungstermin.eml", lenkt, "email", "contractual interaction dispute", thread="v-t", sentiment="neutral")
    grund = message(SEIDL, "n.edlinger@callmuehle.example", "2024-04-03T19:22:00+02:00", "jetzt ist es heraußen",
                    "Liebe Nina,\n\ndu wirst es schon gehört haben. Es tut mir wirklich leid, dein Team hat sich immer bemüht und ich hab gern mit euch gearbeitet. Aber nach dem Winter mit den endlosen Warteschleifen "
                    "war bei uns oben nichts mehr zu retten, und ab Herbst macht das ein eigenes Servicecenter bei uns im Haus in Simmering. Vielleicht ergibt sich 2026 wieder etwas, da wird der "
                    "Überlauf ausgeschrieben.\n\nAlles Liebe\nManu\n", ident="<v-0403@voltara.example>")
    case.mail("Mail/Edlinger/jetzt ist es heraußen.eml", grund, "email", "interaction", sentiment="mixed")
    beschw = message(EDLINGER, "manuela.seidl@voltara.example", "2024-01-09T08:20:00+01:00", "AW: Wartezeiten",
                     "Guten Morgen Manuela,\n\nich versteh den Ärger. Wir haben gestern sechs Leute aus dem Team Telekom herübergezogen, seit heute 7 Uhr sind wir bei 81 % Erreichbarkeit. Am Freitag schick ich dir "
                     "die Auswertung.\n\nLG Nina\n\nAm Mo., 8. Jän. 2024 um 17:46 schrieb Manuela Seidl <manuela.seidl@voltara.example>:\n"
                     "> Nina, so geht das nicht weiter! 23 Minuten Warteschleife heute Vormittag,\n> unsere Kunden rufen schon beim Konsumentenschutz an. Ich brauche bis\n> morgen einen Plan von euch.\n",
                     ident="<c-0109@callmuehle.example>", answers="<v-0108@voltara.example>")
    case.mail("Mail/Edlinger/AW Wartezeiten.eml", beschw, "email", "interaction feedback", sentiment="neutral")

    frage = message(TRAGER, "hollenthoner@hollenthoner-partner.example", "2024-04-18T10:05:00+02:00", "Voltara / Pönale",
                    "Lieber Markus,\n\nanbei die Forderung von Voltara über EUR 36.000. Wie stehen unsere Chancen, und können sie das einfach von den Rechnungen abziehen? Das Protokoll vom "
                    "14. November 2023 finden wir nirgends.\n\nBernhard\n", ident="<c-0418@callmuehle.example>")
    case.mail("Mail/Recht/Voltara Pönale.eml", frage, "email", "dispute interaction", privileged=True, thread="v-r", sentiment="neutral")
    rat = message(HOLL, "b.trager@callmuehle.example", "2024-04-22T18:47:00+02:00", "AW: Voltara / Pönale",
                  "Lieber Bernhard,\n\nkurz gefasst: Dem Grunde nach wird man um die Pönale für Jänner nicht herumkommen, für Dezember steht es 50:50, weil die Störung der TK-Anlage erst ab dem 27. "
                  "dokumentiert ist. Mit richterlicher Mäßigung rechne ich mit EUR 18.000 bis 22.000. Aufrechnen dürfen sie, ein Aufrechnungsverbot ist nicht vereinbart. Ich würde vergleichen.\n\n"
                  "Beste Grüße\nMarkus\n\nDr. Markus Hollenthoner\nHollenthoner & Partner Rechtsanwälte OG\nHonorarvereinbarung wie gehabt\n",
                  ident="<h-0422@hollenthoner-partner.example>", answers="<c-0418@callmuehle.example>")
    case.mail("Mail/Recht/AW Voltara Pönale.eml", rat, "email", "dispute interaction", privileged=True, thread="v-r", sentiment="neutral")
    weiter = message(RECHT, "g.posch@callmuehle.example", "2024-04-23T08:15:00+02:00", "WG: AW: Voltara / Pönale",
                     "Guten Morgen Gerald,\n\nzur Info die Einschätzung von Dr. Hollenthoner: er rechnet mit 18 bis 22 T€ und rät zum Vergleich. Bitte stell im Halbjahresabschluss EUR 20.000 zurück. "
                     "Vertraulich behandeln.\n\nPia\n\nVon: Dr. Markus Hollenthoner\nGesendet: Montag, 22. April 2024 18:47\nAn: Bernhard Trager\nBetreff: AW: Voltara / Pönale\n\nLieber Bernhard, kurz gefasst: ...\n",
                     ident="<c-0423@callmuehle.example>", answers="<h-0422@hollenthoner-partner.example>")
    case.mail("Mail/Recht/WG AW Voltara Pönale.eml", weiter, "email", "dispute interaction", privileged=True, thread="v-r", sentiment="neutral")
    sperre = message(RECHT, "n.edlinger@callmuehle.example, it@callmuehle.example", "2024-04-16T13:30:00+02:00", "Voltara: bitte nichts löschen",
                     "Liebe alle,\n\nbitte bis auf Weiteres keine Anrufstatistiken und keine Mails zu Voltara löschen oder überschreiben, wir brauchen alles ab Oktober 2023. Danke!\n\nMag. Pia Zauner\nLeitung Recht\n",
                     ident="<c-0416@callmuehle.example>")
    case.mail("Mail/Recht/bitte nichts löschen.eml", sperre, "email", "interaction dispute", sentiment="neutral")

    case.file("Briefe/Voltara Pönale 15-4-2024.pdf", as_pdf(POENALE), "claim", "dispute", "2024-04-15")
    case.file("Briefe/Stellungnahme 29-4-2024.docx", as_docx(STELLUNGNAHME), "counterclaim", "dispute", "2024-04-29")
    angebot = message(TRAGER, "karl.wimmer-fuchs@voltara.example", "2024-05-15T14:02:00+02:00", "Pönale - Vorschlag zur Güte (ohne Präjudiz)",
                      "Sehr geehrter Herr DI Wimmer-Fuchs,\n\nohne Präjudiz für unseren Rechtsstandpunkt und ohne jedes Anerkenntnis könnten wir uns vorstellen, die Sache mit einer Pauschale von EUR 15.000,-- aus "
                      "der Welt zu schaffen. Die Mehrleistung wäre daneben zu bezahlen.\n\nBeste Grüße\nB. Trager\n", ident="<c-0515@callmuehle.example>")
    case.mail("Mail/GF/Vorschlag zur Güte.eml", angebot, "email", "dispute interaction", thread="v-p", sentiment="neutral")
    gegen = message(WIMMER, "b.trager@callmuehle.example", "2024-05-27T10:30:00+02:00", "AW: Pönale - Vorschlag zur Güte (ohne Präjudiz)",
                    "Sehr geehrter Herr Ing. Trager,\n\n15.000 sind für uns indiskutabel, das lehnen wir ab. Unser letztes Wort: EUR 26.000,--, dafür bezahlen wir die Hotline-Rechnung nicht. Ebenfalls unpräjudiziell.\n\n"
                    "MfG\nWimmer-Fuchs\n", ident="<v-0527@voltara.example>", answers="<c-0515@callmuehle.example>")
    case.mail("Mail/GF/AW Vorschlag zur Güte.eml", gegen, "email", "dispute interaction", thread="v-p", sentiment="negative")
    case.file("Telefon/AV 12.06.2024.docx", as_docx([
        "# Aktenvermerk", "Datum: 12. Juni 2024, verfasst: B. Trager", "Betr.: Voltara, Telefonat mit DI Wimmer-Fuchs, 9:40-10:05 Uhr",
        "WF wieder umgänglich. Habe angeboten: EUR 20.000,-- als Gutschrift, dafür ziehen wir die AR 2024-0419 zurück und jeder trägt seine Kosten. WF bespricht das intern, klingt aber nach Ja. "
        "Das Protokoll vom 14.11.2023 hat er wieder verlangt - habe gesagt, dass es bei uns nicht auffindbar ist."]), "call_note", "interaction dispute", "2024-06-12")
    case.file("Briefe/Bereinigungsvereinbarung.pdf", as_pdf(VERGLEICH), "settlement", "contractual dispute", "2024-06-24")

    doppelt = message(BUCH, "rechnungen@voltara.example", "2024-05-10T09:00:00+02:00", "Doppelzahlung AR 2024-0331",
                      "Sehr geehrte Damen und Herren,\n\ndie Rechnung AR 2024-0331 wurde von Ihnen am 30.4. und nochmals am 7.5. bezahlt (je EUR 32.364,00). Sollen wir rücküberweisen oder stehen lassen?\n\n"
                      "Ihre Buchhaltung Callmühle\n", ident="<b-0510@callmuehle.example>")
    rueck = message(KRED, "buchhaltung@callmuehle.example", "2024-05-14T07:52:00+02:00", "AW: Doppelzahlung AR 2024-0331",
                    "Guten Morgen,\n\nbitte rücküberweisen. Danke für den Hinweis.\n\nRechnungsprüfung Voltara\n", ident="<r-0514@voltara.example>", answers="<b-0510@callmuehle.example>")
    erledigt = message(BUCH, "rechnungen@voltara.example", "2024-05-22T15:10:00+02:00", "AW: AW: Doppelzahlung AR 2024-0331",
                       "Guten Tag,\n\nwir haben Ihnen heute EUR 32.364,00 rücküberwiesen.\n\nBuchhaltung Callmühle\n", ident="<b-0522@callmuehle.example>", answers="<r-0514@voltara.example>")
    preis = message(KRED, "buchhaltung@callmuehle.example", "2024-06-03T10:41:00+02:00", "AR 2024-0331 falscher Preis",
                    "Sehr geehrte Damen und Herren,\n\nin der AR 2024-0331 haben Sie 6.200 Kontakte mit EUR 4,35 verrechnet. Seit der 2. Zusatzvereinbarung gelten EUR 4,15. Zu viel verrechnet: EUR 1.488,00 brutto. "
                    "Wir ersuchen um Gutschrift.\n\nRechnungsprüfung Voltara\n", ident="<r-0603@voltara.example>")
    gut = message(BUCH, "rechnungen@voltara.example", "2024-06-05T11:15:00+02:00", "AW: AR 2024-0331 falscher Preis",
                  "Guten Tag,\n\nSie haben recht, da war noch der alte Preis hinterlegt. Die Gutschrift GS 2024-0098 über EUR 1.488,00 ist unterwegs. Wir bitten um Entschuldigung.\n\nBuchhaltung Callmühle\n",
                  ident="<b-0605@callmuehle.example>", answers="<r-0603@voltara.example>")
    schluss = message(KRED, "buchhaltung@callmuehle.example", "2024-10-28T09:33:00+01:00", "Schlussrechnung AR 2024-1015",
                      "Sehr geehrte Damen und Herren,\n\ndie Schlussrechnung wurde sachlich und rechnerisch geprüft und freigegeben, Zahlung erfolgt zum 14.11.2024. Damit ist das Konto aus unserer Sicht ausgeglichen.\n\n"
                      "Rechnungsprüfung Voltara\n", ident="<r-1028@voltara.example>")
    avis = message(KRED, "buchhaltung@callmuehle.example", "2024-11-13T22:00:00+01:00", "Avis 5100038812",
                   "Zahlungsavis Nr. 5100038812\nKreditor: 70114 Callmühle Kundendialog GmbH\nZahlungsdatum: 14.11.2024\n\nAR 2024-1015    26.400,00 EUR\n\nAutomatisch erstellt, bitte nicht antworten.\n",
                   ident="<r-1113@voltara.example>")
    case.mail("Mail/Archiv/falscher Preis.eml", gut, "email", "billing interaction", thread="v-pr", sentiment="neutral")
    case.mbox("Mail/buchhaltung.mbox", [
        (doppelt, "email", "billing interaction", {"thread": "v-d", "sentiment": "neutral"}),
        (rueck, "email", "billing interaction", {"thread": "v-d", "sentiment": "neutral"}),
        (erledigt, "payment_advice", "billing interaction", {"thread": "v-d"}),
        (preis, "email", "billing interaction", {"thread": "v-pr", "sentiment": "neutral"}),
        (gut, "email", "billing interaction", {"thread": "v-pr", "sentiment": "neutral", "duplicate_of": "Mail/Archiv/falscher Preis.eml"}),
        (schluss, "email", "billing interaction", {"sentiment": "neutral"}),
        (avis, "payment_advice", "billing", {})])

    case.file("Chat/Teams Betrieb 2024-01-08.json", teams("voltarabetrieb",
        ("2024-01-08T09:14:00.2Z", "Manuela Seidl", "bitte schaut euch die Warteschlange an, 23 min!!"),
        ("2024-01-08T09:20:10.2Z", "Nina Edlinger", "sehen wir, drei Krankenstände und eure Anlage spinnt seit den Feiertagen"),
        ("2024-01-08T09:21:33.2Z", "Manuela Seidl", "das ist eine Zumutung für die Leute. ich hab langsam keine Argumente mehr für euch")), "chat", "interaction feedback", "2024-01-08",
        thread="v-teams", sentiment="negative")
    case.file("Chat/Teams Betrieb 2024-04-02.json", teams("voltarabetrieb",
        ("2024-04-02T08:31:00.2Z", "Roswitha Kern", "hab grad den Rsb... nein, eingeschr. Brief von der Post geholt, Absender Voltara, ist die Kündigung zum 30.6."),
        ("2024-04-02T08:33:10.2Z", "Nina Edlinger", "ui. bitte einscannen und dem Bernhard hinlegen")), "chat", "interaction contractual", "2024-04-02", thread="v-teams")
    case.file("Chat/WhatsApp-Chat mit Manuela Voltara.txt", (
        "27.09.24, 14:02 - Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt.\n27.09.24, 14:02 - Manuela Seidl: Letzter Freitag! Danke für die super Übergabe, das war echt vorbildlich 🙏\n"
        "27.09.24, 14:10 - Nina Edlinger: Sehr gern, hat Spaß gemacht mit euch\n27.09.24, 14:11 - Manuela Seidl: Bitte die Kollegen in Simmering ab Oktober nicht mehr direkt anrufen, nur über mich. Schönes WE!\n").encode(),
        "chat", "interaction", "2024-09-27", sentiment="positive")
    case.file("Chat/ticket_88120.json", json.dumps({"ticket": {
        "id": 88120, "created_at": "2024-02-14T07:55:00Z", "updated_at": "2024-02-15T10:00:00Z", "subject": "Voltara: Rückrufe nicht erledigt", "status": "closed", "priority": "high",
        "requester_id": 51, "tags": ["voltara"], "satisfaction_rating": {"score": "bad", "comment": "wieder zwei Tage gewartet"}},
        "comments": [{"id": 1, "author_id": 51, "body": "Seit Montag sind 140 Rückrufe offen, das ist inakzeptabel. Bitte um dringende Rückmeldung!", "created_at": "2024-02-14T07:55:00Z", "public": True,
                      "via": {"channel": "email"}},
                     {"id": 2, "author_id": 7, "body": "Wir arbeiten die Liste heute mit vier Personen ab.", "created_at": "2024-02-14T11:12:00Z", "public": True, "via": {"channel": "web"}}],
        "users": [{"id": 51, "name": "Manuela Seidl", "email": "manuela.seidl@voltara.example"}, {"id": 7, "name": "Nina Edlinger", "email": "n.edlinger@callmuehle.example"}]},
        ensure_ascii=False, indent=1).encode(), "chat", "interaction feedback", "2024-02-14", sentiment="negative")
    case.file("Telefon/2024-09-12 Übergabe Voltara.vtt", (
        "WEBVTT\n\n00:00:02.000 --> 00:00:08.000\n<v Nina Edlinger>Servus Manuela, passt's bei dir mit dem Übergabeplan?\n\n"
        "00:00:08.500 --> 00:00:16.000\n<v Manuela Seidl>Ja, ausgezeichnet. Die Einschulung letzte Woche war wirklich toll, unsere Leute sind begeistert.\n\n"
        "00:00:16.500 --> 00:00:25.000\n<v Nina Edlinger>Das freut mich. Die Thin Clients und Headsets bringt der Robert in der zweiten Oktoberwoche nach Wien.\n\n"
        "00:00:25.500 --> 00:00:29.000\n<v Manuela Seidl>Perfekt, danke dir.\n").encode(), "call_transcript", "interaction", "2024-09-12", sentiment="positive")
    case.file("Telefon/AV Geräte.txt", (
        "AV 10.10.2024, N. Edlinger\nVoltara hat angerufen (Hr. Lechner, Lager): im Karton waren nur 13 Thin Clients statt 14. Robert schwört, dass er 14 eingeladen hat. Das fehlende Stück ist nicht auffindbar, "
        "wir ersetzen es, falls es nicht auftaucht.\n").encode(), "call_note", "interaction contractual", "2024-10-10")
    case.file("Ausstieg/Übergabeprotokoll Geräte.docx", as_docx([
        "# Übergabeprotokoll", "Übergeber: Callmühle Kundendialog GmbH. Übernehmer: Voltara Energievertrieb GmbH, Lager Wien 10. Rahmenvertrag KS-2018/07, Pkt. 15.1",
        [["Gerät", "Soll", "Ist"], ["Headset", "25", "25"], ["Thin Client", "14", "13"]], "Ein Thin Client fehlt, wird nachgereicht.", "Wien, am 9. Oktober 2024", "Lechner e.h.     R. Haas e.h."]),
        "other", "contractual", "2024-10-09")
    case.file("Ausstieg/Löschprotokoll.pdf", as_pdf([
        "Callmühle Kundendialog GmbH", "# Protokoll über die Löschung personenbezogener Daten", "Verantwortlicher: Voltara Energievertrieb GmbH",
        "Am 21. Oktober 2024 wurden alle Kundendaten aus dem Ticketsystem, der Telefonanlage und den Sicherungen zur Gänze und unwiederbringlich gelöscht (Pkt. 15.2 des Rahmenvertrages).",
        "Graz, 21. Oktober 2024, IT-Leitung, S. Maier"]), "other", "contractual", "2024-10-21")

    case.file("Buchhaltung/Kontoblatt 20311.csv", KONTO.encode("cp1252"), "ledger", "billing", "2024-11-30")
    case.file("Buchhaltung/AR 2024-0331.pdf", beleg("Rechnung", "AR 2024-0331", "29.03.2024", [["Kundenkontakte März 2024", "6.200", "4,35", "26.970,00"]], "26.970,00", "5.394,00", "32.364,00",
              "Zahlbar binnen 30 Tagen ohne Abzug."), "invoice", "billing", "2024-03-29")
    case.file("Buchhaltung/AR 2024-0419.pdf", beleg("Rechnung", "AR 2024-0419", "19.04.2024", [["Mehrleistung Strompreisbremse-Hotline 1.-28.3.2024", "1", "15.600,00", "15.600,00"]], "15.600,00", "3.120,00", "18.720,00",
              "Zahlbar binnen 30 Tagen ohne Abzug."), "invoice", "billing dispute", "2024-04-19")
    case.file("Buchhaltung/AR 2024-1015 Schlussrechnung.pdf", beleg("Schlussrechnung", "AR 2024-1015", "15.10.2024", [["Kundenkontakte September 2024", "5.301", "4,15", "22.000,00"]], "22.000,00", "4.400,00", "26.400,00",
              "Zahlbar binnen 30 Tagen ohne Abzug."), "invoice", "billing", "2024-10-15")
    case.file("Buchhaltung/GS 2024-0098.pdf", beleg("Gutschrift", "GS 2024-0098", "05.06.2024", [["Preisdifferenz zu AR 2024-0331", "6.200", "0,20", "1.240,00"]], "1.240,00", "248,00", "1.488,00",
              "Der Betrag wird Ihrem Konto gutgebracht."), "credit_note", "billing", "2024-06-05")
    case.file("Buchhaltung/GS 2024-0117.pdf", beleg("Gutschrift", "GS 2024-0117", "28.06.2024", [["Pönale Dez. 2023 - Feb. 2024 lt. Bereinigungsvereinbarung v. 24.6.2024", "1", "20.000,00", "20.000,00"]], "20.000,00", None,
              "20.000,00", "Nicht steuerbarer Schadenersatz."), "credit_note", "billing dispute", "2024-06-28")

    case.file("Qualität/SLA-Reporting Voltara.xlsx", as_xlsx({"Erreichbarkeit": [
        ["SLA-Reporting Voltara"], [], ["Monat", "angeboten", "angenommen", "Erreichbarkeit", "Soll"],
        ["Nov.23", 8120, 6780, (0.835, "0.0%"), (0.85, "0%")], ["Dez.23", 9011, 6884, (0.764, "0.0%"), (0.85, "0%")], ["Jän.24", 9644, 6934, (0.719, "0.0%"), (0.85, "0%")],
        ["Feb.24", 8871, 6990, (0.788, "0.0%"), (0.85, "0%")]]}), "sla_report", "feedback", "2024-02-29")
    case.file("Qualität/Kundenbefragung Feb 2024.csv", (
        "Datum;Anliegen;Zufriedenheit (1-5);Anmerkung\n02.02.2024;Abmeldung;4;\n09.02.2024;Rechnung;2;ewig gewartet\n20.02.2024;Tarif;1;nie durchgekommen\n27.02.2024;Abmeldung;5;sehr nett\n").encode("cp1252"),
        "survey", "feedback", "2024-02-29")
    case.file("Qualität/Quartalsgespräch Q1.docx", as_docx([
        "# Quartalsgespräch Q1/2024 Voltara - Callmühle", "Wien, 18. April 2024; anwesend: Fr. Seidl, Hr. Lechner (Voltara), Fr. Edlinger (Callmühle)",
        [["Kennzahl", "Ist", "Soll"], ["Erreichbarkeit Q1", "79,1 %", "85 %"], ["Kundenzufriedenheit (Schulnote)", "2,9", "2,0"]],
        "Fr. Seidl hält fest, dass Voltara mit der Erreichbarkeit im Winter äußerst unzufrieden war. Seit März Besserung erkennbar."]), "review", "feedback interaction", "2024-04-18", sentiment="mixed")

    k = case.paths
    notice = k("Briefe/Kündigung Voltara.pdf", "Mail/GF/KS-2018-07.eml")
    terms = k("Verträge/2. ZV unterfertigt.pdf", "Verträge/KS-2018-07 Rahmenvertrag.pdf")
    receipt = k("Briefe/Sendungsverlauf RO 4471.txt", "Chat/Teams Betrieb 2024-04-02.json", "Briefe/2024-04-09 an Voltara.pdf")
    end = k("Briefe/2024-04-09 an Voltara.pdf", "Mail/GF/Kündigungstermin.eml", "Mail/GF/AW Kündigungstermin.eml", "Mail/GF/Re AW Kündigungstermin.eml")
    settled = k("Briefe/Bereinigungsvereinbarung.pdf")
    books = k("Buchhaltung/Kontoblatt 20311.csv")
    step = partial(case.step, currency="EUR")
    case.close(
        client={"id": "C-2701", "legal_name": "Voltara Energievertrieb GmbH", "aliases": ["Voltara", "20311", "KS-2018/07"]},
        history={
            "terminations": [{
                "contract_number": "KS-2018/07", "contract_effective_date": "2018-06-01", "contract_expiry_date": None, "governing_law": "Austria",
                "notice": {"given_by": "client", "date_on_document": "2024-03-25", "date_received": "2024-04-02", "method": "registered_post", "ground": "convenience",
                           "stated_effective_date": "2024-06-30", "documents": notice},
                "required_notice": {"value": 3, "unit": "months", "measured_from": "receipt", "documents": terms},
                "earliest_compliant_date": "2024-09-30", "effective_date": "2024-09-30", "status": "terminated",
                "conditions": [
                    {"name": "notice_period", "met": False, "documents": [*terms, *notice, *end]},
                    {"name": "notice_method", "met": True, "documents": [*terms, *notice, *receipt]},
                    {"name": "notice_address", "met": True, "documents": [*terms, *notice, *receipt]},
                    {"name": "asset_return", "met": False, "documents": [*k("Ausstieg/Übergabeprotokoll Geräte.docx", "Telefon/AV Geräte.txt"), terms[1]]},
                    {"name": "data_return_or_deletion", "met": True, "documents": [*k("Ausstieg/Löschprotokoll.pdf", "Verträge/AVV.docx"), terms[1]]},
                    {"name": "final_invoice", "met": True, "documents": [*k("Mail/buchhaltung.mbox", "Buchhaltung/AR 2024-1015 Schlussrechnung.pdf"), *books]}],
                "penalties": [
                    {"kind": "service_level_credits", "amount": 20000.0, "currency": "EUR", "status": "paid", "documents": [*settled, *k("Buchhaltung/GS 2024-0117.pdf"), *books]},
                    {"kind": "service_level_credits", "amount": 16000.0, "currency": "EUR", "status": "waived", "documents": settled}],
                "reasons": [{"code": "service_quality", "documents": k("Mail/Edlinger/jetzt ist es heraußen.eml", "Qualität/Quartalsgespräch Q1.docx", "Chat/Teams Betrieb 2024-01-08.json")},
                            {"code": "insourcing", "documents": k("Mail/Edlinger/jetzt ist es heraußen.eml")}]}],
            "disputes": [{"title": "Pönale und Mehrleistung", "status": "settled", "steps": [
                step("2024-04-15", "claim", "client", 36000.0, "Briefe/Voltara Pönale 15-4-2024.pdf"),
                step("2024-04-29", "response", "provider", None, "Briefe/Stellungnahme 29-4-2024.docx"),
                step("2024-04-29", "counterclaim", "provider", 18720.0, "Briefe/Stellungnahme 29-4-2024.docx"),
                step("2024-05-15", "offer", "provider", 15000.0, "Mail/GF/Vorschlag zur Güte.eml"),
                step("2024-05-27", "rejection", "client", 15000.0, "Mail/GF/AW Vorschlag zur Güte.eml"),
                step("2024-05-27", "offer", "client", 26000.0, "Mail/GF/AW Vorschlag zur Güte.eml"),
                step("2024-06-12", "offer", "provider", 20000.0, "Telefon/AV 12.06.2024.docx"),
                step("2024-06-24", "settlement", "provider", 20000.0, "Briefe/Bereinigungsvereinbarung.pdf"),
                step("2024-06-24", "withdrawal", "provider", 18720.0, "Briefe/Bereinigungsvereinbarung.pdf"),
                step("2024-06-28", "payment", "provider", 20000.0, "Buchhaltung/GS 2024-0117.pdf", "Buchhaltung/Kontoblatt 20311.csv")],
                "outcome": {"amount": 20000.0, "currency": "EUR", "payer": "provider"}}],
            "billing": {"currency": "EUR", "invoiced_total": 299844.0, "paid_total": 292000.0, "credited_total": 40208.0, "refunded_total": 32364.0,
                        "outstanding_as_of": {"date": "2024-11-30", "amount": 0.0},
                        "discrepancies": [
                            {"kind": "other", "amount": 32364.0, "documents": [*k("Mail/buchhaltung.mbox"), *books]},
                            {"kind": "amount_mismatch", "amount": 1488.0, "documents": k("Mail/buchhaltung.mbox", "Mail/Archiv/falscher Preis.eml", "Buchhaltung/AR 2024-0331.pdf", "Buchhaltung/GS 2024-0098.pdf",
                                                                                          "Verträge/2. ZV unterfertigt.pdf")}]},
            "feedback": [
                {"date": "2023-12-31", "metric": "Erreichbarkeit", "value": 0.764, "target": 0.85, "documents": k("Qualität/SLA-Reporting Voltara.xlsx")},
                {"date": "2024-01-31", "metric": "Erreichbarkeit", "value": 0.719, "target": 0.85, "documents": k("Qualität/SLA-Reporting Voltara.xlsx")},
                {"date": "2024-02-29", "metric": "Erreichbarkeit", "value": 0.788, "target": 0.85, "documents": k("Qualität/SLA-Reporting Voltara.xlsx")},
                {"date": "2024-04-18", "metric": "Erreichbarkeit Q1", "value": 0.791, "target": 0.85, "documents": k("Qualität/Quartalsgespräch Q1.docx")},
                {"date": "2024-04-18", "metric": "Kundenzufriedenheit", "value": 2.9, "target": 2.0, "documents": k("Qualität/Quartalsgespräch Q1.docx")}],
            "gaps": [{"what": "Protokoll des Qualitätsgesprächs vom 14. November 2023", "mentioned_in": k(
                "Briefe/Voltara Pönale 15-4-2024.pdf", "Briefe/Stellungnahme 29-4-2024.docx", "Mail/Recht/Voltara Pönale.eml", "Telefon/AV 12.06.2024.docx")}],
            "conflicts": [
                {"what": "Vertragsende 30. Juni oder 30. September 2024", "documents": [*notice, *end, *settled]},
                {"what": "Zugang 26. März per E-Mail oder 2. April 2024", "documents": [*k("Mail/GF/Kündigungstermin.eml", "Mail/GF/AW Kündigungstermin.eml"), *receipt]},
                {"what": "Frist im Entwurf zwei, unterfertigt drei Monate", "documents": k("Verträge/2. ZV unterfertigt.pdf", "Verträge/alt/2. ZV Entwurf 12-12-2022.docx")},
                {"what": "13 oder 14 Thin Clients zurückgestellt", "documents": k("Ausstieg/Übergabeprotokoll Geräte.docx", "Telefon/AV Geräte.txt")}]},
        win_back={"recommended": None, "must_mention": ["Ausschreibung Überlauf 2026", "keine direkten Anrufe in Simmering"],
                  "must_not_disclose": k("Mail/Recht/Voltara Pönale.eml", "Mail/Recht/AW Voltara Pönale.eml", "Mail/Recht/WG AW Voltara Pönale.eml")},
        queries=[
            {"id": "v-1", "user": "legal", "text": "Wann ist die Kündigung der Voltara eingelangt?", "relevant": {receipt[0]: 2, receipt[1]: 2, receipt[2]: 2, notice[0]: 1, end[1]: 1, end[2]: 2}},
            {"id": "v-2", "user": "legal", "text": "Kündigungsfrist zum Quartalsende Zusatzvereinbarung", "relevant": {terms[0]: 2, terms[1]: 1, end[0]: 1, k("Verträge/alt/2. ZV Entwurf 12-12-2022.docx")[0]: 1}},
            {"id": "v-3", "user": "auditor", "text": "Doppelzahlung AR 2024-0331", "relevant": {k("Mail/buchhaltung.mbox")[0]: 2, books[0]: 2, k("Buchhaltung/AR 2024-0331.pdf")[0]: 1}},
            {"id": "v-4", "user": "agent", "text": "Warum hat Voltara gekündigt", "relevant": {k("Mail/Edlinger/jetzt ist es heraußen.eml")[0]: 2, k("Chat/Teams Betrieb 2024-01-08.json")[0]: 1, k("Qualität/Quartalsgespräch Q1.docx")[0]: 1}},
            {"id": "v-5", "user": "legal", "text": "Vergleich über die Pönale 20.000", "relevant": {settled[0]: 2, k("Buchhaltung/GS 2024-0117.pdf")[0]: 2, k("Telefon/AV 12.06.2024.docx")[0]: 2, k("Mail/GF/AW Vorschlag zur Güte.eml")[0]: 1}},
            {"id": "v-6", "user": "auditor", "text": "fehlender Thin Client", "relevant": {k("Ausstieg/Übergabeprotokoll Geräte.docx")[0]: 2, k("Telefon/AV Geräte.txt")[0]: 2}},
            {"id": "v-7", "user": "legal", "text": "Protokoll 14. November 2023", "relevant": {
                k("Briefe/Voltara Pönale 15-4-2024.pdf")[0]: 2, k("Briefe/Stellungnahme 29-4-2024.docx")[0]: 2, k("Mail/Recht/Voltara Pönale.eml")[0]: 2, k("Telefon/AV 12.06.2024.docx")[0]: 2}}])
