"""Kirchberg Mobilité: a Luxembourg lessor does not pay, a mise en demeure follows, and both end the contract by a protocole d'accord with instalments."""
from __future__ import annotations

import json
from functools import partial
from pathlib import Path

from cases.case_files import Block, Case, as_docx, as_pdf, as_xlsx, message

DELVAUX = "Anne-Sophie Delvaux <as.delvaux@relatel.example>"
PIRON = "Thierry Piron <t.piron@relatel.example>"
COMPTA = "Comptabilité clients <compta@relatel.example>"
THILL = "Romain Thill <romain.thill@kirchberg-mobilite.example>"
PARKES = "Helen Parkes <helen.parkes@kbm-group.example>"
FOURN = "Fournisseurs KBM <fournisseurs@kirchberg-mobilite.example>"
AVOCAT = "Me Laurence Hubin <l.hubin@hubin-associes.example>"

CONTRAT: list[Block] = [
    "# CONTRAT DE PRESTATION DE SERVICES",
    "N° RB/2021/019 - Assistance téléphonique aux conducteurs",
    "ENTRE LES SOUSSIGNÉES :",
    "Kirchberg Mobilité S.A., société de droit luxembourgeois, RCS Luxembourg B 204 881, ayant son siège au 14, avenue J.F. Kennedy, L-1855 Luxembourg (« le Client »),",
    "ET Relatel Ardenne SA, BCE 0811.222.333, dont le siège est établi rue de Bastogne 150, B-6700 Arlon (« le Prestataire »),",
    "IL A ÉTÉ CONVENU CE QUI SUIT :",
    "Article 3 - Durée",
    "Le Contrat entre en vigueur le 1er mars 2021 pour une durée de trois ans. Il se renouvelle ensuite tacitement par périodes successives d'un an, sauf dénonciation par l'une des Parties, "
    "notifiée par lettre recommandée avec accusé de réception au moins six mois avant l'échéance.",
    "Article 6 - Prix et paiement",
    "6.1 Le prix est de 5,85 € HTVA par dossier d'assistance. 6.2 Les factures sont payables à trente jours fin de mois. 6.3 Tout retard entraîne de plein droit des intérêts au taux légal.",
    "Article 8 - Niveaux de service",
    "Le taux de décroché mensuel est d'au moins 90 %. Les pénalités figurent à l'annexe 3.",
    "Article 11 - Résiliation",
    "11.1 Les Parties peuvent à tout moment mettre fin au Contrat d'un commun accord écrit.",
    "11.2 En cas de manquement grave, notamment de défaut de paiement, non réparé dans les trente (30) jours de la réception d'une mise en demeure recommandée, la Partie lésée peut résilier le Contrat de plein droit.",
    "Article 12 - Fin du contrat",
    "Dans les trente jours de la fin du Contrat, le Prestataire efface les données des conducteurs et en délivre attestation.",
    "Article 15 - Droit applicable",
    "Le présent Contrat est régi par le droit luxembourgeois. Compétence exclusive est attribuée aux tribunaux de Luxembourg-Ville.",
    "Fait à Luxembourg en deux exemplaires, le 12 février 2021.",
    "R. Thill, administrateur-délégué                    A.-S. Delvaux, administratrice déléguée",
]

MED: list[Block] = [
    "Relatel Ardenne SA\nrue de Bastogne 150\nB-6700 Arlon",
    "Par recommandé avec accusé de réception RR 0417 2290 5 BE",
    "Kirchberg Mobilité S.A.\nÀ l'attention de Monsieur Romain Thill\n14, avenue J.F. Kennedy\nL-1855 Luxembourg",
    "Arlon, le 11 septembre 2024",
    "Concerne : contrat RB/2021/019 - MISE EN DEMEURE",
    "Monsieur l'Administrateur délégué,",
    "Sauf erreur de notre part, les factures suivantes demeurent impayées malgré nos rappels des 6 août et 29 août :",
    [["Facture", "Échéance", "Montant TVAC"], ["F-24-0630", "31/07/2024", "16.380,00 €"], ["F-24-0702", "31/08/2024", "2.340,00 €"], ["F-24-0716", "31/08/2024", "2.340,00 €"],
     ["F-24-0731", "31/08/2024", "17.550,00 €"], ["F-24-0831", "30/09/2024", "16.965,00 €"], ["", "Total", "55.575,00 €"]],
    "Par la présente, nous vous mettons formellement en demeure de nous régler la somme de 55.575,00 € dans les trente jours de la réception de ce courrier, conformément à l'article 11.2 du contrat.",
    "À défaut, nous nous réservons le droit de résilier le contrat à vos torts et de saisir le tribunal, sans autre avis. La présente vaut mise en demeure au sens de la loi et fait courir les intérêts.",
    "Nous vous prions d'agréer, Monsieur, l'expression de nos sentiments distingués.",
    "Anne-Sophie Delvaux\nAdministratrice déléguée",
]

REPONSE: list[Block] = [
    "KIRCHBERG MOBILITÉ S.A.",
    "Luxembourg, le 3 octobre 2024",
    "Relatel Ardenne SA, Madame A.-S. Delvaux, rue de Bastogne 150, B-6700 Arlon",
    "V/réf. : votre mise en demeure du 11 septembre, reçue le 16 septembre 2024",
    "Madame,",
    "Nous contestons formellement le montant que vous réclamez. La facture F-24-0716 fait double emploi avec la F-24-0702, et notre virement du 30 août de 5.850,00 € n'apparaît nulle part dans votre décompte.",
    "Pour le surplus, si nous avons retenu nos paiements, c'est que le service de nuit est défaillant depuis le printemps : le taux de décroché est resté sous les 90 % en mai, juin, juillet et août. "
    "En application de l'article 8 et de l'annexe 3, vous nous êtes redevables de 9.600,00 € de pénalités, que nous vous réclamons par la présente et qui se compenseront à due concurrence.",
    "Nous relevons que l'annexe 3 signée ne nous a jamais été remise ; merci de nous en adresser copie.",
    "Veuillez agréer, Madame, nos salutations distinguées.",
    "Romain Thill",
]

PROTOCOLE: list[Block] = [
    "# PROTOCOLE D'ACCORD TRANSACTIONNEL",
    "Entre Kirchberg Mobilité S.A., Luxembourg, et Relatel Ardenne SA, Arlon",
    "Préambule. Un différend oppose les Parties quant au solde de 47.385,00 € réclamé par Relatel et aux pénalités de 9.600,00 € réclamées par Kirchberg Mobilité dans le cadre du contrat RB/2021/019. "
    "Souhaitant y mettre fin par des concessions réciproques, elles ont arrêté ce qui suit, au sens des articles 2044 et suivants du Code civil.",
    "Article 1. Les Parties conviennent de mettre fin au contrat RB/2021/019 de commun accord, avec effet au 31 décembre 2024 à minuit, sans préavis ni indemnité de part ni d'autre.",
    "Article 2. Kirchberg Mobilité versera à Relatel, à titre transactionnel, forfaitaire et définitif, la somme de trente-six mille euros (36.000,00 €), en trois échéances de 12.000,00 € chacune, "
    "exigibles les 15 janvier, 15 février et 15 mars 2025.",
    "Article 3. Relatel renonce au surplus de sa créance, soit 11.385,00 €, et établira une note de crédit. Kirchberg Mobilité renonce aux pénalités réclamées.",
    "Article 4. À défaut de paiement d'une seule échéance dans les huit jours d'un rappel par courriel, le solde deviendra immédiatement exigible.",
    "Article 5. Sous réserve de la bonne exécution des présentes, les Parties se donnent quittance pour solde de tout compte. Les factures de prestations jusqu'au terme restent dues.",
    "Fait à Luxembourg, en deux originaux, le 6 décembre 2024",
    "Pour Kirchberg Mobilité, R. Thill                    Pour Relatel, A.-S. Delvaux",
]

GL: list[list[object]] = [
    ["Relatel Ardenne SA", "Grand livre auxiliaire clients"], ["Compte", "400417 KIRCHBERG MOBILITE", None, None, "Devise", "EUR"], ["Période", "du 01/05/2024 au 31/03/2025"], [],
    ["Date", "Journal", "Pièce", "Libellé", "Débit", "Crédit", "Solde"],
    ["31/05/2024", "VEN", "F-24-0531", "Dossiers mai", 15210, None, 15210], ["28/06/2024", "BQ1", "0628-14", "Virement KBM F-24-0531", None, 15210, 0],
    ["30/06/2024", "VEN", "F-24-0630", "Dossiers juin", 16380, None, 16380], ["05/07/2024", "VEN", "F-24-0702", "Formation équipe de nuit", 2340, None, 18720],
    ["16/07/2024", "VEN", "F-24-0716", "Formation équipe de nuit", 2340, None, 21060], ["31/07/2024", "VEN", "F-24-0731", "Dossiers juillet", 17550, None, 38610],
    ["31/08/2024", "VEN", "F-24-0831", "Dossiers août", 16965, None, 55575], ["30/09/2024", "VEN", "F-24-0930", "Dossiers septembre", 14040, None, 69615],
    ["02/10/2024", "NC", "NC-24-0041", "Annulation F-24-0716 (double)", None, 2340, 67275], ["11/10/2024", "OD", "OD-1011", "Virement KBM du 30/08, extourne 499000", None, 5850, 61425],
    ["31/10/2024", "VEN", "F-24-1031", "Dossiers octobre", 13455, None, 74880], ["31/10/2024", "BQ1", "1031-09", "Virement KBM F-24-0930", None, 14040, 60840],
    ["29/11/2024", "BQ1", "1129-03", "Virement KBM F-24-1031", None, 13455, 47385], ["30/11/2024", "VEN", "F-24-1130", "Dossiers novembre", 12870, None, 60255],
    ["09/12/2024", "NC", "NC-24-0058", "Protocole transactionnel 06/12", None, 11385, 48870], ["30/12/2024", "BQ1", "1230-11", "Virement KBM F-24-1130", None, 12870, 36000],
    ["31/12/2024", "VEN", "F-24-1231", "Dossiers décembre, facture finale", 11700, None, 47700], ["15/01/2025", "BQ1", "0115-02", "Virement KBM protocole 1/3", None, 12000, 35700],
    ["30/01/2025", "BQ1", "0130-06", "Virement KBM F-24-1231", None, 11700, 24000], ["17/02/2025", "BQ1", "0217-05", "Virement KBM protocole 2/3", None, 12000, 12000],
    ["14/03/2025", "BQ1", "0314-08", "Virement KBM protocole 3/3", None, 12000, 0],
]


def facture(word: str, number: str, day: str, line: str, net: str, tax: str | None, gross: str) -> bytes:
    """Return an invoice or a credit note of the provider."""
    rows = [["Description", "Montant"], [line, net], *([["TVA 17 %", tax]] if tax else []), ["Total TVAC", gross]]
    return as_pdf(["Relatel Ardenne SA - rue de Bastogne 150 - 6700 Arlon - TVA BE 0811.222.333", "Kirchberg Mobilité S.A.\n14, avenue J.F. Kennedy\nL-1855 Luxembourg",
                   f"# {word} n° {number}", f"Arlon, le {day}", "Votre référence : RB/2021/019 - Compte client 400417", rows])


def write(root: Path) -> None:
    """Write the case below `root`."""
    case = Case(root, "kirchberg", "C-2713", "fr")
    case.file("contrat/RB-2021-019 signé.pdf", as_pdf(CONTRAT), "contract", "contractual", "2021-02-12")
    case.file("contrat/Annexe 1 Description du service.docx", as_docx([
        "# Annexe 1 au contrat RB/2021/019", "Client : Kirchberg Mobilité S.A. Version du 12 février 2021.", "Le Prestataire assure l'assistance téléphonique 24 h/24 et 7 j/7 en français, allemand et anglais.",
        [["Plage", "Agents"], ["7 h - 20 h", "6"], ["20 h - 7 h", "2"]]]), "sow", "contractual", "2021-02-12")
    case.file("courriers/MED 11-09-2024.pdf", as_pdf(MED), "notice", "contractual billing dispute", "2024-09-11")
    case.file("courriers/avis de réception.txt", (
        "bpost - preuve de livraison\nEnvoi recommandé RR 0417 2290 5 BE\nExpéditeur : Relatel Ardenne SA, 6700 Arlon\nDestinataire : Kirchberg Mobilité S.A., L-1855 Luxembourg\n"
        "Déposé le 11/09/2024 à 16:20, Arlon\nRemis le 13/09/2024 à 10:42 contre signature (M. Weber, accueil)\n").encode(), "other", "contractual", "2024-09-13")
    case.file("courriers/KBM 03-10-2024.pdf", as_pdf(REPONSE), "counterclaim", "dispute billing", "2024-10-03")
    case.file("courriers/Protocole signé.pdf", as_pdf(PROTOCOLE), "settlement", "contractual dispute", "2024-12-06")
    case.file("courriers/projets/Protocole v2 AS.docx", as_docx([
        "Projet v2 du 28 novembre 2024 - commentaires AS", *[b.replace("trois échéances de 12.000,00 € chacune", "quatre échéances de 9.000,00 € chacune")
        .replace("15 janvier, 15 février et 15 mars 2025", "15 janvier, 15 février, 15 mars et 15 avril 2025").replace("le 6 décembre 2024", "le … décembre 2024") for b in PROTOCOLE if isinstance(b, str)]]),
        "settlement", "contractual dispute", "2024-11-28", near_duplicate_of="courriers/Protocole signé.pdf")

    rappel = message(COMPTA, "fournisseurs@kirchberg-mobilite.example", "2024-08-29T09:10:00+02:00", "2e rappel - factures échues",
                     "Bonjour,\n\nÀ ce jour, nous restons sans règlement de la facture F-24-0630 (16.380,00 €), échue le 31 juillet. Merci de faire le nécessaire sous huitaine.\n\nCordialement,\nLe service comptabilité\n",
                     ident="<r1@relatel.example>")
    double = message(FOURN, "compta@relatel.example", "2024-09-24T11:05:00+02:00", "RE: 2e rappel - factures échues",
                     "Bonjour,\n\nLes factures F-24-0702 et F-24-0716 concernent la même formation : une de trop ! Et notre virement de 5.850,00 € du 30/08 (communication « acompte juin ») n'est pas déduit.\n\nFournisseurs KBM\n",
                     ident="<k1@kirchberg-mobilite.example>", answers="<r1@relatel.example>")
    excuses = message(COMPTA, "fournisseurs@kirchberg-mobilite.example", "2024-10-11T15:47:00+02:00", "RE: RE: 2e rappel - factures échues",
                      "Bonjour,\n\nVous avez raison sur les deux points. La note de crédit NC-24-0041 (2.340,00 €) annule la F-24-0716, et votre virement, resté en compte d'attente faute de référence, est imputé ce jour. "
                      "Le solde échu est donc de 47.385,00 €.\n\nAvec toutes nos excuses,\nNadine, comptabilité\n", ident="<r2@relatel.example>", answers="<k1@kirchberg-mobilite.example>")
    avis1 = message(FOURN, "compta@relatel.example", "2025-01-14T18:00:00+01:00", "Avis de paiement 88201",
                    "Avis de paiement 88201\nBénéficiaire : Relatel Ardenne SA\nDate valeur : 15/01/2025\nProtocole 06/12/2024, échéance 1/3    12.000,00 EUR\n\nMessage automatique.\n", ident="<k5@kirchberg-mobilite.example>")
    case.mbox("mails/compta.mbox", [
        (rappel, "email", "billing interaction", {"thread": "k-f", "sentiment": "neutral"}), (double, "email", "billing interaction dispute", {"thread": "k-f", "sentiment": "negative"}),
        (excuses, "email", "billing interaction", {"thread": "k-f", "sentiment": "neutral"}), (avis1, "payment_advice", "billing dispute", {})])
    offre = message(PARKES, "as.delvaux@relatel.example", "2024-11-04T10:22:00+00:00", "Kirchberg Mobilité - without prejudice",
                    "Dear Anne-Sophie,\n\nRomain has asked me to step in on behalf of the group. Without prejudice and subject to contract: we would be prepared to pay EUR 25,000 in full and final settlement of the 47k, and to part ways at year end. "
                    "I would rather spend the money on our new desk in Porto than on lawyers.\n\nKind regards,\nHelen Parkes\nGroup CFO\n", ident="<g1@kbm-group.example>")
    case.mail("mails/direction/without prejudice.eml", offre, "email", "dispute interaction", thread="k-o", language="en", sentiment="neutral")
    refus = message(DELVAUX, "helen.parkes@kbm-group.example", "2024-11-08T17:35:00+01:00", "RE: Kirchberg Mobilité - without prejudice",
                    "Dear Helen,\n\nThank you for your candour. We cannot accept 25,000: the services were rendered. What I can offer, likewise without prejudice, is to close the matter at EUR 40,000, and I agree that ending on 31 December is best for both of us.\n\n"
                    "Best regards,\nAnne-Sophie\n", ident="<r3@relatel.example>", answers="<g1@kbm-group.example>")
    case.mail("mails/direction/RE without prejudice.eml", refus, "email", "dispute interaction contractual", thread="k-o", language="en", sentiment="neutral")
    interne = message(DELVAUX, "t.piron@relatel.example", "2024-10-17T08:12:00+02:00", "KBM, mon sentiment",
                      "Thierry,\n\nEntre nous : je préfère qu'on arrête là à l'amiable. Courir trois mois derrière chaque facture, ça ne vaut plus la peine, même pour un client de cette taille. Et toi, tu en penses quoi ?\n\nAS\n",
                      ident="<r4@relatel.example>")
    case.mail("mails/direction/KBM, mon sentiment.eml", interne, "email", "interaction", thread="k-i", sentiment="negative")
    motifs = message(PIRON, "as.delvaux@relatel.example", "2024-10-17T12:40:00+02:00", "RE: KBM, mon sentiment",
                     "AS,\n\nD'accord avec toi. De leur côté Thill m'a dit au salon qu'ils reprennent tout en interne à Porto l'an prochain, et que les nuits du printemps leur sont restées en travers de la gorge. "
                     "Au fait, je ne retrouve pas l'annexe 3 signée dans nos classeurs, elle n'est ni chez moi ni au coffre.\n\nThierry\n", ident="<r5@relatel.example>", answers="<r4@relatel.example>")
    case.mail("mails/direction/RE KBM, mon sentiment.eml", motifs, "email", "interaction", thread="k-i", sentiment="neutral")
    conseil = message(AVOCAT, "as.delvaux@relatel.example", "2024-10-21T19:05:00+02:00", "Relatel / Kirchberg Mobilité",
                      "Chère Anne-Sophie,\n\nComme suite à votre appel : sans l'annexe 3 signée, les pénalités ne tiennent pas, mais l'exception d'inexécution pour les nuits me préoccupe davantage. Je chiffrerais le risque à 10.000 €. "
                      "Une transaction autour de 36.000 à 38.000 € me paraîtrait raisonnable.\n\nVotre bien dévouée,\nLaurence Hubin\nAvocat au barreau du Luxembourg (B) et avocat à la Cour\n", ident="<h1@hubin-associes.example>")
    case.mail("mails/avocat/Relatel Kirchberg.eml", conseil, "email", "dispute interaction", privileged=True, thread="k-a", sentiment="neutral")
    merci = message(DELVAUX, "l.hubin@hubin-associes.example", "2024-10-22T08:00:00+02:00", "RE: Relatel / Kirchberg Mobilité",
                    "Chère Laurence,\n\nMerci, c'est très clair. Et si on demandait des intérêts depuis juillet, cela changerait-il votre estimation ?\n\nAS\n", ident="<r6@relatel.example>", answers="<h1@hubin-associes.example>")
    case.mail("mails/avocat/RE Relatel Kirchberg.eml", merci, "email", "dispute interaction", privileged=True, thread="k-a", sentiment="neutral")
    signe = message(THILL, "as.delvaux@relatel.example", "2024-12-06T16:30:00+01:00", "Protocole signé",
                    "Chère Madame Delvaux,\n\nVeuillez trouver ci-joint votre exemplaire signé du protocole. Soulagé que nous ayons pu trouver une issue digne ; merci pour votre ouverture.\n\nBien à vous,\nRomain Thill\n",
                    ident="<k3@kirchberg-mobilite.example>", attached=[("Protocole_KBM_Relatel.pdf", as_pdf(PROTOCOLE))])
    case.mail("mails/direction/Protocole signé.eml", signe, "email", "contractual dispute interaction", sentiment="positive")
    case.told("mails/direction/Protocole signé.eml", "settlement", "contractual dispute", "2024-12-06", inner="Protocole_KBM_Relatel.pdf", duplicate_of="courriers/Protocole signé.pdf")

    case.file("appels/note 25-11-2024.docx", as_docx([
        "# Note d'entretien téléphonique", "25 novembre 2024, 17 h 15 - A.-S. Delvaux / R. Thill (Kirchberg Mobilité)",
        "R.T. propose 36.000 € payables en trois fois, fin du contrat au 31/12, chacun renonce au reste. Je lui dis que cela me va sur le principe, sous réserve d'un protocole écrit. Ton cordial."]),
        "call_note", "interaction dispute contractual", "2024-11-25")
    case.file("chat/slack/users.json", json.dumps([{"id": "U1", "name": "thierry.piron", "real_name": "Thierry Piron", "profile": {"email": "t.piron@relatel.example", "real_name": "Thierry Piron"}},
                                                  {"id": "U2", "name": "samia.b", "real_name": "Samia Bouhlel", "profile": {"email": "s.bouhlel@relatel.example", "real_name": "Samia Bouhlel"}}]).encode(), "other", "", None)
    case.documents[-1].update(clients=[], language="zxx")
    case.file("chat/slack/client-kirchberg/2024-05-21.json", json.dumps([
        {"type": "message", "user": "U2", "text": "nuit catastrophique pour Kirchberg : 61 % de décroché, deux absents et personne en renfort", "ts": "1716271200.000100"},
        {"type": "message", "user": "U1", "text": "aïe. Thill m'a déjà appelé, furieux. on renforce dès ce soir", "ts": "1716271320.000200"}], ensure_ascii=False).encode(),
        "chat", "interaction feedback", "2024-05-21", thread="k-s")
    case.file("chat/conversation_77120.json", json.dumps({
        "type": "conversation", "id": "77120", "created_at": 1718870400, "updated_at": 1718874000, "title": "Attente de nuit",
        "source": {"type": "conversation", "author": {"type": "user", "id": "u-9", "name": "Romain Thill", "email": "romain.thill@kirchberg-mobilite.example"},
                   "body": "<p>Encore une nuit sans réponse pour un de nos conducteurs en panne sur l'A31. C'est inadmissible !</p>"},
        "contacts": {"type": "contact.list", "contacts": [{"type": "contact", "id": "u-9"}]},
        "conversation_rating": {"rating": 1, "remark": "déçu", "created_at": 1718873900},
        "conversation_parts": {"type": "conversation_part.list", "total_count": 1, "conversation_parts": [
            {"type": "conversation_part", "id": "1", "part_type": "comment", "body": "<p>Nous sommes sincèrement désolés, nous analysons l'appel et revenons vers vous.</p>", "created_at": 1718872200,
             "author": {"type": "admin", "id": "7", "name": "Samia Bouhlel", "email": "s.bouhlel@relatel.example"}}]}}, ensure_ascii=False).encode(),
        "chat", "interaction feedback", "2024-06-20", sentiment="negative", thread="k-int")
    case.file("compta/GL 400417.xlsx", as_xlsx({"400417": [[(c, "#,##0.00") if isinstance(c, int) else c for c in row] for row in GL]}), "ledger", "billing", "2025-03-31")
    case.file("compta/F-24-0702.pdf", facture("Facture", "F-24-0702", "05/07/2024", "Formation complémentaire équipe de nuit, 1er et 2 juillet 2024", "2.000,00", "340,00", "2.340,00 €"), "invoice", "billing dispute", "2024-07-05")
    case.file("compta/F-24-0716.pdf", facture("Facture", "F-24-0716", "16/07/2024", "Formation complémentaire équipe de nuit, 1er et 2 juillet 2024", "2.000,00", "340,00", "2.340,00 €"), "invoice", "billing dispute", "2024-07-16",
              near_duplicate_of="compta/F-24-0702.pdf")
    case.file("compta/NC-24-0041.pdf", facture("Note de crédit", "NC-24-0041", "02/10/2024", "Annulation de la facture F-24-0716 établie par erreur", "2.000,00", "340,00", "2.340,00 €"), "credit_note", "billing dispute", "2024-10-02")
    case.file("compta/NC-24-0058.pdf", facture("Note de crédit", "NC-24-0058", "09/12/2024", "Abandon de créance, protocole transactionnel du 6 décembre 2024", "11.385,00", None, "11.385,00 €"), "credit_note", "billing dispute", "2024-12-09")
    case.file("compta/F-24-1231.pdf", facture("Facture", "F-24-1231", "31/12/2024", "Dossiers décembre 2024 (facture finale)", "10.000,00", "1.700,00", "11.700,00 €"), "invoice", "billing", "2024-12-31")
    case.file("fin/attestation effacement.pdf", as_pdf([
        "Relatel Ardenne SA", "# Attestation d'effacement de données", "Je soussigné, Marc Gillet, DPO, atteste que l'ensemble des données personnelles des conducteurs de Kirchberg Mobilité S.A. (contrat RB/2021/019, article 12) "
        "a été effacé de façon irréversible de nos systèmes et sauvegardes en date du 24 janvier 2025.", "Arlon, le 24 janvier 2025"]), "other", "contractual", "2025-01-24")
    case.file("qualité/revue annuelle 2024.docx", as_docx([
        "# Revue de service Kirchberg Mobilité - 1er semestre 2024", "Luxembourg, le 10 juillet 2024. Présents : R. Thill (KBM), T. Piron (Relatel)",
        [["Indicateur", "Résultat", "Objectif"], ["Taux de décroché jour", "94,2 %", "90 %"], ["Taux de décroché nuit", "73,5 %", "90 %"], ["NPS conducteurs", "18", "35"]],
        "M. Thill est satisfait des journées mais juge les nuits inacceptables."]), "review", "feedback interaction", "2024-07-10", sentiment="mixed")
    case.file("qualité/enquête conducteurs T2.csv", (
        "Date,Langue,Note sur 10,Remarque\n2024-04-18,FR,8,\n2024-05-21,FR,1,personne n'a répondu\n2024-06-20,DE,2,\n2024-06-28,EN,9,merci\n").encode(), "survey", "feedback", "2024-06-30")

    k = case.paths
    med, reply, deal, books, box = k("courriers/MED 11-09-2024.pdf"), k("courriers/KBM 03-10-2024.pdf"), k("courriers/Protocole signé.pdf", "mails/direction/Protocole signé.eml"), k("compta/GL 400417.xlsx"), k("mails/compta.mbox")
    step = partial(case.step, currency="EUR")
    case.close(
        client={"id": "C-2713", "legal_name": "Kirchberg Mobilité S.A.", "aliases": ["Kirchberg Mobilité", "KBM", "400417", "RB/2021/019"]},
        history={
            "terminations": [{
                "contract_number": "RB/2021/019", "contract_effective_date": "2021-03-01", "contract_expiry_date": "2025-02-28", "governing_law": "Luxembourg",
                "notice": {"given_by": None, "date_on_document": "2024-12-06", "date_received": None, "method": "agreement", "ground": "mutual", "stated_effective_date": "2024-12-31", "documents": deal},
                "required_notice": None, "earliest_compliant_date": None, "effective_date": "2024-12-31", "status": "terminated",
                "conditions": [
                    {"name": "data_return_or_deletion", "met": True, "documents": k("fin/attestation effacement.pdf", "contrat/RB-2021-019 signé.pdf")},
                    {"name": "final_invoice", "met": True, "documents": [*k("compta/F-24-1231.pdf"), *books, *deal]}],
                "penalties": [],
                "reasons": [{"code": "non_payment", "documents": k("mails/direction/KBM, mon sentiment.eml")},
                            {"code": "insourcing", "documents": k("mails/direction/RE KBM, mon sentiment.eml", "mails/direction/without prejudice.eml")},
                            {"code": "service_quality", "documents": k("mails/direction/RE KBM, mon sentiment.eml", "qualité/revue annuelle 2024.docx")}]}],
            "disputes": [{"title": "Factures impayées et pénalités", "status": "settled", "steps": [
                step("2024-09-11", "claim", "provider", 55575.0, "courriers/MED 11-09-2024.pdf"),
                step("2024-10-03", "response", "client", None, "courriers/KBM 03-10-2024.pdf"),
                step("2024-10-03", "counterclaim", "client", 9600.0, "courriers/KBM 03-10-2024.pdf"),
                step("2024-11-04", "offer", "client", 25000.0, "mails/direction/without prejudice.eml"),
                step("2024-11-08", "rejection", "provider", 25000.0, "mails/direction/RE without prejudice.eml"),
                step("2024-11-08", "offer", "provider", 40000.0, "mails/direction/RE without prejudice.eml"),
                step("2024-11-25", "offer", "client", 36000.0, "appels/note 25-11-2024.docx"),
                step("2024-12-06", "settlement", "client", 36000.0, "courriers/Protocole signé.pdf", "mails/direction/Protocole signé.eml"),
                step("2024-12-06", "withdrawal", "client", 9600.0, "courriers/Protocole signé.pdf", "mails/direction/Protocole signé.eml"),
                step("2025-01-15", "payment", "client", 12000.0, "compta/GL 400417.xlsx", "mails/compta.mbox"),
                step("2025-02-17", "payment", "client", 12000.0, "compta/GL 400417.xlsx"),
                step("2025-03-14", "payment", "client", 12000.0, "compta/GL 400417.xlsx")],
                "outcome": {"amount": 36000.0, "currency": "EUR", "payer": "client"}}],
            "billing": {"currency": "EUR", "invoiced_total": 122850.0, "paid_total": 109125.0, "credited_total": 13725.0, "refunded_total": 0,
                        "outstanding_as_of": {"date": "2025-03-31", "amount": 0.0},
                        "discrepancies": [
                            {"kind": "duplicate_invoice", "amount": 2340.0, "documents": [*k("compta/F-24-0702.pdf", "compta/F-24-0716.pdf", "compta/NC-24-0041.pdf"), *box, *reply, *books]},
                            {"kind": "unapplied_payment", "amount": 5850.0, "documents": [*box, *reply, *books]}]},
            "feedback": [
                {"date": "2024-07-10", "metric": "Taux de décroché nuit", "value": 0.735, "target": 0.9, "documents": k("qualité/revue annuelle 2024.docx")},
                {"date": "2024-07-10", "metric": "Taux de décroché jour", "value": 0.942, "target": 0.9, "documents": k("qualité/revue annuelle 2024.docx")},
                {"date": "2024-07-10", "metric": "NPS conducteurs", "value": 18, "target": 35, "documents": k("qualité/revue annuelle 2024.docx")}],
            "gaps": [{"what": "Annexe 3 signée (pénalités)", "mentioned_in": [*reply, *k("mails/direction/RE KBM, mon sentiment.eml", "mails/avocat/Relatel Kirchberg.eml", "contrat/RB-2021-019 signé.pdf")]}],
            "conflicts": [
                {"what": "Mise en demeure reçue le 13 ou le 16 septembre 2024", "documents": [*reply, *k("courriers/avis de réception.txt")]},
                {"what": "Montant réclamé 55.575,00 € ou moins le double et le virement", "documents": [*med, *reply, *box]},
                {"what": "Projet : quatre échéances de 9.000 ; signé : trois de 12.000", "documents": [*k("courriers/projets/Protocole v2 AS.docx"), *deal]}]},
        win_back={"recommended": None, "must_mention": [], "must_not_disclose": k("mails/avocat/Relatel Kirchberg.eml", "mails/avocat/RE Relatel Kirchberg.eml")},
        queries=[
            {"id": "k-1", "user": "legal", "text": "mise en demeure de payer, date de réception", "relevant": {med[0]: 2, k("courriers/avis de réception.txt")[0]: 2, reply[0]: 2}},
            {"id": "k-2", "user": "legal", "text": "fin du contrat de commun accord 31 décembre 2024", "relevant": {deal[0]: 2, deal[1]: 2, k("contrat/RB-2021-019 signé.pdf")[0]: 1, k("appels/note 25-11-2024.docx")[0]: 1,
                                                                                                             k("mails/direction/RE without prejudice.eml")[0]: 1, k("courriers/projets/Protocole v2 AS.docx")[0]: 1}},
            {"id": "k-3", "user": "auditor", "text": "F-24-0716", "relevant": {k("compta/F-24-0716.pdf")[0]: 2, k("compta/NC-24-0041.pdf")[0]: 2, box[0]: 2, reply[0]: 2, med[0]: 1, books[0]: 1}},
            {"id": "k-4", "user": "auditor", "text": "annexe 3 introuvable", "relevant": {reply[0]: 2, k("mails/direction/RE KBM, mon sentiment.eml")[0]: 2, k("mails/avocat/Relatel Kirchberg.eml")[0]: 1, k("contrat/RB-2021-019 signé.pdf")[0]: 1}},
            {"id": "k-5", "user": "agent", "text": "pourquoi Kirchberg Mobilité est parti", "relevant": {k("mails/direction/RE KBM, mon sentiment.eml")[0]: 2, k("qualité/revue annuelle 2024.docx")[0]: 1, k("chat/conversation_77120.json")[0]: 1,
                                                                                                       k("mails/direction/without prejudice.eml")[0]: 1}}])
