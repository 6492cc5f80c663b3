"""Plain signs of what a sentence of a contract is about, as patterns over its folded words: what a reader of contracts looks for first."""
from __future__ import annotations

import re

_TERMINATES = r"(?:terminat\w+|cancel\w*|ends? (?:this|the) (?:agreement|contract|services?|arrangement)|end this|bring this|rescind\w*|withdraw\w*)"
_NUMBER = r"(?:\d{1,3}|one|two|three|four|five|six|seven|ten|twelve|fifteen|thirty|forty-?\s?five|sixty|ninety|one hundred\w*(?: \w+)?)"
_PERIOD = rf"(?:{_NUMBER}\s{{0,3}}-?(?:\(\s?\d{{1,3}}\s?\)\s{{0,3}})?-?(?:(?:business|calendar|working)\s)?(?:days?|weeks?|months?|years?)|\[\*+\])"
CUES: dict[str, str] = {
    "period": rf"\b{_PERIOD}",
    "notice": r"\bnotice\b",
    "prior_notice": r"\b(?:prior|advance|days'?|months'?)\s(?:prior\s)?(?:written\s)?notice\b",
    "terminates": rf"\b{_TERMINATES}",
    "may_terminate": rf"\b(?:may|right to|entitled to|option to|elect to|can)\b[^.;]{{0,90}}\b{_TERMINATES}",
    "terminated_by": r"\b(?:be terminated|terminable)\b[^.;]{0,60}\bby\b",
    "convenience": r"\b(?:for convenience|without cause|for any reason|for no reason|any or no reason|with or without (?:cause|reason)|without (?:any "
                   r")?reason|"
                   r"at (?:its|their|his|any party's) (?:sole )?(?:option|discretion|will)|in its sole discretion|without penalty)\b",
    "any_time": r"\bat any time\b",
    "cause": r"\b(?:breach\w*|default\w*|insolven\w+|bankrupt\w+|fail(?:s|ure)?|violat\w+|cure[ds]?|remed(?:y|ied)|change of control|force majeure|for "
             r"cause)\b",
    "terminate_on_notice": rf"\b{_TERMINATES}\b[^.;]{{0,120}}\b(?:upon|on|by|with|giving|after)\b[^.;]{{0,60}}\b{_PERIOD}[^.;]{{0,40}}\bnotice",
    "renew": r"\b(?:renew\w*|extend(?:ed|s)?|extension|prolong\w*|roll over)\b",
    "auto_renew": r"\b(?:automatic\w*|successive|consecutive|additional|further|thereafter|subsequent)\b[^.]{0,60}\b(?:renew\w*|extend\w*|extension|"
                  r"terms?|periods?|"
                  r"year to year|month to month)\b|\b(?:renew\w*|extend\w*|continue)\b[^.]{0,60}\b(?:automatic\w*|successive|consecutive|additional|"
                  r"year to year|"
                  r"month-?\s?to-?\s?month|annual\w*)\b",
    "option_renew": r"\b(?:option|right|may|elect\w*|agree\w*|entitled)\b[^.;]{0,80}\b(?:renew\w*|extend\w*|extension)\b",
    "not_renew": r"\b(?:(?:prevent|avoid|stop|oppose|decline|refuse)\w* (?:the |any |such |its |further |automatic )*(?:renewal|extension)|not (?:to "
                 r")?(?:be )?(?:renew\w*|extend\w*)|non-?\s?renewal|nonrenewal|not wish to|(?:desire|wish|inten\w+|elect\w*|decision) (?:not )?to "
                 r"(?:terminate|cancel|renew|not renew|extend|discontinue))",
    "unless_notice": r"\b(?:unless|until|provided)\b[^.]{0,160}\b(?:notice|notif\w+|advis\w+|written)\b",
    "before_end": r"\b(?:prior to|before|preceding|in advance of)\b[^.;]{0,50}\b(?:expir\w+|end|termination|anniversary|renewal|conclusion|completion|"
                  r"commencement of)\b",
    "term_is": r"\b(?:term|period|duration)\b[^.;]{0,50}\b(?:of this agreement|of the agreement|shall be|is|begins?|commenc\w+|continu\w+|means?)\b",
    "remain": r"\b(?:remain|continue|be|stay|is)\b[^.;]{0,30}\b(?:in (?:full )?(?:force|effect)|effective|valid|until|for an? (?:initial )?(?:term|"
              r"period))\b",
    "initial_term": r"\binitial (?:term|period)\b",
    "commence": r"\b(?:commenc\w+|begin\w*|effective date|take effect|become effective)\b",
    "expire": r"\b(?:expir\w+|until terminated|unless (?:sooner|earlier|otherwise)\s?(?:earlier|sooner)?\s?terminated|terminate[sd]? on|end(?:s|ing)? "
              r"on|perpetual\w*|"
              r"indefinite\w*|anniversary)\b",
    "years_from": rf"\b{_PERIOD}[^.;]{{0,30}}\b(?:from|after|following|beginning|commencing)\b",
    "governed": r"\b(?:governed|construed|interpreted|enforced|controlled|subject to)\b[^.]{0,120}\blaws?\b|\blaws?\b[^.]{0,80}\b(?:govern\w*|appl(?:y|"
                r"ies)|control\w*)\b",
    "laws_of": r"\blaws? (?:and \w+ )?of\b",
    "conflict_laws": r"\b(?:conflicts? of laws?|choice of laws?|conflict)\b",
    "no_event": r"\b(?:in no event|under no circumstances?|in no case|no event shall|neither party|not be (?:held )?(?:liable|responsible)|no liability|"
                r"shall have no (?:liability|obligation)|not liable)\b",
    "liable": r"\b(?:liab(?:le|ility|ilities)|responsible|responsibility)\b",
    "consequential": r"\b(?:consequential|incidental|indirect|punitive|exemplary|special,? |lost profits?|loss of (?:\w+ )?(?:profits?|revenue|business|"
                     r"data|use))\b",
    "exceed": r"\b(?:exceed\w*|in excess of|greater than|limited to|limitation|maximum|aggregate|cumulative|cap(?:ped)?)\b",
    "sole_remedy": r"\b(?:sole|exclusive|only|entire)\b[^.;]{0,40}\b(?:remed(?:y|ies)|recourse|liability|obligation)\b",
    "time_bar": r"\b(?:no (?:action|claim|suit|proceeding)s?|action|claims?|suit)\b[^.]{0,150}\b(?:more than|within|after|later "
                r"than)\b[^.]{0,60}\b(?:years?|months?|days?)\b",
    "after_end": r"\b(?:upon|after|following|on|subsequent to|in the event of|at)\b[^.;]{0,60}\b(?:expir\w+|terminat\w+|cancellation)\b",
    "survive": r"\b(?:surviv\w+|post-termination|wind-?\s?down|sell-?\s?off|run-?\s?off|phase-?\s?out|tail period|last[- ]buy|transition\w*|orderly)\b",
    "hand_back": r"\b(?:return|destroy|deliver|surrender|cease|discontinue|remove|transfer|assign|deliver up|inventory|repurchase|re-?purchase|buy[- "
                 r"]?back|stock)\b",
    "continue_to": r"\b(?:continue to|shall (?:remain )?entitled|complete|fulfil\w*|honou?r|outstanding|accrued|work in progress|remaining)\b",
    "pays": r"\b(?:pay\w*|paid|reimburs\w+|compensat\w+|owed|due|fees?|royalt\w+|commissions?)\b",
    "liquidated": r"\bliquidated damages?\b",
    "ending_fee": r"\b(?:early |premature )?(?:terminat\w+|cancellation|exit|break-?\s?up|buy-?\s?out|withdrawal|departure)(?: for \w+)? (?:fees?|"
                  r"charges?|payments?|penalt\w+|"
                  r"amounts?|costs?)\b",
    "penalty": r"\b(?:penalt(?:y|ies)|not (?:as )?a penalty|pre-?\s?estimat\w+|reasonable (?:estimate|approximation)|forfeit\w*|lump[- ]sum|service "
               r"credits?)\b",
    "pay_if_ended": rf"\b{_TERMINATES}\b[^.]{{0,200}}\b(?:shall|will|must|agrees? to) (?:\w+ )?(?:pay|forfeit|refund|reimburse)\b",
    "equal_to": r"\b(?:equal to|multiplied by|product of|percent|calculated|per day|each day|per (?:month|week))\b|%",
    "means": r"^[\"'][^\"']{2,60}[\"']\s{1,3}(?:shall |will )?(?:means?|refers?)",
    "consent": r"\b(?:confidential\w*|intellectual property|assign\w*|warrant\w*|indemnif\w+|insurance)\b",
    "extension_notice": rf"\b(?:renew|extend|non-?renewal|terminate)\b.*\b(?:at least|not less than|no later than|minimum of|no less "
                        rf"than)\b[^.;]{{0,30}}{_PERIOD}",
    "money": r"[$£€]\s?\d|\b(?:dollars|usd|rmb|eur|euros?)\b",
}
SHAPES = ("mostly capitals", "short", "long")
COUNT = len(CUES) + len(SHAPES)
_COMPILED = tuple(re.compile(p) for p in CUES.values())
_SHORT, _LONG, _LOOKED_AT = 60, 600, 3000


def cues(text: str, folded: str, start: int, end: int) -> tuple[bool, ...]:
    """Return which cues stand in a sentence of a text, in the order of `CUES`, then its `SHAPES`; its first 3,000 characters are looked at."""
    near = " ".join(folded[start:min(end, start + _LOOKED_AT)].split())
    capitals = sum(c.isupper() for c in text[start:end])
    size = end - start
    return (*(bool(p.search(near)) for p in _COMPILED), capitals * 2 > size, size < _SHORT, size > _LONG)
