"""What sums beyond the price of the services are called, in four languages: fees for an early end, shortfalls, penalties, credits, interest.

    early_termination_fee, unamortised_setup_cost       what an early end costs
    minimum_commitment, minimum_commitment_shortfall    what is owed although less was taken
    liquidated_damages, contractual_penalty             what a breach costs; contractual_penalty_data_deletion where it is one about data
    service_level_credits                               what a missed service level costs
    settlement_default_charge, late_interest            what paying late costs
"""

from __future__ import annotations

import re
from typing import Final

from ingest.enrich.exit_duties import DATA, DELETE
from ingest.enrich.hints import Hints

HINTS: Final = Hints(
    "ponale|konventional|fee|charge|termination|cancellation|shortfall|minimum|minim|mindest|mindermenge|penal|strafe|liquidated|damages|schadensersatz|"
    "forfaitaire|dommages|credit|malus|gutschrift|"
    "interest|zinsen|interet|intereses|amorti|indemni|abstand|ausgleich|entgelt|entschadigung|ablose|vorfallig|restwert|volum|frais|take-or-pay|take or pay"
)
"""One of these stands in every text that names such a sum."""

MAIL_HINTS: Final = Hints(
    "default charge|default fee|termination fee|termination charge|termination payment|termination-fee|exit fee|exit charge|cancellation fee|"
    "cancellation charge|"
    "wind-down|wind down|winddown|breakage|demobili|stranded|desmoviliz|abwicklungspausch|auslaufpausch|break fee|for early|for premature|vorfallig|"
    "ablose|abstands|ausgleichszahlung|ausstiegs|vorzeitig|frais de|indemnite|penal|indemnizacion|unamorti|"
    "set-up cost|setup cost|onboarding cost|implementation cost|nicht amortisiert|non amorti|no amortiz|shortfall|take or pay|take-or-pay|mindermenge|mindest|"
    "minimum monthly|minimum annual|minimum charge|minimum commitment|minimum fee|minimum billing|minimum spend|minimum volume|forfait minim|redevance minim|"
    "cuota minim|compromiso minim|liquidated|agreed damages|schadenpauschale|schadensersatz|forfaitaire|strafe|ponale|service credit|service-credit|"
    "level credit|"
    "sla credit|performance credit|malus|servicegutschrift|credit de service|credits de service|creditos de servicio|interest on|interest to|interest at|"
    "interest for|interest of|late interest|payment interest|default interest|zinsen|interets de retard|interets moratoires|intereses de demora|"
    "intereses moratorios"
)
"""The same for mails, which are many: whole names, so that `feel`, `interest in` and `credit card` are none."""

CONTEST_HINTS: Final = Hints(
    "disput|deny|denies|denied|contest|reject|refuse|not accept|not agree|not owe|not due|not payable|no basis|unenforceable|bestreit|bestritten|zuruck|"
    "nicht geschuldet|nicht berechtigt|nicht fallig|nicht anerkannt|widersp|unberechtigt|rejet|refus|exigible|infonde|rechaz|impugn|negamos|no procede|"
    "no debemos|no reconocemos|no aceptamos|improcedente"
)
"""One of these stands in most mails that contest an invoice."""

_KINDS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    (
        "settlement_default_charge",
        re.compile(
            r"\b(?:default|acceleration) (?:charge|fee|surcharge|premium)|\bcharge (?:on|upon|for) (?:default|acceleration)|"
            r"\b(?:verzugs|verfall|saumnis)(?:pauschale|zuschlag|gebuhr)\w*|\b(?:majoration|frais|indemnite) de (?:defaut|decheance)|"
            r"\b(?:recargo|cargo) por (?:incumplimiento del? (?:acuerdo|plan|pago)|vencimiento anticipado)"
        ),
    ),
    (
        "early_termination_fee",
        re.compile(
            r"\bearly[- ](?:termination|exit|cancellation|end)[- ](?:fees?|charges?|payment|sum|compensation)|"
            r"\b(?:termination|cancellation|break|exit) (?:fees?|charges?|payment|compensation)\b|"
            r"\b(?:fee|charge|compensation) for (?:early|premature) (?:termination|ending|exit)|"
            r"\b(?:wind[- ]?down|breakage|demobili[sz]ation|decommissioning|run-?off|stranded) (?:fees?|charges?|costs?|payment|amount)\b|"
            r"\b(?:abwicklungs|auslauf|demobilisierungs)(?:pauschale|gebuhr|entgelt)\w*|\bfrais de (?:demobilisation|liquidation du contrat)|"
            r"\b(?:cargo|gastos?) (?:de|por) (?:desmovilizacion|salida)\b|"
            r"\bvorfalligkeits\w+|\bablose(?:betrag|summe|zahlung|entschadigung)\w*|\babstands(?:zahlung|summe)\w*|"
            r"\bausgleichszahlung\w*(?=[^.;]{0,60}(?:beendigung|kundigung|vorzeitig))|\bausstiegs(?:gebuhr|pauschale|entgelt)\w*|"
            r"\b(?:entgelt|gebuhr|pauschale|entschadigung|zahlung) (?:fur|bei) (?:die |eine[rn]? )?vorzeitige[rn]? (?:beendigung|kundigung|"
            r"vertragsbeendigung)|"
            r"\b(?:frais|indemnites?|penalites?) de (?:resiliation|sortie|rupture)(?: anticipee)?|"
            r"\b(?:penalizacion|indemnizacion|cargo|compensacion|tarifa) por (?:la )?(?:cancelacion|resolucion|terminacion|rescision|desistimiento|salida)"
            r"(?: anticipada)?"
        ),
    ),
    (
        "unamortised_setup_cost",
        re.compile(
            r"\bun-?amorti[sz]ed\b|\b(?:set-?up|onboarding|implementation|mobili[sz]ation|ramp-?up|investment) costs?\b[^.;\n]{0,30}\b(?:not yet|recover\w*|"
            r"remaining|unrecovered|written off)|\bunrecovered (?:set-?up|onboarding|implementation) costs?|"
            r"\bnicht (?:vollstandig )?(?:amortisiert|abgeschrieben)\w*|\brestwert der (?:einrichtung|anlauf)\w*|"
            r"\b(?:frais|couts|investissements) (?:\w+ ){0,4}non amortis?|\b(?:costes?|gastos|inversiones) (?:\w+ ){0,4}no amortizad[oa]s?"
        ),
    ),
    (
        "minimum_commitment_shortfall",
        re.compile(
            r"\bshortfall (?:fee|charge|payment|amount|invoice|compensation)|\b(?:minimum|volume|commitment|revenue|spend)[^.;\n]{0,40}\bshortfall\b|"
            r"\bshortfall\b[^.;\n]{0,40}\b(?:minimum|commitment|volume|contract year)|\btake[- ]or[- ]pay\b|"
            r"\bmindermengen\w*|\bmindest(?:abnahme|umsatz|mengen?|vergutung)\w*(?:ausgleich|differenz|unterschreitung)\w*|"
            r"\b(?:unterschreitung|differenz) (?:der|des|zur|zum) (?:vereinbarten )?mindest\w+|"
            r"\b(?:manque|insuffisance|deficit|complement) (?:de|du|au) (?:volume|minimum|chiffre)\w*|"
            r"\b(?:deficit|diferencia|insuficiencia) (?:de|del|respecto al|sobre el) (?:volumen|consumo|minimo|compromiso)\w*"
        ),
    ),
    (
        "minimum_commitment",
        re.compile(
            r"\bminimum (?:(?:monthly|annual|quarterly|yearly|weekly|guaranteed) )?(?:charges?|commitments?|fees?|billing|payment|revenue|spend|"
            r"volume charge)\b|"
            r"\bmindest(?:vergutung|entgelt|umsatz|abnahme|pauschale|honorar)\w*|"
            r"\b(?:forfait|montant|redevance|facturation|engagement|remuneration) minim\w+|\bminimum (?:mensuel|annuel|garanti|de facturation)|"
            r"\b(?:cuota|cargo|facturacion|importe|compromiso|consumo) minim[oa]|\bminimo (?:mensual|anual|garantizado|de facturacion)"
        ),
    ),
    (
        "liquidated_damages",
        re.compile(
            r"\bliquidated damages\b|\bagreed damages\b|\bpauschal(?:ierte[rn]?)? schaden\w*|\bschaden\w*pauschale\w*|"
            r"\bdommages(?:-| et )interets forfaitaires|\bindemnite forfaitaire|\bdanos (?:y perjuicios )?(?:liquidados|predeterminados)"
        ),
    ),
    (
        "contractual_penalty",
        re.compile(
            r"\bcontract(?:ual)? penalt(?:y|ies)|\bpenalty (?:clause|payment|of|under)\b|\bvertragsstrafen?\w*|\bkonventionalstrafe\w*|\bponalen?\b|"
            r"\bpenalites? contractuelles?|\bclause penale|\bpenalidad(?:es)?\b|\bpenalizacion(?:es)? (?:contractual|pactada)\w*|\bclausula penal|"
            r"\bpenalizacion(?:es)? (?:equivalente|igual|consistente)|\bpenalty (?:equal|equivalent)|\bpenalites? (?:egales?|equivalentes?)|"
            r"\bpena (?:convencional|contractual)|\bpenalizacion(?:es)? (?:de|segun|conforme a|en virtud de|prevista en|ex)?\s?(?:la )?clausula"
        ),
    ),
    (
        "service_level_credits",
        re.compile(
            r"\bservice[- ](?:level )?credits?\b|\bsla[- ]credits?\b|\bperformance credits?\b|\bmalus\w*|\bservice-?level-?gutschrift\w*|"
            r"\bservicegutschrift\w*|"
            r"\b(?:credits?|avoirs?|penalites?) de (?:niveaux? de )?service|\bpenalites? (?:sla|de qualite)|"
            r"\b(?:creditos?|abonos?|penalizacion(?:es)?) (?:de|por) (?:niveles? de )?servicio"
        ),
    ),
    (
        "late_interest",
        re.compile(
            r"\b(?:late[- ]payment|late|default|overdue|statutory|contractual|moratory) interest\b|\binterest (?!on (?:us|me|you|him|her|them)\b)(?:to|"
            r"on|at|from|until|for|accrued|cl(?:ause)?\b|"
            r"of (?!the\b|a\b|us\b)|charge|\()|"
            r"\b(?:verzugs|mahn)zinsen\b|\bzinsen (?:auf|seit|bis|gemass|nach|fur|vom)|\binterets (?:de retard|moratoires|au taux)|"
            r"\bintereses (?:de demora|moratorios|por (?:mora|demora|retraso)|al tipo)"
        ),
    ),
)
KINDS: Final = tuple(name for name, _ in _KINDS)
_ABOUT_DATA = re.compile(rf"\b{DELETE}\w*(?=[^.;]{{0,120}}\b{DATA}\b)|\b{DATA}\b(?=[^.;]{{0,120}}\b{DELETE})|\b(?:data|daten)[- ]?(?:deletion|"
                         rf"loschung)|\bloschung\b")


def kinds_in(folded: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """Return the kinds of sums named between two offsets of a folded text without line breaks: name, start, end, by place.

    Words that belong to two kinds (`minimum charge shortfall`) count for the first in the list above.
    """
    found: list[tuple[str, int, int]] = []
    for name, pattern in _KINDS:
        for m in pattern.finditer(folded, start, end):
            if not any(a < m.end() and m.start() < b for _, a, b in found):
                found.append((name, m.start(), m.end()))
    return sorted(found, key=lambda f: f[1])


def about_data(folded: str, start: int, end: int) -> bool:
    """Say whether words between two offsets speak of deleting data: a penalty there is one for doing that late or not at all."""
    return _ABOUT_DATA.search(folded, start, end) is not None


_EARLY_END = re.compile(
    r"\bantes (?:del?|de la|de su) (?:vencimiento|finalizacion|terminacion|expiracion|termino)\b|\b(?:desistimiento|terminacion|cancelacion|resolucion|"
    r"baja) anticipad[oa]|"
    r"\bcada mes que (?:reste|falte|quede)|\bmeses (?:restantes|que (?:resten|falten|queden))|"
    r"\b(?:before|prior to|ahead of) (?:the |its |such )?(?:end|expiry|expiration|conclusion) of (?:the |its |such )?(?:[a-z-]+ ){0,2}(?:term|period|"
    r"agreement)|"
    r"\bbefore (?:the |its )?(?:[a-z-]+ ){0,2}(?:term|period|agreement) (?:ends|expires)|\bmonths? (?:remaining|left|then remaining)\b|"
    r"\bremaining (?:months|term)\b|"
    r"\bvor (?:dem )?(?:ablauf|ende) (?:der|des) (?:[a-z]+ )?(?:laufzeit|vertrags\w*|vertragsdauer)|\bvorzeitig\w* (?:beend\w+|kundig\w+|vertragsend\w+|"
    r"auflos\w+)|"
    r"\brest(?:liche[nr]?)? ?laufzeit|\bverbleibende[nr]? (?:monat|laufzeit)\w*|"
    r"\bavant (?:le terme|l'echeance|la fin|l'expiration) (?:du|de la|de) (?:contrat|periode|terme|convention)|\b(?:resiliation|rupture|fin) anticipee|"
    r"\bmois (?:restants?|restant a courir)"
)


def early_end(folded: str, start: int, end: int) -> bool:
    """Say whether words between two offsets speak of ending a contract before its term: a penalty there is a fee for an early end."""
    return _EARLY_END.search(folded, max(0, start), end) is not None
