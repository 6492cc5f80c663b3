"""Ferrand-Leloup: a Belgian insurer gives notice of its claims desk by e-mail, and takes it back against new terms."""
from __future__ import annotations

from functools import partial
from pathlib import Path

from cases.case_files import Block, Case, as_docx, as_pdf, message

MAES, FACT = "Sophie Maes <sophie.maes@dialogwerft.example>", "Facturation <facturation@dialogwerft.example>"
LELOUP, COMPTES = "Bernard Leloup <b.leloup@ferrand-leloup.example>", "Service comptable <comptes@ferrand-leloup.example>"

CONVENTION: list[Block] = [
    "# CONVENTION DE GESTION DÉLÉGUÉE DES APPELS SINISTRES",
    "Référence : GD-118",
    "Entre Ferrand-Leloup Assurances SA, rue Hors-Château 41, 4000 Liège, ci-après « la Compagnie »,",
    "et Dialogwerft Belgium SRL, chaussée de Namur 12, 5030 Gembloux, ci-après « le Gestionnaire »,",
    "# Art. 2. Mission",
    "Le Gestionnaire reçoit, de jour comme de nuit, les déclarations de sinistre auto et habitation et ouvre les dossiers.",
    "# Art. 8. Durée et fin",
    "8.1. La présente convention prend cours le 1er avril 2023 pour une durée indéterminée.",
    "8.2. Chaque partie peut y mettre fin à tout moment, sans motif, moyennant un préavis de soixante (60) jours calendrier prenant cours le lendemain de sa réception.",
    "8.3. Le préavis est donné par courriel à l'adresse contrats@dialogwerft.example, respectivement direction@ferrand-leloup.example. Le courriel est réputé reçu le premier jour ouvrable qui suit son envoi.",
    "8.4. Le préavis ne peut être retiré que de l'accord écrit de l'autre partie.",
    "# Art. 13. Droit",
    "La convention est soumise au droit belge. Les tribunaux de Liège sont seuls compétents.",
    "Fait à Liège, le 20 mars 2023, en double exemplaire.",
    "Pour la Compagnie, B. Leloup                    Pour le Gestionnaire, S. Maes",
]

AVENANT: list[Block] = [
    "# Avenant du 2 juillet 2024 à la convention GD-118",
    "Entre Ferrand-Leloup Assurances SA et Dialogwerft Belgium SRL.",
    "1. Le prix par dossier ouvert est ramené de 11,40 € à 10,20 € à partir du 1er juillet 2024.",
    "2. Une équipe de nuit de quatre gestionnaires est affectée à la Compagnie.",
    "3. La Compagnie renonce au préavis donné le 7 juin 2024, ce que le Gestionnaire accepte. La convention se poursuit.",
    "Liège, le 2 juillet 2024",
    "B. Leloup          S. Maes",
]


def write(root: Path) -> None:
    """Write the case below `root`."""
    case = Case(root, "ferrand-leloup", "C-2402", "fr")
    case.file("convention/GD-118.pdf", as_pdf(CONVENTION), "contract", "contractual", "2023-03-20")
    case.file("convention/Avenant 2024-07-02.docx", as_docx(AVENANT), "amendment", "contractual", "2024-07-02")
    preavis = message(LELOUP, "contrats@dialogwerft.example", "2024-06-07T16:22:00+02:00", "Convention GD-118 : préavis",
                      "Madame,\n\nConformément à l'article 8.2, nous mettons fin à la convention GD-118 moyennant le préavis prévu, de sorte qu'elle se terminera le 9 août 2024.\n\n"
                      "Le tarif par dossier n'est plus tenable pour nous : un concurrent nous propose 9,80 €.\n\nBernard Leloup\nDirecteur sinistres\n", ident="<f1@ferrand-leloup.example>")
    case.mail("courriels/GD-118 préavis.eml", preavis, "notice", "contractual interaction", thread="f-p")
    recu = message(MAES, "b.leloup@ferrand-leloup.example", "2024-06-11T09:05:00+02:00", "RE: Convention GD-118 : préavis",
                   "Cher Monsieur Leloup,\n\nNous avons bien reçu votre préavis, réputé reçu le lundi 10 juin ; le terme est donc le 9 août 2024. Je serais heureuse d'en parler de vive voix : seriez-vous libre jeudi ?\n\n"
                   "Bien à vous,\nSophie Maes\n", ident="<m1@dialogwerft.example>", answers="<f1@ferrand-leloup.example>")
    case.mail("courriels/RE GD-118 préavis.eml", recu, "email", "contractual interaction", thread="f-p", sentiment="neutral")
    retrait = message(LELOUP, "sophie.maes@dialogwerft.example", "2024-06-27T11:48:00+02:00", "RE: RE: Convention GD-118 : préavis",
                      "Chère Madame Maes,\n\nAprès notre rencontre, et sous réserve de la signature de l'avenant, nous retirons notre préavis du 7 juin. Merci pour votre écoute, votre équipe le mérite.\n\nBernard Leloup\n",
                      ident="<f2@ferrand-leloup.example>", answers="<m1@dialogwerft.example>")
    case.mail("courriels/retrait du préavis.eml", retrait, "email", "contractual interaction", thread="f-p", sentiment="positive")
    accord = message(MAES, "b.leloup@ferrand-leloup.example", "2024-06-28T08:30:00+02:00", "RE: RE: RE: Convention GD-118 : préavis",
                     "Cher Monsieur Leloup,\n\nNous acceptons volontiers le retrait de votre préavis. Vous trouverez l'avenant à signer en annexe de mon prochain message.\n\nSophie Maes\n",
                     ident="<m2@dialogwerft.example>", answers="<f2@ferrand-leloup.example>")
    case.mail("courriels/accord sur le retrait.eml", accord, "email", "contractual interaction", thread="f-p", sentiment="positive")
    case.file("réunions/PV 2024-06-20.docx", as_docx([
        "# Procès-verbal de la réunion du 20 juin 2024", "Présents : B. Leloup (Ferrand-Leloup), S. Maes (Dialogwerft)",
        "M. Leloup indique que le prix est la vraie raison de son préavis ; la qualité de nuit l'inquiète aussi : en mai, 31 % des appels de nuit sont restés sans réponse.",
        "Mme Maes propose 10,20 € et une équipe de nuit dédiée. M. Leloup y est favorable."]), "meeting_note", "interaction", "2024-06-20")
    conteste = message(COMPTES, "facturation@dialogwerft.example", "2024-05-16T10:40:00+02:00", "Facture 24/0419",
                       "Bonjour,\n\nVotre facture 24/0419 du 30 avril porte sur 1.210 dossiers alors que notre système n'en compte que 1.160. Nous contestons donc 570,00 € et vous demandons une note de crédit.\n\nService comptable\n",
                       ident="<f3@ferrand-leloup.example>")
    case.mail("courriels/compta/Facture 24-0419.eml", conteste, "claim", "billing dispute interaction", thread="f-f", sentiment="neutral")
    credit = message(FACT, "comptes@ferrand-leloup.example", "2024-05-22T14:15:00+02:00", "RE: Facture 24/0419",
                     "Bonjour,\n\nAprès vérification, cinquante dossiers ont été comptés deux fois. Nous vous adressons la note de crédit NC 24/0031 de 570,00 €, ce qui clôt ce point. Nous vous prions de nous excuser.\n\nFacturation\n",
                     ident="<m3@dialogwerft.example>", answers="<f3@ferrand-leloup.example>")
    case.mail("courriels/compta/RE Facture 24-0419.eml", credit, "email", "billing dispute interaction", thread="f-f", sentiment="neutral")
    case.file("compta/24-0419.pdf", as_pdf([
        "Dialogwerft Belgium SRL - BE 0700.123.456", "Ferrand-Leloup Assurances SA, 4000 Liège", "# Facture 24/0419", "Date : 30/04/2024 - Convention GD-118",
        [["Dossiers ouverts", "Prix", "Montant"], ["1.210", "11,40", "13.794,00"], ["", "Exonéré de TVA (art. 44)", ""], ["", "Total à payer", "13.794,00 EUR"]]]), "invoice", "billing dispute", "2024-04-30")
    case.file("compta/NC 24-0031.pdf", as_pdf([
        "Dialogwerft Belgium SRL - BE 0700.123.456", "Ferrand-Leloup Assurances SA, 4000 Liège", "# Note de crédit 24/0031", "Date : 22/05/2024",
        [["Sur facture 24/0419 : 50 dossiers comptés deux fois", "570,00 EUR"]]]), "credit_note", "billing dispute", "2024-05-22")
    case.file("compta/extrait client FL.csv", (
        "Compte client FL-77 Ferrand-Leloup Assurances SA;;;;;\nArrêté au;30/06/2024;;;;\nDate;Type;Référence;Débit;Crédit;Solde\n"
        "30/04/2024;Facture;24/0419;13794,00;;13794,00\n22/05/2024;Note de crédit;24/0031;;570,00;13224,00\n31/05/2024;Paiement;Virement;;13224,00;0,00\n"
        "31/05/2024;Facture;24/0502;14022,00;;14022,00\n28/06/2024;Paiement;Virement;;14022,00;0,00\n").encode("utf-8-sig"), "ledger", "billing", "2024-06-30")
    case.file("qualité/baromètre assurés mai 2024.csv", b"Date;Dossier;Satisfaction (1-10);Commentaire\n03/05/2024;A1;8;\n19/05/2024;A2;4;personne la nuit\n30/05/2024;A3;9;merci\n",
              "survey", "feedback", "2024-05-31")
    case.file("messagerie/WhatsApp Leloup.txt", (
        "20/06/2024, 18:02 - Les messages et les appels sont chiffrés de bout en bout.\n20/06/2024, 18:02 - Bernard Leloup: Merci pour cet après-midi, très bon échange, je repars confiant\n"
        "20/06/2024, 18:10 - Sophie Maes: Avec plaisir ! Je vous envoie le projet lundi\n20/06/2024, 18:11 - Bernard Leloup: Parfait\n").encode(), "chat", "interaction", "2024-06-20", sentiment="positive")

    k = case.paths
    step = partial(case.step, currency="EUR")
    case.close(
        client={"id": "C-2402", "legal_name": "Ferrand-Leloup Assurances SA", "aliases": ["Ferrand-Leloup", "FL-77", "GD-118"]},
        history={
            "terminations": [{
                "contract_number": "GD-118", "contract_effective_date": "2023-04-01", "contract_expiry_date": None, "governing_law": "Belgium",
                "notice": {"given_by": "client", "date_on_document": "2024-06-07", "date_received": "2024-06-10", "method": "email", "ground": "convenience",
                           "stated_effective_date": "2024-08-09", "documents": k("courriels/GD-118 préavis.eml")},
                "required_notice": {"value": 60, "unit": "calendar_days", "measured_from": "receipt", "documents": k("convention/GD-118.pdf")},
                "earliest_compliant_date": "2024-08-09", "effective_date": None, "status": "won_back",
                "conditions": [
                    {"name": "notice_period", "met": True, "documents": k("convention/GD-118.pdf", "courriels/GD-118 préavis.eml", "courriels/RE GD-118 préavis.eml")},
                    {"name": "notice_method", "met": True, "documents": k("convention/GD-118.pdf", "courriels/GD-118 préavis.eml")},
                    {"name": "notice_address", "met": True, "documents": k("convention/GD-118.pdf", "courriels/GD-118 préavis.eml")},
                    {"name": "withdrawal_of_notice", "met": True, "documents": k("courriels/retrait du préavis.eml", "courriels/accord sur le retrait.eml", "convention/Avenant 2024-07-02.docx")}],
                "penalties": [],
                "reasons": [{"code": "price", "documents": k("courriels/GD-118 préavis.eml", "réunions/PV 2024-06-20.docx")},
                            {"code": "competitor", "documents": k("courriels/GD-118 préavis.eml")},
                            {"code": "service_quality", "documents": k("réunions/PV 2024-06-20.docx")}]}],
            "disputes": [{"title": "Facture 24/0419", "status": "settled", "steps": [
                step("2024-05-16", "claim", "client", 570.0, "courriels/compta/Facture 24-0419.eml"),
                step("2024-05-22", "settlement", "provider", 570.0, "courriels/compta/RE Facture 24-0419.eml"),
                step("2024-05-22", "payment", "provider", 570.0, "compta/NC 24-0031.pdf", "compta/extrait client FL.csv")],
                "outcome": {"amount": 570.0, "currency": "EUR", "payer": "provider"}}],
            "billing": {"currency": "EUR", "invoiced_total": 27816.0, "paid_total": 27246.0, "credited_total": 570.0, "refunded_total": 0,
                        "outstanding_as_of": {"date": "2024-06-30", "amount": 0.0},
                        "discrepancies": [{"kind": "amount_mismatch", "amount": 570.0, "documents": k("courriels/compta/Facture 24-0419.eml", "compta/24-0419.pdf", "compta/NC 24-0031.pdf")}]},
            "feedback": [], "gaps": [],
            "conflicts": [{"what": "Nombre de dossiers d'avril : 1.210 ou 1.160", "documents": k("compta/24-0419.pdf", "courriels/compta/Facture 24-0419.eml", "courriels/compta/RE Facture 24-0419.eml")}]},
        win_back={"recommended": True, "must_mention": [], "must_not_disclose": []},
        queries=[
            {"id": "f-1", "user": "agent", "text": "pourquoi Ferrand-Leloup voulait partir", "relevant": {k("courriels/GD-118 préavis.eml")[0]: 2, k("réunions/PV 2024-06-20.docx")[0]: 2}},
            {"id": "f-2", "user": "legal", "text": "retrait du préavis accepté", "relevant": {
                k("courriels/retrait du préavis.eml")[0]: 2, k("courriels/accord sur le retrait.eml")[0]: 2, k("convention/Avenant 2024-07-02.docx")[0]: 2, k("convention/GD-118.pdf")[0]: 1}}])
