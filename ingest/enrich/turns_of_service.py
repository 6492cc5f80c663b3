"""Further turns of speech of those who are served, in English, German, French and Spanish: weight, hints, pattern, and whether it only complains from them.

They are about a service that goes on or ends: nothing changes, heard for the third time, billed for what nobody asked for, do not count on us; thanks for the
years, easy to work with, would you quote again.  All patterns meet folded text.
"""
from __future__ import annotations

from typing import Final

Turn = tuple[float, str, str, bool]

_TIMES: Final = (r"(?:second|third|fourth|fifth|tenth|umpteenth|nth|zweiten|dritten|vierten|funften|x-ten|wiederholten|deuxieme|troisieme|quatrieme|"
    r"enieme|segunda|tercera|"
                 r"cuarta|quinta|enesima)")
_LONG: Final = (r"(?:\d{1,2}|two|three|four|five|six|several|zwei|drei|vier|funf|sechs|mehreren|deux|trois|quatre|cinq|six|plusieurs|dos|tres|cuatro|"
    r"cinco|seis|varios|"
                r"varias)")

MORE_CROSS: Final[tuple[Turn, ...]] = (
    (-2.0, "seguimos igual|sigue igual|siguen igual|todo igual|nada ha cambiado|no ha cambiado nada|nothing has changed|nothing changes|nothing ever|"
        "no improvement|"
           "nichts geandert|nichts getan|andert sich|rien n'a change|rien ne change|toujours rien|toujours au meme",
     r"\b(?:seguimos igual|(?:todo )?siguen? igual|nada ha cambiado|no ha cambiado nada|nothing (?:has|ever) chang\w+|nothing changes|no improvement|"
     r"(?:hat|haben) sich nichts (?:geandert|getan)|andert sich nichts|rien n'a change|rien ne change|toujours rien|toujours au meme point)", False),
    (-2.0, "llevamos|llevo |have been hearing|have been asking|have been waiting|'ve been hearing|'ve been asking|'ve been waiting|been told|"
        "warten seit|hore seit|horen seit|"
           "attendons depuis|attends depuis|entendons|fois que",
     rf"\b(?:llevamos|llevo) (?:ya )?{_LONG} \w+ (?:oyendo|esperando|escuchando|pidiendo|reclamando|con)\b|\b(?:have|'ve) been (?:hearing|asking|"
     rf"waiting|chasing|told)\b[^.\n]{{0,40}}"
     rf"\b(?:for|since|{_LONG})\b|\b(?:warte[nt]?|horen?|bitte[nt]?) (?:wir |ich )?(?:jetzt |nun |schon )*seit\b|\b(?:attendons|attends|entendons|"
     rf"demandons)\b[^.\n]{{0,20}}\bdepuis\b", False),
    (-1.5, "time in|time that|time we|time i|mal in|mal dass|fois|por segunda|por tercera|por enesima|por cuarta|zum dritten|zum zweiten|"
        "zum wiederholten|zum x-ten|for the third|"
           "for the second|for the umpteenth|pour la",
     rf"\b(?:for the|zum|pour la|por) {_TIMES} (?:time|mal|fois|vez)\b", False),
    (-2.0, "que contestar|que decir|what to tell|what to say|was ich|was wir|quoi dire|quoi repondre|quoi leur",
     r"\b(?:ya )?no (?:se|sabemos) (?:ya )?que (?:contestar|decir|responder)\w*|\b(?:don'?t|do not|no longer) know what (?:else )?to (?:tell|say)\b|"
     r"\bwei(?:ss|s) (?:ich |wir )?nicht mehr,? was (?:ich|wir)|\b(?:wissen|weis+) nicht mehr,? was (?:ich|wir) [^.\n]{0,30}sagen|\bne sa(?:is|"
     r"vons) plus quoi (?:dire|repondre|leur)", False),
    (-1.5, "screenshots|en redes|redes sociales|on social|social media|reseaux|sozialen netz|online bewert|bad reviews|one star|una estrella",
     r"\b(?:post(?:ing|ed)? screenshots|(?:quej\w+|critic\w+|escrib\w+)[^.\n]{0,25}en (?:las )?redes|all over social|on social media|"
     r"sur les reseaux sociaux|in den sozialen netz\w+|"
     r"bad reviews|one[- ]star|una estrella)", False),
    (-1.5, "nobody asked|nobody ordered|nobody author|nobody requested|no one asked|no one ordered|never asked|nobody here|nadie pidio|nadie ha pedido|"
        "nadie autorizo|nadie solicito|"
           "no hemos pedido|no pedimos|niemand bestellt|niemand beauftragt|niemand angefordert|personne n'a demande|personne n'a commande|"
           "personne n'a autorise|bestellt hat|beauftragt hat",
     r"\b(?:nobody|no one) (?:here )?(?:asked for|ordered|authori[sz]ed|requested|wanted)|\bnadie (?:ha |habia )?(?:pid\w+|autoriz\w+|solicit\w+|"
     r"encarg\w+)|\bno (?:hemos pedido|pedimos)\b|"
     r"\bniemand (?:bestellt|beauftragt|angefordert|genehmigt)|\bpersonne (?:ici )?n'a (?:demande|commande|autorise)", True),
    (-1.5, "sigue sin|siguen sin|still not|still isn't|still hasn't|still haven't|still missing|still no |immer noch nicht|weiterhin nicht|"
        "nach wie vor nicht|immer noch kein|toujours pas|toujours aucun",
     r"\b(?:siguen?|seguimos) sin \w+|\bstill (?:not|isn'?t|hasn'?t|haven'?t|missing|no (?:answer|reply|news|sign|word))\b|\b(?:immer noch|weiterhin|"
     r"nach wie vor) (?:nicht|kein\w*)\b|"
     r"\btoujours (?:pas|aucune?)\b", True),
    (-2.0, "plan on|count on|bank on|rely on a|rechnet nicht|rechnen sie nicht|nicht mit einer verl|ne comptez pas|no conteis|no cuenten|no contaria",
     r"\b(?:would|do|should|could|can)(?: not|n'?t) (?:plan|count|bank) on\b|\b(?:rechne[nt]?) (?:sie )?nicht mit|\bne compte[zs] pas sur|"
     r"\bno (?:conteis|cuente[ns]?|contaria) con", False),
    (-1.5, "paid too much|overcharged|charged us|nos han cobrado|nos habeis cobrado|nos cobraron|zu viel berechnet|trop facture|surfacture",
     r"\b(?:nos|me) (?:han|habeis|ha) cobrado|\bnos cobraron|\byou (?:have )?(?:over)?charged us\b|\bzu viel berechnet|\b(?:trop|sur)factur\w+", True),
    (-1.5, "lo siento|lo lamento|se quejo|se queja|nos quejamos|complained about|beschwert|s'est plaint",
     r"\b(?:lo (?:siento|lamento) (?:mucho|de veras)|se quej(?:o|a|aron) (?:de|del|por)|complained (?:about|of)|hat sich [^.\n]{0,30}beschwert|"
     r"s'est plainte? d)", False),
    (-2.0, "cannot go on|can't go on|cannot continue|can't continue|seguir asi|continuar asi|so nicht weiter|kann so nicht|ne peut plus durer|"
        "ne peut pas continuer|nicht so weitergehen",
     r"\b(?:cannot|can'?t) (?:go on|continue)(?: like this)?\b|\bno (?:podemos|se puede|puede) (?:seguir|continuar) asi|\b(?:kann|geht) (?:es |"
     r"das )?so nicht (?:weiter\w*)|\bnicht so weitergehen|"
     r"\bne peut (?:plus durer|pas continuer)", False),
    (-1.0, "once again|yet again|otra vez|schon wieder|encore une fois|de nouveau", r"\b(?:once|yet) again\b|\botra vez\b|\bschon wieder\b|"
        r"\bencore une fois\b", True),
    (-2.0, "camel's back|last straw|colmo|gota que|fass zum|goutte d'eau|echa chispas|up in arms", r"\bcamel'?s back|\blast straw|\b(?:el|"
        r"es el) colmo\b|\bgota que colm\w+|\bfass zum uberlaufen|\bgoutte d'eau|"
     r"\becha(?:ndo)? chispas|\bup in arms", False),
    (-2.0, "worst day|worst week|worst month|worst experience|schlimmste|pire journee|pire semaine|peor dia|peor semana|peor mes|can't defend|"
        "cannot defend|i am done|i'm done|we are done|we're done",
     r"\bworst (?:day|week|month|year|experience)|\bschlimmste\w* (?:tag|woche|monat)|\bpire (?:jour\w*|semaine|mois)|\bpeor (?:dia|semana|mes|"
     r"experiencia)|\b(?:cannot|can'?t) defend (?:this|that|it)|"
     r"\b(?:i|we)(?:'m| am|'re| are) done\b", False),
)

MORE_GLAD: Final[tuple[Turn, ...]] = (
    (2.0, "gracias al|gracias a todo el|gracias por estos|gracias por todo|gracias por vuestr|thank you for the|thanks for the last|thanks for the past|"
        "thanks for all|thank you for all|"
          "thanks for these|thanks for making|thank you for making|danke fur die|danke fur alles|danke fur all|merci pour ces|merci pour tout|"
          "merci pour votre|merci a l'equipe",
     r"\bgracias (?:al|a todo el|a vuestro|a su) (?:equipo|personal)|\bgracias por (?:estos|estas|todo|todos|todas|vuestr\w+ (?:trabajo|paciencia|esfuerzo))|"
     r"\bthank(?:s| you)(?: so much| very much)? for (?:(?:the )?(?:past|last) \w+ years|all (?:the|your|you)|these|making (?:it|this|the|that))|"
     r"\bdanke fur (?:alles|all die|die (?:letzten|vergangenen|schonen|gute\w*))|\bmerci pour (?:ces|tout|toutes|votre (?:patience|travail|aide))|"
     r"\bmerci a l'equipe", False),
    (2.0, "easy with you|easy to work|pleasure to work|pleasure working|pleasure doing|painless|angenehm mit ihnen|angenehme zusammenarbeit|"
        "plaisir de travailler|agreable de travailler|"
          "un placer|da gusto|facil trabajar|facil con vos",
     r"\b(?:(?:always|so|very) )?easy (?:with you|to work with)|\ba pleasure (?:working|doing|to work|to do)|\bpainless|\bangenehm(?:e)? (?:mit ihnen|"
     r"zusammenarbeit)|"
     r"\b(?:plaisir|agreable) de travailler|\b(?:ha sido|fue|es) un placer|\bda gusto|\bfacil (?:trabajar|con vos)", False),
    (2.0, "open to quot|open to talk|open to com|could you quote|would you quote|have you back|come back to you|abiertos a|podriais ofert|"
        "podrian cotizar|nos pasais oferta|"
          "offerte machen|angebot machen|noch einmal anbieten|pourriez-vous nous faire|ouverts a",
     r"\b(?:would|could|are) you (?:be )?(?:open to|interested in|willing to) (?:quot\w+|talk\w*|com\w+|help\w*|tak\w+|discuss\w*|offer\w*)|\b(?:would|"
     r"could) you quote\b|"
     r"\b(?:estariais|estarian|estaria usted) abiert\w+ a|\bpodri(?:ais|an) (?:ofertar|cotizar|presupuestar)|\b(?:wurden|"
     r"konnten) sie uns [^.\n]{0,40}(?:anbieten|angebot)|"
     r"\bpourriez-vous nous faire (?:une offre|un devis)", False),
    (1.0, "nothing personal|nicht personlich|rien de personnel|nada personal", r"\bnothing personal|\bnicht personlich gemeint|\brien de personnel|"
        r"\bnada personal", False),
    (1.0, "al principio|estupendo|de verdad|fuisteis|you were great|you were lovely|was great|floor was great|war toll|etait formidable",
     r"\b(?:you|the team|your people)(?: personally| all)? (?:were|was|have been) (?:always )?(?:great|lovely|wonderful|excellent)|\b(?:el|vuestro|"
     r"su) equipo [^.\n]{0,30}(?:es|fue|ha sido|era) "
     r"(?:estupend\w+|magnific\w+|genial|excelente|fantastic\w+)|\b(?:ihr|euer) team (?:war|ist) (?:toll|super|spitze|grossartig)|\bvotre equipe (?:est|"
     r"etait|a ete) (?:formidable|geniale|super)", False),
)
