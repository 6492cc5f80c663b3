"""Whether nobody wrote a mail: by its headers (RFC 3834, RFC 2369, RFC 3464), else by what such mails say."""
from __future__ import annotations

import re
from typing import Final

from ingest.enrich.doc import Doc
from ingest.enrich.hints import Hints

_SUBJECT = re.compile(
    r"^(?:automatic reply|out of office|auto-?reply|undeliverable|undelivered mail|delivery status notification|mail delivery failed|"
    r"returned mail|"
    r"automatische antwort|abwesenheit\w*|unzustellbar|nicht zustellbar|reponse automatique|absence|non remis|respuesta automatica|no "
    r"se puede entregar)")
_SAYS = re.compile(
    r"automatic(?:ally generated)? (?:message|e-?mail|notification)|do not reply|replies are not read|could not be delivered|unsubscribe|"
    r"automatische nachricht|automatisch (?:erstellt|generiert|erzeugt)|nicht auf diese (?:e-?mail|nachricht)|newsletter abbestellen|"
    r"abmelden|"
    r"dear valued (?:customer|client|member)|(?:dear|liebe|sehr geehrte|chers|cheres|estimados|estimadas) (?:members|readers|subscribers|mitglieder|"
    r"leser\w*|abonnent\w*|"
    r"membres|lecteurs|abonnes|lectrices|socios|lectores|suscriptores)\b|"
    r"message automatique|ne pas repondre|se desabonner|mensaje automatico|no responda|darse de baja de")
_SAYS_HINTS: Final = Hints("dear valued|dear members|dear readers|dear subscribers|mitglieder|leser|abonnent|membres|lecteurs|lectrices|abonnes|"
    "socios|lectores|"
                           "suscriptores|automatic|not reply|replies|delivered|unsubscribe|automatisch|nicht auf diese|abbestellen|abmelden|"
                           "automatique|repondre|"
                           "desabonner|responda|darse de baja")
_SENDERS = re.compile(r"^(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|noreply|ne-pas-repondre)\b")


def is_automatic(doc: Doc) -> bool:
    """Say whether a mail was made by a machine or sent to a list of readers."""
    mail = doc.extracted.mail
    for name, value in mail.headers if mail else ():
        low = name.lower()
        if (low == "auto-submitted" and value.strip().lower() not in ("", "no")) or low in ("list-unsubscribe", "x-autoreply"):
            return True
    if _SUBJECT.match(doc.subject) or any(p.role == "from" and _SENDERS.match(p.address) for p in doc.extracted.participants):
        return True
    said = doc.said[:20_000]
    span = _SAYS_HINTS.span(doc.mask, said)
    return span is not None and _SAYS.search(said, *span) is not None
