"""Pépinières Wasselin: a French mail-order nursery lets its contract lapse too late; articles, LRAR, tacite reconduction, protocole transactionnel, EUR."""
from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from cases.case_files import Block, Case, as_docx, as_pdf, as_xlsx, message

LEHMANN, COMPTA, JURISTE = ("Odile Lehmann <o.lehmann@rufkontor.example>", "Comptabilité clients <compta.clients@rufkontor.example>",
                            "Thibaut Garnier <t.garnier@rufkontor.example>")
WASSELIN, SERVICE, FOURN = ("Hervé Wasselin <herve.wasselin@wasselin.example>", "Inès Kuntz <ines.kuntz@wasselin.example>",
                            "Comptabilité fournisseurs <fournisseurs@wasselin.example>")
CONSEIL, ADVERSE = "Maître Claire Ostermann <c.ostermann@ostermann-avocats.example>", "Maître Julien Pradel <j.pradel@pradel-associes.example>"

CONTRAT: list[Block] = [
    "# CONTRAT-CADRE DE PRESTATIONS DE SERVICES N° CC-2021-17",
    "ENTRE LES SOUSSIGNÉES :",
    "La société PÉPINIÈRES WASSELIN, société par actions simplifiée au capital de 240 000 euros, dont le siège social est 12 route de Châtenois, 67600 Sélestat, "
    "représentée par son président, Monsieur Hervé Wasselin, ci-après dénommée « le Client », d'une part,",
    "ET : la société RUFKONTOR FRANCE, société par actions simplifiée, dont le siège social est 5 quai des Pêcheurs, 68100 Mulhouse, représentée par sa directrice "
    "générale, Madame Odile Lehmann, ci-après dénommée « le Prestataire », d'autre part,",
    "IL A ÉTÉ CONVENU CE QUI SUIT :",
    "# Article 1 - Objet",
    "1.1 Le Client confie au Prestataire la prise en charge des appels et courriels de ses acheteurs (commandes, livraisons, réclamations).",
    "# Article 6 - Prix",
    "6.1 Les prestations sont facturées au temps passé selon l'Annexe 2, avec une redevance mensuelle minimale de 9 600,00 € HT.",
    "# Article 10 - Niveaux de service",
    "10.1 Le Prestataire décroche au moins 85 % des appels en moins de 30 secondes, mesure mensuelle.",
    "10.2 À défaut, le Client peut prétendre à une pénalité de 3 % de la facture du mois considéré.",
    "# Article 14 - Durée",
    "14.1 Le présent contrat est conclu pour une durée initiale de trois (3) ans à compter du 1er février 2021, soit jusqu'au 31 janvier 2024.",
    "14.2 À son échéance, il se renouvelle par tacite reconduction pour des périodes successives de douze (12) mois, sauf dénonciation par l'une des parties "
    "moyennant un préavis de trois (3) mois avant l'échéance de la période en cours.",
    "14.3 La dénonciation est notifiée par lettre recommandée avec demande d'avis de réception adressée au siège social de l'autre partie. "
    "La date de première présentation du pli fait foi pour le décompte du préavis.",
    "14.4 En cas de cessation du contrat avant son terme du fait du Client, celui-ci est redevable d'une indemnité de résiliation anticipée égale aux redevances minimales "
    "restant à courir jusqu'à l'échéance.",
    "# Article 16 - Conséquences de la cessation",
    "16.1 Dans les trente (30) jours suivant la fin du contrat, le Prestataire restitue au Client le fichier de ses acheteurs et en détruit toute copie.",
    "16.2 Un arrêté de compte contradictoire est établi dans les soixante (60) jours.",
    "# Article 19 - Droit applicable et litiges",
    "19.1 Le contrat est régi par le droit français. Les parties rechercheront une solution amiable ; à défaut, compétence est attribuée aux juridictions de Strasbourg.",
    "Fait à Sélestat, en deux exemplaires originaux, le 18 décembre 2020",
    "Pour le Client : H. Wasselin (signé)               Pour le Prestataire : O. Lehmann (signé)",
]

AVENANT: list[Block] = [
    "# AVENANT N° 1 AU CONTRAT-CADRE N° CC-2021-17",
    "Entre PÉPINIÈRES WASSELIN SAS et RUFKONTOR FRANCE SAS, il a été convenu de modifier le contrat comme suit, avec effet au 1er juillet 2023 :",
    "Article 1 - À l'article 14.2, les mots « trois (3) mois » sont remplacés par les mots « quatre (4) mois ».",
    "Article 2 - Le taux horaire figurant à l'Annexe 2 est porté à 23,90 € HT.",
    "Article 3 - Les autres stipulations du contrat demeurent inchangées.",
    "Fait à Mulhouse, le 22 juin 2023",
    "H. Wasselin (signé)                     O. Lehmann (signé)",
]

DENONCIATION: list[Block] = [
    "PÉPINIÈRES WASSELIN SAS\n12 route de Châtenois\n67600 SÉLESTAT",
    "RUFKONTOR FRANCE\nÀ l'attention de Madame la Directrice générale\n5 quai des Pêcheurs\n68100 MULHOUSE",
    "Lettre recommandée avec AR n° 1A 204 771 3389 6",
    "Sélestat, le 7 octobre 2024",
    "Objet : dénonciation du contrat-cadre n° CC-2021-17",
    "Madame la Directrice générale,",
    "Par la présente, nous vous informons de notre décision de ne pas reconduire le contrat cité en objet, lequel prendra donc fin à son échéance du 31 janvier 2025.",
    "Les dysfonctionnements répétés de la saison de printemps ne nous laissent pas d'autre choix. Conformément à l'article 16, nous vous remercions de préparer la restitution "
    "de notre fichier d'acheteurs.",
    "Veuillez agréer, Madame la Directrice générale, l'expression de nos salutations distinguées.",
    "Hervé Wasselin\nPrésident",
]

REPONSE: list[Block] = [
    "RUFKONTOR FRANCE\n5 quai des Pêcheurs - 68100 MULHOUSE",
    "PÉPINIÈRES WASSELIN\nMonsieur Hervé Wasselin\n12 route de Châtenois\n67600 SÉLESTAT",
    "Recommandé avec AR",
    "Mulhouse, le 16 octobre 2024",
    "Objet : votre courrier du 7 octobre 2024",
    "Monsieur le Président,",
    "Nous accusons réception de votre lettre recommandée, retirée au guichet le 10 octobre 2024.",
    "L'article 14.2, tel que modifié par l'avenant n° 1, impose un préavis de quatre mois avant l'échéance. Votre dénonciation est donc tardive : le contrat s'est renouvelé pour douze "
    "mois et se poursuivra jusqu'au 31 janvier 2026.",
    "Nous restons à votre disposition pour évoquer les difficultés rencontrées au printemps.",
    "Nous vous prions de croire, Monsieur le Président, à l'assurance de notre considération.",
    "Odile Lehmann",
]

MISE: list[Block] = [
    "RUFKONTOR FRANCE\n5 quai des Pêcheurs - 68100 MULHOUSE",
    "PÉPINIÈRES WASSELIN\n67600 SÉLESTAT",
    "LRAR",
    "Mulhouse, le 7 février 2025",
    "Objet : indemnité de résiliation anticipée - mise en demeure de payer",
    "Monsieur le Président,",
    "Depuis le 1er février vous n'acheminez plus vos appels vers notre plateau, alors que le contrat court jusqu'au 31 janvier 2026. Cette cessation anticipée vous est imputable.",
    "En application de l'article 14.4, nous vous mettons en demeure de nous régler sous trente jours la somme de 115 200,00 € correspondant à douze redevances minimales de 9 600,00 €.",
    "À défaut, nous saisirons la juridiction compétente.",
    "Veuillez agréer, Monsieur le Président, nos salutations distinguées.",
    "Odile Lehmann",
]

OFFICIELLE: list[Block] = [
    "PRADEL & ASSOCIÉS\nAvocats au barreau de Strasbourg",
    "Madame Odile Lehmann\nRUFKONTOR FRANCE\n5 quai des Pêcheurs\n68100 MULHOUSE",
    "Strasbourg, le 21 février 2025",
    "N/Réf. : WASSELIN / RUFKONTOR - 25014 JP",
    "Madame,",
    "Je suis le conseil de la société Pépinières Wasselin, qui m'a transmis votre courrier du 7 février dernier.",
    "Ma cliente conteste formellement devoir la somme réclamée. Par courrier du 12 juillet 2024, votre ancien directeur de compte, Monsieur Schaal, s'était engagé à accepter toute "
    "sortie au 31 janvier 2025. Ma cliente n'en retrouve pas l'exemplaire dans ses archives ; je vous demande de me le communiquer.",
    "Elle entend au surplus former une demande reconventionnelle de 18 450,00 € au titre des pénalités de l'article 10.2 et du préjudice commercial subi au printemps 2024.",
    "Je vous prie de croire, Madame, en l'expression de mes sentiments distingués.",
    "Julien Pradel\nAvocat à la Cour",
]

PROTOCOLE: list[Block] = [
    "# PROTOCOLE D'ACCORD TRANSACTIONNEL",
    "(articles 2044 et suivants du Code civil)",
    "ENTRE : RUFKONTOR FRANCE SAS, Mulhouse, ET : PÉPINIÈRES WASSELIN SAS, Sélestat",
    "PRÉAMBULE : Un différend est né de la cessation du contrat-cadre n° CC-2021-17. RUFKONTOR FRANCE réclamait 115 200,00 € ; PÉPINIÈRES WASSELIN opposait une demande "
    "reconventionnelle de 18 450,00 €. Les parties se sont rapprochées à l'issue d'une réunion de médiation tenue le 8 avril 2025 à Colmar.",
    "Article 1 - Les parties conviennent que le contrat-cadre a pris fin le 28 février 2025.",
    "Article 2 - PÉPINIÈRES WASSELIN verse à RUFKONTOR FRANCE, à titre d'indemnité transactionnelle, globale et forfaitaire, la somme de 52 000,00 €, payable en deux échéances "
    "de 26 000,00 € les 30 avril et 30 mai 2025.",
    "Article 3 - RUFKONTOR FRANCE renonce au surplus de sa réclamation, soit 63 200,00 €. PÉPINIÈRES WASSELIN se désiste de sa demande reconventionnelle.",
    "Article 4 - Sous réserve de la bonne exécution des présentes, les parties se reconnaissent remplies de leurs droits et renoncent à toute instance.",
    "Fait à Colmar, le 15 avril 2025, en deux exemplaires",
    "Pour RUFKONTOR FRANCE : O. Lehmann                    Pour PÉPINIÈRES WASSELIN : H. Wasselin",
    "Bon pour transaction                                  Bon pour transaction",
]


def facture(number: str, day: str, lines: list[list[str]], net: str, tax: str, gross: str, word: str = "FACTURE") -> bytes:
    """Return an invoice or a credit note of the French company."""
    return as_docx(["RUFKONTOR FRANCE SAS - 5 quai des Pêcheurs - 68100 MULHOUSE - TVA FR 00 812 445 190", f"# {word} N° {number}",
                    f"Mulhouse, le {day}", "Doit : PÉPINIÈRES WASSELIN SAS, 67600 Sélestat - Compte client 411WASS - Contrat CC-2021-17",
                    [["Désignation", "Qté", "PU HT", "Montant HT"], *lines, ["", "", "Total HT", net], ["", "", "TVA 20 %", tax], ["", "", "Net à payer" if word == "FACTURE" else "Net à déduire", gross]],
                    "Règlement par virement à 30 jours. Pénalités de retard : trois fois le taux légal." if word == "FACTURE" else "À valoir sur votre prochain règlement."])


def compte() -> bytes:
    """Return the customer account as the accountants export it."""
    rows: list[list[object]] = [["Compte 411WASS - PÉPINIÈRES WASSELIN SAS"], ["Devise : EUR", "", "", "Arrêté au 31/05/2025"], [],
                                ["Date écriture", "Jnl", "N° pièce", "Libellé de l'écriture", "Débit", "Crédit", "Solde"]]
    balance = 0.0
    for day, journal, piece, text, debit, credit in (
            (date(2024, 11, 30), "VE", "FA-2411-063", "Facture prestations novembre 2024", 13800.0, None), (date(2024, 12, 16), "BQ", "VIR 3310", "Virement reçu Wasselin", None, 13800.0),
            (date(2024, 12, 31), "VE", "FA-2412-070", "Facture prestations décembre 2024", 14640.0, None), (date(2025, 1, 15), "BQ", "VIR 3347", "Virement reçu Wasselin", None, 14640.0),
            (date(2025, 1, 31), "VE", "FA-2501-012", "Facture prestations janvier 2025", 12960.0, None), (date(2025, 2, 12), "VE", "AV-2502-004", "Avoir sur FA-2501-012 taux horaire", None, 432.0),
            (date(2025, 2, 14), "BQ", "VIR 3391", "Virement reçu Wasselin", None, 12528.0), (date(2025, 2, 28), "VE", "FA-2502-019", "Facture redevance minimale février 2025", 11520.0, None),
            (date(2025, 3, 10), "BQ", "VIR 3420", "Virement reçu Wasselin", None, 11520.0), (date(2025, 3, 14), "BQ", "VIR 3427", "Virement reçu Wasselin", None, 11520.0),
            (date(2025, 3, 25), "BQ", "VIR 0912", "Remboursement trop-perçu", 11520.0, None), (date(2025, 4, 15), "VE", "FA-2504-031", "Facture indemnité transactionnelle", 52000.0, None),
            (date(2025, 4, 30), "BQ", "VIR 3502", "Virement reçu Wasselin 1re échéance", None, 26000.0), (date(2025, 5, 30), "BQ", "VIR 3559", "Virement reçu Wasselin 2e échéance", None, 26000.0)):
        balance += (debit or 0) - (credit or 0)
        rows.append([(day, "dd/mm/yyyy"), journal, piece, text, (debit, "# ##0.00"), (credit, "# ##0.00"), (balance, "# ##0.00")])
    return as_xlsx({"Grand livre": rows})


WHATSAPP = """12/04/2024 08:02 - Les messages et les appels sont chiffrés de bout en bout. Aucun tiers, pas même WhatsApp, ne peut les lire ou les écouter.
12/04/2024 08:02 - Inès Kuntz: Bonjour Odile, encore 40 appels perdus hier soir, en plein pic de plantation, je n'en peux plus
12/04/2024 08:10 - Odile Lehmann: Bonjour Inès, je regarde avec le plateau
12/04/2024 08:31 - Inès Kuntz: Hervé parle de tout reprendre chez nous à l'automne, je préfère te le dire
12/04/2024 08:33 - Odile Lehmann: Merci de ta franchise. Je viens vous voir jeudi
"""


def write(root: Path) -> None:
    """Write the case below `root`."""
    case = Case(root, "wasselin", "C-2214", "fr")
    case.file("contrats/CC-2021-17 signé.docx", as_docx(CONTRAT), "contract", "contractual", "2020-12-18")
    case.file("contrats/Avenant 1 CC-2021-17.pdf", as_pdf(AVENANT), "amendment", "contractual", "2023-06-22")
    case.file("contrats/Annexe 2 tarifs.docx", as_docx(["# Annexe 2 au contrat-cadre n° CC-2021-17 - Conditions tarifaires", "Client : Pépinières Wasselin. Version du 18 décembre 2020.",
              [["Prestation", "Unité", "Prix HT"], ["Téléconseiller", "heure", "22,80 €"], ["Encadrement", "mois", "850,00 €"]]]), "sow", "contractual", "2020-12-18")

    lettre = as_pdf(DENONCIATION)
    case.file("courriers/2024-10-07 Wasselin LRAR.pdf", lettre, "notice", "contractual", "2024-10-07")
    case.file("courriers/avis de réception 1A 204 771 3389 6.txt", (
        "LA POSTE - AVIS DE RÉCEPTION\nN° 1A 204 771 3389 6\nDestinataire : RUFKONTOR FRANCE, 5 quai des Pêcheurs, 68100 MULHOUSE\nExpéditeur : PÉPINIÈRES WASSELIN, 67600 SÉLESTAT\n\n"
        "Déposé le 07/10/2024\nPrésenté / avisé le : 09/10/2024\nDistribué le : 10/10/2024\nSignature du destinataire : M. Roth\n").encode(), "other", "contractual", "2024-10-10")
    case.file("courriers/2024-10-16 réponse dénonciation.docx", as_docx(REPONSE), "legal_letter", "contractual dispute", "2024-10-16")
    maintien = message(WASSELIN, "o.lehmann@rufkontor.example", "2024-10-30T18:12:00+01:00", "Fin du contrat CC-2021-17",
                       "Madame,\n\nNous ne partageons pas votre lecture de l'article 14.2. Notre lettre vous a été adressée dans les délais et le contrat prendra fin au 31 janvier 2025, "
                       "comme annoncé. Nous trouvons vos méthodes décevantes après quatre années.\n\nHervé Wasselin\n", ident="<W-1030@wasselin.example>")
    case.mail("courriels/direction/Fin du contrat.eml", maintien, "email", "contractual interaction dispute", thread="was-fin", sentiment="negative")
    ferme = message(LEHMANN, "herve.wasselin@wasselin.example", "2024-11-05T09:47:00+01:00", "RE: Fin du contrat CC-2021-17",
                    "Monsieur,\n\nLe préavis est de quatre mois depuis l'avenant du 22 juin 2023, et votre pli nous a été présenté le 9 octobre. Le terme reste fixé au 31 janvier 2026.\n\n"
                    "Cordialement,\nOdile Lehmann\n\nLe mer. 30 oct. 2024 à 18:12, Hervé Wasselin <herve.wasselin@wasselin.example> a écrit :\n\n"
                    "> Nous ne partageons pas votre lecture de l'article 14.2.\n", ident="<R-1105@rufkontor.example>", answers="<W-1030@wasselin.example>")
    case.mail("courriels/direction/RE Fin du contrat.eml", ferme, "email", "contractual interaction dispute", thread="was-fin", sentiment="neutral")
    motifs = message(SERVICE, "o.lehmann@rufkontor.example", "2024-10-11T12:20:00+02:00", "TR: décision du comité",
                     "Odile, pour toi seule. I.\n\n-----Message d'origine-----\nDe : Hervé Wasselin\nEnvoyé : vendredi 4 octobre 2024 17:05\nÀ : Inès Kuntz\nObjet : décision du comité\n\n"
                     "Inès, le comité a tranché. On reprend la relation clients en interne à Sélestat dès février : nous avons perdu trop de commandes au printemps avec leurs temps d'attente, "
                     "et les réclamations sont mal traitées. Prépare les embauches.\nHervé\n", ident="<W-1011@wasselin.example>")
    case.mail("courriels/lehmann/TR décision du comité.eml", motifs, "email", "interaction")

    demande = message(LEHMANN, "c.ostermann@ostermann-avocats.example", "2025-02-24T10:02:00+01:00", "Wasselin - courrier de Me Pradel",
                      "Chère Maître,\n\nVous trouverez ci-dessous l'essentiel. Nous n'avons aucune trace d'un courrier du 12 juillet 2024 ; Monsieur Schaal a quitté la société et ne répond pas. "
                      "Quel est notre risque ?\n\nOdile Lehmann\n", ident="<R-2402@rufkontor.example>")
    case.mail("courriels/juridique/Wasselin courrier Pradel.eml", demande, "email", "dispute interaction", privileged=True, thread="was-conseil", sentiment="neutral")
    avis = message(CONSEIL, "o.lehmann@rufkontor.example", "2025-02-27T19:33:00+01:00", "RE: Wasselin - courrier de Me Pradel",
                   "Chère Madame,\n\nSi l'engagement de M. Schaal était produit, votre créance tomberait. L'indemnité de l'article 14.4 pourrait en outre être qualifiée de clause pénale et modérée "
                   "par le juge. Je conseille de transiger autour de 50 000 euros.\n\nVotre bien dévouée,\nClaire Ostermann\nConfidentiel - secret professionnel de l'avocat\n",
                   ident="<O-2702@ostermann-avocats.example>", answers="<R-2402@rufkontor.example>")
    case.mail("courriels/juridique/RE Wasselin courrier Pradel.eml", avis, "email", "dispute interaction", privileged=True, thread="was-conseil", sentiment="neutral")
    suite = message(JURISTE, "o.lehmann@rufkontor.example", "2025-02-28T08:30:00+01:00", "Wasselin : suite à donner à l'avis de Me Ostermann",
                    "Odile,\n\nMe Ostermann recommande de transiger vers 50 k€ car la clause risque d'être réduite par le juge. Je te propose d'attendre leur première offre.\n\nThibaut Garnier\n"
                    "Responsable juridique\n", ident="<R-2802@rufkontor.example>")
    case.mail("courriels/juridique/suite avis Ostermann.eml", suite, "email", "dispute interaction", privileged=True, sentiment="neutral")

    case.file("courriers/2025-02-07 mise en demeure indemnité.pdf", as_pdf(MISE), "claim", "dispute", "2025-02-07")
    case.file("courriers/Pradel 21-02-2025.pdf", as_pdf(OFFICIELLE), "counterclaim", "dispute", "2025-02-21")
    offre = message(ADVERSE, "o.lehmann@rufkontor.example", "2025-03-12T11:15:00+01:00", "WASSELIN / RUFKONTOR - proposition confidentielle",
                    "Madame,\n\nSans reconnaissance de responsabilité et à titre strictement confidentiel, ma cliente est disposée à verser 30 000 € pour solde de tout compte.\n\n"
                    "Votre bien dévoué,\nJulien Pradel\n", ident="<P-1203@pradel-associes.example>")
    case.mail("courriels/juridique/proposition confidentielle.eml", offre, "email", "dispute interaction", thread="was-offre", sentiment="neutral")
    refus = message(LEHMANN, "j.pradel@pradel-associes.example", "2025-03-19T16:40:00+01:00", "RE: WASSELIN / RUFKONTOR - proposition confidentielle",
                    "Maître,\n\nVotre proposition de 30 000 € n'est pas acceptable. Nous pourrions, sous les mêmes réserves, nous contenter de 75 000 € payables en trois mois. "
                    "Nous serions également favorables à une médiation.\n\nOdile Lehmann\n", ident="<R-1903@rufkontor.example>", answers="<P-1203@pradel-associes.example>")
    case.mail("courriels/juridique/RE proposition confidentielle.eml", refus, "email", "dispute interaction", thread="was-offre", sentiment="neutral")
    case.file("courriers/Protocole transactionnel 15-04-2025.pdf", as_pdf(PROTOCOLE), "settlement", "dispute contractual", "2025-04-15")

    case.file("appels/CR appel 2025-03-14.md", (
        "# Compte rendu d'appel\n\nDate : 14/03/2025\nParticipants : Inès Kuntz (Wasselin), Odile Lehmann\n\n"
        "- Fichier acheteurs remis ce jour sur serveur sécurisé (61 240 fiches), Inès a contrôlé et confirme que tout y est. Copies détruites chez nous le même jour.\n"
        "- Elle dit aussi n'avoir jamais vu le fameux courrier du 12 juillet.\n"
        "- Pour la saison 2026 ils manqueraient de bras le week-end ; elle aimerait un devis en débordement, sans minimum. Le rappeler en septembre.\n").encode(),
        "call_note", "interaction contractual", "2025-03-14", sentiment="neutral")
    case.file("appels/appel 2024-06-18 Kuntz.srt", (
        "1\n00:00:01,000 --> 00:00:06,000\nOdile Lehmann : Bonjour Inès, je vous appelle pour le bilan du printemps.\n\n"
        "2\n00:00:06,500 --> 00:00:13,000\nInès Kuntz : Franchement, c'est catastrophique. Les gens raccrochent et achètent ailleurs.\n\n"
        "3\n00:00:13,500 --> 00:00:19,000\nOdile Lehmann : Nous avons renforcé l'équipe du soir depuis le 1er juin.\n\n"
        "4\n00:00:19,500 --> 00:00:24,000\nInès Kuntz : Trop tard pour nous, la saison est finie.\n").encode(), "call_transcript", "interaction", "2024-06-18", sentiment="negative")
    case.file("messagerie/Discussion WhatsApp avec Inès Kuntz.txt", WHATSAPP.encode(), "chat", "interaction", "2024-04-12", sentiment="negative")

    case.file("compta/411WASS.xlsx", compte(), "ledger", "billing", "2025-05-31")
    case.file("compta/FA-2501-012.docx", facture("FA-2501-012", "31 janvier 2025", [["Téléconseil janvier 2025", "360 h", "24,90", "8 964,00"], ["Encadrement et divers", "1", "1 836,00", "1 836,00"]],
              "10 800,00", "2 160,00", "12 960,00 €"), "invoice", "billing", "2025-01-31")
    case.file("compta/AV-2502-004.docx", facture("AV-2502-004", "12 février 2025", [["Régularisation taux horaire 24,90 au lieu de 23,90 sur FA-2501-012", "360 h", "1,00", "360,00"]],
              "360,00", "72,00", "432,00 €", "AVOIR"), "credit_note", "billing", "2025-02-12")
    case.file("compta/FA-2504-031.docx", as_docx(["RUFKONTOR FRANCE SAS - 5 quai des Pêcheurs - 68100 MULHOUSE", "# FACTURE N° FA-2504-031", "Mulhouse, le 15 avril 2025",
              "Doit : PÉPINIÈRES WASSELIN SAS - Compte client 411WASS",
              [["Désignation", "Montant"], ["Indemnité transactionnelle (protocole du 15 avril 2025), hors champ de la TVA", "52 000,00"], ["Net à payer", "52 000,00 €"]],
              "Payable en deux échéances : 30/04/2025 et 30/05/2025."]), "invoice", "billing dispute", "2025-04-15")
    taux = message(FOURN, "compta.clients@rufkontor.example", "2025-02-06T14:00:00+01:00", "Facture FA-2501-012 : taux horaire",
                   "Bonjour,\n\nLa facture FA-2501-012 applique 24,90 € de l'heure alors que l'avenant prévoit 23,90 €. Merci de nous faire parvenir un avoir de 432,00 € TTC.\n\n"
                   "Bien cordialement,\nService comptabilité, Pépinières Wasselin\n", ident="<W-0206@wasselin.example>")
    avoir = message(COMPTA, "fournisseurs@wasselin.example", "2025-02-12T09:12:00+01:00", "RE: Facture FA-2501-012 : taux horaire",
                    "Bonjour,\n\nEffectivement, il s'agit d'une erreur de paramétrage. Vous trouverez l'avoir AV-2502-004 dans votre espace. Avec toutes nos excuses.\n\nComptabilité clients\n",
                    ident="<R-0212@rufkontor.example>", answers="<W-0206@wasselin.example>")
    double = message(COMPTA, "fournisseurs@wasselin.example", "2025-03-17T11:30:00+01:00", "Double règlement FA-2502-019",
                     "Bonjour,\n\nNous avons reçu deux virements de 11 520,00 € pour la même facture FA-2502-019 (10 et 14 mars). Souhaitez-vous un remboursement ?\n\nComptabilité clients\n",
                     ident="<R-0317@rufkontor.example>")
    rembourse = message(COMPTA, "fournisseurs@wasselin.example", "2025-03-25T15:05:00+01:00", "Re: Double règlement FA-2502-019",
                        "Bonjour,\n\nComme convenu, le remboursement de 11 520,00 € est parti ce jour par virement.\n\nComptabilité clients\n", ident="<R-0325@rufkontor.example>",
                        answers="<R-0317@rufkontor.example>")
    solde = message(FOURN, "compta.clients@rufkontor.example", "2025-03-20T17:00:00+01:00", "Arrêté de compte au 28 février",
                    "Bonjour,\n\nNous validons votre arrêté de compte contradictoire au 28/02/2025, hors litige sur l'indemnité : plus aucune somme n'est due au titre des prestations, la dernière "
                    "facture FA-2502-019 étant réglée.\n\nService comptabilité\n", ident="<W-0320@wasselin.example>")
    case.mbox("courriels/compta-clients.mbox", [
        (taux, "email", "billing interaction", {"thread": "was-taux", "sentiment": "neutral"}),
        (avoir, "email", "billing interaction", {"thread": "was-taux", "sentiment": "neutral"}),
        (double, "email", "billing interaction", {"thread": "was-double", "sentiment": "neutral"}),
        (solde, "email", "billing interaction", {"sentiment": "neutral"}),
        (rembourse, "payment_advice", "billing interaction", {"thread": "was-double"})])

    case.file("qualité/tableau de bord 2024.xlsx", as_xlsx({"Indicateurs": [
        ["Tableau de bord mensuel - Pépinières Wasselin"], ["Indicateur", "mars 2024", "avril 2024", "mai 2024", "Objectif"],
        ["Taux de décroché < 30 s", (0.731, "0.0%"), (0.694, "0.0%"), (0.723, "0.0%"), (0.85, "0%")], ["Appels reçus", 5210, 7844, 6930, None],
        ["Durée moyenne de traitement (s)", 312, 344, 330, 300]]}), "sla_report", "feedback", "2024-05-31")
    case.file("qualité/enquête acheteurs avril-mai.csv", (
        "date_reponse|canal|note_sur_10|verbatim\n2024-04-15|telephone|3|attente interminable\n2024-04-22|telephone|2|jamais rappelé\n2024-05-06|courriel|7|\n2024-05-29|telephone|4|\n").encode(),
        "survey", "feedback", "2024-05-31")
    case.file("qualité/revue de compte 2024-07-02.docx", as_docx(["# Revue de compte - Pépinières Wasselin", "Sélestat, le 2 juillet 2024 - présents : I. Kuntz, H. Wasselin, O. Lehmann",
              "Satisfaction acheteurs : 3,4 sur 5 (objectif 4,2). NPS : -8 (objectif 20).", "M. Wasselin juge la saison « très décevante ». Plan d'action attendu sous quinze jours."]),
              "review", "feedback interaction", "2024-07-02", sentiment="negative")

    notice = case.paths("courriers/2024-10-07 Wasselin LRAR.pdf")
    slip = case.paths("courriers/avis de réception 1A 204 771 3389 6.txt")
    terms = case.paths("contrats/CC-2021-17 signé.docx", "contrats/Avenant 1 CC-2021-17.pdf")
    end = case.paths("courriers/2024-10-16 réponse dénonciation.docx", "courriels/direction/Fin du contrat.eml", "courriels/direction/RE Fin du contrat.eml")
    settled = case.paths("courriers/Protocole transactionnel 15-04-2025.pdf")

    step = partial(case.step, currency="EUR")

    case.close(
        client={"id": "C-2214", "legal_name": "Pépinières Wasselin SAS", "aliases": ["Wasselin", "411WASS", "CC-2021-17"]},
        history={
            "terminations": [{
                "contract_number": "CC-2021-17", "contract_effective_date": "2021-02-01", "contract_expiry_date": "2025-01-31", "governing_law": "France",
                "notice": {"given_by": "client", "date_on_document": "2024-10-07", "date_received": "2024-10-09", "method": "registered_post", "ground": "non_renewal",
                           "stated_effective_date": "2025-01-31", "documents": notice},
                "required_notice": {"value": 4, "unit": "months", "measured_from": "receipt", "documents": terms},
                "earliest_compliant_date": "2026-01-31", "effective_date": "2025-02-28", "status": "terminated",
                "conditions": [
                    {"name": "notice_period", "met": False, "documents": [*terms, *notice, *slip, *end]},
                    {"name": "notice_method", "met": True, "documents": [*terms, *notice, *slip]},
                    {"name": "notice_address", "met": True, "documents": [*terms, *notice, *slip]},
                    {"name": "data_return_or_deletion", "met": True, "documents": [terms[0], *case.paths("appels/CR appel 2025-03-14.md")]},
                    {"name": "final_invoice", "met": True, "documents": [terms[0], *case.paths("courriels/compta-clients.mbox", "compta/411WASS.xlsx")]},
                    {"name": "early_termination_fee", "met": None, "documents": [*terms, *settled]}],
                "penalties": [
                    {"kind": "early_termination_fee", "amount": 52000.0, "currency": "EUR", "status": "paid", "documents": [*settled, *case.paths("compta/411WASS.xlsx", "compta/FA-2504-031.docx")]},
                    {"kind": "early_termination_fee", "amount": 63200.0, "currency": "EUR", "status": "waived", "documents": settled}],
                "reasons": [
                    {"code": "service_quality", "documents": [*notice, *case.paths("courriels/lehmann/TR décision du comité.eml", "appels/appel 2024-06-18 Kuntz.srt")]},
                    {"code": "insourcing", "documents": case.paths("courriels/lehmann/TR décision du comité.eml", "messagerie/Discussion WhatsApp avec Inès Kuntz.txt")}]}],
            "disputes": [{
                "title": "Indemnité de résiliation anticipée", "status": "settled",
                "steps": [
                    step("2025-02-07", "claim", "provider", 115200.0, "courriers/2025-02-07 mise en demeure indemnité.pdf"),
                    step("2025-02-21", "response", "client", None, "courriers/Pradel 21-02-2025.pdf"),
                    step("2025-02-21", "counterclaim", "client", 18450.0, "courriers/Pradel 21-02-2025.pdf"),
                    step("2025-03-12", "offer", "client", 30000.0, "courriels/juridique/proposition confidentielle.eml"),
                    step("2025-03-19", "rejection", "provider", 30000.0, "courriels/juridique/RE proposition confidentielle.eml"),
                    step("2025-03-19", "offer", "provider", 75000.0, "courriels/juridique/RE proposition confidentielle.eml"),
                    step("2025-04-08", "mediation", "third_party", None, "courriers/Protocole transactionnel 15-04-2025.pdf"),
                    step("2025-04-15", "settlement", "client", 52000.0, "courriers/Protocole transactionnel 15-04-2025.pdf"),
                    step("2025-04-15", "withdrawal", "client", 18450.0, "courriers/Protocole transactionnel 15-04-2025.pdf"),
                    step("2025-04-30", "payment", "client", 26000.0, "compta/411WASS.xlsx"),
                    step("2025-05-30", "payment", "client", 26000.0, "compta/411WASS.xlsx")],
                "outcome": {"amount": 52000.0, "currency": "EUR", "payer": "client"}}],
            "billing": {"currency": "EUR", "invoiced_total": 104920.0, "paid_total": 116008.0, "credited_total": 432.0, "refunded_total": 11520.0,
                        "outstanding_as_of": {"date": "2025-05-31", "amount": 0.0},
                        "discrepancies": [
                            {"kind": "amount_mismatch", "amount": 432.0, "documents": case.paths("compta/FA-2501-012.docx", "compta/AV-2502-004.docx", "courriels/compta-clients.mbox")},
                            {"kind": "other", "amount": 11520.0, "documents": case.paths("courriels/compta-clients.mbox", "compta/411WASS.xlsx")}]},
            "feedback": [
                {"date": "2024-04-30", "metric": "taux de décroché", "value": 0.694, "target": 0.85, "documents": case.paths("qualité/tableau de bord 2024.xlsx")},
                {"date": "2024-05-31", "metric": "taux de décroché", "value": 0.723, "target": 0.85, "documents": case.paths("qualité/tableau de bord 2024.xlsx")},
                {"date": "2024-07-02", "metric": "satisfaction acheteurs", "value": 3.4, "target": 4.2, "documents": case.paths("qualité/revue de compte 2024-07-02.docx")},
                {"date": "2024-07-02", "metric": "NPS", "value": -8, "target": 20, "documents": case.paths("qualité/revue de compte 2024-07-02.docx")}],
            "gaps": [{"what": "Courrier du 12 juillet 2024 (M. Schaal)", "mentioned_in": case.paths(
                "courriers/Pradel 21-02-2025.pdf", "courriels/juridique/Wasselin courrier Pradel.eml", "courriels/juridique/RE Wasselin courrier Pradel.eml", "appels/CR appel 2025-03-14.md")}],
            "conflicts": [
                {"what": "Fin du contrat : 31 janvier 2025, 31 janvier 2026 ou 28 février 2025", "documents": [*notice, *end, *settled]},
                {"what": "Réception de la dénonciation : 9 ou 10 octobre 2024", "documents": [*slip, *case.paths(
                    "courriers/2024-10-16 réponse dénonciation.docx", "courriels/direction/RE Fin du contrat.eml")]}]},
        win_back={"recommended": True, "must_mention": ["devis en débordement le week-end pour la saison 2026, sans minimum", "rappeler en septembre"],
                  "must_not_disclose": case.paths("courriels/juridique/Wasselin courrier Pradel.eml", "courriels/juridique/RE Wasselin courrier Pradel.eml",
                                                  "courriels/juridique/suite avis Ostermann.eml")},
        queries=[
            {"id": "was-1", "user": "legal", "text": "date de première présentation de la lettre de dénonciation", "relevant": {
                slip[0]: 2, notice[0]: 1, terms[0]: 1, end[0]: 2, case.path("courriels/direction/RE Fin du contrat.eml"): 2}},
            {"id": "was-2", "user": "legal", "text": "préavis quatre mois avenant tacite reconduction", "relevant": {terms[0]: 2, terms[1]: 2, end[0]: 2, end[2]: 1}},
            {"id": "was-3", "user": "legal", "text": "courrier du 12 juillet 2024 Schaal", "relevant": {
                case.path("courriers/Pradel 21-02-2025.pdf"): 2, case.path("courriels/juridique/Wasselin courrier Pradel.eml"): 2,
                case.path("courriels/juridique/RE Wasselin courrier Pradel.eml"): 1, case.path("appels/CR appel 2025-03-14.md"): 2}},
            {"id": "was-4", "user": "auditor", "text": "remboursement du double règlement FA-2502-019", "relevant": {case.path("courriels/compta-clients.mbox"): 2, case.path("compta/411WASS.xlsx"): 2}},
            {"id": "was-5", "user": "agent", "text": "pourquoi Wasselin est parti", "relevant": {
                case.path("courriels/lehmann/TR décision du comité.eml"): 2, notice[0]: 2, case.path("appels/appel 2024-06-18 Kuntz.srt"): 1,
                case.path("messagerie/Discussion WhatsApp avec Inès Kuntz.txt"): 1, case.path("qualité/revue de compte 2024-07-02.docx"): 1}},
            {"id": "was-6", "user": "agent", "text": "devis débordement week-end saison 2026", "relevant": {case.path("appels/CR appel 2025-03-14.md"): 2}}])
