"""How mails end: signatures, footers of telephones, notices of confidentiality."""
from __future__ import annotations

import re

_RULE = re.compile(r"(?:--|—|__+|-{8,}|={8,}|\*{8,})[ \t]*$")
_MOBILE = re.compile(
    r"[ \t]*(?:\*|_)?(?:Sent from (?:my|Mail|Outlook|Yahoo|Gmail|Samsung|the|Android|iPhone|iPad|ProtonMail|Proton)\b|Sent (?:via|using|with|on) |"
    r"Get Outlook for |"
    r"(?:Von|Gesendet von) (?:meinem|meiner|unterwegs|Mail|Outlook|mir)\b|Von unterwegs gesendet|Diese Nachricht wurde von meinem |Envoyé (?:de|"
    r"depuis) (?:mon|ma|l['’])|"
    r"Enviado (?:desde|do|de) (?:mi|meu|el)|Inviato da(?:l mio)? |Verzonden vanaf mijn |Verstuurd vanaf mijn |Skickat från min |Sendt fra min |"
    r"Wysłano z |via mobile$|"
    r"Отправлено с )[^\n.!?,]{0,60}(?:\([^\n]{0,100}\))?(?:<[^\n]{0,200}>)?(?:\*|_)?[ \t]*$")
_CLOSING = re.compile(
    r"[ \t]*(?:(?:with |very )?(?:best|kind|kindest|warm|warmest)(?: regards?| wishes)?|regards|(?:many |kind )?thanks(?: again| and (?:best |"
    r"kind )?regards| in advance)?|thank you"
    r"(?: very much| again| and (?:best |kind )?regards)?|yours(?: (?:sincerely|faithfully|truly))?|sincerely(?: yours)?|respectfully|cheers|"
    r"cordially|(?:all )?the best|"
    r"(?:mit )?(?:freundlichen?|besten?|herzlichen?|vielen|lieben?|schönen?) (?:gr(?:ü|ue)(?:ß|ss)en?|dank)(?: aus \w+)?|(?:viele|beste|liebe|schöne|"
    r"freundliche|herzliche) gr(?:ü|ue)(?:ß|ss)e"
    r"(?: aus \w+)?|hochachtungsvoll|mfg|vg|lg|gru(?:ß|ss)|(?:bien )?(?:cordialement|amicalement|respectueusement)(?: vôtre)?|sincères salutations|"
    r"meilleures salutations|bien à vous|"
    r"(?:un )?(?:cordial(?:es)? saludos?|saludos(?: cordiales)?|atentamente|atte)|(?:un )?saludo|(?:muchas )?gracias|cordiali saluti|distinti saluti|"
    r"met vriendelijke groet(?:en)?|"
    r"med v(?:enlig|ennlig|änlig)a? (?:hilsen|hälsning(?:ar)?)|atenciosamente|com os melhores cumprimentos)[ \t]*[,.!]*[ \t]*$", re.IGNORECASE)
_CONTACT = re.compile(r"[\w.+-]+@[\w-]+\.\w|(?:https?://|www\.)\S|(?:\+|\(0?)?\d[\d ()/.-]{6,}\d|\b(?:skype|tel|phone|mobile|fax|telefon|mobil|"
    r"tél)\b[.: ]", re.IGNORECASE)
_NAME_LINE = re.compile(r"[ \t]*(?:#\w+#)?(?:[A-ZÀ-ÖØ-Þ][\w.'’-]*,?[ ]?){2,5}(?:,? (?:Ph\.?D|M\.?A|Esq)\.?)?[ \t]*$")
_DASH_NAME = re.compile(r"[ \t]*-[A-ZÀ-ÖØ-Þ][\w.'’-]*(?: [\w.'’-]+){0,3}[ \t]*$")
_CONFIDENTIAL = tuple(word.lower() for word in (
    "confidential", "privileged", "intended recipient", "intended only", "intended solely", "intended for", "disclos", "in error", "notify the sender",
    "notify us", "unauthori", "delete this", "delete the", "vertraulich", "irrtümlich", "unbefugt", "bestimmungsgemäß", "nicht gestattet",
    "informieren sie bitte",
    "adressat", "rechtlich geschützt", "confidentiel", "destinataire", "par erreur", "divulgation", "détruire", "confidencial", "destinatari", "por error",
    "divulgación", "divulgação", "riservat", "per errore", "vertrouwelijk", "geadresseerde", "legally protected", "virus", "views expressed", "liability"))
_OUTSIDE = re.compile(r"(?:originated|came|sent|received) from (?:an? )?(?:outside|external)|\bexternal (?:e-?mail|sender|message)|"
    r"externe[nr]? (?:e-?mail|absender|nachricht)|"
                      r"(?:e-?mail|message|courriel) (?:externe|externo)|stammt von au(?:ß|ss)erhalb", re.IGNORECASE)
_LINES_MAX = 12
_LINE_MAX = 90


def signature_start(lines: list[str], top: bool = True) -> int:
    """Return at which of the lines of a new part its signature begins, their number when there is none. `top`: nothing stands before the part.

    In order: a line of two dashes or a rule with little below it, a closing formula with little below it, a block of name and addresses
    at the end; a footer of a telephone at the end belongs to it or is one by itself.
    """
    return _with_name(lines, _start(lines, top))


def _with_name(lines: list[str], start: int) -> int:
    """Let a signature begin at the name that stands right above it."""
    above = start - 1
    if not 0 < start < len(lines):
        return start
    if _MOBILE.match(lines[start]) and lines[above].strip() and _NAME_LINE.match(lines[above]) and above and not lines[above - 1].strip():
        return above
    while above > 0 and not lines[above].strip():
        above -= 1
    return above if above and _DASH_NAME.match(lines[above]) else start


def _start(lines: list[str], top: bool) -> int:
    size = len(lines)
    end = size
    while end > 0 and (not lines[end - 1].strip() or _MOBILE.match(lines[end - 1])):
        end -= 1
    footer = next((n for n in range(end, size) if lines[n].strip()), size)
    if end == 0:
        return footer
    lowest = max(0, end - 60)
    for number in range(end - 1, lowest - 1, -1):
        if (number or not top or lines[0].strip() == "--") and _RULE.match(lines[number].rstrip(" \t")):
            under = [x for x in lines[number + 1:end] if x.strip()]
            if lines[number].strip() in ("--", "—") or (len(under) <= _LINES_MAX and all(len(x) <= _LINE_MAX for x in under)):
                return number
    filled = [n for n in range(lowest, end) if lines[n].strip()][-_LINES_MAX:]
    for at, number in enumerate(filled):
        if len(lines[number]) <= 60 and _CLOSING.match(lines[number]):
            below = filled[at + 1:]
            if (below or number != filled[0] or len(filled) == 1) and all(len(lines[n]) <= _LINE_MAX for n in below) and _is_closing(lines, number, below):
                return number
    if _DASH_NAME.match(lines[end - 1]) and len(filled) > 1:
        return end - 1
    start = end
    while start > lowest and lines[start - 1].strip():
        start -= 1
    block = lines[start:end]
    if start > 0 and 2 <= len(block) <= 10 and all(len(x) <= 70 for x in block) and _NAME_LINE.match(block[0]) and any(_CONTACT.search(x) for x in block[1:]):
        return start
    return footer


def _is_closing(lines: list[str], number: int, below: list[int]) -> bool:
    """Say whether what stands below a closing formula is a name and what goes with it: no sentence of any length."""
    return len(below) <= 10 and not any(len(lines[n].split()) > 12 or lines[n].rstrip().endswith("?") for n in below[:2])


def is_notice(paragraph: str) -> bool:
    """Say whether a paragraph is a notice of confidentiality or the like: at least two of their usual words, and some length."""
    if len(paragraph) < 80:
        return False
    low = paragraph.lower()
    return sum(word in low for word in _CONFIDENTIAL) >= 2


def is_banner(paragraph: str) -> bool:
    """Say whether a paragraph on top is the warning that a mail came from outside."""
    low = paragraph[:600].lower()
    return len(paragraph) < 600 and ("outside" in low or "extern" in low or "erhalb" in low) and _OUTSIDE.search(paragraph) is not None
