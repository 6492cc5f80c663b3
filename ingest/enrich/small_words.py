"""The commonest small words of ten languages, and the words of tables and forms, where there is no grammar. All folded."""
from __future__ import annotations

from typing import Final

_SMALL: Final = {
    "en": "the and of to in is that it for with on as was are be this you we have not at from by but they will our your if which would an i "
          "been has please no or can so do what there all were when their any had us his her she he who more about just up out me my than "
          "then get got how dont don isn didn it's its i'm hi hello thanks thank dear regards ok yes back am did could should let's here "
          "now again still why because into only after before where these those sorry need know see going good need also some over very",
    "de": "der die das und ist nicht ein eine zu mit den von im auf fur sich des dem auch es wir sie ich werden wird oder dass als bei nach "
          "an aus am wie haben hat sind noch nur um durch ihr ihre ihren ihnen uns unser unsere einer einem einen zum zur wurde bitte kein "
          "keine aber wenn sehr geehrte geehrter grusse uber vom diese dieser bis wurden konnen mehr ja nein danke mfg hallo war mir mich "
          "euch hier jetzt schon immer wieder heute morgen gut vielen gern gerne guten tag wer warum weil dann denn doch seit ab pro je "
          "habe hatte waren kann muss soll sollte wollen viele grusse gruss ob wo meine mein kommt geht gibt",
    "fr": "le la les et est pas un une des du de pour que qui dans sur avec ne au ce il elle nous vous je par plus sont aux ou mais cette "
          "son sa ses leur notre votre nos vos ont ai as cet ces ete avons avez etre faire bonjour merci cordialement si en comme tout bien ca c'est "
          "quand on y d l qu n s j c mon ma mes donc alors tres non oui chez sans moi toi lui suis etait fait tous toute encore deja "
          "toujours aussi ici depuis salut bonsoir monsieur madame beaucoup voici voila peut doit",
    "es": "el la los las y es no un una de del que en por con para se su al lo como mas pero sus le ha me si sin sobre este esta son entre "
          "cuando muy ya tambien fue hay desde todo nos ser han estimado estimada saludos gracias hola usted ustedes nuestro nuestra porque "
          "segun ante esto eso buenos dias buenas tardes favor mi yo te tu he hemos estamos estoy tiene tenemos puede pueden aqui ahora "
          "siempre nada bien hasta donde quien cual senor senora senores muchas otra otro",
    "it": "il lo la gli le e di che non un una per con del della dei delle sono e' si come anche ma al alla nel nella questo questa ha ho "
          "abbiamo grazie cordiali saluti gentile vi ci piu degli dal dalla sul sulla ed o se mi ti noi voi loro essere stato stata hanno "
          "buongiorno buonasera ciao salve prego nostro nostra vostro vostra quando dopo prima molto tutto tutti ancora sempre gia perche "
          "cosa siamo abbiamo avete questi quello",
    "nl": "de het een en van ik te dat die in is niet op aan met voor er zijn maar om hem dan zou wat mijn naar bij wordt worden ook uw wij "
          "jullie bedankt geachte groet deze dit heeft hebben was ze je jij hij we kan kunnen moet moeten nog wel geen graag hallo dank "
          "goed goede groeten vriendelijke over uit als door tot onze ons heb ben weer al dag hoe waar wanneer omdat",
    "pt": "o a os as e de do da que em um uma para com nao por mais dos das se na no ao foi sua seu ou ser quando muito nos ja tambem pelo "
          "pela obrigado obrigada voce voces estao isso esta este essa esse sao tem temos foram bom boa ola prezado prezada prezados "
          "atenciosamente cumprimentos nosso nossa mas ate sem nem so ainda depois sobre aqui agora onde porque favor",
    "pl": "w i na z do nie sie ze jest to o po za od jak ale dla czy co przez ktory ktora ktore przed prosze dzien dobry dziekuje pozdrawiam "
          "panstwo pan pani nas nam jestesmy mamy oraz lub tak tego ten ta te juz tylko bardzo moze byl byla byly zostal bez przy pod nad "
          "szanowni powazaniem witam czesc naszej nasz jego jej ich",
    "sv": "och att det som en pa ar av for med den till inte har de ett om han var jag men sig fran vi sa kan nar hej tack vanliga halsningar "
          "eller ska skulle ni oss vara blir efter mycket",
    "da": "og at det som en pa er af for med den til ikke har de et om han var jeg men sig fra vi sa kan nar hej tak venlig hilsen eller skal "
          "ville i os blive efter meget",
}
LANGUAGES: Final = tuple(_SMALL)

_LABELS: Final = {
    "en": "shipper tracking picked signed shipment courier payee beneficiary remittance debit credit balance particulars voucher item acceptance "
    "handover completed delivered "
          "returned subject outcome "
          "january february march april may june july august september october november december monday tuesday wednesday thursday friday "
          "saturday sunday day week weeks month year invoice account balance payment payments credit debit target date amount receipt total "
          "comment comments score description rate rates number name type status customer client answered offered abandoned calls report "
          "scorecard site voice days short opening closing quantity unit price due question answer response received sent reference page "
          "agreed paid open overdue summary service level average time notes subject attached attachment find letter confirm copy call "
          "meeting agreement notice contract forward below regarding team send update",
    "de": "belegdatum belegart belegnr belegnummer buchungstext soll kunde kundennummer empfanger zahlbetrag zahlungsavis "
          "zahlungseingang zahlungsausgang valuta wertstellung gutschrift leistung gegenstand ergebnis abnahmeprotokoll "
          "ubergabeprotokoll loschprotokoll ubergeben durchgefuhrt erledigt verbraucht automatisch erzeugt erstellt gesamt netto "
          "brutto bemerkung anlage abnahme "
          "januar februar marz april mai juni juli august september oktober november dezember montag dienstag mittwoch donnerstag freitag "
          "samstag sonntag tag woche monat jahr rechnung konto saldo zahlung zahlungen gutschrift ziel datum betrag soll haben belegnummer "
          "buchung kommentar bewertung beschreibung anzahl nummer kunde angenommen angeboten anrufe bericht menge einheit preis fallig "
          "frage antwort eingang ausgang seite summe gesamt offen bezahlt text art beleg stand ubertrag erreichbarkeit zufriedenheit "
          "uberfallig leistung dauer bemerkung anbei anhang schreiben brief vertrag kundigung kopie besprechung bestatigung erhalten senden "
          "leider eingegangen unterlagen entwurf telefonat",
    "fr": "debit credit solde beneficiaire ecriture journal valeur remise recette effectue livre restitue termine objet resultat "
          "destinataire genere automatiquement "
          "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre lundi mardi mercredi jeudi vendredi samedi "
          "dimanche jour semaine mois annee facture compte courriel solde paiement credit debit cible reponse commentaire langue note "
          "forfait numero nom client appels traites abandonnes rapport quantite unite prix echeance question recu envoye reference page "
          "total montant date libelle avoir virement objectif resultat reglement delai moyenne piece jointe joint jointes lettre avis "
          "veuillez voir objet suite resiliation contrat equipe demande copie reunion appel confirmer envoyer envoi ci",
    "es": "haber saldo beneficiario asiento apunte valor entrega recepcion realizado entregado devuelto terminado destinatario "
          "prueba entrega envio remitente admitido ausente receptor servicio postal producto recogido domicilio "
          "generado automaticamente "
          "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre lunes martes miercoles jueves viernes "
          "sabado domingo dia semana mes ano factura cuenta saldo pago abono objetivo fecha importe comentario nota cargo numero nombre "
          "cliente llamadas atendidas abandonadas informe cantidad unidad precio vencimiento pregunta respuesta recibido enviado referencia "
          "pagina total concepto descripcion resultado valoracion encuesta debe haber adjunto adjunta carta aviso reunion llamada contrato "
          "equipo copia confirmar enviar asunto solicitud acuerdo rescision baja",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre lunedi martedi mercoledi giovedi "
          "venerdi sabato domenica giorno settimana mese anno fattura conto saldo pagamento dare avere data importo commento nota numero "
          "nome cliente chiamate quantita prezzo scadenza domanda risposta pagina totale descrizione obiettivo punteggio valutazione "
          "allegato allegata lettera avviso riunione chiamata contratto copia conferma inviare oggetto richiesta disdetta",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december maandag dinsdag woensdag donderdag "
          "vrijdag zaterdag zondag dag maand jaar factuur rekening saldo betaling creditnota datum bedrag omschrijving opmerking aantal "
          "nummer klant gesprekken prijs vervaldatum vraag antwoord pagina totaal doel beoordeling bijlage bijgaand brief bericht "
          "vergadering contract kopie bevestigen sturen onderwerp verzoek opzegging",
    "pt": "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro segunda terca quarta quinta sexta "
          "fatura conta saldo pagamento credito debito data valor comentario nota numero nome cliente chamadas quantidade preco vencimento "
          "pergunta resposta pagina total descricao meta avaliacao anexo carta aviso reuniao chamada contrato equipe copia confirmar enviar "
          "assunto pedido rescisao",
    "pl": "styczen luty marzec kwiecien maj czerwiec lipiec sierpien wrzesien pazdziernik listopad grudzien poniedzialek wtorek sroda "
          "czwartek piatek sobota niedziela faktura konto saldo platnosc data kwota komentarz numer nazwa klient ilosc cena termin pytanie "
          "odpowiedz strona razem opis cel ocena zalacznik zalaczeniu list zawiadomienie spotkanie rozmowa umowa kopia potwierdzam "
          "przesylam temat wypowiedzenie",
}


def _by_word(listed: dict[str, str]) -> dict[str, tuple[int, ...]]:
    out: dict[str, tuple[int, ...]] = {}
    for number, language in enumerate(LANGUAGES):
        for word in dict.fromkeys(listed.get(language, "").split()):
            out[word] = (*out.get(word, ()), number)
    return out


LETTER: Final = 0.1
"""What a word of one letter counts, however often it stands there: in tables and names such letters stand for something else."""

SMALL_WORDS: Final = _by_word(_SMALL)
"""Word -> the languages that have it, as positions in `LANGUAGES`."""

LABEL_WORDS: Final = {word: of for word, of in _by_word(_LABELS).items() if word not in SMALL_WORDS}
"""Words for days, months, columns, fields and what mails are about; weaker than the small words, since they are names as well."""
