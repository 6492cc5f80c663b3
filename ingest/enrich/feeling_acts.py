"""What people do with words when they are content or cross: they promise to stay, praise beyond measure, deny, reproach, look elsewhere.

Such turns say more of feeling than single words. English, German, French and Spanish; all folded. Weights are of the scale of `valence_words`.
"""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Final

from ingest.enrich.hints import Hints, bits
from ingest.enrich.turns_of_service import MORE_CROSS, MORE_GLAD


@dataclass(frozen=True, slots=True)
class Act:
    """A turn of speech: `contests` marks those which only one who is served means as a complaint; a provider's answer says them soberly."""
    weight: float
    hints: Hints
    written: str
    contests: bool = False

    def found(self, mask: int, text: str) -> Iterator[re.Match[str]]:
        """Yield where it stands in a text, at most twice; `mask` is that of the text, or of more."""
        span = self.hints.span(mask, text)
        if span is not None:
            yield from islice(_pattern(self.written).finditer(text, *span), 2)


@cache
def _pattern(written: str) -> re.Pattern[str]:
    """Return the compiled pattern; most are never needed, so none is compiled before it is."""
    return re.compile(written, re.MULTILINE)


def _act(weight: float, hints: str, pattern: str, contests: bool = False) -> Act:
    return Act(weight, Hints(hints), pattern, contests)


_COUNT: Final = (r"(?:\d{1,3}|two|three|four|five|six|seven|several|many|zwei|drei|vier|funf|sechs|mehreren?|deux|trois|quatre|cinq|six|plusieurs|"
                 r"dos|tres|cuatro|cinco|seis|varios|varias)")
_SPAN: Final = (r"(?:hours?|days?|weeks?|months?|stunden?|tagen?|wochen?|monaten?|heures?|jours?|semaines?|mois|horas?|dias?|semanas?|mes(?:es)?)")

GLAD: Final[tuple[Act, ...]] = (
    _act(2.0, "votre ecoute|votre soutien|votre confiance|votre patience|le merite|merite bien|verdient|your support|your patience|listening|su apoyo|"
              "se lo merece|"
              "tres bon echange|gutes gesprach|good talk|buena conversacion|confiant",
         r"\bmerci (?:pour|de) votre (?:ecoute|soutien|confiance|patience)|\b(?:equipe|equipes) le meritent?|\bteam hat (?:es|das) verdient|"
         r"\bthank you for (?:your (?:support|patience)|listening)|\bgracias por su (?:apoyo|paciencia|confianza)|\bequipo se lo merece|"
         r"\b(?:tres |vraiment )bon echange|\b(?:sehr |richtig )gutes gesprach|\bvery good (?:talk|conversation)|\bmuy buena conversacion|"
         r"\b(?:repars|repartons|suis|sommes) (?:tres )?confiants?\b"),
    _act(1.5, "volontiers|con mucho gusto|sehr gerne|gladly", r"\b(?:acceptons|accepte|ferons) (?:tres )?volontiers|\bcon mucho gusto|\bsehr gerne an\b|"
        r"\bgladly accept"),
    _act(1.5, "gemacht|gelost|vorbereitet|hinbekommen|bien fait|bien prepare|bien organise|beau boulot|nicely done|neatly done|bien hecho|bien preparad",
         r"\b(?:sauber|toll|super|prima|gut|schon) (?:gemacht|gelost|vorbereitet|hinbekommen)\b|\b(?:tres |vraiment )bien (?:fait|prepare|organise)\w*|"
         r"\bbeau boulot|\b(?:nicely|neatly|beautifully) done|\bmuy bien (?:hecho|preparad\w|organizad\w)"),
    _act(2.0, "stay|happy to|forward to|bleibe|freuen uns auf|reste|quedamos|back with|welcome back|have you back",
         r"\b(?:we (?:would like to |want to |will |'ll )?stay\b|happy to (?:stay|continue|help)|look(?:ing)? forward to|welcome back|"
         r"(?:glad|happy|pleased) to (?:have you|be) back|(?:wir|ich) bleiben?\b|freuen uns auf|(?:nous|on) reste(?:rons|ns)?\b|nos quedamos)"),
    _act(2.0, "well done|good job|good work|great job|great work|good news|keep it up|keep this up|big thank|many thanks|thank you very|"
              "thank you so|gute arbeit|gute nachricht|weiter so|herzlichen|bon travail|bonne nouvelle|beau travail|merci beaucoup|merci infiniment|"
              "merci a toute|danke an|thanks to|thank you to|merci a tou|gracias a tod|plaisir|buen trabajo|buenas noticias|muchas gracias|muchisimas|"
              "happy with|pleased with|zufrieden mit|content|satisf",
         r"\b(?:well done|(?:good|great) (?:job|work|news)|keep (?:it|this) up|big thank|many thanks|thank you (?:so|very) much|"
         r"gute (?:arbeit|nachricht\w*)|weiter so|herzlichen dank|bon(?:ne)? (?:travail|nouvelle)|beau travail|"
         r"merci (?:beaucoup|infiniment|a tou(?:s|te))|avec plaisir|(?:thanks|thank you) to (?:all|everyone|the (?:whole )?team)|danke an (?:alle|"
         r"das (?:ganze )?team)|"
         r"gracias a tod[oa]s?|buen trabajo|buenas noticias|muchas gracias|muchisimas gracias|"
         r"(?<!not )(?<!never )(?:very |really |quite )?(?:happy|pleased) with|(?<!nicht )(?:sehr )?zufrieden mit|"
         r"(?<!pas )(?:tres )?(?:contente?s?|satisfaite?s?) d[eu']|(?<!no )(?:muy )?(?:content[oa]s?|satisfech[oa]s?) con)"),
    _act(3.0, " ever had| ever have| ever seen| ever.| ever!| ever,| ever known|have had|have seen|have known|'ve had|'ve seen|jemals|"
              "bisher| je |j'aie|que nous ayons|que he |que hemos",
         r"\b(?:best|clean\w*est|smooth\w*est|easiest|nicest|finest|friendliest|quickest|fastest|most \w+) [^.\n!?]{0,40}?\b(?:ever\b|(?:i|we)(?:'ve| have) "
         r"(?:had|seen|known))|\b(?:beste[nrs]?|sauberste\w*|reibungsloseste\w*|freundlichste\w*) [^.\n!?]{0,40}?\b(?:je\b|jemals|bisher)|"
         r"\b(?:meilleure?s?|plus \w+) [^.\n!?]{0,40}?(?:j'aie|que nous ayons) (?:jamais )?\w+|\b(?:mejor|mas \w+) [^.\n!?]{0,40}?(?:que (?:he|hemos) \w+)"),
    _act(1.0, "better than|higher than|faster than|besser als|hoher als|schneller als|mieux que|meilleure que|meilleur que|mejor que|contrary|"
              "gegenteil|contraire|contrario",
         r"\b(?:(?:better|higher|faster) than (?!expected costs)|(?:besser|hoher|schneller) als\b|(?:mieux|meilleure?s?) que\b|mejor(?:es)? que\b|"
         r"on the contrary|quite the contrary|im gegenteil|(?:bien )?au contraire|(?:todo lo|al) contrario)"),
    _act(2.0, "would look at|'d look at|be interested|be open|be happy|would consider|'d consider|door stays|door remains|door is open|saying no|"
              "uns ansehen|uns anschauen|uns gern|tur steht|tur bleibt|interessiert|serions|serait|porte reste|porte est|estariamos|nos interesa|"
              "puerta",
         r"\b(?:(?:we|i)(?:'d| would) (?:certainly |gladly |happily |definitely )?(?:look at (?:it|that|this)|be (?:interested|open|happy)|"
         r"consider (?:it|that|coming))|door (?:stays|remains|is) open|not saying no|(?:wurden|konnen) wir uns (?:gern )?(?:ansehen|anschauen)|"
         r"tur (?:steht|bleibt) offen|(?:waren|sind) (?:wir )?(?:daran )?interessiert|(?:nous serions|on serait) (?:interesses?|ouverts?|prets)|"
         r"porte (?:reste|est) ouverte|(?:estariamos|nos) (?:interesados|abiertos|interesaria)|puerta (?:queda|sigue|esta) abierta)"),
    _act(2.0, "yes to|go for it|all good|sounds good|sounds great|yes please|ja zu|passt|oui a tout|allez-y|adelante|parece",
         r"\b(?:yes to (?:all|both|everything|each)|go for it|(?:all|sounds) (?:good|great)\b|yes please|passt (?:so|alles|perfekt)|ja zu allem|"
         r"oui (?:a|pour) tout|(?:c'est|ca me va) tres bien|si a todo|me parece (?:muy )?bien)"),
    _act(1.0, "go ahead|einverstanden|geht klar|allez-y|adelante|ok for|ok pour|ok fur|on ferme|settles it|works for|in line|erledigt|damit ware",
         r"\b(?:go ahead|works for (?:me|us)|ok (?:for|pour|fur|con) \d|that settles it|(?<!nicht )(?<!kaum )einverstanden\b|geht klar|allez-y|"
         r"on ferme|adelante\b|"
         r"(?:back |all )?in line\b(?! with)|damit (?:ist|ware) (?:das|es) (?:erledigt|gut))"),
    _act(1.5, "withdrawal|retrait|rucknahme|retirada|interruption|unterbrechung|interrupcion|you are staying|you're staying|you stay",
         r"\b(?:accepts? (?:the|your) withdrawal|(?:accepte|acceptons) (?:le|votre) retrait|(?:nimmt|nehmen) die rucknahme[^.\n]{0,30}an|"
         r"acepta(?:mos)? (?:la|su) retirada|(?:glad|pleased|happy|relieved) (?:that )?you(?:'re| are) staying|(?:continues?|goes on) without "
         r"interruption|continuera? sans interruption|lauft ohne unterbrechung weiter|continua(?:ra)? sin interrupcion)"),
    _act(1.0, "and thank you|and thanks|et merci|und danke|y gracias|taught us|learned a lot|learnt a lot|appris|gelernt|aprendido|said thank|say thank",
         r"\b(?:and (?:thank you|thanks)\b(?! for (?:your|the) (?:letter|mail|e-?mail|message))|et merci\b|und danke\b|y gracias\b|taught us|"
         r"(?:we|i)(?:'ve| have)? (?:learned|learnt) (?:a lot|something)|(?:avons|avez) appris|(?:haben|habe) (?:etwas|viel|daraus) gelernt|"
         r"hemos aprendido)"),
    _act(1.5, "to extend|to renew|prolonger|verlangern|prolongar|renovar|thank the|thank your|thank everyone|bedankt sich|remercier l|remercier t|"
        "agradecer al|"
              "than ever|denn je|que jamais|que nunca",
         r"\b(?:(?:want|wants|wish|wishes|would like|like|happy|keen)(?: us)? to (?:extend|renew)\b|(?:veut|veulent|voulons|souhaite\w*|"
         r"aimerai\w+) (?:prolonger|renouveler)|"
         r"(?:mochte\w*|wollen|will|wurde\w* gern) [^.\n]{0,20}verlangern|(?:quiere\w*|queremos|desea\w*) (?:prolongar|renovar)|"
         r"(?:asked|asks|wants|told|like) (?:us |me |you )?to thank|thank (?:the|your|everyone|all of) (?:\w+ )?(?:team|floor|people|agents|staff)|"
         r"bedankt sich|"
         r"(?:remercier|agradecer)(?: a)? (?:l'equipe|toute l'equipe|al equipo|todo el equipo)|(?:better|smoother|faster|happier) than ever|besser denn je|"
         r"mieux que jamais|mejor que nunca)"),
    _act(2.0, "my day|the day|wow|au top|salvado|tag gerettet|lebensretter|sauve la|halved|fewer|weniger|moins de|menos|gone down|have dropped|"
        "have fallen|exceeded|"
              "ubertroffen|depasse|superado|couldn't be better|could not be better|konnte nicht besser|on ne peut mieux",
         r"\b(?:(?:made|saved) (?:my|the|our) day|wow\b|au top\b|salvado (?:el dia|la vida)|tag gerettet|lebensretter\w*|sauve (?:la mise|la vie)|"
         r"(?:complaints?|errors?|mistakes?|escalations|queues?) (?:have |has |are |is )?(?:halved|gone|dropped|fallen|down)|(?:fewer|far less|"
         r"no more) (?:complaints|errors|mistakes)|"
         r"(?:deutlich |viel )?weniger (?:beschwerden|fehler|reklamationen)|(?:beaucoup )?moins de (?:plaintes|erreurs)|(?:muchas )?menos (?:quejas|errores)|"
         r"(?:exceeded|beyond) (?:our|all|my) expectations|erwartungen ubertroffen|depasse (?:nos|mes) attentes|superado (?:nuestras|mis) expectativas|"
         r"(?:couldn't|could not) be (?:better|happier)|konnte nicht besser|on ne peut mieux)"),
    _act(1.5, "a star|legend|hero|lifesaver|fixed it|sorted it|solved|worked a treat|geklappt|gelost|ca marche|ca fonctionne|resolu|solucionado|"
        "resuelto|ya funciona|pleased|"
              "lieben dank|besten dank",
         r"\b(?:you(?:'re| are) (?:a |an )?(?:absolute )?(?:star|legend|hero)|(?:that|this|it) (?:has )?(?:fixed|sorted|solved) (?:it|that)|(?:all|"
         r"now) (?:fixed|sorted|solved)|"
         r"worked a treat|(?:hat|jetzt) (?:super |prima )?geklappt|problem (?:ist )?gelost|(?:ca|tout) (?:marche|fonctionne) (?:bien|parfaitement|"
         r"maintenant|a nouveau)|"
         r"(?:probleme )?resolu[,.!]|(?:todo|problema|ya) (?:esta )?(?:solucionado|resuelto)|ya funciona|(?:^|said |is |was |very |"
         r"[a-z]+ )pleased (?:with|about|by)|"
         r"vielen lieben dank|besten dank fur)"),
    _act(1.5, "grand merci|mille mercis|big thanks|special thanks|grossen dank|grosses dankeschon|mil gracias|to continue|continuer avec|weiterarbeiten|"
              "weiter mit|seguir con|seguir trabajando|continuar con|nothing but praise|pleasure to work|went really|went very|great help|big help|"
              "grosse hilfe",
         r"\b(?:un grand merci|mille mercis|(?:a big|special|huge) thanks|(?:einen )?grossen dank|(?:ein )?grosses dankeschon|mil gracias|"
         r"(?:(?:would|we'd) (?:like|love) to|aimerions|souhaitons|voudrions) (?:continue|continuer)\b[^.\n]{0,15}\b(?:with|avec)|(?:arbeiten|"
         r"machen) [^.\n]{0,12}weiter mit|"
         r"(?:seguir|continuar) (?:trabajando )?con (?:ustedes|vosotros|su|el)|nothing but praise|pleasure to work|went (?:really|very|so) (?:well|smoothly)|"
         r"(?:a|such a) (?:great|big|huge) help|(?:eine )?grosse hilfe)"),
    _act(1.5, "already|deja|schon|anniversary|aniversario|jubilaum|anniversaire|congrat",
         r"\b(?:(?:a|one|two|\d+) years? already|already (?:a|one|two|\d+) years?|deja (?:un|deux|\d+) ans?|schon (?:ein|zwei|\d+) jahre?|"
         r"ya (?:un|dos|\d+) anos?|happy anniversary|(?:joyeux|bon) anniversaire|feliz aniversario)"),
)
"""Staying, thanks, praise, interest, consent."""

CROSS: Final[tuple[Act, ...]] = (
    _act(-1.5, "geht man nicht|geht gar nicht|geht es nicht|vor die tur|traite pas|a la porte|comporte pas|no se trata|de patitas|no way to treat|"
               "out on the street",
         r"\b(?:so geht (?:man|es) nicht|das geht (?:so )?gar nicht|vor die tur (?:setz\w+|gesetzt)|setz\w+ (?:sie |uns )+vor die tur|"
         r"on ne (?:se )?(?:traite|comporte) pas|(?:mettre|mettez|met) (?:nous )?a la porte|no se trata (?:asi )?a|no way to treat)\b"),
    _act(-2.0, "n'en peu|n'en pouv|kann nicht mehr|konnen nicht mehr|puedo mas|podemos mas|take it any|take this any|stand it any|stand this any|with it any|"
               "with this any|wits' end|a bout",
         r"\b(?:n'en (?:peux|pouvons|puis) plus|(?:ich kann|wir konnen|kann ich|konnen wir) (?:so )?nicht mehr\b|no (?:puedo|podemos) mas|"
         r"can(?:'?t|not) (?:take|stand|go on with) (?:it|this) any ?more|at (?:my|our) wits' end|(?:suis|sommes) a bout\b)"),
    _act(-1.0, "enttauscht|decu|decev|disappoint|decepcion",
         r"\b(?:ehrlich gesagt|offen gesagt|franchement|francamente|frankly|honestly|sehr|tres|muy|very|profondement|profundamente|deeply)\b[^.\n]{0,25}"
         r"\b(?:enttauscht|decu\w*|decevan\w+|disappoint\w+|decepcion\w+)"),
    _act(-1.5, "trouvons|je trouve|on trouve|finden wir|finde ich|befremd|encontramos",
         r"\b(?:nous trouvons|je trouve|on trouve)\b[^.\n]{0,50}\b(?:decevan\w+|regrettable\w*|choquant\w*|inadmissible\w*)|"
         r"\b(?:finden wir|finde ich)\b[^.\n]{0,50}\b(?:enttauschend|bedenklich|befremdlich|unschon)|\bbefremd(?:et|lich|en)\b|"
         r"\bencontramos\b[^.\n]{0,50}\b(?:decepcionante|lamentable)"),
    _act(-1.5, "encore |otra vez",
         r"\bencore (?:\d+|une?|des|trop)\b[^.\n]{0,25}\b(?:perdus?|rates?|manques?|en panne|en retard|sans reponse)|"
         r"\botra vez (?:\d+|un[oa]?s?)\b[^.\n]{0,25}\b(?:perdid\w+|sin (?:atender|respuesta)|caid\w+)"),
    _act(-2.0, "not good enough|not happy|no excuse|fed up|last straw|had enough|patience|us down|me down|waste of|out of control|cancel us|"
               "we're leaving|we are leaving|off sick|breath|in the mood|nicht einverst|nicht hinnehm|nicht akzept|nicht zufrieden|nicht tragbar|"
               "reicht|bedauern|"
               "geduld|im stich|pas content|pas acceptable|pas satisfait|pas normal|pas serieux|ras le bol|on arrete|suffit|aceptable|contentos|"
               "satisfechos|de acuerdo|hartos|ya basta|paciencia",
         r"\b(?:not good enough|not happy|no excuse|fed up|last straw|had enough|run out of patience|let (?:us|me) down|waste of|out of control|"
         r"cancel us|we(?:'re| are) leaving|off sick|hold (?:my|your) breath|in the mood|"
         r"nicht (?:hinnehm\w*|akzept\w*|zufrieden|tragbar|einverstanden)|reicht (?:es|uns)|mit (?:grossem )?bedauern|geduld (?:ist|am) ende|im stich|"
         r"pas (?:content\w*|acceptable|satisfait\w*|normal|serieux)|ras le bol|on arrete|ca suffit|(?:perdu|perdre) patience|"
         r"no (?:es|estamos) (?:aceptable|contentos|satisfechos|de acuerdo)|estamos hartos|ya basta|perdido la paciencia)\b"),
    _act(-1.5, "was told|were told|been told|was promised|were promised|been promised|was assured|were assured|been assured|told me|told us|"
              "promised me|promised us|assured me|assured us|gesagt|versprochen|zugesagt|dit |promis|dicho|prometi",
         r"\b(?:(?:i|we) (?:was|were|had been) (?:told|promised|assured)|you (?:told|promised|assured) (?:me|us)|(?:mir|uns) (?:wurde|hatte man) "
         r"[^.\n]{0,30}(?:gesagt|versprochen|zugesagt)|(?:on|vous) (?:m'|nous )a(?:vait|viez|vez)? (?:dit|promis)|"
         r"(?:me|nos) (?:habian|han|habia) (?:dicho|prometido))"),
    _act(-1.5, "second time|third time|fourth time|fifth time|nd time|rd time|th time|running|in a row|second year|third year|fourth year|"
              "second month|third month|fourth month|second week|third week|fourth week|yet again|once again|schon wieder|wieder einmal|"
              "zum zweiten|zum dritten|zum vierten|zum wiederholten|fois de plus|deuxieme fois|troisieme fois|enieme fois|vez mas|segunda vez|"
              "tercera vez|enesima vez",
         r"\b(?:for (?:a|the) (?:second|third|fourth|fifth|\d(?:nd|rd|th)) time|(?:years|months|weeks|times) (?:running|in a row)|"
         r"(?:second|third|fourth|fifth) time (?:this|in|since|already|within)|(?:second|third|fourth) (?:year|month|week|time)(?: running| in a row|"
         r" and\b)|yet again|once again (?:late|wrong|no|not)|"
         r"(?:schon|wieder) (?:wieder|einmal)|zum (?:zweiten|dritten|vierten|wiederholten) mal|"
         r"(?:encore )?une fois de plus|pour la (?:deuxieme|troisieme|enieme) fois|(?:otra|una) vez mas|por (?:segunda|tercera|enesima) vez)"),
    _act(-2.0, "lost|losing|confidence|trust|faith|vertrauen|confiance|confianza|defend",
         r"\b(?:(?:that |it |which |has |have )lost (?:me|us|our)\b|lost (?:all )?(?:confidence|trust|faith)|"
         r"not (?:something )?(?:\w+ ){0,3}(?:willing|able|going) to "
         r"(?:defend|explain|accept|go through)|vertrauen (?:ist )?(?:verloren|weg|erschuttert)|perdu (?:toute )?confiance|perdido la confianza)"),
    _act(-1.5, "let's not|lets not|not do |not go through|never again|down again|broken again|wrong again|late again|missing again|nie wieder|"
              "plus jamais|nunca mas",
         r"\b(?:let'?s not (?:do|go|have)[^.\n]{0,30}again|not (?:do|go through)[^.\n]{0,20}again|never again|nie wieder|plus jamais ca|nunca mas|"
         r"(?:down|broken|wrong|late|missing) again)\b"),
    _act(-2.0, "elsewhere|looking around|shopping around|shop around|alternativ|ailleurs|otras opciones|otro proveedor|anderweitig|andere anbieter|"
               "anderen anbiet",
         r"\b(?:look(?:s|ing)? (?:elsewhere|around|for (?:an )?alternative)|shop(?:ping)? around|(?:sehen|schauen|seh|schau)[^.\n]{0,20}"
         r"(?:anderweitig|nach (?:alternativen|anderen anbietern)|andere anbieter)|(?:regarde\w*|voir|cherche\w*) ailleurs|"
         r"(?:busca\w*|mira\w*) (?:alternativas|otras opciones|otro proveedor))\b"),
    _act(-1.5, "lawyer|solicitor|my head|trouble|arger|problem mit|des ennuis|problemas con|anwalt|avocat|abogado",
         r"\b(?:(?:lawyers?|solicitors?|attorneys?) (?:get|gets|will get|take over)|hear from (?:our|my) (?:lawyers?|solicitors?|attorneys?)|"
         r"have (?:my|our) head|(?:there will|there'll) be trouble|in (?:big |real )?trouble|gibt'?s? (?:noch |dann |richtig )?arger|"
         r"arger (?:bekommen|geben|machen|kriegen)|bekomm\w* ich arger|(?:aurez|aurons|vais avoir) des (?:ennuis|problemes)|"
         r"(?:von unserem anwalt|de notre avocat|de nuestro abogado))\b"),
    _act(-2.0, "nobody|no one|noone|niemand|keine antwort|personne|aucune reponse|sans reponse|nadie|sin respuesta|no reply|no answer|no response|ignor",
         r"\b(?:(?:nobody|no ?one) (?:ever )?(?:answer\w*|respond\w*|repl(?:y|ies|ied)|picks? up|calls? back|got back|gets? back|told)|"
         r"(?:still |had |got |have |received )no (?:reply|answer|response)|being ignored|niemand (?:antwortet|meldet|geht|reagiert|ruft)|keine antwort\b|"
         r"personne ne (?:repond|rappelle|nous|me)|(?:aucune|sans) reponse|nadie (?:responde|contesta|atiende|nos|me)|sin respuesta)"),
    _act(-1.0, "try since|trying|waiting|waited|calling|tried since|called since|called for|llevo|llevamos|depuis|ca fait|seit |hace ",
         rf"\b(?:(?:try|trying|tried|waiting|waited|called|calling) [^.\n]{{0,30}}?(?:since (?:yesterday|last|monday|tuesday|wednesday|thursday|friday)|"
         rf"for {_COUNT} {_SPAN})|(?:try|trying) since|llev(?:o|amos) {_COUNT} {_SPAN}|(?:depuis|ca fait) {_COUNT} {_SPAN}|"
         rf"(?:schon )?seit {_COUNT} {_SPAN}|hace {_COUNT} {_SPAN} que)"),
    _act(-1.0, "is down|are down|was down|were down|went down|gone down|goes down|down again|down since|down for|not working|isn't working|"
              "isnt working|stopped working|never working|not work|n't work|nt work|unavailable|failing|crashing|funktioniert|geht nicht|"
              "geht auch nicht|ausgefallen|fonctionne|marche pas|en panne|no funciona|esta caid|fuera de servicio",
         r"\b(?:(?:is|are|was|were|went|gone|goes) down\b(?! (?:to|from|by|on))|down (?:again|since|for)|(?:not|isn'?t|stopped|never) working|"
         r"does(?:n'?t| not) work|"
         r"(?:service|page|site|system|line)s? (?:is |are )?(?:unavailable|failing)|(?:is|are|keeps?) (?:failing|crashing)|funktioniert (?:\w+ )?nicht|"
         r"geht (?:\w+ )?nicht\b|ausgefallen|ne (?:fonctionne|marche)\w* (?:pas|plus)|en panne|no funciona|esta caid[oa]|fuera de servicio)"),
    _act(-1.0, "still|immer noch|noch immer|toujours|sigue sin|siguen sin|todavia|aun no",
         r"\b(?:(?:is|are|am|have|has|was|were) still (?:not|no|waiting|missing|without)|still (?:not|no|waiting|missing)\b|(?:immer noch|noch immer) "
         r"(?:nicht|kein\w*|\d|auf)|(?:fehl\w+|warte\w*) (?:immer noch|noch immer)|toujours (?:pas|aucun\w*|rien)|siguen? sin|todavia no|aun no)\b"),
    _act(-1.5, "what you must|opinion|ansichtssache|question d'opinion|cuestion de opinion|liar|lugner|menteur|mentiroso|suggest you|one to talk|hang ",
         r"\b(?:do what you (?:must|have to|like)|(?:a )?matter of opinion|(?:das ist )?ansichtssache|(?:une )?question d'opinion|"
         r"cuestion de opiniones|(?:make|made|making) a liar|i suggest (?:that )?you (?:ask|read|check|look|speak)|(?:are|'re) not going to (?:hang|"
         r"blame|pin))"),
    _act(-1.5, "tired|exhausted|burnt out|burned out|stretched| quit|walked|resigned|erschopft|uberlastet|am limit|epuise|agotad|quemad",
         r"\b(?:(?:people|team|agents|staff|everyone|we|they)(?:'re| are| is) (?:all )?(?:tired|exhausted|burn(?:ed|t) out|stretched)|"
         r"(?:\d+|one|two|three|four|some|several) (?:\w+ )?(?:walked|quit|resigned)\b|(?:sind|ist) (?:alle )?(?:erschopft|uberlastet|am limit)|"
         r"(?:sont|est) (?:tous )?epuises?|estan (?:todos )?(?:agotad|quemad)[oa]s)"),
    _act(-2.0, "come to this|sorry that|sorry to see|regret|soweit kommen|so weit gekommen|en arriver|arrive la|llegado a|lamentamos",
         r"\b(?:come to this|sorry (?:that|it (?:has|had)|to (?:see|hear|say))|(?:we|i) (?:deeply |very much |greatly )?regret (?:that|the|having)|"
         r"so ?weit (?:gekommen|kommen)|en arriver la|lamentamos (?:que|tener)|haber llegado a esto)"),
    _act(-1.0, "in future|the future|from now on|next time|kunftig|zukunft|nachste mal|nachstes mal|l'avenir|prochaine fois|desormais|en el futuro|"
              "proxima vez|en adelante",
         r"\b(?:(?:but|please|and) [^.\n]{0,12}(?:in (?:the )?future|from now on|next time)|(?:in future|next time)[^.\n]{0,40}please|"
         r"(?:aber|bitte) [^.\n]{0,15}(?:kunftig|in zukunft|(?:das )?nachstes? mal)|(?:kunftig|in zukunft|(?:das )?nachstes? mal) bitte|"
         r"(?:mais|merci de|svp)[^.\n]{0,12}(?:a l'avenir|la prochaine fois|desormais)|(?:a l'avenir|la prochaine fois)[^.\n]{0,40}(?:svp|"
         r"s'il (?:vous|te)|merci de)|"
         r"(?:pero|por favor) [^.\n]{0,12}(?:en el futuro|la proxima vez|en adelante)|(?:en el futuro|la proxima vez)[^.\n]{0,40}por favor)"),
    _act(-1.0, "never was|never were|never did|never has|was not.|was not,|is not.|is not,|wasn't.|wasn't,|isn't.|isn't,|jamais ete|es nie|"
              "es nicht.|nunca lo fue|no lo es| non.| non!|nicht.|nein.| not.",
         r"(?:\b(?:never (?:was|were|did|has)|(?:was|is|were)(?: ?n'?t| not)|n'a jamais ete|(?:war|ist) es (?:nie|nicht)|nunca lo fue|no lo es)"
         r"[^\S\n]*(?:[.!,]|$)|,[^,.;:\n]{3,45} (?:non|nicht|nein|not|no)[.!])"),
    _act(-1.5, "the first time|ersten mal|erste mal|premiere fois|primera vez|be right|be serious|be true|it possible|this possible|even possible|"
              "can this be|can this happen|nicht stimmen|moglich|est-ce possible|est possible|posible|puede ser|you promised|you had promised|"
              "you have promised",
         r"\b(?:not (?:for )?the first time|nicht (?:zum|das) (?:ersten|erste) mal|pas la premiere fois|no es la primera vez|"
         r"(?:cannot|can'?t) be (?:right|serious|true)|how (?:is (?:it|this) (?:even )?possible|can this (?:be|happen))|(?:kann|"
         r"konnen) (?:so )?nicht stimmen|"
         r"wie (?:ist (?:das|es)|kann (?:das|es)) [^.\n]{0,12}moglich|comment (?:est-ce|c'est) possible|(?:como es|no es) posible que|no puede ser\b|"
         r"you (?:had |have )?promised)"),
    _act(-1.0, "twice|three times|several times|repeatedly|mehrfach|mehrmals|plusieurs fois|plusieurs reprises|a deux reprises|varias veces|repetidas|"
               "veces que",
         r"\b(?:(?:asked|requested|written|wrote|called|reminded|raised)[^.\n]{0,40}(?:twice|(?:three|several|many) times|repeatedly)|"
         r"(?:repeatedly|twice) (?:asked|requested|reminded|raised)|(?:mehrfach|mehrmals) [^.\n]{0,20}(?:gebeten|gefragt|erinnert|angemahnt|hingewiesen)|"
         r"(?:demande|ecrit|relance|signale)\w*[^.\n]{0,25}(?:plusieurs (?:fois|reprises)|a deux reprises)|(?:varias|tres|cuatro|muchas) veces (?:que )?"
         r"(?:lo |se lo )?(?:he|hemos|pedi)\w*|(?:pedido|escrito|reclamado)[^.\n]{0,25}(?:varias|repetidas) veces)"),
    _act(-2.0, "n'importe quoi|a joke|unbelievable|unglaublich|tomadura|se moque|verarsch|taking the|stopped caring|don't care|do not care|"
        "doesn't care|tender|"
               "ausschreib|appel d'offres|licitacion|concurso publico|neu vergeben",
         r"\b(?:n'importe quoi|(?:is|what) a joke|unbelievable|unglaublich\b|tomadura de pelo|on se moque|stopped caring|(?:don't|do not|doesn't|"
         r"does not) (?:seem to )?care|"
         r"(?:considering|planning|preparing|go(?:ing)? out to) (?:a )?tender|(?:neu|wieder) aus(?:zu)?schreiben|(?:wird|werden) neu ausgeschrieben|"
         r"lancer un appel d'offres|"
         r"sacar(?:lo)? a (?:concurso|licitacion))"),
    _act(-1.5, "times|twice|dreimal|viermal|zweimal|fois|veces|time i|hung up|cut off|leitung|raccroche|colgado|colgaron|doppelt|debite|cobrado|charged",
         r"\b(?:(?:called|rang|phoned|written|wrote|emailed|asked)[^.\n]{0,20} (?:twice|(?:two|three|four|five|several|\d) times)|(?:second|third|"
         r"fourth|fifth) time (?:i|we)\b|"
         r"hung up on|(?:got|was|were|been) cut off|(?:zwei|drei|vier|funf)mal (?:angerufen|geschrieben|nachgefragt)|aus der leitung|aufgelegt|"
         r"(?:appele|ecrit|relance)[^.\n]{0,15} (?:deux|trois|quatre) fois|raccroche au nez|(?:llamado|escrito)[^.\n]{0,15} (?:dos|tres|cuatro) veces|"
         r"me (?:han )?colgado|"
         r"charged[^.\n]{0,10} twice|doppelt (?:abgebucht|berechnet|belastet)|debite[^.\n]{0,8} deux fois|cobrado[^.\n]{0,12} dos veces)"),
    _act(-1.5, "tired of|sick of|give up|giving up|no point|pointless|sinnlos|zwecklos|gebe auf|abandonne|me rindo|harto de|keeps |keep losing|"
        "zustandig|responsible|blame|"
               "schuld|la faute|culpa|satt",
         r"\b(?:(?:tired|sick) of|(?:i|we) (?:just )?give up|giving up|(?:there is |see )?no point(?: in)?\b|pointless|sinnlos|zwecklos|(?:ich|"
         r"wir) geben? auf|(?:j'|nous )abandonn\w+|"
         r"me rindo|hart[oa]s? de|(?:keeps?) (?:logging|crashing|dropping|happening|failing|losing|asking|freezing)|(?:niemand|keiner)[^.\n]{0,20}zustandig|"
         r"(?:nobody|no one)[^.\n]{0,20}responsible|blam(?:e|ed|ing) (?:me|us|our)|(?:uns|mir) die schuld|rejette\w* la faute|echan la culpa|"
         r"(?:habe\w*|bin) [^.\n]{0,10}satt\b)"),
    _act(-1.5, "promised for|promised by|promised in|zugesagt fur|versprochen fur|promis pour|prometido para",
         r"\b(?:(?:was|were) promised (?:for|by|in|on)|(?:war|waren) [^.\n]{0,25}(?:zugesagt|versprochen)|(?:etait|avait ete) promis\w*|(?:estaba|"
         r"fue) prometid\w+)"),
    _act(-1.5, "why we|why are we|why do we|why am i|wieso zahl|warum zahl|wofur zahl|pourquoi pay|pourquoi on pa|por que pag|cost us|thinking of|"
        "think about leaving|"
               "uberlege|nicht mehr lange|reconsider",
         r"\b(?:why (?:are |do |am )?(?:we|i) (?:still |even )?(?:pay|paying|use|using|stay|bother)|(?:wieso|warum|wofur) (?:zahlen|bezahlen) wir|"
         r"pourquoi (?:nous |on )?pa(?:y|i)\w+|"
         r"por que (?:seguimos )?pag\w+|(?:going to|will) cost us|thinking (?:of|about) (?:leaving|cancelling|moving|switching)|"
         r"uberleg\w+ [^.\n]{0,25}(?:kundig\w*|wechsel\w*)|"
         r"nicht mehr lange (?:warten|mit\w*|zu\w*)|(?:have to|will|must) reconsider|(?:pense|pensons|envisage\w*) [^.\n]{0,12}(?:partir|resilier|"
         r"changer de)|"
         r"(?:pensamos|pensando) (?:en )?(?:irnos|marcharnos|cambiar de|cancelar))"),
    _act(-1.0, "wrong|incorrect|falsch|fausse|faux|incorrecta|sigue mal|va mal|muy mal|esta mal|siguen mal|got nothing|heard nothing|en avons assez|"
        "en ai marre|"
               "so kann es nicht",
         r"\b(?:(?:is|are|was|were) (?:again |still |plainly |all )?(?:wrong|incorrect)\b|(?:ist|sind|war\w*) (?:wieder |erneut )?falsch|"
         r"(?:est|sont|etait) (?:encore )?(?:fausses?|faux|incorrecte?s?)|(?:es|son|esta|estan) (?:incorrect|equivocad)\w*|(?:siguen?|va|van|estan?|"
         r"muy) mal\b|"
         r"(?:got|heard|received) nothing|(?:en avons|en ai) (?:assez|marre)|so kann es nicht)"),
    _act(-1.0, "went wrong|gone wrong|schief|n'a pas fonctionne|n'a pas marche|salio mal|fallo",
         r"\b(?:(?:went|gone|goes|going) (?:badly )?wrong|(?:lief|ist|ging) [^.\n]{0,20}schief|schief ?gelaufen|n'a pas (?:fonctionne|marche)|"
         r"(?:salio|fue) mal|lo que fallo)"),
    _act(-1.0, "frozen|eingefroren|gele\b|gelee|congelad|insolven|running out of",
         r"\b(?:(?:is|are|was|were|been) frozen|(?:ist|sind|wurde\w*) eingefroren|(?:est|sont) geles?|(?:est[ao]n?|fueron) congelad[oa]s?|"
         r"running out of (?:time|money|cash|people))"),
    # what only one who is served means as a complaint
    _act(-2.0, "defective|invalid|no effect|not valid|cannot accept|can't accept|do not accept|don't accept|cannot agree|do not agree|don't agree|"
               "cannot confirm|can't confirm|cant confirm|do not recogni|reserve our|reserve all|dispute|contest|object to|cease|not paying|not pay|"
               "never|not prepared|not what",
         r"\b(?:(?:is|are|was|were) (?:therefore |plainly )?(?:defective|invalid|ineffective|not valid|wrong)|of no effect|"
         r"(?:cannot|can ?'?t|do not|don'?t|shall not|will not) (?:accept|agree (?:to|with|that)|confirm|recogni[sz]e)|"
         r"reserve (?:all )?our (?:position|rights?)|we (?:dispute|contest|object to)|(?:shall|will) cease\b|(?:not|won'?t|never) (?:be |"
         r"going to )?pay(?:ing)?\b|"
         r"never (?:received|ordered|agreed|authori[sz]ed|asked for|signed)|(?:am|are|is) not prepared to|not what (?:was|we) (?:agreed|ordered))",
         contests=True),
    _act(-2.0, "nicht bestatig|nicht akzept|nicht anerk|nicht nachvoll|nie erhalten|nie bestellt|nie beauftragt|bestreiten|bestreite|unwirksam|behalten uns|"
               "nicht bereit|widersprech|nicht zahlen",
         r"\b(?:(?:konnen|werden) wir (?:so )?nicht (?:bestatigen|akzeptieren|anerkennen|nachvollziehen|hinnehmen|zahlen)|(?:nie|niemals) (?:erhalten|"
         r"bestellt|beauftragt|"
         r"vereinbart)|(?:wir|ich) (?:bestreiten?|widersprechen?)|(?:bestreiten|widersprechen) wir|(?:ist|sind) unwirksam|behalten wir uns|"
         r"(?:sind|bin) nicht bereit|(?:werden|wollen) [^.\n]{0,20}nicht (?:be)?zahlen)", contests=True),
    _act(-2.0, "contestons|conteste|jamais|ne pouvons|sans effet|reservons|refusons|paierons|pas d'accord",
         r"\b(?:(?:nous|je) (?:contestons|conteste|refusons|refuse)|n'(?:avons|ai) jamais (?:recu|commande|autorise|signe|accepte)|"
         r"(?:ne (?:pouvons|puis|peux)(?: pas)?) (?:accepter|confirmer|admettre)|sans (?:aucun )?effet|reservons (?:tous )?nos droits|ne (?:paierons|payons) "
         r"(?:pas|rien))", contests=True),
    _act(-2.0, "podemos|nunca|impugna|disputa|sin efecto|reservamos|pagaremos|vamos a pagar|rechazamos",
         r"\b(?:no podemos (?:aceptar|confirmar|admitir)|nunca (?:hemos )?(?:recib\w+|ped\w+|autoriz\w+|acept\w+|firm\w+)|(?:impugnamos|disputamos|"
         r"rechazamos)|"
         r"sin (?:ningun )?efecto|nos reservamos|no (?:vamos a pagar|pagaremos))", contests=True),
)
"""Leaving, broken promises, silence, breakdowns, threats, reproach; last those that contest."""

MEETS_HALFWAY: Final = _act(0.0, "split|compromise|meet you half|in the middle|would you agree|agree to|entgegen|kompromiss|compromis|mi-chemin|"
    "acuerdo|proponemos|"
                                 "vorschlag|schlagen wir|pourrions|reserves|vorstellen|prajudiz|prejudice|perjuicio|podriamos",
    r"\b(?:agree to (?:a )?(?:split|compromise|meet)|split the|meet (?:you )?(?:half ?way|in the middle)|(?:propose|suggest)s? (?:a|that|"
    r"the) (?:split|compromise|"
    r"settlement|middle)|entgegenkomm\w*|kompromiss\w*|schlagen wir vor|(?:un )?compromis\b|a mi-chemin|llegar a un acuerdo|punto medio|"
    r"pourrions\b[^.\n]{0,60}\b(?:contenter|accepter|envisager)|"
    r"sous (?:les memes|toutes) reserves|(?:konnten?|wurden?)\b[^.\n]{0,60}\bvorstellen|ohne prajudiz|unprajudiziell|without prejudice(?! to)|"
    r"podriamos (?:aceptar|llegar))")
"""Who offers to meet half way does not contest in anger."""

_ALL: Final = (*GLAD, *CROSS, *(_act(*turn) for turn in (*MORE_GLAD, *MORE_CROSS)))
_BY_BIT: Final[dict[int, list[int]]] = {}
for _number, _of in enumerate(_ALL):
    for _, _bit in _of.hints.strings:
        _BY_BIT.setdefault(_bit, []).append(_number)
_MASK: Final = sum(_BY_BIT)


def acts_in(mask: int, text: str) -> Iterator[tuple[Act, re.Match[str]]]:
    """Yield the turns that stand in a text, each at most twice; `mask` is that of the text, or of more."""
    hit = {number for bit in bits(mask & _MASK) for number in _BY_BIT[bit]}
    for number in sorted(hit):
        for m in _ALL[number].found(mask, text):
            yield _ALL[number], m
