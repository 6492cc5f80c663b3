"""Whole disputes from the texts of their papers, in four languages: insolvency, adjudication, penalties, final accounts; all invented."""

from __future__ import annotations

from typing import Any

from builders.small_cases import told_by

from archive.model.client import Client, Contact

US = "accounts@brightdesk.example"


def client(name: str, short: str, account: str, person: str, domain: str, currency: str) -> tuple[Client, str]:
    address = f"{person.lower().replace(' ', '.')}@{domain}"
    return Client("C-9", name, (short,), (account,), (domain,), (Contact(person, address),), ("MSA-77",), "", currency), address


def greetings(them: str) -> list[Any]:
    return [("mail", "2025-01-02", US, them, "hello", "Hello.", ""), ("mail", "2025-01-05", US, them, "rota", "Here is the rota.", "")]


def steps(told: dict[str, Any]) -> list[tuple[str, str, str, float | None]]:
    (one,) = told["disputes"]
    return [(s["date"], s["kind"], s["by"], s["amount"]) for s in one["steps"]]


def outcome(told: dict[str, Any]) -> tuple[str, float | None, str | None]:
    (one,) = told["disputes"]
    return one["status"], (one["outcome"] or {}).get("amount"), (one["outcome"] or {}).get("payer")


def test_french_penalty_is_claimed_contested_bargained_over_and_paid_by_a_credit() -> None:
    who, them = client("Maison Belmont SA", "Belmont", "MB-22", "Claire Aubin", "belmont.example", "EUR")
    told = told_by(who, [
        *greetings(them),
        ("paper", "Reclamation.pdf", "Maison Belmont SA\n12 rue des Lices, 35000 Rennes\n\nBrightdesk SAS\n\nRennes, le 3 mars 2025\n\nObjet : "
         "pénalités de retard\n\nMadame, Monsieur,\n\n"
         "Nous vous réclamons la pénalité de 18 000,00 € prévue à l'article 12, à payer avant le 31 mars 2025.\n\nClaire Aubin"),
        ("paper", "Reponse.pdf", "Brightdesk SAS\n4 quai Sud, 69002 Lyon\n\nMaison Belmont SA\nMadame Aubin\n\nLyon, le 18 mars 2025\n\nMadame,\n\n"
         "Nous contestons votre demande. Le retard est dû à vos propres équipes.\n\nPaul Merle"),
        ("mail", "2025-04-02", US, them, "Pénalités", "Sans reconnaissance de responsabilité, nous proposons de verser 7 500 € pour solde de tout "
         "compte.", "t"),
        ("mail", "2025-04-09", them, US, "RE: Pénalités", "Votre offre de 7 500 € ne nous convient pas. Nous pourrions accepter 12 000 €.", "t"),
        ("mail", "2025-04-15", US, them, "RE: Pénalités", "Coupons la poire en deux : 10 000 €, par avoir. Êtes-vous d'accord ?", "t"),
        ("mail", "2025-04-16", them, US, "RE: Pénalités", "C'est d'accord pour 10 000 €. Merci d'émettre l'avoir.", "t"),
        ("table", "grand_livre_MB-22.csv", [["Date", "Type", "Pièce", "Libellé", "Débit", "Crédit", "Solde"],
         ["31/03/2025", "Facture", "F-102", "Prestations mars", "28000,00", None, "28000,00"],
         ["22/04/2025", "Avoir", "A-11", "Pénalités", None, "10000,00", "18000,00"]]),
    ])  # fmt: skip
    assert outcome(told) == ("settled", 10000.0, "provider")
    assert steps(told) == [
        ("2025-03-03", "claim", "client", 18000.0), ("2025-03-18", "response", "provider", None), ("2025-04-02", "offer", "provider", 7500.0),
        ("2025-04-09", "rejection", "client", 7500.0), ("2025-04-09", "offer", "client", 12000.0), ("2025-04-15", "offer", "provider", 10000.0),
        ("2025-04-16", "settlement", "provider", 10000.0), ("2025-04-22", "payment", "provider", 10000.0),
    ]  # fmt: skip


def test_spanish_insolvency_goes_from_the_demand_over_the_set_off_to_the_dividend() -> None:
    who, them = client("Hotelera Marazul SL", "Marazul", "HM-31", "Lucia Pena", "marazul.example", "EUR")
    told = told_by(who, [
        *greetings(them),
        ("paper", "Requerimiento.pdf", "Brightdesk SL\nGran Vía 8, Bilbao\n\nHotelera Marazul SL\nAlicante\n\nBilbao, 10 de febrero de 2025\n\n"
         "Requerimiento de pago por incumplimiento\n\n"
         "Muy señores nuestros:\n\nDe no abonarse la suma de 84.600,00 EUR en el plazo de quince días, resolveremos el contrato.\n\nJon Etxea"),
        ("mail", "2025-02-17", them, US, "RE: Requerimiento", "Rechazamos su requerimiento. Compensamos 20.000,00 EUR por la caída del servicio de "
         "agosto.", "t"),
        ("mail", "2025-02-20", US, them, "RE: RE: Requerimiento", "No cabe la compensación según la cláusula 9. El plazo sigue corriendo.", "t"),
        ("paper", "Comunicacion.pdf", "COMUNICACIÓN DE CRÉDITOS\nConcurso voluntario de Hotelera Marazul SL\nAcreedor: Brightdesk SL\nFacturas "
         "84.600,00\nIntereses 1.912,30\n"
         "Total 86.512,30 EUR\nFirmado: Jon Etxea, en Bilbao, a 12 de mayo de 2025"),
        ("paper", "Lista.pdf", "Alicante, 30 de junio de 2025\nReconocimiento de crédito en el concurso de Hotelera Marazul SL\nCrédito comunicado "
         "86.512,30 EUR\n"
         "Crédito reconocido 74.512,30 EUR\nLa administradora concursal"),
        ("table", "mayor_HM-31.csv", [["Fecha", "Tipo", "Documento", "Concepto", "Debe", "Haber", "Saldo"],
         ["31/01/2025", "Factura", "F-214", "Servicios", "84600,00", None, "84600,00"], ["20/10/2025", "Cobro", "T-9", "Dividendo 10%", None,
          "7451,23", "77148,77"]]),
    ])  # fmt: skip
    assert outcome(told) == ("adjudicated", 74512.3, "client")
    assert steps(told) == [
        ("2025-02-10", "claim", "provider", 84600.0), ("2025-02-17", "response", "client", None), ("2025-02-17", "counterclaim", "client", 20000.0),
        ("2025-02-20", "response", "provider", None), ("2025-05-12", "claim", "provider", 86512.3), ("2025-06-30", "ruling", "third_party", 74512.3),
        ("2025-10-20", "payment", "client", 7451.23),
    ]  # fmt: skip


def test_german_payment_under_reservation_answers_and_the_insolvency_table_decides() -> None:
    who, them = client("Tannenberg Möbel GmbH", "Tannenberg", "60-115", "Uta Brandt", "tannenberg.example", "EUR")
    told = told_by(who, [
        *greetings(them),
        ("paper", "Mahnung.pdf", "Brightdesk GmbH\nHafenstr. 3, 20457 Hamburg\n\nTannenberg Möbel GmbH\n33330 Gütersloh\n\nHamburg, 3. Februar "
         "2025\n\nZahlungsverzug – Fristsetzung\n\n"
         "Sehr geehrte Frau Brandt,\n\nWird der Gesamtbetrag von 61.880,00 EUR nicht bis zum 17. Februar 2025 gezahlt, kündigen wir den "
         "Rahmenvertrag fristlos.\n\nJan Petersen"),
        ("mail", "2025-02-06", them, US, "AW: Zahlungsverzug", "Wir zahlen heute 15.000,00 EUR unter Vorbehalt. Im Übrigen bestreiten wir die "
         "Forderung.", "t"),
        ("paper", "Tabelle.pdf", "Auszug aus der Insolvenztabelle, 14. Juli 2025\nInsolvenzverfahren Tannenberg Möbel GmbH\nAngemeldet: 47.282,11 EUR\n"
         "Die Forderung wird in Höhe von 40.000,00 EUR festgestellt; im Übrigen vom Insolvenzverwalter bestritten."),
        ("table", "Konto_60-115.csv", [["Datum", "Art", "Beleg", "Text", "Soll", "Haben", "Saldo"], ["31.12.2024", "RE", "RG-452", "Dezember",
         "61880,00", None, "61880,00"],
         ["06.02.2025", "ZE", "ZE 06.02.", "Teilzahlung", None, "15000,00", "46880,00"], ["01.12.2025", "ZE", "ZE 01.12.", "Quote", None,
          "2000,00", "44880,00"]]),
    ])  # fmt: skip
    assert outcome(told) == ("adjudicated", 40000.0, "client")
    assert [s[1:] for s in steps(told)] == [
        ("claim", "provider", 61880.0), ("response", "client", None), ("payment", "client", 15000.0), ("ruling", "third_party", 40000.0),
         ("payment", "client", 2000.0),
    ]  # fmt: skip


def test_english_final_account_is_contested_in_part() -> None:
    who, them = client("Pike & Lowell Ltd", "Pike Lowell", "PL-88", "Ann Moor", "pikelowell.example", "GBP")
    told = told_by(who, [
        *greetings(them),
        ("paper", "Final account.pdf", "Brightdesk Services Ltd\n1 Wharf Lane, Leeds\n\nPike & Lowell Ltd\n2 High Street, York\n\n30 June 2025\n\n"
         "Final account, customer PL-88\n\n"
         "BD-310 31/03/2025 12,000.00\nBD-322 30/04/2025 9,600.00\nTotal 21,600.00\n\nPlease let us have payment by 31 July 2025."),
        ("mail", "2025-07-08", them, US, "Your final account", "We cannot agree your final account. Our ledger shows that we owe £12,000.00, not "
         "£21,600.00. No order for BD-322 exists.", ""),
        ("mail", "2025-07-15", US, them, "RE: Your final account", "BD-322 was ordered verbally by your Mr Tate.", ""),
        ("mail", "2025-08-20", US, them, "Overdue", "Thank you for £12,000.00. £9,600.00 is still unpaid, please settle it by 1 September.", ""),
        ("table", "ledger PL-88.csv", [["Date", "Type", "Ref", "Details", "Debit", "Credit", "Balance"], ["2025-03-31", "Invoice", "BD-310",
         "March", "12000.00", None, "12000.00"],
         ["2025-04-30", "Invoice", "BD-322", "April", "9600.00", None, "21600.00"], ["2025-07-30", "Receipt", "R-1", "BACS", None, "12000.00", "9600.00"]]),
    ])  # fmt: skip
    assert outcome(told) == ("open", None, None)
    assert [s[1:] for s in steps(told)] == [
        ("claim", "provider", 21600.0), ("response", "client", None), ("payment", "client", 12000.0), ("claim", "provider", 9600.0),
    ]  # fmt: skip
    whats = [c["what"].split(":")[0] for c in told["conflicts"]]
    assert whats == ["Open sum", "Whether BD-322 was ordered"]


def test_english_adjudication_decides_a_claim_and_a_cross_claim() -> None:
    who, them = client("Pike & Lowell Ltd", "Pike Lowell", "PL-88", "Ann Moor", "pikelowell.example", "GBP")
    told = told_by(who, [
        *greetings(them),
        ("paper", "Letter.pdf", "Brightdesk Services Ltd\n1 Wharf Lane, Leeds\n\nPike & Lowell Ltd\n2 High Street, York\n\n3 March 2025\n\nEarly "
         "termination charge\n\nDear Ms Moor\n\n"
         "Under clause 19 an early termination charge is payable. We require payment of £84,000.00 within 14 days.\n\nYours faithfully"),
        ("paper", "Response.pdf", "Pike & Lowell Ltd\n2 High Street, York\n\nBrightdesk Services Ltd\n\n14 March 2025\n\nDear Sirs\n\n"
         "We deny that the early termination charge is due. We claim £31,000.00 for the lost orders of November.\n\nAnn Moor"),
        ("paper", "Decision.pdf", "Adjudicator's Decision\nBrightdesk Services Ltd, Referring Party\nPike & Lowell Ltd, Responding Party\n2 June 2025\n"
         "1. I decide that the Responding Party shall pay the Referring Party £52,500.00 within 7 days.\n2. The cross-claim is dismissed.\nM. "
         "Oyelaran, Adjudicator"),
        ("table", "ledger PL-88.csv", [["Date", "Type", "Ref", "Details", "Debit", "Credit", "Balance"], ["2025-03-03", "Invoice", "BD-400",
         "Charge", "84000.00", None, "84000.00"],
         ["2025-06-06", "Receipt", "R-1", "CHAPS", None, "52500.00", "31500.00"]]),
    ])  # fmt: skip
    assert outcome(told) == ("adjudicated", 52500.0, "client")
    assert [s[1:] for s in steps(told)] == [
        ("claim", "provider", 84000.0), ("response", "client", None), ("counterclaim", "client", 31000.0), ("ruling", "third_party", 52500.0),
         ("payment", "client", 52500.0),
    ]  # fmt: skip


def test_american_answer_with_a_claim_mediation_settlement_and_breach() -> None:
    who, them = client("Pike & Lowell Ltd", "Pike Lowell", "PL-88", "Ann Moor", "pikelowell.example", "USD")
    told = told_by(who, [
        *greetings(them),
        ("paper", "Demand.pdf", "BRIGHTDESK, INC.\n400 Pine St, Boise, ID\n\nPike & Lowell Ltd\nAttn: General Counsel\n\nFebruary 10, 2025\n\nRe: "
         "Demand for payment\n\n"
         "Dear Counsel:\n\nBrightdesk demands payment of the minimum commitment shortfall of $212,400.00 by March 1, 2025.\n\nTom Reyes"),
        ("paper", "Answer.pdf", "PIKE & LOWELL LTD\n2 High Street, York\n\nBrightdesk, Inc.\n\nFebruary 24, 2025\n\nDear Mr. Reyes:\n\n"
         "We dispute the shortfall. We claim $60,000.00 in service level credits.\n\nAnn Moor"),
        ("paper", "Settlement Agreement.pdf", "SETTLEMENT AGREEMENT\nmade on April 30, 2025 between Brightdesk, Inc. (Supplier) and Pike & Lowell "
         "Ltd (Customer)\n"
         "1. A mediation took place on April 22, 2025.\n2. The Customer shall pay the Supplier $110,000.00 in two installments:\n"
         "1 May 31, 2025 $60,000.00\n2 July 31, 2025 $50,000.00\n"
         "3. It is a default if an installment is not received within ten (10) days after its due date.\n4. The Customer's claim for $60,000.00 is "
         "withdrawn.\nSigned"),
        ("table", "AR PL-88.csv", [["Date", "Type", "Ref", "Details", "Debit", "Credit", "Balance"],
         ["02/10/2025", "Invoice", "BD-900", "Shortfall", "212400.00", None, "212400.00"],
         ["05/30/2025", "Payment", "W-1", "Settlement 1", None, "60000.00", "152400.00"],
         ["08/31/2025", "Credit memo", "CM-3", "BD-900 per settlement", None, "102400.00", "50000.00"]]),
    ])  # fmt: skip
    assert outcome(told) == ("settled", 110000.0, "client")
    assert steps(told) == [
        ("2025-02-10", "claim", "provider", 212400.0), ("2025-02-24", "response", "client", None), ("2025-02-24", "counterclaim", "client", 60000.0),
        ("2025-04-22", "mediation", "third_party", None), ("2025-04-30", "settlement", "client", 110000.0), ("2025-04-30", "withdrawal", "client", 60000.0),
        ("2025-05-30", "payment", "client", 60000.0), ("2025-08-10", "breach", "client", 50000.0),
    ]  # fmt: skip


def test_french_payment_under_reservation_that_is_not_found_is_a_response_and_a_conflict() -> None:
    who, them = client("Maison Belmont SA", "Belmont", "MB-22", "Claire Aubin", "belmont.example", "EUR")
    told = told_by(who, [
        *greetings(them),
        ("paper", "Mise en demeure.pdf", "Brightdesk SAS\n4 quai Sud, 69002 Lyon\n\nMaison Belmont SA\n35000 Rennes\n\nLyon, le 3 février 2025\n\n"
         "Mise en demeure de payer\n\n"
         "Madame,\n\nNous vous mettons en demeure de régler la somme de 41 300,00 € sous huit jours.\n\nPaul Merle"),
        ("mail", "2025-02-07", them, US, "RE: Mise en demeure", "Nous avons réglé 11 300,00 € ce jour, sous toutes réserves. Le surplus est contesté.", ""),
        ("mail", "2025-02-12", US, them, "RE: RE: Mise en demeure", "Nous n'avons aucune trace des 11 300,00 €. Merci de nous envoyer l'avis.", ""),
        ("table", "compte_MB-22.csv", [["Date", "Type", "Pièce", "Libellé", "Débit", "Crédit", "Solde"],
         ["15/01/2025", "Facture", "F-91", "janvier", "41300,00", None, "41300,00"],
         ["10/02/2025", "Règlement", "V-1", "virement, compte d'attente", None, "11300,00", "30000,00"]]),
    ])  # fmt: skip
    assert [s[1:] for s in steps(told)] == [("claim", "provider", 41300.0), ("response", "client", None), ("payment", "client", 11300.0)]
    assert [c["what"].split(":")[0] for c in told["conflicts"]] == ["Whether 11,300.00 was paid"]
    assert [(d["kind"], d["amount"]) for d in told["billing"]["discrepancies"]] == [("unapplied_payment", 11300.0)]


def test_ordinary_business_is_no_dispute() -> None:
    who, them = client("Pike & Lowell Ltd", "Pike Lowell", "PL-88", "Ann Moor", "pikelowell.example", "EUR")
    told = told_by(who, [
        *greetings(them),
        ("mail", "2025-02-01", US, them, "Overdue", "BD-101 over EUR 4,000.00 is overdue since Friday, please settle it.", "a"),
        ("mail", "2025-02-02", them, US, "RE: Overdue", "Sorry, it will be paid on Tuesday. EUR 4,000.00 is on its way.", "a"),
        ("mail", "2025-02-03", US, them, "Zusatzstunden", "Für die Zusatzstunden bieten wir Ihnen 30 Stunden zu 900,00 EUR an. Einverstanden?", "b"),
        ("mail", "2025-02-04", them, US, "RE: Zusatzstunden", "Einverstanden. Bitte 900,00 EUR auf die Märzrechnung.", "b"),
        ("mail", "2025-02-05", US, them, "renewal", "We could do the renewal at EUR 38,000.00 a month, 3% more than now. Would that work?", "c"),
        ("mail", "2025-02-06", them, US, "RE: renewal", "We cannot accept a 3% increase. EUR 37,000.00 and we sign.", "c"),
        ("mail", "2025-02-07", US, them, "RE: renewal", "Agreed. EUR 37,000.00, paper follows.", "c"),
        ("mail", "2025-03-04", them, US, "refund", "Please refund the customer EUR 59.00 for order 4411, she claims damages of EUR 20.00 as well.", "d"),
        ("mail", "2025-03-05", US, them, "RE: refund", "Done, EUR 59.00 refunded. We do not accept her damages claim.", "d"),
    ])  # fmt: skip
    assert (told["disputes"], told["conflicts"], told["gaps"], told["billing"]["discrepancies"]) == ([], [], [], [])
