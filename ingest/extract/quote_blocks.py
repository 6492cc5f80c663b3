"""Where in a mail body an earlier mail begins: attributions ("On … wrote:"), header blocks ("From: / Sent: / To:") and rules between mails.

Mail programs write these in the language of whoever uses them.  One pass over the lines, and a search for the few words of attributions.
"""
from __future__ import annotations

import bisect
import re
from dataclasses import dataclass, field

LINE_MAX = 400


@dataclass(slots=True)
class Line:
    """A line of the text: where it begins, its words without marks of quoting, and how many of these marks (">") stand before it.

    Not frozen, since there are many of them and freezing costs most of their making.
    """
    start: int
    raw: str
    bare: str
    depth: int

    @property
    def end(self) -> int:
        return self.start + len(self.raw.rstrip())


@dataclass(slots=True)
class Block:
    """Lines that introduce an earlier mail: `first` to `last` (numbers of lines), and what they say of it.

    `fields` has `from`, `sent`, `to`, `cc`, `subject` as written; of an attribution `words` is the whole of it.
    """
    first: int
    last: int
    depth: int
    fields: dict[str, str] = field(default_factory=dict)
    words: str = ""
    forwarded: bool = False


_PREFIX = re.compile(r"[ \t]*(?:>[ \t]?)+")


def lines_of(text: str) -> list[Line]:
    out, at = list[Line](), 0
    marked = ">" in text
    for raw in text.split("\n"):
        if marked and ">" in raw[:40] and (marks := _PREFIX.match(raw)):
            out.append(Line(at, raw, raw[marks.end():].strip(), marks.group().count(">")))
        else:
            out.append(Line(at, raw, raw.strip(), 0))
        at += len(raw) + 1
    return out


# ---------------------------------------------------------------- header blocks

_LABELS = {label: kind for kind, labels in (
    ("from", "from|von|de|da|van|från|fra|lähettäjä|od|kimden|от|від|发件人|發件人|寄件者|差出人|送信者|보낸 사람|absender|expéditeur|remitente|mittente|"
             "afzender|nadawca|отправитель|feladó|από"),
    ("sent", "sent|date|gesendet|datum|envoyé|envoyé le|enviado|enviado el|enviada em|enviado em|fecha|inviato|data|verzonden|skickat|sendt|dato|"
             "päivämäärä|lähetetty|wysłano|wysłane|odesláno|отправлено|дата|надіслано|gönderildi|tarih|发送时间|日期|寄件日期|傳送時間|送信日時|日付|보낸 날짜|"
             "date sent|sent at|gesendet am|elküldve|ημερομηνία"),
    ("to", "to|an|à|a|para|per|aan|till|til|vastaanottaja|do|komu|кому|kime|收件人|收信人|宛先|받는 사람|empfänger|destinataire|destinatario|címzett|προς"),
    ("cc", "cc|kopie|copie|copie à|copia|kopia|kopi|копия|копія|抄送|副本|참조|bilgi|bcc|cci|bcc/cco|cc to"),
    ("subject", "subject|betreff|objet|asunto|oggetto|onderwerp|ämne|emne|aihe|temat|předmět|тема|konu|assunto|主题|主題|主旨|件名|제목|tárgy|θέμα|re|"
                "subject line|betrifft"),
    ("other", "importance|wichtigkeit|priority|priorität|attachments|anlagen|attachment|reply-to|antwort an|sensitivity|pièces jointes|"
              "categories|message-id|received|conversation|archivos adjuntos|sender|organization|x-mailer|mime-version|content-type"),
) for label in labels.split("|")}
_STRONG = frozenset(("from", "sent", "to", "subject"))
_GAP = 3
_AT = re.compile(r"\d{1,2}[:.h]\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\b(?:19|20)\d\d\b")


def _label(bare: str) -> tuple[str, str] | None:
    """Return the kind and the value of a header line, None for any other line."""
    at = bare.find(":", 0, 32)
    if at < 0:
        at = bare.find("：", 0, 16)
        if at < 0:
            return None
    kind = _LABELS.get(bare[:at].strip(" \t*_\xa0|").lower())
    return (kind, bare[at + 1:].strip(" \t*_\xa0|")) if kind else None


def _header_blocks(lines: list[Line]) -> list[Block]:
    out: list[Block] = []
    current: Block | None = None
    last_kind = ""

    def close() -> None:
        nonlocal current
        if current is not None and _is_header(current, lines):
            out.append(current)
        current = None

    for number in [n for n, line in enumerate(lines) if ":" in line.bare or "：" in line.bare]:
        line = lines[number]
        found = _label(line.bare)
        if found is None:
            continue
        kind, value = found
        if current is not None and (line.depth != current.depth or number - current.last > _GAP or (kind in _STRONG and kind in current.fields)
                                    or any(x.bare and x.depth != current.depth for x in lines[current.last + 1:number])):
            close()
        if current is None:
            if kind in ("cc", "other"):
                continue
            current = Block(number, number, line.depth)
        else:
            between = [x.bare for x in lines[current.last + 1:number] if x.bare]
            if between and last_kind:
                if last_kind == "subject" and len(between) > 1:
                    close()
                    if kind in ("cc", "other"):
                        continue
                    current = Block(number, number, line.depth)
                else:
                    current.fields[last_kind] = " ".join([current.fields.get(last_kind, ""), *between]).strip()
        current.fields.setdefault(kind, value)
        current.last, last_kind = number, kind
    close()
    return out


def _is_header(block: Block, lines: list[Line]) -> bool:
    """Say whether header lines are the head of a mail: who, when or to whom, and about what; some programs set name and time above it."""
    known = _STRONG & block.fields.keys()
    if "from" in known and block.fields["from"]:
        if "sent" in known and not any(c.isdigit() for c in block.fields["sent"]) and len(known) < 4:
            return False
        return len(known) >= 3 or (len(known) == 2 and (_after_rule(block, lines) or ("@" in block.fields["from"] and "sent" in known)))
    if {"to", "subject"} <= known or ({"to"} <= known and "cc" in block.fields):
        above = [n for n in range(max(0, block.first - 4), block.first) if lines[n].bare and lines[n].depth == block.depth][-2:]
        dated = next((n for n in above if _AT.search(lines[n].bare) and len(lines[n].bare) < 120), None) if "sent" not in block.fields else None
        if dated is not None:
            first = above[0] if len(lines[above[0]].bare) < 80 else dated
            said = " ".join(lines[n].bare for n in range(first, block.first) if lines[n].bare)
            block.words, block.first = said, first
            return True
    return False


def _after_rule(block: Block, lines: list[Line]) -> bool:
    above = next((lines[n].bare for n in range(block.first - 1, max(-1, block.first - 4), -1) if lines[n].bare), "")
    return bool(above) and (_RULE.fullmatch(above) is not None or is_separator(above))


# ---------------------------------------------------------------- rules between mails

_RULE = re.compile(r"[_\-=*–—]{5,}")
_NAMES = (r"Original[ -]?(?:Message|Appointment|e-?mail)|Urspr(?:ü|ue)ngliche (?:Nachricht|Mail|E-Mail)|Originalnachricht|Original-Nachricht|"
          r"Message d['’]origine|Message original|E-mail original|Mensaje original|Messaggio originale|Oorspronkelijk bericht|Oprindelig meddelelse|"
          r"Opprinnelig melding|Ursprungligt meddelande|"
          r"Mensagem original|Alkuperäinen viesti|Wiadomość oryginalna|Původní zpráva|Исходное сообщение|Оригинальное сообщение|"
          r"元のメッセージ|原始邮件|原始郵件|邮件原件|원본 메시지|Orijinal Mesaj|Reply message|Inhalt der weitergeleiteten Nachricht|"
          r"Weitergeleitet von [^\n]{0,100}")
_FORWARDS = (r"Forwarded (?:message|by|with changes)[^\n]{0,140}|Weitergeleitete (?:Nachricht|E-Mail|Mail)|Message transf[ée]r[ée][^\n]{0,80}|"
             r"Message réexpédié|Mensaje reenviado|Messaggio inoltrato|Doorgestuurd bericht|Videresendt (?:meddelelse|melding)|Vidarebefordrat meddelande|"
             r"Mensagem encaminhada|Välitetty viesti|Wiadomość przekazana|Пересылаемое сообщение|転送メッセージ|转发的邮件|轉寄的郵件")
_BETWEEN = re.compile(rf"[-_=*>< \t]{{2,}}(?:{_NAMES}|(?P<forward>{_FORWARDS}))[ \t]*:?[-_=*>< \t]*", re.IGNORECASE)
_BEGIN = re.compile(r"(?:Begin forwarded message|Anfang der weitergeleiteten (?:Nachricht|E-Mail)|Début du message (?:réexpédié|transféré)|"
                    r"Inicio del mensaje reenviado|Inizio messaggio inoltrato|Begin doorgestuurd bericht|"
                    r"Início da mensagem reencaminhada)[ \t]*:", re.IGNORECASE)


def is_separator(bare: str) -> bool:
    """Say whether a line is one that mail programs set between a mail and an earlier one."""
    return _BETWEEN.fullmatch(bare) is not None or _BEGIN.fullmatch(bare) is not None


_MARKS = frozenset("-_=*<")


def _separators(lines: list[Line]) -> list[Block]:
    out: list[Block] = []
    for number in [n for n, line in enumerate(lines) if line.bare[:1] in _MARKS or line.bare[-1:] == ":"]:
        line, bare = lines[number], lines[number].bare
        if not 8 <= len(bare) <= LINE_MAX:
            continue
        if bare[0] in "-_=*<" and (found := _BETWEEN.fullmatch(bare)):
            forwarded = found.group("forward") is not None
            out.append(Block(number, number, line.depth, words=bare.strip("-_=*<> \t") if forwarded else "", forwarded=forwarded))
        elif bare[-1] == ":" and bare[0] in "BADIbadi" and _BEGIN.fullmatch(bare):
            out.append(Block(number, number, line.depth, forwarded=True))
    return out


# ---------------------------------------------------------------- attributions

_VERBS = ("wrote", "writes", "schrieb", "geschrieben", "écrit", "ecrit", "escribi", "ha escrito", "scritto", "schreef", "skrev", "escreveu", "napisał",
          "napsal", "kirjoitti", "пишет", "написал", "писал", "yazdı", "a scris", "írta", "έγραψε", "写道", "寫道", "書きました", "đã viết", "작성")
_WROTE = re.compile(
    r"(?:\b(?:wrote|writes|schrieb(?:en)?|geschrieben|a écrit|a ecrit|escribi[oó]|ha escrito|ha scritto|schreef|geschreven|skrev|escreveu|"
    r"napisał(?:\(a\)|a)?|napsal(?:\(a\)|a)?|kirjoitti|пишет|написал(?:\(а\)|а)?|писал(?:\(а\)|а)?|yazdı|a scris|írta|έγραψε|đã viết)\b\)?"
    r"|写道|寫道|書きました|작성)(?![\w'’])")
_OPENS = re.compile(r"(?:On|Am|Le|El|Il|Op|Den|Em|Dnia|W dniu|Dne|At|In|Il giorno|Вт|Пн|Ср|Чт|Пт|Сб|Вс|På|V)\b|.*(?:@|\d{1,2}[:.]\d\d|\d{4})|"
    r"[\w.'\" -]{2,60}$", re.DOTALL)
_BEGINS = re.compile(r"(?:On|Am|Le|El|Il|Op|Den|Em|Dnia|W dniu|Dne|At|På)\b")
_DATED = re.compile(r"(?:[^\W\d_]{2,4}[.,]? )?\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b")
_NAMED = re.compile(r"(?:[^\W\d_]{2,4},? )?(?:\d{4}[/-]\d{1,2}[/-]\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{4}|\d{1,2} [^\W\d_]{3,9}\.? \d{4})[^<>\n]{0,120}"
                    r"<[^<>\s]+@[^<>\s]+>:?")


def _attributions(text: str, lines: list[Line]) -> list[Block]:
    out: list[Block] = []
    taken = -1
    if any(verb in text for verb in _VERBS):
        for number in _lines_with(text, lines):
            line = lines[number]
            if number <= taken or len(line.bare) > LINE_MAX * 2:
                continue
            found = None
            for word in _WROTE.finditer(line.bare[:LINE_MAX * 2]):
                if (found := _attribution(lines, number, word)) is not None:
                    break
            if found is not None:
                out.append(found)
                taken = found.last
    if "@" not in text:
        return out
    for number in [n for n, x in enumerate(lines) if x.bare[-1:] in (">", ":") and x.bare[-2:-1] != "-"]:  # a day, a name, an address, and no verb
        line = lines[number]
        if line.bare.endswith((">", ">:")) and "@" in line.bare and _NAMED.fullmatch(line.bare):
            following = next((x for x in lines[number + 1:number + 4] if x.raw.strip()), None)
            if following is not None and (following.depth > line.depth or line.bare.endswith(":")):
                out.append(Block(number, number, line.depth, words=line.bare))
    return out


def _lines_with(text: str, lines: list[Line]) -> list[int]:
    """Return the numbers of the lines in which a word for writing stands."""
    starts = [line.start for line in lines]
    return sorted({bisect.bisect_right(starts, found.start()) - 1 for found in _WROTE.finditer(text)})


def _attribution(lines: list[Line], number: int, word: re.Match[str]) -> Block | None:
    """Return the attribution around a word for writing, None for a mere sentence. It may be broken over four lines."""
    line, last = lines[number], number
    rest = line.bare[word.end():]
    if not _ends(rest):
        following = lines[number + 1].bare if number + 1 < len(lines) and lines[number + 1].depth == line.depth else ""
        if rest.rstrip().endswith(".") or not _ends(following) or len(following) > 100 or not following:
            return None
        rest, last = f"{rest} {following}", number + 1
    if len(rest) > 150:
        return None
    first, head = number, line.bare[:word.start()]
    if not _BEGINS.match(head):
        for above in range(number - 1, max(-1, number - 4), -1):  # it may have begun on a line above
            if not lines[above].bare or lines[above].depth != line.depth or len(lines[above].bare) > LINE_MAX:
                break
            if _BEGINS.match(lines[above].bare) and _AT.search(" ".join(x.bare for x in lines[above:number + 1])):
                first = above
                break
            if above == number - 1 and _DATED.match(lines[above].bare) and not _AT.search(head) and len(head) < 80:
                first = above
                break
            if above == number - 1 and not head.strip() and _AT.search(lines[above].bare) and len(lines[above].bare) < 150:
                first = above  # a name and a time, then the word alone
                break
    words = " ".join(x.bare for x in lines[first:last + 1])
    if first == number and not _is_opening(head, rest):
        return None
    return Block(first, last, line.depth, words=words)


def _ends(rest: str) -> bool:
    return rest.rstrip(" \t*_\xa0").endswith((":", "："))


def _is_opening(head: str, rest: str) -> bool:
    head = head.strip(" \t>*\xa0")
    if not head or len(head) >= LINE_MAX:
        return False
    if len(head) > 60 and not _AT.search(head) and "@" not in head and not _AT.search(rest):
        return False
    return bool(_OPENS.match(head))


# ---------------------------------------------------------------- all of them

def blocks_of(text: str, lines: list[Line]) -> list[Block]:
    """Return all that introduces an earlier mail, in order, without overlaps: a rule and the header block below it are one."""
    if ":" not in text and "@" not in text and "：" not in text and "--" not in text and "写道" not in text:
        return []
    headers, separators = _header_blocks(lines), _separators(lines)
    out: list[Block] = []
    for block in sorted([*headers, *separators, *_attributions(text, lines)], key=lambda b: (b.first, -b.last)):
        before = out[-1] if out else None
        if before is not None and block.first <= before.last:
            continue
        if before is not None and not before.fields and before.depth == block.depth and (block.fields or block.words) \
                and is_separator(lines[before.last].bare) and not any(x.bare for x in lines[before.last + 1:block.first]):
            before.last, before.fields = block.last, block.fields
            before.words = block.words or before.words
            continue
        if block.fields:
            _with_rule(block, lines, before.last if before else -1)
        out.append(block)
    return out


def _with_rule(block: Block, lines: list[Line], after: int) -> None:
    """Let a header block begin at the rule above it."""
    for number in range(block.first - 1, max(after, block.first - 4), -1):
        bare = lines[number].bare
        if bare:
            if _RULE.fullmatch(bare):
                block.first = number
            return
