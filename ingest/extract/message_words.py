"""What the fields of a message are called: in data by programs, in tables by people, in several languages."""
from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import TypeVar

V = TypeVar("V")


def _words(text: str) -> tuple[str, ...]:
    return tuple(w.strip().replace("_", " ") for w in text.split(",") if w.strip())


# The surest first: where an item has several of them, the first one counts.
SAID = _words("text, plain_text, plain_body, plaintext, body, message, content, msg, message_text, message_body, utterance, sentence, transcript, "
              "transcription, words, caption, html_body, body_text, body_html, nachricht, nachrichtentext, inhalt, wortlaut, texte, contenu, mensaje, "
              "contenido, texto, messaggio, testo, contenuto, bericht, tekst, mensagem, conteudo")
WHO = _words("sender_name, from_name, author_name, speaker_name, user_name, sender, from, author, speaker, user, username, nick, nickname, display_name, "
             "name, participant, participant_name, who, author_id, user_id, sender_id, speaker_id, from_id, agent_name, sender_type, author_type, "
             "role, speaker_label, party, ch, channel_tag, absender, von, verfasser, sprecher, sprecherin, benutzer, teilnehmer, expediteur, de, "
             "auteur, utilisateur, intervenant, locuteur, remitente, autor, usuario, hablante, mittente, autore, utente, afzender, gebruiker, "
             "remetente, utilizador")
WHEN = _words("created_date_time, timestamp, ts, time_stamp, sent_at, created_at, date_time, datetime, created, sent, sent_date, send_time, date_created, "
              "message_time, message_date, posted_at, date, time, start_time, start, started_at, start_ms, starttime, begin, begin_time, offset, t, "
              "zeitstempel, zeitpunkt, gesendet_am, gesendet, datum, zeit, uhrzeit, horodatage, date_heure, envoye_le, heure, fecha_hora, "
              "fecha, hora, enviado, data_ora, data, ora, orario, tijdstip, tijd, data_hora")
END = _words("end_time, end, ended_at, end_ms, endtime, stop")
ADDRESS = _words("sender_email, from_email, author_email, user_email, email, e_mail, mail, email_address")
LISTS = frozenset(_words("messages, message, conversation, conversations, chat, chats, dialog, dialogue, dialogs, turns, utterances, transcript, transcripts, "
                         "transcription, segments, log, thread, posts, replies, entries, sentences, monologues, original, events, history, items, "
                         "message_list, chat_messages, results, paragraphs, nachrichten, mensajes, comments, meeting_transcripts, timeline, captions, cues"))
CALLS = frozenset(_words("call_id, callid, call, recording, recording_id, recording_url, duration, duration_s, duration_seconds, duration_ms, duration_sec, "
                         "utterances, segments, transcript, transcripts, transcription, meeting_transcripts, asr, asr_model, caller, callee, "
                         "call_duration, audio, audio_url, audio_duration, meeting_id, monologues, sentences, captions, cues"))
OPINIONS = frozenset(_words("rating, stars, score, nps, csat, review_title, title_of_review, note, bewertung, valoracion"))
"""A list with one of these beside text and author is a list of opinions, not of messages."""

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_OTHER = re.compile(r"[^a-z0-9]+")


def plain(name: str) -> str:
    """Return a field name in lower case words without accents: `createdDateTime` and `Created-Date Time` are "created date time"."""
    name = _CAMEL.sub(" ", name[:80])
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).lower()
    return _OTHER.sub(" ", bare).strip()


def pick(fields: Mapping[str, V], names: Iterable[str]) -> tuple[str, V] | None:
    """Return the first of the names that is among the fields (by `plain` names), with its value, None for none. Empty values do not count."""
    for name in names:
        if name in fields and fields[name] not in (None, "", [], {}):
            return name, fields[name]
    return None
