"""Whose words a paper or mail is: the client's, the provider's, or a third party's; and which side a stretch of words names."""
from __future__ import annotations

import re
from functools import lru_cache

from archive.model.extracted import Passage
from archive.model.fact import ClientEvidence
from ingest.enrich.client_index import client_index, core
from ingest.enrich.clients import concerned, side_of
from ingest.enrich.doc import Doc

_CLIENT_ROLES = (r"(?:the )?(?:customer|client|buyer|kundin|kunde|auftraggeber(?:in)?|le client|la cliente|el cliente|cliente|mandante|"
                 r"donneur d'ordre)")
_PROVIDER_ROLES = (r"(?:the )?(?:supplier|provider|contractor|vendor|service provider|auftragnehmer(?:in)?|dienstleister(?:in)?|le prestataire|"
                   r"prestataire|fournisseur|el proveedor|proveedor|prestador|contratista)")
_CLAIMANT = (r"(?:claimant|plaintiff|referring party|petitioner|klager(?:in)?|antragsteller(?:in)?|demandeu(?:r|resse)|requerante?|demandante|actora|"
             r"counter-respondent)")
_RESPONDENT = r"(?:respondent|defendant|responding party|beklagte[rn]?|antragsgegner(?:in)?|defendeu(?:r|resse)|demandad[oa])"
_NOT_CROSS = r"(?<!cross-)(?<!cross )(?<!counter-)(?<!counter )"
"""A cross-claimant is the defendant, a cross-defendant the plaintiff."""

_ANSWER = re.compile(r"\b(?:answer|defen[cs]e|counter-?claim|response to|klageerwiderung|widerklage|memoire en (?:reponse|defense)|"
                     r"contestacion|reconvencion)\b")
_DEMAND = re.compile(r"\b(?:demand for arbitration|statement of claim|notice of arbitration|particulars of claim|klageschrift|schiedsklage|"
                     r"requete|demande d'arbitrage|demanda|solicitud de arbitraje)\b")
_BEHALF = re.compile(r"(?:for and on behalf of|on behalf of|signed (?:for|by)|im namen (?:der|von)|fur die|pour le compte de|pour|por|"
                     r"en nombre de|por cuenta de)\s+([^\n,]{3,60})")
_REPRESENTS = re.compile(
    r"\b(?:(?:we|i|this firm|the undersigned|our firm) (?:represents?|acts? for|(?:am|are) (?:counsel|attorneys?|solicitors?|instructed|"
    r"retained)[^,.\n]{0,20} (?:to|for|by)|"
    r"write (?:to you )?on behalf of|(?:have|has) been (?:retained|instructed|engaged) by)|on behalf of (?:our|my) clients?,?|"
    r"(?:wir|ich) (?:vertreten|vertrete|zeigen|zeige)(?: die (?:rechtlichen )?interessen (?:der|des)| [^,.\n]{0,30}vertretung (?:der|des))?(?: firma)?|"
    r"namens und (?:im auftrag|in vollmacht)(?: (?:unserer|meiner|unseres|meines) mandant\w+)?,?|(?:namens|im auftrag) (?:unserer|meiner|unseres) mandant\w+,?|"
    r"(?:nous (?:representons|intervenons pour)|je (?:represente|suis le conseil de)|(?:au nom|pour le compte) de (?:notre|ma|mon) client[e]?),?|"
    r"en (?:nombre|representacion)(?: y (?:nombre|representacion))? de (?:mi|nuestr[oa]) (?:representad[oa]|cliente|mandante|patrocinad[oa]),?|"
    r"(?:represento|representamos|actuo en nombre de|actuamos en nombre de) a?)\s+(?P<who>[^\n;:]{3,80}(?:\n[^\n;:]{3,30})?)")
_ADDRESSEE = re.compile(r"\b(?:you|your|sie|ihr\w*|vous|votre|vos|usted\w*|vds?|su|sus|against|gegen|contre|contra)\b")
"""Words behind the name of the party that counsel represents which speak of the other."""

_ADVERSE = re.compile(r"^(?:re|subject|matter|betreff|objet|asunto)?\s?:?\s*(?P<a>[^\n]{3,80}?)\s(?:adv\.?|adverse to|\./\.|"
    r"c/)\s(?P<b>[^\n]{3,80})$", re.MULTILINE)
_NAMED = re.compile(r"^(?P<a>[^\n]{3,60}?)\s(?:to|an|a|->)\s(?!l'attention|la atencion)(?P<b>[^\n]{3,60})$", re.MULTILINE)
_CREDITOR = re.compile(r"\b(?:(?:name of )?(?:the )?creditor|glaubiger(?:in)?|creancier|acreedor(?:a)?)\s?[:,]\s?([^\n]{3,80})")
_SHORT = (r"[\s,.]*(?:(?:incorporated|inc|ltd|limited|private|pvt|llc|llp|plc|ag|gmbh|kg|se|s\.?a\.?p\.?i|s\.?a|de c\.?\s?v|s\.? de r\.?\s?l|sofom|"
    r"e\.?\s?n\.?\s?r|s\.?l\.?u|"
          r"sarl|s\.?r\.?l|bv|nv|oy|ab|sas|vvag|corporation|corp|company|co|pte|sl|s\.l)[\s.,]*){0,6}"
          r"\((?:the |die |der |le |la |el |hereinafter |nachfolgend )?[\"']?([a-z][a-z .&-]{1,30})[\"']?\)")
"""The short name that a paper gives a party behind its name: `Fern Hill Ltd (Fern Hill)`."""

_COUNSEL_FOR = re.compile(
    r"\b(?:we|i) (?:act (?:for|on behalf of)|represent|am instructed by|are instructed by|have been instructed by|are retained by)\s(?P<en>[^.;\n]{3,140})"
    r"|\b(?:on behalf of|for) (?:our|my) clients?,?\s(?P<on>[^.;\n]{3,120})"
    r"|\b(?:our|my) clients?\s?:\s?(?P<oc>(?:(?!your client)[^;\n]){3,90})|\b(?:unsere?|meine?) mandant\w*\s?:\s?(?P<om>(?:(?!ihre? mandant)[^;]){3,90})"
    r"|\b(?:notre|mon|ma) client\w*\s?:\s?(?P<on_fr>(?:(?!votre client)[^;]){3,90})|\b(?:nuestr[oa]|mi) (?:client\w+|representad[oa])\s?:\s?"
    r"(?P<oe>(?:(?!su (?:client|repres))[^;]){3,90})"
    r"|\b(?:this|our) (?:firm|office) (?:represents?|acts? for|has been (?:retained|engaged|instructed) by)\s(?P<fi>[^.;\n]{3,120})"
    r"|\b(?:mich|uns)\s(?P<de>[^.;]{3,160}?)\s(?:mit der (?:wahrung|wahrnehmung|vertretung|durchsetzung)|mandatiert|beauftragt|bevollmachtigt)"
    r"|\b(?:vertrete|vertreten|vertritt)(?: (?:ich|wir))?(?: anwaltlich)?\s(?P<vt>[^.;]{3,120})"
    r"|\b(?:namens|im namen|im auftrag|in vollmacht|kraft vollmacht|in vertretung)[^.;]{0,40}?\b(?:der|von|meine[rs]|unsere[rs]) (?:mandant\w+ |klient\w+ )?"
    r"(?P<na>[^.;]{3,120})"
    r"|\b(?:je suis|nous sommes|suis|agissant comme|en qualite de|en ma qualite de)\s(?:l'|le |la |les )?(?:conseils?|avocate?s?) (?:de|"
    r"d')\s?(?P<fr>[^.;]{3,120})"
    r"|\b(?:au nom et pour le compte|j'interviens (?:au nom|pour le compte)|dans l'interet) de\s(?P<nc>[^.;]{3,120})"
    r"|\b(?P<mc>[^.;\n]{3,120}?)\s(?:m'a|nous a|m'ont) (?:charge|mandate|confie|saisi|demande d'intervenir)"
    r"|\b(?:represento|representamos|asisto|actuo en (?:nombre|representacion) de|en (?:nombre y )?representacion de|en nombre de) (?:a |mi (?:cliente|"
    r"mandante),? )?"
    r"(?P<es>[^.;]{3,120})")
"""Words with which counsel say for whom they write; the group is what stands where they name the party."""

_ACTS = (
    r"(?:,? \w+){0,2}? (?:(?:hereby|herewith|formally|expressly|hiermit|formellement|expressement|formalmente|expresamente) (?:asserts?|claims?|"
    r"demands?|denies|"
    r"disputes|rejects|requires|contests|conteste|reclame|exige|demande|reclama|rechaza|requiere)|(?:erhebt|fordert|verlangt|bestreitet|beansprucht) hiermit)\b"
)
_LOWEST = 4


def client_names(doc: Doc, evidence: tuple[ClientEvidence, ...]) -> tuple[str, ...]:
    """Return the folded names of the clients that the item is about, longest first, with the short names that its own text defines."""
    index = client_index(doc.context)
    found = {" ".join(core(n)) for c in concerned(evidence) if c in index.by_id
             for n in (index.by_id[c].legal_name, *index.by_id[c].aliases) if n}
    found = {n for n in found if len(n) >= _LOWEST}
    head = doc.folded[:4000]
    for name in tuple(found):
        for m in re.finditer(_spaced(name) + _SHORT, head):
            if not re.fullmatch(_PROVIDER_ROLES, m[1].strip()):
                found.add(m[1].strip())
        first = name.split()[0]
        if len(first) >= 6:
            found.add(first)
    return tuple(sorted(found, key=lambda n: (-len(n), n)))


@lru_cache(maxsize=512)
def _spaced(name: str) -> str:
    return r"(?<![a-z0-9])" + r"\W{1,4}".join(re.escape(w) for w in name.split()) + r"(?![a-z0-9])"


def names_client(folded: str, names: tuple[str, ...]) -> bool:
    """Say whether folded words name the client, by a name of it or by its role in the contract."""
    return any(re.search(_spaced(n), folded) for n in names) or bool(re.search(rf"\b{_CLIENT_ROLES}\b", folded))


def last_party(folded: str, names: tuple[str, ...]) -> str | None:
    """Return which side is named last in these words (`client`, `provider`), None where neither a name nor a role stands there.

    The provider is known by its role only; so a capitalised name that is not the client's is the caller's to judge.
    """
    client = max((m.start() for n in (*map(_spaced, names), rf"\b{_CLIENT_ROLES}\b") for m in re.finditer(n, folded)), default=-1)
    provider = max((m.start() for m in re.finditer(rf"\b{_PROVIDER_ROLES}\b", folded)), default=-1)
    return None if client == provider == -1 else "client" if client > provider else "provider"


def speaker(doc: Doc, evidence: tuple[ClientEvidence, ...], names: tuple[str, ...]) -> tuple[str, str, Passage] | None:
    """Return the side that speaks, the basis, and a passage; None where nothing in the item shows it."""
    lead = re.search(r"\S[^\n]{0,160}", doc.text)
    if lead is None:
        return None
    first = doc.passage(lead.start(), lead.end())
    if doc.form == "mail":
        return _of_mail(doc, first)
    head, tail = doc.folded[:1500], doc.folded[-900:]
    if (caption := _of_caption(head, tail, names)) is not None:
        return caption, "caption of the proceedings", first
    if (creditor := _CREDITOR.search(head)) is not None:
        return ("client" if names_client(creditor[1], names) else "provider"), "creditor named", doc.passage(*creditor.span())
    if (told := _of_counsel(doc, names)) is not None:
        return told
    if (acting := _acting(head, names)) is not None:
        return "client", "the client is named as the one who acts", doc.passage(*acting.span())
    if (who := _REPRESENTS.search(head)) is not None:
        named = _ADDRESSEE.split(who["who"])[0]
        side = "client" if any(re.search(_spaced(n), named) for n in names) else "provider"
        return side, "counsel names the party", doc.passage(*who.span())
    if (matter := _ADVERSE.search(head)) is not None and names_client(matter["a"], names) != names_client(matter["b"], names):
        return ("client" if names_client(matter["a"], names) else "provider"), "party named first in the heading of counsel", doc.passage(*matter.span())
    lines = [line.strip() for line in head.split("\n") if line.strip()]
    for m in _NAMED.finditer(head[:400]):
        if names_client(m["a"], names) != names_client(m["b"], names) and len(m["a"].split()) <= 7:
            return ("client" if names_client(m["a"], names) else "provider"), "line that names sender and addressee", doc.passage(*m.span())
    if lines and _is_name(lines[0], names):
        return "client", "letter-head", first
    signed = list(_BEHALF.finditer(tail))
    if signed and names_client(signed[-1][1], names):
        return "client", "signature", first
    if any(_is_name(line, names) for line in lines[1:14]):
        return "provider", "addressed to the client", first
    return None


def _of_counsel(doc: Doc, names: tuple[str, ...]) -> tuple[str, str, Passage] | None:
    """Return the side for which counsel say that they write: the client's where they name it, the provider's where they write to it."""
    text = doc.flat[:3000]
    for m in _COUNSEL_FOR.finditer(text):
        party = next(g for g in m.groups() if g)
        if any(re.search(_spaced(n), party) for n in names):
            return "client", "counsel name the client as whom they act for", doc.passage(*m.span())
        head = text[:m.start()].replace("\n", " ")
        if re.search(r"\b(?:mandant|klient|clients?\b|cliente|solicitor|avocat|anwalt|abogad|kanzlei|llp\b)", text[:m.end()]) and \
                any(re.search(_spaced(n), head[-900:]) for n in names):
            return "provider", "counsel of another write to the client", doc.passage(*m.span())
    return None


def _acting(head: str, names: tuple[str, ...]) -> re.Match[str] | None:
    """Return where counsel let the client itself act: `Fern Hill hereby demands`, `Fern Hill erhebt hiermit`."""
    return next((m for n in names if (m := re.search(_spaced(n) + _ACTS, head))), None)


def charged(text: str, names: tuple[str, ...], at: int) -> str | None:
    """Return which side a ruling charges with the sum at this place: the respondent or the claimant, whichever is told to pay before it."""
    of_claimant = _claimant(text[:2500], names)
    told = re.search(rf"(?:(?P<c>{_CLAIMANT})|(?P<r>{_RESPONDENT}))[^.]{{0,60}}?(?:shall|must|to pay|pays?|zahl\w+|verurteilt|payer|pagar|"
    rf"hat\b)", text[max(0, at - 160):at])
    if of_claimant is None or told is None:
        return None
    return of_claimant if told["c"] else "provider" if of_claimant == "client" else "client"


def _claimant(head: str, names: tuple[str, ...]) -> str | None:
    """Return the side of the claimant by the caption: `X, Claimant` or `Claimant: X`."""
    named = re.search(rf"{_NOT_CROSS}\b{_CLAIMANT}\b\s?:\s?([^\n]{{3,80}})", head)
    other = re.search(rf"{_NOT_CROSS}\b{_RESPONDENT}\b(?:\s?/\s?[a-z -]{{3,30}})?\s?:\s?([^\n]{{3,80}})", head) if named is None else None
    if other is not None:
        return "provider" if names_client(other[1], names) else "client"
    named = named or re.search(rf"([^\n]{{3,80}}?)[,\s(-]+(?:als )?{_NOT_CROSS}{_CLAIMANT}\b", head)
    if named is None or not re.search(rf"\b{_RESPONDENT}\b", head):
        return None
    return "client" if names_client(named[1], names) else "provider"


def _of_mail(doc: Doc, first: Passage) -> tuple[str, str, Passage] | None:
    for person in doc.extracted.participants:
        if person.role in ("from", "sender") and person.address and side_of(doc, person.address):
            return "client", f"sender {person.address}", first
    return None


def _is_name(line: str, names: tuple[str, ...]) -> bool:
    """Say whether a line is the client's name, not a sentence in which it stands."""
    return len(line) <= 90 and any(re.match(r"(?:(?:an|to|a|herrn?|frau|ms\.?|mr\.?|mme|"
    r"m\.)\b[:\s]*)?(?:[^,\n]{0,40}, )?" + _spaced(n), line) for n in names)


def _of_caption(head: str, tail: str, names: tuple[str, ...]) -> str | None:
    """Return the side of a pleading: by `for Claimant` under it, or by its title, with the name that stands by the role in its head."""
    of_claimant = _claimant(head, names)
    if of_claimant is None:
        return None
    other = "provider" if of_claimant == "client" else "client"
    signed = re.findall(rf"\b(?:for|fur|pour|por)\b[^\n]{{0,30}}?\b(?:(?P<c>{_CLAIMANT})|(?P<r>{_RESPONDENT}))", tail)
    if signed:
        return of_claimant if signed[-1][0] else other
    if _ANSWER.search(head):
        return other
    return of_claimant if _DEMAND.search(head) else None
