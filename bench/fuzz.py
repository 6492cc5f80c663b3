"""Random query strings, asked as a person would: `python -m bench.fuzz [--count 100000] [--home HOME]`.

Every one ends in an answer or in an error that says what is wrong and what to do; none takes more than two seconds.  Strings are drawn
from the pieces of the language, from words of the records, from any characters, and by changing queries that are right.
"""
from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from archive.errors import BadRequest
from archive.model.viewer import LOCAL
from archive.ports import RecordFilter
from archive.settings import read_settings
from archive.wiring import Archive, open_archive
from search_api.search import search

SECONDS_MAX = 2.0
_PIECES = ["AND", "OR", "NOT", "(", ")", "{", "}", "-", "+", "=", '"', "“", "”", "~", "~2", "~9", "*", "?", "/", "|", "[a-z]", "[^", ".*", ".+", "{2,9}",
           "W/5", "PRE/3", "w/100", "NEAR/2", "W/", "W/0", "thread:{", "family:{", "} within 5 days", "within 3 weeks", "subject:", "text:", "filename:",
           "from:", "to:", "cc:", "participant:", "kind:email", "kind:", "type:billing", "client:", "contract:", "account:", "custodian:", "source:",
           "language:en", "has:attachment", "has:", "is:duplicate", "is:", "sentiment:", "amount:>10000", "amount:EUR:5..9", "amount:", "date:2001",
           "date:2001-Q3", "date:last month", "date:..", "before:", "after:", "sent:2001-05", "received:", "received:2001", "received:none",
           "tells:", "tells:amount", "why did they leave", "id:", "message:", "mime:", "tag:", "nofield:x"]
_CHARACTERS = "abcxyzABC 0189-_.:;,'\"()[]{}<>|\\/*?+=~^$&%#@!äéßİıﬁ½契約あ\u0301\u200d\ud800\x00\t\n\u2028🙂"


def queries(words: list[str], count: int, seed: int = 3) -> Iterator[str]:
    """Return random query strings; the same seed gives the same ones."""
    dice = random.Random(seed)

    def pieces(most: int) -> str:
        return dice.choice(["", " "]).join(dice.choice(_PIECES) if dice.random() < 0.6 else dice.choice(words) for _ in range(dice.randint(1, most)))

    def right() -> str:
        a, b, c = (dice.choice(words) for _ in range(3))
        return dice.choice([f"{a} W/{dice.randint(1, 100)} {b}", f'"{a} {b}" PRE/3 ({c} OR {a[:3]}*)', f"{a}~ AND {b}~2", f"/{a[:3]}.*{b[-2:]}/ OR {c}",
                            f"thread:{{{a}}} AND thread:{{{b}}} within 9 days", f"subject:({a} OR {b}) -{c}", f'"{a} {b} {c}"~3', f"*{a[-3:]} {b[:2]}*{c[-1:]}",
                            f"({a} OR ({b} AND ({c} OR NOT {a})))", f"{a} {b} {c}", f'"{a[:3]}* {b}"', f"date:2001 amount:>5 {a}"])

    for _ in range(count):
        draw = dice.random()
        if draw < 0.35:
            yield pieces(12)
        elif draw < 0.5:
            yield "".join(dice.choice(_CHARACTERS) for _ in range(dice.randint(0, 60)))
        elif draw < 0.53:
            yield pieces(400)[:2_100]
        else:
            text = right()
            for _ in range(dice.choice([0, 1, 1, 2, 4])):
                at = dice.randrange(len(text) + 1)
                text = dice.choice([text[:at] + dice.choice(_CHARACTERS) + text[at:], text[:at] + text[at + 1:], text[:at] + dice.choice(_PIECES) + text[at:],
                                    text[at:] + " " + text[:at]])
            yield text


def words_of(archive: Archive) -> list[str]:
    ids = [record.record_id for _, record in zip(range(300), archive.catalogue.records(RecordFilter(), LOCAL), strict=False)]
    return sorted({word for text in archive.catalogue.texts(ids, LOCAL).values() for word in text.split() if 2 < len(word) < 20}) or ["notice", "fee"]


def ask(archive: Archive, count: int, seed: int) -> tuple[Counter[str], list[tuple[float, str]], list[tuple[str, str]]]:
    """Ask them all; return how they ended, the slowest, and those that ended in anything but an answer or a named error."""
    ends: Counter[str] = Counter()
    slow: list[tuple[float, str]] = []
    wrong: list[tuple[str, str]] = []
    for text in queries(words_of(archive), count, seed):
        began = time.perf_counter()
        try:
            answer = search(archive, LOCAL, text, limit=10)
            ends[f"answered, {answer.mode}" if answer.total else f"no hit, {answer.mode}"] += 1
        except BadRequest as error:
            ends[type(error).__name__ + ("" if error.remedy else " without remedy")] += 1
        except Exception as error:
            wrong.append((text, f"{type(error).__name__}: {error}"))
        slow = sorted([*slow, (time.perf_counter() - began, text)], reverse=True)[:5]
    return ends, slow, wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--home", type=Path, required=True, help="a home with records")
    options = parser.parse_args()
    archive = open_archive(read_settings({**os.environ, "CASETRAIL_HOME": str(options.home)}))
    ends, slow, wrong = ask(archive, options.count, options.seed)
    archive.close()
    for end, count in ends.most_common():
        print(f"  {end:28}{count:9}")
    for seconds, text in slow:
        print(f"  {seconds:6.3f} s  {text[:140]!r}")
    for text, error in wrong[:20]:
        print(f"  WRONG {text!r}: {error[:300]}")
    return 1 if wrong or slow[0][0] > SECONDS_MAX else 0


if __name__ == "__main__":
    sys.exit(main())
