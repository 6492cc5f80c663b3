"""Files of no client among the mails of Rufkontor, and the directory of the clients."""
from __future__ import annotations

from pathlib import Path

from cases.case_files import Case, as_pdf, message

DIRECTORY = (
    "client_id,legal_name,trading_names,account_numbers,email_domains,contacts,contract_numbers,status,currency\n"
    "C-2107,Hefti & Brunold Haushaltapparate AG,Hefti Brunold,7714,heftibrunold.example,Monika Signer <monika.signer@heftibrunold.example>,DLV 2019-44,inactive,CHF\n"
    "C-2214,Pépinières Wasselin SAS,,411WASS,wasselin.example,,CC-2021-17,,EUR\n"
)


def write(root: Path) -> None:
    """Write `noise/` and `directory.csv` below `root`."""
    case = Case(root, "noise", "", "de")
    rund = message("Fachverband Contact <info@fvcontact.example>", "u.buergi@rufkontor.example", "2024-09-02T07:00:00+02:00", "Rundbrief 9/24: Kündigungsfristen richtig berechnen",
                   "Liebe Mitglieder\n\nIn unserem Seminar zeigen wir, wie Kündigungsfristen im Dienstleistungsvertrag berechnet werden. Anmeldung bis 20. September.\n\nAbmelden: Link\n",
                   ident="<fv-0924@fvcontact.example>")
    case.mail("Rundbrief.eml", rund, "email", "interaction", sentiment="neutral")
    case.file("menu cantine.pdf", as_pdf(["Menu de la semaine 41", "Lundi : quiche lorraine. Mardi : baeckeoffe. Mercredi : salade composée."]), "other", "", None, language="fr")
    colis = message("Service colis <avis@suivi-colis.example>", "o.lehmann@rufkontor.example", "2025-01-20T03:14:00+01:00", "Votre colis est en attente : règlement de 1,99 €",
                    "Cher client,\n\nVotre colis n'a pas pu être livré. Réglez 1,99 € sous 24 h pour éviter son retour.\n", ident="<x9931@suivi-colis.example>")
    case.mail("Votre colis.eml", colis, "email", "interaction", language="fr")
    case.close()
    (root / "directory.csv").write_text(DIRECTORY, encoding="utf-8")
