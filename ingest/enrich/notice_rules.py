"""How a contract wants notices given: allowed and barred ways, the address, and when a notice counts as received.

notice_method, notice_method_barred      a way of sending; one fact each
notice_portal                            the name of a portal by which notices may go
notice_address, notice_attention         a mail address; for whose attention a letter goes
deemed_receipt_WAY                       days after sending, in business_days or calendar_days; 0 on the day itself, or on_delivery
deemed_until_WAY                         "HH:MM": sent on a business day by then it counts that day, else on the next business day
business_day_holidays                    which holidays are no business days: a country or region (GB-ENG), or names in one (US:labor day)
receipt_on_presentation                  a letter that could not be handed over counts from the day on which the post first tried to
early_date_moves                         a notice with too early a date ends the contract at the first date that complies
withdrawal_needs_consent                 a notice can be taken back only if the other side agrees
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.model.fact import Fact
from ingest.enrich.clauses import NO_STOP, clauses, trimmed
from ingest.enrich.doc import Doc
from ingest.enrich.notice_methods import Way, ways
from ingest.enrich.periods import number_of
from ingest.enrich.places import place_of

_NOTICE = re.compile(
    r"\b(?:notices?|notifi\w+|mitteilung\w*|(?:auf)?kundigung\w*|auflosungserklarung\w*|erklarung\w*|avis|preavis|denonciation|resiliation|"
    r"communications?|comunicacion\w*|preavisos?|avisos?|schriftform)\b"
)
_PERMITS = re.compile(
    r"\b(?:may|must|shall|is|are|be|by|deliver\w*|sent|given|serve[d]?|mailed|send|bedarf|bedurfen|ist|"
    r"sind|muss|mussen|hat|haben|erfolg\w+|kann|genugt|"
    r"doit|doivent|sera|seront|est|sont|adress\w+|envoy\w+|notifi\w+|peut|debera\w*|sera\w*|se hara\w*|"
    r"enviar\w*|podra\w*|remit\w+|entregar\w*)\b"
)
_BARS = re.compile(
    r"\b(?:(?:is|are|shall|will|does|do|may|must|can) ?not\b|cannot|not (?:validly |be )?(?:given|valid|"
    r"sufficient|constitute|effective)|no notice|invalid|insufficient|"
    r"(?:of|have|has|having|without) (?:no|any) (?:legal )?(?:force|effect|validity)\b|null and void|(?:bleib\w+|ist|sind) ohne wirkung|wirkungslos|"
    r"sans (?:aucun )?effet|prive\w* d'effet|(?:carec\w+ de|sin|ningun) (?:efectos?|validez)|"
    r"genugt nicht|genugen nicht|(?:genugt|genugen|reicht|reichen)\b[^.;]{0,50}\bnicht|reicht nicht|nicht (?:aus|"
        r"wirksam|zulassig|gewahrt|ausreichend)|wahrt \w+ \w+ nicht|"
    r"unwirksam|ausgeschlossen|keine|"
    r"n'est pas|ne sont pas|ne vaut pas|ne constitue|ne suffi\w+|n'ont pas|aucun|no (?:seran?|es|son|constitu\w+|"
    r"tendra\w*|bastara\w*|valdra\w*|surt\w+|producir\w*|se admit\w*))\b"
    r"|\b(?:courtesy|for information|as a copy|a copy may|zur information|zur kenntnis|vorab|a titre d'information|"
    r"a titulo informativo|convenience copy)\b"
)
_ONLY = re.compile(r"\b(?:but|only|unless|except|sondern|nur|ausschliesslich|es sei denn|mais|seulement|uniquement|sauf|"
    r"sino|solo|solamente|unicamente|salvo)\b")
_TURN = re.compile(r"(?:but|mais|pero|aber|jedoch)\s(?:a|an|any|no|un|une|una|ein|eine|eine[rs]?|die|the|la|le|el)\b")
"""A part that turns against what was said before with a subject of its own: `but a notice sent only by e-mail is of no effect` denies by itself."""
_NOT_A_NOTICE = re.compile(
    r"\b(?:but|however|though|although|yet|aber|jedoch|mais|pero)\b,?\s(?:\w+\s){0,2}?(?:(?:shall|will|does|do|may|is|are|can) ?not|stell\w+ keine|"
    r"ist keine?|sind keine|ne (?:constitu\w+|vau\w+|tien\w+|rempla\w+)(?: pas)?|no (?:constitu\w+|val\w+|sustitu\w+|surt\w+|tendra\w*))\b[^.;]{0,60}"
    r"\b(?:notices?|service|mitteilung|kundigung|notification|preavis|avis|aviso|notificacion)\b"
)
"""Words after a way of sending that take away what it would count for: `e-mail may be used for convenience but shall not constitute notice`."""

_PART = re.compile(r",\s|\s(?=(?:but|unless|except|sondern|es sei denn|mais|sauf|sino|salvo)\s)")
_STOP = re.compile(r"(?<=[a-z0-9)\"]{2})\.(?=\s|$)")
_CUT = re.compile(
    rf"(?:;|\s)\s{{0,3}}\([a-z]\)|;|(?<=[a-z)\"]{{2}}){NO_STOP}\.(?=\s|$)|,\s+(?=(?:though|but|however|except|aber|jedoch|"
    r"wobei|mais|pero|whereas|while|"
    r"(?:eine |ein )?(?:e-?mail|textform)|dagegen)\b)|"
    r",\s+(?:(?:and|or|und|oder|et|ou|y|o|e)\s+)?(?:(?:in the case of|if|when|where|bei|en cas de|si|en caso de)\s[^,;.]{2,40},\s+)?"
    r"(?=(?:(?:on|upon|at|am|bei|mit|le|lors|el|al|en|a)\s)?(?:(?:the|dem|la|los|des)\s)?"
    r"(?:first|second|third|fourth|fifth|next|one|two|three|four|five|seven|ten|\(?\d{1,2}\)?|ersten|zweiten|dritten|vierten|funften|zwei|drei|vier|funf|"
    r"premier|deuxieme|troisieme|quatrieme|deux|trois|quatre|cinq|primer|segundo|tercer|cuarto|quinto|dos|tres|cuatro|cinco)\b[^,;.]{0,30}?"
    r"\b(?:days?|tage?n?|werktag\w*|jours?|dias?)\b)"
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ATTENTION = re.compile(
    r"(?:for the attention of|attention(?: of)?:?|attn\.?:?|zu handen(?: von| der| des)?|z\.\s?hd\.(?: der|"
    r" des)?|a l'attention (?:de la |du |de l'|de )|"
    r"a la atencion (?:de la |del |de ))\s?(?:the |its |der |des |dem )?(?P<who>[^,.;()\n]{3,60})"
)
_DEEMED = re.compile(
    r"\b(?:deemed|treated as|taken to|regarded as|is received|are received|effective (?:on|when|upon)|"
    r"gilt|gelten|zugegangen|zugang|reputee?s?|presumee?s?|"
    r"est recue?|considerara\w*|entendera\w*|tendra\w* por|recibid\w+)\b"
)
_ORDINAL = re.compile(
    r"\b(?:(?P<next>next|following|nachsten|folgenden|darauffolgenden)|(?P<o>first|second|third|fourth|"
    r"fifth|sixth|seventh|1st|2nd|3rd|4th|5th|ersten|zweiten|dritten|vierten|funften))(?:\s+\(\d{1,2}(?:st|nd|rd|th|\.)?\))?\s+"
    r"(?P<u>business|working|clear business|werk|arbeits|bankarbeits|geschafts)?[\s-]?(?:days?|tage?)\b"
    r"|\b(?:the|am|dem) (?P<u2>business|working|banking|werk|arbeits|bankarbeits|geschafts)\s?(?:day|tage?) (?:after|following|nach|next after)\b"
    r"|\b(?P<fo>premier|deuxieme|second|troisieme|quatrieme|cinquieme)\s+jour(?P<fu>\s(?:ouvrable|ouvre))?"
    r"|\bjour(?P<fnu>\s(?:ouvrable|ouvre))?\s(?:suivant|qui suit)"
    r"|\b(?P<so>primer|segundo|tercer|cuarto|quinto)\s+dia(?P<su>\s(?:habil|laborable))?|\b(?:el )?(?:dia(?P<snu>\s(?:habil|"
    r"laborable))?\s(?:siguiente|posterior)|siguiente dia(?P<snv>\s(?:habil|laborable))?)"
)
_ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
    "5th": 5,
    "ersten": 1,
    "zweiten": 2,
    "dritten": 3,
    "vierten": 4,
    "funften": 5,
    "premier": 1,
    "deuxieme": 2,
    "troisieme": 3,
    "quatrieme": 4,
    "cinquieme": 5,
    "primer": 1,
    "segundo": 2,
    "tercer": 3,
    "cuarto": 4,
    "quinto": 5,
}
_COUNTED = re.compile(
    r"\b(?P<n>\d{1,2}|[a-z]+)(?:\s\(\d{1,2}\))?\s(?:clear\s|full\s)?(?:(?P<b>business|working|werk|arbeits|bankarbeits)"
    r"[\s-]?(?:days?|tage[n]?)|(?P<d>days?|tage[n]?|kalendertage[n]?)|"
    r"jours?(?P<fb>\s(?:ouvrables?|ouvres?))?|dias?(?P<sb>\s(?:habiles|laborables))?|(?P<h>hours|stunden|"
    r"heures|horas))\s(?:after|following|from|nach|apres|suivant|despues|tras)\b"
)
_UNTIL = re.compile(
    r"\b(?:before|by|until|no later than|not later than|prior to|up to|vor|bis|avant|jusqu'a|antes de|"
    r"hasta)\s(?:las\s)?(?P<h>\d{1,2})(?:[:.h](?P<m>\d{2}))?\s?(?P<ap>a\.?m\.?|p\.?m\.?|uhr|h|heures|horas)?"
)
_AFTER = re.compile(
    r"\b(?:after|later than|nach|apres|despues de)\s(?:las\s)?(?P<h>\d{1,2})(?:[:.h](?P<m>\d{2}))?\s?(?P<ap>a\.?m\.?|"
    r"p\.?m\.?|uhr|h\b|heures|horas)?"
)
_BETWEEN = re.compile(
    r"\b(?:between|zwischen|entre)\s(?:las\s)?\d{1,2}(?:[:.h]\d{2})?\s?(?:a\.?m\.?|uhr|h|heures|horas)?\s(?:and|"
    r"und|et|y)\s(?:las\s)?(?P<h>\d{1,2})(?:[:.h](?P<m>\d{2}))?\s?(?P<ap>p\.?m\.?|uhr|h|heures|horas)?"
)
_BY_POST = re.compile(r"\b(?:posting|aufgabe|zur post|posted|mailing|depot|remise a la poste|deposito en correos)\b")
_SAME = re.compile(
    r"\b(?:when (?:left|delivered|sent|transmitted|handed)|at the time of (?:delivery|sending|transmission)"
    r"|on (?:the date of )?delivery|upon delivery|on sending|date of delivery|"
    r"bei ubergabe|mit ubergabe|mit zustellung|am tag der|lors de (?:la )?(?:remise|livraison)|a la date de (?:remise|"
    r"livraison|reception)|en el momento de|en la fecha de)\b"
)
_DELIVERY = re.compile(r"deliver|left|handed|ubergabe|zustellung|remise|livraison|reception|entrega|recepcion")
_DEFINES = re.compile(
    r"\b(?:business|working) days?\b|\b(?:werk|arbeits|geschafts|bankarbeits)tage?n?\b|\bjours? (?:ouvrable|"
    r"ouvre)s?\b|\bdias? (?:habil|laborable)(?:es|s)?\b"
)
_HOLIDAY = re.compile(
    r"\b(?:public|bank|federal|statutory|legal|national|gazetted)?\s?holidays?\b|\b(?:gesetzliche[nr]?\s)?feiertag\w*|"
    r"\bjours? feries?\b|\b(?:dias?\s)?festivos?\b"
)
_COUNTED_TOO = re.compile(
    r"\b(?:holidays?|feiertage?|jours? feries?|festivos?)\b[^.;]{0,30}\b(?:are|is|shall be|werden|gelten|sont|son|se) (?:not (?:excluded|excepted|left out)|"
    r"(?:also )?(?:included|counted)|nicht (?:ausgenommen|ausgeschlossen)|mitgezahlt|(?:auch |ebenfalls )?als (?:werk|arbeits|geschafts)tage?|"
    r"(?:pas exclus|comptes|inclus)|(?:incluidos|cuentan|computan))|"
    r"\b(?:including|einschliesslich|y compris|incluid[oa]s)\b[^.;]{0,30}\b(?:holidays?|feiertage?\w*|jours? feries?|festivos?)|"
    r"\bno (?:quedan? )?excluy?en\b[^.;]{0,30}festivos|whether or not (?:it is )?a (?:public|bank) holiday"
)
"""Words by which holidays are business days like any other."""

_EARLY = re.compile(
    r"\b(?:earlier|too early|fruhere\w*|verspatete\w*|anterieure?|anterior)\b[^.]{0,60}\b(?:agreement|contract|services?|vertrag\w*|kundigung|contrat|"
    r"contrato|servicio\w*)\b[^.]{0,40}\b(?:ends?|terminates?|endet|beendet|wirkt|prend(?:ra)? (?:fin|effet)|finaliza\w*|termina\w*)\b|"
    r"\b(?:notice|kundigung|avis|preavis|aviso|preaviso)\b[^.]{0,80}\b(?:earlier|too short|shorter|too early|"
    r"insufficient|fruhere\w*|zu kurz\w*|nicht gewahrt|anterieure|trop court\w*|insuffisant\w*|"
    r"anterior|insuficiente|demasiado)\b[^.]{0,120}\b(?:takes? effect|effective|ends?|operates?|wirk\w+|"
    r"beendet|gilt|prend effet|met fin|surtira|produce|finaliza\w*|first (?:day|date)|nachst\w+)\b"
)
_PRESENTED = re.compile(
    r"\b(?:premiere|1ere?|1re) (?:presentation|tentative (?:de remise|de distribution))\b|\bdate de presentation\b|"
    r"\b(?:first|initial) (?:attempt(?:ed)?(?: at)? (?:delivery|to deliver)|delivery attempt|presentation)\b|\bdelivery is first attempted\b|"
    r"\bersten? (?:zustell(?:ungs)?versuchs?|zustellungsversuchs?|vorzeigung|vorlage durch die post)\b|\bversuch der (?:ersten )?zustellung\b|"
    r"\bprimer intento de (?:entrega|notificacion)\b|\bprimera presentacion\b"
)
"""Words for the day on which the post first came with a letter, whether or not somebody took it."""
_WITHDRAW = re.compile(
    r"\b(?:withdraw\w*|revoke\w*|revocation|rescind\w*|zuruckgenommen|zuruckn\w+|rucknahme|retir\w+|retract\w+|"
    r"revoc\w+)\b[^.]{0,100}\b(?:agree\w*|consent\w*|approval|zustimm\w+|"
    r"einverstand\w+|einverstandnis|accord|accepte\w*|consentement|acuerdo|conform\w+|consentimiento|acept\w+)\b"
    r"|\b(?:only|nur|seulement|ne|solo|unless|without)\b[^.]{0,60}\b(?:consent|agreement|approval|zustimmung|einverstandnis|einwilligung|accord|consentement|"
    r"acuerdo|consentimiento|conformidad)\b[^.]{0,60}\b(?:withdraw\w*|revoke\w*|zuruck\w+|widerruf\w*|retir\w+|revoqu\w+|revocad\w+)\b"
)


def notice_rules(doc: Doc) -> list[Fact]:
    """Return how a contract paper wants notices given and counted."""
    bounds = clauses(doc.folded)
    folded = flat(doc)
    facts: list[Fact] = []
    for low, high in bounds:
        if _NOTICE.search(folded, low, high) and _met(doc, low, high):
            facts += _ways(doc, low, high)
        if (_NOTICE.search(folded, low, high) and _MAIL.search(folded, low, high)) or _ATTENTION.search(folded, low, high):
            facts += _addresses(doc, low, high)
        if _DEEMED.search(folded, low, high):
            facts += _deemed(doc, low, high)
    facts += _holidays(doc, bounds)
    if any(f.value == "portal" for f in facts if f.name == "notice_method"):
        for name in portal_names(doc):
            at = doc.text.index(name)
            facts.append(Fact("notice_portal", name, (doc.passage(at, at + len(name)),), "what the paper calls its portal", confidence=0.8))
    for name, pattern in (("receipt_on_presentation", _PRESENTED), ("early_date_moves", _EARLY), ("withdrawal_needs_consent", _WITHDRAW)):
        m = next((m for m in pattern.finditer(folded) if _NOTICE.search(folded, max(0, m.start() - 250), m.end())), None)
        if m:
            facts.append(Fact(name, "yes", (doc.passage(*_sentence(folded, m.start(), m.end())),), "clause on notices", confidence=0.8))
    return _once(facts)


def flat(doc: Doc) -> str:
    """Return the folded text with a blank for every line break, so that words can be looked for across lines; offsets hold."""
    return doc.flat


def _once(facts: list[Fact]) -> list[Fact]:
    seen: dict[tuple[str, object], Fact] = {}
    for fact in facts:
        key = (fact.name, fact.value)
        if key not in seen or seen[key].confidence < fact.confidence:
            seen[key] = fact
    allowed_surely = {f.value for f in seen.values() if f.name == "notice_method" and f.confidence >= 0.8}
    return [f for f in seen.values() if not (f.name == "notice_method_barred" and f.confidence < 0.8 and f.value in allowed_surely)]


def _sentence(folded: str, start: int, end: int) -> tuple[int, int]:
    begin = max(folded.rfind(". ", max(0, start - 400), start), max(0, start - 400) - 1)
    stop = _STOP.search(folded, end, min(len(folded), end + 300))
    return trimmed(folded, begin + 1, stop.end() if stop else min(len(folded), end + 100))


def _pieces(folded: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    at = low
    for m in _CUT.finditer(folded, low, high):
        if m.start() > at:
            yield at, m.end() if folded[m.start()] == "." else m.start()
        at = m.start() + (1 if m[0][0] in ";,.\n" else 0)
    if at < high:
        yield at, high


def _ways(doc: Doc, low: int, high: int) -> Iterator[Fact]:
    folded = flat(doc)
    for start, end in _pieces(folded, low, high):
        found = _met(doc, start, end)
        if not found:
            continue
        said = folded[start:end]
        if _DEEMED.search(said) and _day_count(said):
            continue
        span = trimmed(folded, start, end)
        against = _barred(said, start, found)
        if not against and not _PERMITS.search(said):
            continue
        if against and _DAILY.search(said):
            found = [w for w in found if w in against or all(w.name != a.name for a in against)]
        sure = 0.85 if _NOTICE.search(said) else 0.7
        for way in found:
            if way not in against and (way.name == "phone" or (way.name == "portal" and not _LODGED.search(said))):
                continue
            name = "notice_method_barred" if way in against else "notice_method"
            yield Fact(name, way.name, (doc.passage(*span),), "clause on notices", confidence=sure)


_DAILY = re.compile(
    r"\b(?:day[- ]to[- ]day|everyday|routine|operational|working[- ]level|ordinary course|laufende[nr]?|tagliche[nr]?|alltaglich\w*|operative[nr]?|"
    r"courante?s?|quotidien\w*|cotidian\w*|diari[oa]s?|operativ[oa]s?)\b"
)
"""What a way of sending is left for that is ruled out for notices in the same sentence."""

_LODGED = re.compile(
    r"\b(?:lodg\w+|upload\w*|submit\w*|posted|post|publish\w*|serve[d]?|given|sent|deliver\w*|hochgeladen|eingestellt|eingereicht|hinterlegt|ubermittelt|"
    r"depos\w+|televers\w+|transmis\w*|subid[oa]s?|cargad[oa]s?|presentad[oa]s?|enviad[oa]s?)\b"
)
_PORTAL_NAME = re.compile(r"\b(?:[Pp]ortal|[Pp]ortail|[Pp]lattform|[Pp]latform|[Pp]lataforma)[,:]?\s+[(\"'“„«]{0,2}(?P<a>[A-Z][A-Za-z0-9]*[A-Z][A-Za-z0-9]*)\b"
                          r"|\b(?P<b>[A-Z][a-z0-9]+[A-Z][A-Za-z0-9]*)\s(?:[a-z]+\s)?(?:[Pp]ortal|[Pp]ortail|[Pp]latform|[Pp]lataforma)\b")


def portal_names(doc: Doc) -> tuple[str, ...]:
    """Return the names by which a paper calls a portal, as written: `supplier portal VendorLink`, `the VendorLink portal`."""
    if not any(word in doc.folded for word in ("portal", "portail", "plat")):
        return ()
    return tuple(dict.fromkeys(m["a"] or m["b"] for m in _PORTAL_NAME.finditer(doc.text)))


def _met(doc: Doc, start: int, end: int) -> list[Way]:
    """Return the ways of sending between two offsets in order of place, a portal also by its name."""
    folded = flat(doc)
    found = list(ways(folded, start, end))
    for name in portal_names(doc):
        found += [Way("portal", m.start(), m.end()) for m in re.compile(rf"(?<!\w){re.escape(name.lower())}(?!\w)").finditer(folded, start, end)]
    return sorted(found, key=lambda w: w.start)


def _barred(said: str, start: int, found: list[Way]) -> list[Way]:
    """Return those of the ways in a sentence that it rules out: between two commas a denial counts for the ways that stand there with it.

    A denial that has no way beside it is of all of them; what follows `but`, `only`, `sondern` or `unless` is not denied.
    """
    if not _BARS.search(said):
        return []
    denial = _NOT_A_NOTICE.search(said)
    if denial and not any(w.start - start > denial.start() for w in found):
        return found
    parts, at = [], 0
    for m in [*_PART.finditer(said), None]:
        stop = m.start() if m else len(said)
        part = said[at:stop].strip(" ,")
        parts.append((at, stop, _BARS.search(said, at, stop) is not None and (bool(_TURN.match(part)) or not _ONLY.match(part))))
        at = stop
    for n in range(len(parts) - 2, -1, -1):  # `messages in a chat, telephone calls or tickets are not notices`: a part without a verb goes with the next
        a, b, denied = parts[n]
        if not denied and parts[n + 1][2] and not _PERMITS.search(said, a, b):
            parts[n] = (a, b, True)
    out = [w for w in found if any(a <= w.start - start < b and denied for a, b, denied in parts)]
    return out or ([] if _ONLY.search(said) else found)


def _addresses(doc: Doc, low: int, high: int) -> Iterator[Fact]:
    for m in _MAIL.finditer(flat(doc), low, high):
        yield Fact(
            "notice_address",
            m[0].rstrip("."),
            (doc.passage(m.start(), m.start() + len(m[0].rstrip("."))),),
            "mail address in the clause on notices",
            confidence=0.85,
        )
    for m in _ATTENTION.finditer(flat(doc), low, high):
        for who in re.split(r"\sor\s|\sand\s|\soder\s|\sund\s|\sou\s|\set\s|\so\s", m["who"]):
            name = re.sub(r"\s+of(?:\s.*)?$", "", " ".join(who.split()))
            name = re.sub(r"\s(?:zu|and|is|are|ist|sind|est|sont|at|unter|a)\s.*$", "", name)
            name = re.sub(r"^(?:the|der|des|den|la|le|el|du)\s", "", name)
            if 3 <= len(name) <= 50:
                yield Fact(
                    "notice_attention",
                    name,
                    (doc.passage(m.start(), m.end()),),
                    "for whose attention, in the clause on notices",
                    confidence=0.8,
                )


def _deemed(doc: Doc, low: int, high: int) -> Iterator[Fact]:
    folded = flat(doc)
    lead_way: list[Way] = []
    for start, end in _pieces(folded, low, high):
        said = folded[start:end]
        found = _met(doc, start, end) or _mailed(said) or (lead_way if not re.match(r"\s*\(", said) else [])
        lead_way = found or lead_way
        if _BY_POST.search(said):
            found = [w for w in found if w.name in ("registered_post", "post", "courier")]
        if not found:
            continue
        span = trimmed(folded, start, end)
        passage = (doc.passage(*span),)
        limit = _limit(said)
        counted = _day_count(said)
        for way in found:
            if (
                limit
                and (way.name in ("email", "hand", "fax", "courier", "portal"))
                and (_SAME.search(said) or _AFTER.search(said) or (counted and counted[0] <= 1))
            ):
                yield Fact(f"deemed_until_{way.name}", limit, passage, "clause on when a notice counts as received", confidence=0.8)
            elif counted:
                yield Fact(
                    f"deemed_receipt_{way.name}",
                    counted[0],
                    passage,
                    "clause on when a notice counts as received",
                    counted[1],
                    confidence=0.85,
                )
            elif (same := _SAME.search(said)) and _DEEMED.search(folded, low, high):
                unit = "on_delivery" if _DELIVERY.search(same[0]) else "calendar_days"
                yield Fact(f"deemed_receipt_{way.name}", 0, passage, "clause on when a notice counts as received", unit, confidence=0.7)


_MAILED = re.compile(r"\b(?:if|when|where|in the case of|si|cuando|wenn|falls|bei)\b[^,;.]{0,25}?\b(?:mailed|posted|mailing|postalisch\w*|postee?s?|"
    r"(?:par|por) "
                     r"(?:la )?(?:poste|correo)(?! electr))\b")


def _mailed(said: str) -> list[Way]:
    """Return the way of a rule that calls it by its verb alone: `if mailed, on the fifth day following the date of mailing`."""
    m = _MAILED.search(said)
    return [Way("post", m.start(), m.end())] if m else []


def _limit(said: str) -> str | None:
    """Return the time of day up to which a notice counts on the day itself, as HH:MM, where the words name one."""
    m = _BETWEEN.search(said) or _AFTER.search(said) or _UNTIL.search(said)
    if m is None or not (m["m"] or m["ap"]):
        return None
    hour, minute = int(m["h"]), int(m["m"] or 0)
    if (m["ap"] or "").startswith("p") and hour < 12:
        hour += 12
    return f"{hour:02d}:{minute:02d}" if hour < 25 and minute < 60 and hour >= 12 else None


def _day_count(said: str) -> tuple[int, str] | None:
    """Return after how many days a notice counts as received and in which unit, where the words say it."""
    if m := _ORDINAL.search(said):
        word = m["o"] or m["fo"] or m["so"]
        business = bool(m["u"] or m["u2"] or m["fu"] or m["fnu"] or m["su"] or m["snu"] or m["snv"])
        return _ORDINALS.get(word or "", 1), "business_days" if business else "calendar_days"
    for m in _COUNTED.finditer(said):
        value = number_of(m["n"])
        if value and value <= 60:
            if m["h"]:
                return (value + 23) // 24, "calendar_days"
            return value, "business_days" if m["b"] or m["fb"] or m["sb"] else "calendar_days"
    return None


def _holidays(doc: Doc, bounds: list[tuple[int, int]]) -> Iterator[Fact]:
    """The holidays that the definition of a business day leaves out."""
    folded = flat(doc)
    for low, high in bounds:
        for m in _DEFINES.finditer(folded, low, high):
            stop = _STOP.search(folded, m.end(), high)
            end = min(stop.start() if stop else high, m.end() + 500)
            said = folded[m.start() : end]
            named = re.findall(
                r"new year'?s day|memorial day|independence day|labor day|thanksgiving(?: day)?|christmas day|presidents'? day|"
                r"martin luther king[^,]{0,12}day|columbus day|"
                r"veterans'? day|juneteenth|good friday|easter monday|boxing day",
                said,
            )
            passage = (doc.passage(m.start(), end),)
            if len(named) >= 2:
                yield Fact(
                    "business_day_holidays",
                    "US:" + ";".join(dict.fromkeys(named)),
                    passage,
                    "holidays named in the definition of a business day",
                    confidence=0.85,
                )
                return
            if _HOLIDAY.search(said) and not _COUNTED_TOO.search(said):
                place = place_of(said[said.find("holiday") :] if "holiday" in said else said) or place_of(said) or place_of(folded[-6000:])
                if place:
                    yield Fact(
                        "business_day_holidays",
                        place,
                        passage,
                        "holidays of the place that the definition of a business day names",
                        confidence=0.8,
                    )
                    return
