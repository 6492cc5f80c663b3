"""Words of feeling in English, German, French and Spanish with how strongly they say it, and the words that turn or strengthen them. All folded."""
from __future__ import annotations

from typing import Final

from ingest.enrich.fold import vocabulary

_LISTED: Final[dict[float, str]] = {
    2.0: """
        superb terrific marvellous splendid fabulous flawless seamless faultless kudos lifesaver ecstatic overjoyed
        klasse spitze einwandfrei tadellos hochzufrieden uberragend phantastisch exzellent erstklassig vorbildlich
        impeccable irreprochable exceptionnel exceptionnelle conquis conquise merveilleux merveilleuse emerveille
        impecable excepcional estupendos fenomenal inmejorable maravillosa maravillosos
        delighted thrilled brilliant excellent fantastic wonderful superb amazing love loved loving perfect perfectly incredible         proud
        congratulations grateful thankful
        begeistert hervorragend ausgezeichnet grossartig fantastisch wunderbar perfekt stolz gluckwunsch dankbar bestens toll
        adore adorent adorons ravi ravie ravis excellent excellente formidable parfait parfaite magnifique superbe genial geniale incroyable
        felicitations bravo adore
        reconnaissant reconnaissante enchante enchantee
        encantado encantada encantados excelente estupendo estupenda fantastico fantastica perfecto perfecta genial maravilloso enhorabuena
        felicidades orgulloso orgullosa agradecido agradecida
    """,
    1.0: """
        impressive prompt promptly courteous thoughtful praise praised praises compliment compliments commend pleasure saved rescued competent spotless
        lobt loben gelobt kompetent angetan flott herzlich verlasslich sympathisch zuvorkommend dankt
        efficace aimable chaleureux chaleureuse sympathique soulagee remercie remercient felicite competent competente rassuree
        eficaz atento atenta atentos encantador agradezco agradecemos felicito competente cordial
        great good glad happy pleased lovely nice helpful appreciate appreciated impressed smooth smoothly reliable improved improvement
        enjoy enjoyed excited welcome decent gladly relieved relief recommend recommended cheers satisfied win won yay         gut gute guten guter
        gutes zufrieden freue freuen freut  prima super lob hilfreich freundlich reibungslos zuverlassig
        verbessert verbesserung erfreut erfreulich angenehm empfehlen gelungen erleichtert lieben schatzen
        contente contentes heureux heureuse satisfait satisfaite satisfaits agreable utile gentil gentille sympa apprecie apprecions
        apprecier plaisir fiable ameliore amelioration super recommande rassure soulage reussi
        contento contenta contentos feliz felices satisfecho satisfecha satisfechos amable util agradable gusta gusto alegra mejorado mejora
        fiable recomiendo aliviado buen buena buenos
    """,
    0.5: """
        fast quick quickly schnell schnelle schnellen rapide rapidement rapido rapida fine best kind gern gerne bien mejor meilleur meilleure
    """,
    0.3: """
        thanks thank danke vielen dank merci gracias agreed perfekt
    """,
    -0.5: """
        outages fehlt fehlen downtimes interruption interruptions storung storungen ausfalle coupure coupures interrupcion interrupciones frank blunt
        issue issues tight outage downtime shortfall sick knapp eng engpass krank panne serre serree ajustado averia
    """,
    -1.0: """
        damaged broke faulty defective kaputt beschadigt defekt zerbrochen abime abimee casse cassee cassees defectueux defectueuse roto danado
        danada averiado defectuoso cancelled pity
        irritated irritating irritation dismayed alarmed alarming sloppy clumsy rude unprofessional mess messy messed embarrassing embarrassed unreliable
        unresponsive neglected ignored ruined spoiled regret regrets doubt doubts discouraged dissatisfied dissatisfaction unanswered
        genervt unfreundlich unhoflich schlampig nachlassig unzuverlassig ratlos verstimmt ungehalten unbefriedigend mangelhaft verargern unbeantwortet
        enerve enervee exaspere desagreable impoli impolie negligence colere frustre frustree mecontents mecontentement deplore deplorons mediocre
        frustrado frustrada grosero grosera maleducado enojado enojada disgustado disgustada descontentos descuido insatisfechos mediocre
        bad poor problem problems fail failed failing fails failure failures late delay delayed delays missed missing error errors
        mistake mistakes wrong concern concerned concerns worried worry sorry unfortunately confused confusing slow tired
        complain complained complaint complaints frustrated frustrating disappointed disappointing disappointment unhappy annoyed annoying upset
        unclear lost losing losses lose drop dropped dropping broken breach dispute disputed reject rejected refuse refused excuse excuses
        shame struggling struggle quit leaving pressure escalate escalated escalation chase chasing overdue unpaid trouble difficult bounced
        schlecht schlechte schlechter schlechten problem probleme problemen fehler mangel verspatet verspatung verzogerung leider enttauscht argert
        argerlich verargert
        enttauschend enttauschung unzufrieden argerlich argern verargert beschwerde beschwerden beschweren sorge sorgen besorgt falsch falsche
        versaumt ausfall ausgefallen langsam unklar verloren verlieren schwierig muhsam mahnung eskalation eskalieren uberfallig vergeblich
        bestreiten widersprechen abgelehnt ablehnen kritik kritisch bedauern bedauerlich
        mauvais mauvaise probleme problemes erreur erreurs retard retards manque manquant plainte plaintes decu decue decus deception mecontent
        mecontente insatisfait insatisfaite malheureusement inquiet inquiete inquiets lent lente confus dommage perdu perdre difficile fache
        fachee brise brisee conteste contestons refuse refusons regrette regrettons ennui ennuis
        decevant decevante decevants decevantes
        penible penibles plaignent agace agacant plaint ennuis tort
        malo mala malos malas problema problemas error errores retraso retrasos falta faltan queja quejas quejan queja decepcionados decepcionadas
        decepcionado decepcionada insatisfecho
        descontento lamentablemente preocupado preocupada preocupa lento lenta confuso perdido perder dificil molesto molesta rechazamos
        reclamamos lamentamos nunca
    """,
    -2.0: """
        livid fuming seething irate pathetic rubbish garbage atrocious abysmal lousy infuriating infuriated outraged fiasco scandalous diabolical
        entsetzt fassungslos blamabel miserabel mies stinksauer grauenhaft skandalos desastros unakzeptabel
        furax excede excedee deplorable desastreux desastreuse lamentables scandalise revoltant indigne minable
        harto harta hartos indignante pesimos desastroso desastrosa lamentables escandaloso patetico furiosa
        disgrace insulted insulting insult outrage shambles scandal unverschamt unverschamtheit frechheit zumutung schande honte honteux scandale
        scandaleux verguenza vergonzoso escandalo insultante
        unacceptable terrible awful horrible appalling dreadful disgraceful outrageous furious angry disgusted disgusting worst worse grim
        disaster disastrous shambles useless incompetent ridiculous shocking ashamed insulting nightmare chaos catastrophe fed hopeless
        inakzeptabel unzumutbar katastrophal katastrophe furchtbar schrecklich unverschamt skandal wutend sauer emport peinlich unmoglich
        untragbar unprofessionell chaotisch frechheit
        inacceptable inadmissible honteux honteuse scandaleux catastrophique catastrophe horrible affreux furieux furieuse merde pire nul nulle
        lamentable inexcusable insupportable
        inaceptable inadmisible vergonzoso vergonzosa terrible horrible pesimo pesima catastrofe indignado indignada furioso enfadado enfadada
        peor fatal desastre intolerable
    """,
}

VALENCE: Final = {word: weight for weight, listed in _LISTED.items() for word in listed.split()}
"""Word -> what it says: 2 strongly good, -2 strongly bad; of a word in two lists the later one counts."""

TURNS: Final = vocabulary("""
    not no never none without isn wasn don doesn didn aren weren won couldn hardly barely cannot cant dont isnt wasnt nothing nobody neither
    nicht kein keine keinen keiner nie niemals ohne kaum weder
    pas jamais aucun aucune sans ni rien guere
    no nunca sin ningun ninguna tampoco nada apenas
""")
"""Words that turn what follows within three words."""

STRENGTHENS: Final = vocabulary("""
    very really so extremely absolutely totally completely deeply truly utterly such too
    sehr wirklich ausserst absolut vollig total zutiefst extrem besonders echt
    tres vraiment tellement extremement absolument totalement si trop
    muy realmente tan extremadamente absolutamente totalmente demasiado bastante
""")

SUPPOSES: Final = vocabulary("if unless otherwise whether would serais serions seriez wurde wurden estaria gustaria wenn falls sonst ob andernfalls si sinon "
                             "sauf salvo")
"""Words after which something is only supposed: what follows within four words counts for less."""

GREETING: Final = vocabulary("frohes gutes bonne feliz good great nice lovely wonderful happy fantastic guten gute schonen schone angenehmen bon "
    "bonne belle excellente buen "
                              "buenos buenas feliz excelente")
GREETED: Final = vocabulary("morning afternoon evening day night weekend week holiday holidays easter christmas birthday tag morgen abend nachmittag "
                              "wochenende woche journee soiree matin semaine fetes vacances wochenend feiertage ostern weihnachten urlaub "
                            "dias tardes noches dia semana fiestas vacaciones ano anos year jahr annee new neues nouvelle")
"""A word of the first before one of the second greets, and says nothing of feeling."""
