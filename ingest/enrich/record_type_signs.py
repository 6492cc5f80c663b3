"""The signs that add a record type to what the kind gives, in English, German, French and Spanish. One is enough where its weight is 1."""
from __future__ import annotations

from typing import Final

from ingest.enrich.signs import Signs, sign

SIGNS: Final = Signs((
    sign(
        "dispute", 1.0, "subject",
        r"\b(?:disput\w*|adjudicat\w*|(?:interim|final|arbitral|consent) award|ruling|judgment|schiedsspruch|urteil|jugement|laudo|(?:counter-?)?claims?|"
        r"without prejudice|(?:rule|fre) 408|arbitration|mediation|litigation|settlement|contest\w*|"
        r"widerspruch|bestreit\w*|vergleich|forderung\w*|schlichtung|litige|reclamation|transaction|mise en demeure|disputa|reclamacion|"
        r"acuerdo transaccional|impugnacion|notice of default|early termination fee|penalt\w+|vertragsstrafe|penalite\w*|penalizacion)\b",
        "disput|adjudicat|award|ruling|judgment|schiedsspruch|urteil|jugement|laudo|claim|prejudice|408|arbitrat|mediat|litig|settle|contest|"
        "widerspruch|bestreit|vergleich|forderung|schlichtung|reclam|"
        "transac|mise en|acuerdo|impugn|default|early term|penal|strafe"),
    sign(
        "dispute", 1.0, "said",
        r"\b(?:without prejudice save|full (?:and final )?settlement|settlement (?:sum|amount|agreement|range)|counterclaim|set[- ]off|"
        r"arbitrat(?:or|ion)|mediat(?:or|ion)|notice of default|material breach|(?:is|are|be) in (?:material )?breach|"
        r"early termination fee|(?:we|i|and) (?:dispute|contest|do not accept|reject|decline)|disputes? that|liability is denied|"
        r"(?:does|do) not accept that|for cause|vergleichs\w+|vertragsverletzung|vertragsstrafe|bestreiten wir|wir bestreiten|"
        r"weisen wir[^.]{0,40}zuruck|schadensersatz|aus wichtigem grund|contestons|manquement (?:grave|essentiel)|"
        r"indemnite de resiliation|mise en demeure|pour (?:faute|motif grave)|incumplimiento (?:grave|esencial)|impugnamos|"
        r"penalizacion|por causa|prozess(?:risik\w+|chancen)|beweislast|burden of proof|clause penale|transiger|contentieux|allanarse|carga de la prueba)\b",
        "prozess|beweislast|burden of|penale|transiger|contentieux|allanarse|carga de la|prejudice|settlement|counterclaim|set-off|set off|arbitrat|mediat|"
        "default|breach|early term|dispute|contest|accept|reject|"
        "decline|liability|for cause|vergleich|verletzung|strafe|bestreit|zuruck|schaden|wichtigem|manquement|indemnite|mise en|"
        "faute|motif|incumplimiento|impugn|penaliz|por causa"),
    sign(
        "contractual", 1.0, "subject",
        r"\b(?:(?:notice|letter) of (?:termination|non-?renewal|default)|terminat\w+|your renewal|renewal (?:of|notice)|non-?renewal|"
        r"amendment|kundigung(?!sfrist)\w*|vertragsende|vertragsverlangerung|nachtrag|resiliation|renouvellement|avenant|rescision|"
        r"resolucion (?:del|de) contrato|renovacion|prorroga|(?:parent |bank |company )?guarantee|burgschaft|patronatserklarung|lettre de garantie|"
        r"cautionnement|"
        r"aval bancario|signed (?:settlement|agreement|amendment|contract))\b",
        "notice|letter of|terminat|renew|amendment|kundigung|vertragsende|verlangerung|nachtrag|resili|renouvel|avenant|rescision|"
        "resolucion|renovacion|prorroga|guarantee|burgschaft|patronat|garantie|cautionnement|aval bancario|signed"),
    sign(
        "contractual", 1.0, "said",
        r"\b(?:notice of (?:termination|default|non-?renewal)|(?:terminate|ending|ended|treat) (?:the|this|our) (?:agreement|contract)|"
        r"(?:agreement|contract) (?:ended|terminated|will (?:end|terminate))|deemed receiv\w+|deemed receipt|cure period|"
        r"(?:your|our|the) [a-z0-9-]{2,20} renews on|(?:certificate of|certified) (?:deletion|destruction)|last day of service|"
        r"(?:your|the) last day (?:is|was)|credentials[^.\n]{0,30}revoked|"
        r"wipe within|"
        r"vertragsende|kundigung (?:zum|vom|ist|haben)|loschbestatigung|loschprotokoll|ruckgabe der|"
        r"(?:avis|preavis) (?:de resiliation|du \d)|date de fin|fin du contrat|dernier jour de service|restitution du|"
        r"fin del contrato|ultimo dia de servicio|aviso de rescision|devolucion de los equipos)",
        "notice|terminat|agreement|contract|deemed|cure period|renews|deletion|destruction|last day|credentials|wipe|kundigung|vertragsende|losch|"
        "ruckgabe|avis|date de fin|fin du|dernier|restitution|fin del|"
        "ultimo|aviso|devolucion"),
    sign(
        "billing", 1.0, "subject",
        r"\b(?:invoices?|inv-|payments?|remittance|credit (?:note|memo)|outstanding|overdue|refund|\w{2,6}-\d[\d-]* - \W?\d+ short|"
        r"statement of account|rechnung\w*|zahlung\w*|gutschrift|saldo|mahnung|facture|paiement|avoir|remboursement|factura|pago|"
        r"reembolso)\b",
        "inv|pay|remit|credit|outstanding|overdue|refund|short|statement|rechnung|zahlung|gutschrift|saldo|mahnung|factur|paiement|"
        "avoir|rembours|pago|reembolso"),
    sign(
        "billing", 1.0, "said",
        r"\b(?:invoices? (?:no\.? ?)?[a-z]{0,4}-?\d|(?:our|your|the) invoice|inv-[a-z]*-?\d|(?:bank|account) shows|remittance|"
        r"outstanding balance|unpaid balance|(?:monthly |annual )?(?:fee|price|rate)s? will (?:change|increase|rise)|"
        r"paid (?:twice|invoice)|rechnung (?:nr|vom|\w*-?\d)|zahlung(?:seingang| von)|preis(?:e|anpassung|erhohung)|"
        r"facture (?:n|\w*-\d)|remboursement|virement|(?:hausse|augmentation) (?:de prix|tarifaire|des tarifs)|factura (?:n|\w*-?\d)|"
        r"pago de \d|subida de precios)",
        "invoice|inv-|shows|remittance|balance|will change|will increase|will rise|paid|rechnung|zahlung|preis|facture|rembours|"
        "virement|hausse|augmentation|factura|pago|subida"),
    sign(
        "feedback", 1.0, "subject",
        r"\b(?:csat|nps|survey|service level|scorecard|satisfaction|umfrage|zufriedenheit|sondage|encuesta)\b",
        "csat|nps|survey|service level|scorecard|satisfaction|umfrage|zufriedenheit|sondage|encuesta"),
    sign(
        "feedback", 0.6, "said",
        r"\b(?:csat|nps|customer satisfaction|satisfaction score|kundenzufriedenheit|satisfaction client|satisfaccion)\b",
        "csat|nps|satisfaction|zufriedenheit|satisfaccion"),
    sign(
        "feedback", 0.6, "said",
        r"\b(?:score\W{1,4}[1-5]\b|rating\W{1,4}[1-5]\b|service level (?:was|is|of) \d|\d{2}(?:\.\d)?\s?%[^.\n]{0,30}"
        r"(?:answered|in \d{2} ?s|sl\b)|erreichbarkeit|niveau de service|nivel de servicio)",
        "score|rating|service level|answered|erreichbarkeit|niveau de|nivel de|%"),
    sign("feedback", 1.0, "text", r"^(?:(?:customer|satisfaction|conversation)[ _.])?(?:rating|csat|satisfaction|score|bewertung|note|"
            r"valoracion)"
         r"(?:[ _.](?:score|value|rating|reason|comment|offered))?\s?: ?(?:[0-9]|good|bad|great|terrible|"
         r"offered)", "rating|csat|satisfaction|score|bewertung|note|valoracion"),
    sign("feedback", 1.0, "text", r"\"(?:score|rating|csat)\"\s?:\s?\"?(?:[0-9]|good|bad)", "score|rating|csat"),
))

TURNS_ON: Final = Signs((
    sign(
        "dispute", 1.0, "text",
        r"\b(?:per (?:the )?(?:settlement|agreement of)|settlement|compromise|withdrawn|early termination|minimum (?:monthly|annual)|"
        r"shortfall|penalt\w+|adjudicat\w+|as awarded|per (?:the )?award|over (?:the )?cap|above (?:the )?cap|admitted (?:claim|debt)|dividend of|"
        r"festgestellte forderung|insolvenzquote|creance admise|dividende|credito reconocido|disputed?|agreed credit|vergleich|vertragsstrafe|"
        r"vorfalligkeit|mindestabnahme|bestritten|kulanz|"
        r"transaction|indemnite|minimum garanti|credit convenu|conteste\w*|acuerdo|penalizacion|minimo garantizado)\b",
        "adjudicat|as awarded|award|cap|admitted|dividend|festgestellt|insolvenzquote|creance|credito|settlement|agreement|compromise|withdrawn|"
        "early term|minimum|shortfall|penal|disput|agreed|vergleich|strafe|vorfalligkeit|"
        "mindest|bestritten|kulanz|transaction|indemnite|convenu|conteste|acuerdo|minimo"),
))
"""What makes an invoice, credit note or advice part of a dispute: it carries out a settlement, or asks for more than the price of "
        "services."""
