"""In which language the sender wrote: counts of the commonest small words, a trained identifier only for longer uncertain texts."""
from __future__ import annotations

from collections import Counter
from typing import Final

from archive.model.fact import Derived
from archive.model.outcome import Done
from ingest.enrich.doc import Doc
from ingest.enrich.fold import vocabulary, words

_STOP: Final = {
    "en": "the and of to in is that it for with on as was are be this you we have not at from by but they will our your if which would "
          "an i "
          "been has please no or can so do what there all were when their any had us his her she he who more about just up out me my "
          "than then get got how dont don isn didn it's its i'm hi hello thanks thank dear regards",
    "de": "der die das und ist nicht ein eine zu mit den von im auf fur sich des dem auch es wir sie ich werden wird oder dass als bei "
          "nach "
          "an aus am wie haben hat sind noch nur um durch ihr ihre ihren ihnen uns unser unsere einer einem einen zum zur wurde bitte kein "
          "keine aber wenn sehr geehrte geehrter grusse uber vom diese dieser bis wurden konnen mehr ja nein danke mfg hallo",
    "fr": "le la les et est pas un une des du de pour que qui dans sur avec ne au ce il elle nous vous je par plus sont aux ou mais cette "
          "son sa ses leur notre votre nos vos ont ete avons avez etre faire bonjour merci cordialement si en comme tout bien ca c'est "
          "quand on y d l qu n s j c mon ma mes donc alors tres non oui chez sans",
    "es": "el la los las y es no un una de del que en por con para se su al lo como mas pero sus le ha me si sin sobre este esta son entre "
          "cuando muy ya tambien fue hay desde todo nos ser han estimado estimada saludos gracias hola usted ustedes nuestro nuestra "
          "porque "
          "segun ante esto eso buenos dias",
    "it": "il lo la gli le e di che non un una per con del della dei delle sono e' si come anche ma al alla nel nella questo questa ha ho "
          "abbiamo grazie cordiali saluti gentile vi ci piu",
    "nl": "de het een en van ik te dat die in is niet op aan met voor er zijn maar om hem dan zou wat mijn naar bij wordt worden ook "
          "uw wij "
          "jullie bedankt geachte groet deze dit heeft",
    "pt": "o a os as e de do da que em um uma para com nao por mais dos das se na no ao foi sua seu ou ser quando muito nos ja tambem pelo "
          "pela obrigado voce estao isso",
}
_LANGUAGES: Final = tuple(_STOP)
_TABLE: Final[dict[str, tuple[int, ...]]] = {
    word: tuple(i for i, lang in enumerate(_LANGUAGES) if word in _STOP[lang].split())
    for word in {w for listed in _STOP.values() for w in listed.split()}
}
_UNSURE_CHARS = 2000
_ENOUGH_WORDS = 4
_CALENDAR_AND_LABELS: Final = {
    "fr": vocabulary("janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre facture compte courriel solde "
                    "paiement credit debit mois cible reponse commentaire langue note forfait"),
    "de": vocabulary("januar februar marz april mai juni juli august september oktober november dezember rechnung konto saldo zahlung "
                    "gutschrift monat ziel datum betrag soll haben belegnummer buchung kommentar bewertung"),
    "en": vocabulary("january february march april may june july august september october november december invoice account balance "
                     "payment "
                    "credit debit month target date amount receipt total comment score description rate"),
    "es": vocabulary("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre factura cuenta saldo pago "
                    "abono mes objetivo fecha importe comentario nota cargo"),
}
"""Words that stand in tables and forms, where there is no grammar; weaker than the small words."""


def language(doc: Doc) -> Derived | None:
    """Return the language (ISO 639-1, `zxx` for no text) of what the sender wrote, or None where there is none clear."""
    tokens = doc.words
    if not tokens:
        silent = isinstance(doc.extracted.outcome, Done) and not doc.text.strip() and not doc.extracted.subject.strip()
        return Derived("zxx", "no text") if silent else None
    if len(tokens) > 6000:
        tokens = tokens[:3000] + tokens[-3000:]
    elif len(tokens) < 25:
        tokens = tokens + words(doc.subject)
    counts = Counter(tokens)
    small = [(_TABLE[word], counts[word]) for word in counts.keys() & _TABLE.keys()]
    scores = [0.0] * len(_LANGUAGES)
    for of, count in small:
        for i in of:
            scores[i] += count / len(of)
    total = sum(scores)
    best = max(range(len(scores)), key=scores.__getitem__)
    second = _other(small, best)
    if total >= _ENOUGH_WORDS and scores[best] >= 2.2 * second and total >= 0.12 * len(tokens):
        return Derived(_LANGUAGES[best], "small words", round(scores[best] / total, 3))
    if total >= 8 and second >= 0.55 * scores[best]:
        return None  # two languages side by side
    return _by_labels(tokens, scores) or _by_model(doc, len(tokens)) or _by_few(scores, best, second)


def _other(small: list[tuple[tuple[int, ...], int]], best: int) -> float:
    """Return the score of the next language by words that the best one does not have: neighbours share many small words."""
    scores = [0.0] * len(_LANGUAGES)
    for of, count in small:
        if best not in of:
            for i in of:
                scores[i] += count / len(of)
    return max(scores)


def _by_few(scores: list[float], best: int, second: float) -> Derived | None:
    if scores[best] >= 2 and scores[best] >= 2 * second:
        return Derived(_LANGUAGES[best], "few small words", 0.6)
    return None


def _by_labels(tokens: list[str], scores: list[float]) -> Derived | None:
    held = set(tokens)
    counts = {lang: len(held & known) + scores[_LANGUAGES.index(lang)] * 0.5 for lang, known in _CALENDAR_AND_LABELS.items()}
    ranked = sorted(counts.items(), key=lambda pair: -pair[1])
    if ranked[0][1] >= 2 and ranked[0][1] >= 1.5 * ranked[1][1]:
        return Derived(ranked[0][0], "labels and months", 0.7)
    return None


def _by_model(doc: Doc, count: int) -> Derived | None:
    """Ask the trained identifier, whose import is slow: only where there is enough text for it to be right."""
    if count < 25:
        return None
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    global _MODEL
    if _MODEL is None:
        _MODEL = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    code, probability = _MODEL.classify(" ".join(doc.said.split())[:_UNSURE_CHARS])
    return Derived(str(code), "py3langid", round(float(probability), 3)) if float(probability) >= 0.9 else None


_MODEL = None
