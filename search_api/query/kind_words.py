"""Words of a plain question that name a kind of record or a month: a sign which records are meant."""
from __future__ import annotations

from archive.analysis import fold
from search_api.query.tree import Asked

_KINDS = {
    "email": "email emails courriel correo",
    "chat": "chat whatsapp slack teams clavardage ticket zendesk",
    "call_transcript": "call phone transcript recording telefonat anruf appel llamada",
    "call_note": "call phone note gesprächsnotiz telefonat notiz appel llamada",
    "meeting_note": "minutes meeting besprechung protokoll réunion reunión",
    "contract": "contract agreement msa vertrag rahmenvertrag contrat contrato terms",
    "amendment": "amendment addendum nachtrag avenant enmienda version",
    "sow": "sow leistungsschein order scope",
    "legal_letter": "letter letters schreiben lettre carta response reply erwiderung",
    "notice": "notice notices kündigung kündigungsschreiben avis préavis aviso preaviso",
    "claim": "claim claims demand forderung réclamation reclamación",
    "counterclaim": "counterclaim widerklage",
    "settlement": "settlement vergleich einigung transaction acuerdo",
    "invoice": "invoice invoices rechnung rechnungen facture factures factura facturas billed",
    "credit_note": "credit gutschrift gutschriften avoir crédit abono",
    "ledger": "ledger statement account balance konto debitorenkonto saldo saldenabstimmung livre compte solde cuenta saldo paid payment",
    "payment_advice": "remittance payment paid zahlungsavis zahlung paiement pago bank",
    "survey": "survey csat nps umfrage sondage encuesta",
    "sla_report": "sla scorecard kpi level levels rate servicelevel",
    "review": "qbr review quartalsgespräch revue revisión",
}
_BY_WORD: dict[str, list[str]] = {}
for _kind, _words in _KINDS.items():
    for _word in _words.split():
        _BY_WORD.setdefault(fold(_word), []).append(_kind)

_MONTHS = [
    "january januar janvier enero jan", "february februar février febrero feb", "march märz mars marzo mar", "april avril abril apr",
    "may mai mayo", "june juni juin junio jun", "july juli juillet julio jul", "august août agosto aug",
    "september septembre septiembre sep sept", "october oktober octobre octubre oct okt", "november novembre noviembre nov",
    "december dezember décembre diciembre dec dez",
]
_NUMBER = {fold(word): number for number, words in enumerate(_MONTHS, 1) for word in words.split()}


def kinds_named(words: list[str]) -> list[str]:
    """Return the kinds that the words name, without repeats, in order."""
    return list(dict.fromkeys(kind for text in words for kind in _BY_WORD.get(fold(text), ())))


def months_named(asked: Asked) -> tuple[str, ...]:
    """Return the months (YYYY-MM) that a question names by name and year, such as `March 2025`."""
    folded = [fold(each).strip(".,;:?!") for each in (*asked.words, *asked.left_out)]
    years = [each for each in folded if each.isascii() and each.isdigit() and len(each) == 4 and 1990 <= int(each) <= 2100]
    months = [_NUMBER[each] for each in folded if each in _NUMBER]
    return tuple(f"{year}-{month:02}" for year in dict.fromkeys(years) for month in dict.fromkeys(months))
