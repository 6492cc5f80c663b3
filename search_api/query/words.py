"""Function words: so common that they say nothing about what is looked for. They carry no weight in a question of plain words."""
from __future__ import annotations

from archive.analysis import fold

_LISTS = {
    "en": """a about after again all also am an and any are as at be because been before being below between both but by can could did do does
        doing down during each few for from further get got had has have having he her here hers him his how i if in into is it its itself just
        let me more most my no nor not of off on once only or other our ours out over own please same shall she should so some such than that
        the their theirs them then there these they this those through to too under until up upon us very was we were what when where which
        while who whom whose why will with would you your yours s t d ll re ve m""",
    "de": """aber alle als also am an auch auf aus bei beim bin bis bitte da damit dann das dass dem den denn der des die dies diese diesem
        diesen dieser dieses doch dort du durch ein eine einem einen einer eines er es etwas euch fuer für gegen gibt habe haben hat hatte hatten
        hier ich ihr ihre ihrem ihren ihrer im in ist ja kann kein keine können man mein mit nach nicht noch nur ob oder ohne sein seine seit
        sich sie sind so über um und uns unser unsere unter vom von vor wann war waren warum was weil welche welcher welches wenn wer werden wie
        wird wir wo wurde wurden zu zum zur zwischen""",
    "fr": """a ai as au aux avec avez avons c car ce ceci cela ces cet cette d dans de depuis des donc du elle elles en entre est et eu eux fait il
        ils j je l la le les leur leurs lors m ma mais me mes mon n ne nos notre nous on ont ou où par pas pour pourquoi qu quand que quel quelle
        quelles quels qui quoi s sa sans se ses si son sont sous sur t ta te tes toi ton tu un une vos votre vous y été était combien comment""",
    "es": """a al algo ante antes como con contra cual cuando cuánto de del desde donde dónde e el ella ellas ellos en entre era es esa ese eso esta
        está están este esto estos fue fueron ha han hasta hay la las le les lo los me mi mis muy más nada ni no nos nosotros o os para pero por
        porque qué que quien quién se según ser si sin sobre son su sus también te tiene tu un una unas uno unos y ya""",
}
FUNCTION_WORDS = {language: frozenset(fold(word) for word in words.split()) for language, words in _LISTS.items()}

_MEANINGFUL_ELSEWHERE = frozenset(["car", "son", "war", "die", "man", "hat", "sin", "ton", "os", "bin", "us", "will", "fait", "nada"])
"""Words of these lists that are content in another language: they need a second function word beside them to be taken for one."""


def function_words(words: list[str]) -> set[str]:
    """Return which of the words (as typed) are function words of the language that most of them point to. Never all of them."""
    folded = {word: fold(word) for word in words}
    counts = {language: sum(f in listed for f in folded.values()) for language, listed in FUNCTION_WORDS.items()}
    most = max(counts.values(), default=0)
    if not most:
        return set()
    listed = frozenset().union(*(FUNCTION_WORDS[language] for language, count in counts.items() if count == most))
    dropped = {word for word, f in folded.items() if f in listed and (most > 1 or f not in _MEANINGFUL_ELSEWHERE)}
    return set() if len(dropped) == len(folded) else dropped
