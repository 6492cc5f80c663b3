"""Words of contracts and services that stand for the same thing, in the four languages that are stemmed.

Used in plain questions only, with less weight than the words that were typed, and told in the answer.  A group begins with `en:`; a
language has its words after its code, each in one form, since they are stemmed; a word may be in several groups.
"""
from __future__ import annotations

import re
from functools import cache

from archive.analysis import analyse

_GROUPS = """
  en: termination terminate cancel cancellation end expiry exit leave leaving left ended quit
    | de: Kündigung kündigen gekündigt Beendigung beenden Vertragsende Ende Rücktritt
    | fr: résiliation résilier résilié rupture fin quitter départ
    | es: rescisión rescindir terminación terminar resolución cancelar baja fin
  en: notice notification notify served serve letter | de: Kündigung Kündigungsschreiben Mitteilung Schreiben Anzeige
    | fr: avis préavis notification lettre | es: aviso preaviso notificación carta
  en: received receipt arrived delivered delivery deemed | de: zugegangen Zugang erhalten eingegangen Eingang Empfang zugestellt
    | fr: reçu réception remis distribué | es: recibido recepción recibir entregado
  en: bounced undeliverable undelivered returned rejected | de: unzustellbar zurückgekommen | fr: non-distribué retourné rejeté échec
    | es: devuelto rechazado
  en: renewal renew extension extend prolong rollover | de: Verlängerung verlängern verlängert
    | fr: renouvellement renouveler reconduction prolongation | es: renovación renovar prórroga
  en: period deadline term days | de: Frist Laufzeit Tage | fr: délai durée terme jours | es: plazo duración término días
  en: amendment amend addendum variation change side-letter | de: Nachtrag Änderung Zusatzvereinbarung Ergänzung
    | fr: avenant modification amendement | es: enmienda modificación anexo adenda
  en: contract agreement msa | de: Vertrag Rahmenvertrag Vereinbarung | fr: contrat convention entente | es: contrato acuerdo convenio
  en: clause section article provision | de: Klausel Ziffer Abschnitt Paragraph | fr: clause article disposition
    | es: cláusula artículo disposición
  en: signed signature executed | de: unterzeichnet unterschrieben Unterschrift | fr: signé signature | es: firmado firma
  en: draft version redline | de: Entwurf Fassung | fr: brouillon projet ébauche | es: borrador versión
  en: current valid applicable force | de: aktuell gültig geltend | fr: actuel vigueur applicable | es: vigente actual aplicable
  en: breach default violation infringe | de: Verletzung Verstoß Vertragsverletzung Verzug | fr: manquement violation défaut
    | es: incumplimiento infracción violación
  en: cure remedy rectify fix corrected corrective | de: Abhilfe beheben behoben Nachbesserung | fr: remédier correction corrigé correctif
    | es: subsanar remediar corregir
  en: penalty liquidated damages fee charge | de: Vertragsstrafe Pönale Strafe | fr: pénalité indemnité | es: penalización penalidad multa
  en: damages loss compensation indemnity | de: Schadensersatz Schaden Entschädigung | fr: dommages indemnisation préjudice
    | es: daños indemnización perjuicio
  en: invoice invoiced bill billed billing | de: Rechnung berechnet abgerechnet fakturiert | fr: facture facturé facturation
    | es: factura facturado facturación
  en: payment paid pay remittance transfer settled cleared | de: Zahlung bezahlt gezahlt Überweisung überwiesen Zahlungsavis
    | fr: paiement payé versement virement réglé | es: pago pagado transferencia abono
  en: twice double duplicate doubled again | de: doppelt zweimal | fr: double doublon deux | es: doble duplicado
  en: refund refunded reimburse reimbursement repay | de: Erstattung erstattet Rückzahlung zurückgezahlt
    | fr: remboursement rembourser remboursé | es: reembolso devolución reembolsar
  en: credit credited | de: Gutschrift gutgeschrieben | fr: crédit crédité avoir | es: crédito abono
  en: discount rebate reduction offer retention | de: Rabatt Nachlass Ermäßigung | fr: rabais remise réduction | es: descuento rebaja
  en: price rate tariff fee cost | de: Preis Tarif Satz Kosten | fr: prix tarif taux coût | es: precio tarifa coste
  en: increase raise uplift | de: Erhöhung erhöht Preiserhöhung | fr: augmentation hausse | es: aumento incremento subida
  en: debt owed owing outstanding overdue arrears unpaid open | de: Schuld offen ausstehend überfällig Rückstand Außenstände
    | fr: dette impayé dû solde arriéré | es: deuda impagado pendiente vencido
  en: balance reconcile reconciliation statement | de: Saldo Abstimmung Saldenabstimmung Kontoauszug Abrechnung
    | fr: solde rapprochement relevé | es: saldo conciliación extracto
  en: final closing | de: Schluss Schlussabrechnung Endabrechnung abschließend | fr: final finale définitif | es: final definitivo
  en: account ledger | de: Konto Debitorenkonto | fr: compte livre | es: cuenta libro
  en: short shortfall underpaid deduction withheld | de: Kürzung gekürzt einbehalten Abzug Fehlbetrag | fr: retenue déduction manque
    | es: retención deducción faltante
  en: amount sum total | de: Betrag Summe Höhe | fr: montant somme | es: importe suma monto
  en: interest | de: Zinsen Verzugszinsen | fr: intérêts | es: intereses
  en: reminder dunning chase | de: Mahnung Zahlungserinnerung | fr: relance rappel | es: recordatorio reclamación
  en: claim demand assert | de: Forderung Anspruch fordern | fr: réclamation demande exiger | es: reclamación demanda exigir
  en: dispute disagree contest disputed | de: Streit strittig bestreiten bestritten | fr: litige contestation différend contester
    | es: disputa controversia litigio
  en: reply response answer respond | de: Antwort Erwiderung Stellungnahme | fr: réponse répondre | es: respuesta contestación responder
  en: reject rejected refuse refused decline | de: abgelehnt ablehnen Ablehnung zurückgewiesen | fr: refus refusé refuser rejet
    | es: rechazo rechazado rechazar
  en: settlement settle compromise | de: Vergleich Einigung geeinigt | fr: règlement transaction entente
    | es: acuerdo transacción conciliación
  en: offer proposal propose quote | de: Angebot Vorschlag angeboten | fr: offre proposition soumission | es: oferta propuesta
  en: accept accepted agreed acceptance | de: angenommen annehmen Annahme einverstanden | fr: accepté accepter acceptation accord
    | es: aceptado aceptar aceptación
  en: set-off offset | de: Aufrechnung Verrechnung verrechnet | fr: compensation compenser | es: compensación compensar
  en: court lawsuit litigation proceedings arbitration award | de: Gericht Klage Verfahren Schiedsverfahren Urteil
    | fr: tribunal procès poursuite arbitrage sentence | es: tribunal juicio demanda arbitraje laudo
  en: mediation conciliation | de: Mediation Schlichtung | fr: médiation conciliation | es: mediación conciliación
  en: lawyer counsel solicitor legal advice attorney | de: Anwalt Rechtsanwalt Rechtsabteilung | fr: avocat juridique conseil
    | es: abogado asesoría jurídico
  en: insolvency liquidation liquidator bankrupt administration creditor dividend | de: Insolvenz Insolvenzverwalter Liquidation
    | fr: faillite liquidation syndic insolvabilité créancier dividende | es: insolvencia concurso liquidación acreedor
  en: proof evidence confirm confirmation certificate | de: Nachweis Beleg Bestätigung Protokoll | fr: preuve attestation confirmation
    | es: prueba comprobante confirmación certificado
  en: guarantee surety security | de: Garantie Bürgschaft Sicherheit | fr: garantie caution | es: garantía aval fianza
  en: reason cause why because motive background | de: Grund Gründe Ursache warum Hintergrund weil | fr: raison motif cause pourquoi
    | es: razón motivo causa porqué
  en: service services performance | de: Leistung Service Dienstleistung | fr: service prestation | es: servicio prestación
  en: level target sla kpi | de: Servicelevel Zielwert Kennzahl | fr: niveau cible objectif | es: nivel objetivo
  en: quality error mistake defect failure poor | de: Qualität Fehler Mangel schlecht | fr: qualité erreur défaut mauvais
    | es: calidad error fallo defecto
  en: outage downtime disruption incident interruption | de: Ausfall Störung Unterbrechung | fr: panne interruption incident
    | es: caída interrupción incidente avería
  en: delay late delayed | de: Verspätung verspätet Verzögerung | fr: retard tardif | es: retraso demora tardío
  en: complaint complain dissatisfied unhappy escalate escalation | de: Beschwerde Reklamation unzufrieden Eskalation
    | fr: plainte insatisfait mécontent réclamation | es: queja reclamación insatisfecho
  en: satisfaction survey csat nps feedback | de: Zufriedenheit Umfrage Rückmeldung | fr: satisfaction sondage enquête
    | es: satisfacción encuesta
  en: call telephone phone caller | de: Anruf Telefonat Telefon Gespräch | fr: appel téléphone | es: llamada teléfono
  en: agent adviser staff operator | de: Mitarbeiter Agent Sachbearbeiter | fr: agent conseiller préposé | es: agente asesor operador
  en: customer client member consumer | de: Kunde Auftraggeber Mitglied | fr: client clientèle membre | es: cliente socio
  en: supplier provider vendor contractor | de: Dienstleister Anbieter Auftragnehmer Lieferant | fr: fournisseur prestataire
    | es: proveedor prestador
  en: competitor rival alternative | de: Wettbewerber Konkurrenz Mitbewerber | fr: concurrent concurrence | es: competidor competencia
  en: insource in-house insourcing internal | de: Eigenregie intern Rückverlagerung Insourcing | fr: interne internalisation rapatrier
    | es: interno internalización
  en: transition handover migration transfer exit | de: Übergabe Überleitung Migration Übergang | fr: transition transfert migration
    | es: transición traspaso migración
  en: return returned gave hand-back | de: Rückgabe zurückgegeben zurück | fr: retour restitution rendu retourné | es: devolución devuelto
  en: deletion delete deleted erase destroyed destruction | de: Löschung gelöscht löschen Löschprotokoll Vernichtung vernichtet
    | fr: suppression effacement supprimé destruction détruit | es: borrado eliminación destrucción eliminado
  en: data records files | de: Daten Unterlagen Dateien | fr: données dossiers fichiers | es: datos registros archivos
  en: recording recordings tapes backup | de: Aufzeichnung Aufnahme Sicherung Sicherungsband | fr: enregistrement sauvegarde bande
    | es: grabación copia cinta
  en: equipment headset hardware device token badge laptop | de: Gerät Hardware Ausweis Token | fr: équipement matériel casque jeton badge
    | es: equipo material auricular dispositivo
  en: volume minimum commitment shortfall | de: Volumen Mindestmenge Mindestvolumen | fr: volume minimum engagement | es: volumen mínimo compromiso
  en: overtime weekend evening hours saturday | de: Überstunden Wochenende Abend Samstag
    | fr: supplémentaires soir fin-de-semaine heures samedi | es: extras fin-de-semana tarde horas sábado
  en: order purchase statement-of-work sow | de: Bestellung Auftrag Leistungsschein | fr: commande bon | es: pedido orden
  en: report audit review | de: Bericht Revision Prüfung | fr: rapport audit revue vérification | es: informe auditoría revisión
  en: meeting minutes agenda call | de: Besprechung Protokoll Sitzung Jour-fixe | fr: réunion compte-rendu rencontre | es: reunión acta
  en: approval approve authorise authorisation permission consent | de: Genehmigung genehmigt Zustimmung Freigabe Einwilligung
    | fr: autorisation approbation consentement approuvé | es: autorización aprobación consentimiento
  en: email mail message | de: E-Mail Nachricht Mail | fr: courriel message | es: correo mensaje
  en: address | de: Adresse Anschrift | fr: adresse | es: dirección domicilio
  en: exchange currency rate | de: Wechselkurs Kurs Währung | fr: change devise taux | es: cambio divisa
  en: tax vat | de: Mehrwertsteuer Umsatzsteuer Steuer | fr: taxe tva | es: iva impuesto
  en: bank | de: Bank | fr: banque | es: banco
  en: insurer insurance | de: Versicherung Versicherer | fr: assureur assurance | es: aseguradora seguro
  en: employee redundancy tupe staff | de: Betriebsübergang Beschäftigte Personal | fr: employé personnel salarié
    | es: empleado personal plantilla
  en: liability cap limit limitation | de: Haftung Haftungsgrenze Obergrenze | fr: responsabilité plafond limite
    | es: responsabilidad límite tope
  en: confidential confidentiality secrecy nda | de: vertraulich Vertraulichkeit Geheimhaltung | fr: confidentiel confidentialité
    | es: confidencial confidencialidad
  en: effective date start begin commence | de: Wirksamkeit wirksam Beginn | fr: effet début vigueur | es: efectividad inicio vigencia
  en: calculate calculated calculation computed | de: Berechnung berechnet | fr: calcul calculé | es: cálculo calculado
  en: wrong incorrect mistaken error | de: falsch unrichtig fehlerhaft | fr: erroné mauvais incorrect | es: incorrecto erróneo equivocado
  en: stay keep remain retain win-back return | de: bleiben halten zurückgewinnen | fr: rester conserver garder revenir
    | es: quedarse permanecer recuperar volver
  en: chance opportunity possible reopen | de: Chance Möglichkeit | fr: chance possibilité occasion | es: oportunidad posibilidad
  en: english | de: englisch | fr: anglais | es: inglés
  en: french | de: französisch | fr: français | es: francés
  en: german | de: deutsch | fr: allemand | es: alemán
  en: spanish | de: spanisch | fr: espagnol | es: español
  en: reach contact available reachable | de: erreichen erreichbar Kontakt | fr: joindre contact joignable | es: contactar contacto disponible
  en: answer answered wait waiting queue | de: annehmen angenommen warten Warteschleife | fr: répondre attente file | es: atender espera cola
  en: new further additional | de: neu weiterer zusätzlich | fr: nouveau supplémentaire | es: nuevo adicional
"""

Form = tuple[str, str]
"""A language and a stem in it."""


def related(word: str) -> list[Form]:
    """Return the forms of all words that share a group with this one (as typed, in any language), its own left out, in order."""
    forms, groups = _thesaurus()
    own = {(language, analyse(word, language)) for language in _LANGUAGES}
    stems = {stem for _, stem in own}
    numbers = sorted({number for form in own for number in forms.get(form, ())})
    return [form for form in dict.fromkeys(form for number in numbers for form in groups[number]) if form not in own and form[1] not in stems]


def shown(word: str) -> list[str]:
    """Return the words behind `related`, as they are written above."""
    forms, groups = _thesaurus()
    numbers = sorted({number for language in _LANGUAGES for number in forms.get((language, analyse(word, language)), ())})
    return list(dict.fromkeys(written for number in numbers for written in groups[number].values()))


_LANGUAGES = ("en", "de", "fr", "es")


@cache
def _thesaurus() -> tuple[dict[Form, tuple[int, ...]], list[dict[Form, str]]]:
    """Return for each form the numbers of its groups, and the groups: each form with the word as written."""
    forms: dict[Form, tuple[int, ...]] = {}
    groups: list[dict[Form, str]] = []
    for line in re.split(r"\n\s*(?=en:)", _GROUPS.strip()):
        group: dict[Form, str] = {}
        for part in line.split("|"):
            language, _, words = part.strip().partition(":")
            for written in words.split():
                stem = analyse(written, language)
                if " " not in stem:
                    group.setdefault((language, stem), written)
        for form in group:
            forms[form] = (*forms.get(form, ()), len(groups))
        groups.append(group)
    return forms, groups
