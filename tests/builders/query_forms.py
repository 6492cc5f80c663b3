"""Queries of every form, drawn by chance from the words of the records, each with what it means (`read_by_hand`)."""
from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from builders.read_by_hand import Doc, Side, Test, about, exactly, form_of, has, has_form, like, moved, near, plain, words

Means = Callable[[Doc], bool]


@dataclass(frozen=True)
class Asked:
    """A query and which records it describes."""
    text: str
    means: Means


class Forms:
    """Makes queries from records; the same seed makes the same ones."""

    def __init__(self, docs: Sequence[Doc], seed: int) -> None:
        self.docs, self.dice = docs, random.Random(seed)
        self.rich = [d for d in docs if len(d.columns["body"].exact) > 30]
        self.forms: dict[str, Callable[[], Asked]] = {
            "word": self.word, "exact word": self.exact_word, "identifier": self.identifier, "phrase": self.phrase, "phrase with moves": self.moves,
            "phrase with pattern": self.phrase_with_pattern, "wildcard": self.wildcard, "identifier with pattern": self.identifier_with_pattern,
            "fuzzy": self.fuzzy, "expression": self.expression, "near": self.near_words, "in order": self.in_order, "near, groups": self.near_groups,
            "near, phrases": self.near_phrases, "field": self.field, "people": self.people, "values": self.values, "dates": self.dates,
            "amounts": self.amounts, "bare words": self.bare, "nested": self.nested, "threads": self.threads, "families": self.families,
            "threads in time": self.in_time,
        }

    # what texts offer

    def _doc(self) -> Doc:
        return self.dice.choice(self.rich)

    def _word(self, least: int = 3, doc: Doc | None = None) -> str:
        doc = doc or self._doc()
        for _ in range(50):
            word = self.dice.choice(words(doc.read.text))
            if len(word) >= least and len(plain(word)) < 40 and word not in ("AND", "OR", "NOT") and word.isascii() | word.isalpha():
                return word
        return "contract"

    def _pair(self, most: int) -> tuple[str, str]:
        """Return two words of one text that stand so near, in their order."""
        row = words(self._doc().read.text)
        for _ in range(50):
            at = self.dice.randrange(len(row) - 1)
            other = min(len(row) - 1, at + self.dice.randint(1, most))
            if len(row[at]) > 1 and len(row[other]) > 1 and at != other and not {row[at], row[other]} & {"AND", "OR", "NOT"}:
                return row[at], row[other]
        return "of", "the"

    def _row(self, size: int) -> list[str]:
        row = words(self._doc().read.text)
        at = self.dice.randrange(max(1, len(row) - size))
        return row[at:at + size]

    # words

    def word(self) -> Asked:
        word = self._word()
        return Asked(f"+{word}", lambda d: has_form(d, word))

    def exact_word(self) -> Asked:
        word = self._word()
        return Asked(f"={word}", lambda d: has(d, [exactly(word)]))

    def identifier(self) -> Asked:
        row = self._row(self.dice.randint(2, 3))
        word = self.dice.choice("-./_").join(row)
        return Asked(f"+{word}", lambda d: has_form(d, word))

    def phrase(self) -> Asked:
        row = self._row(self.dice.randint(2, 4))
        return Asked(f'"{" ".join(row)}"', lambda d: has(d, [exactly(w) for w in row]))

    def moves(self) -> Asked:
        size = self.dice.choice([2, 2, 2, 3, 3, 4])
        row = self._row(size)
        if self.dice.random() < 0.4:
            self.dice.shuffle(row)
        slop = self.dice.randint(1, {2: 10, 3: 5, 4: 3}[size])
        return Asked(f'"{" ".join(row)}"~{slop}', lambda d: moved(d, [plain(w) for w in row], slop))

    def _pattern(self, word: str) -> tuple[str, str]:
        """Return a word with `*` and `?` in it, and the regular expression that it stands for."""
        folded = plain(word)
        cut = self.dice.randint(2, max(2, len(folded) - 1))
        made = self.dice.choice([f"{folded[:cut]}*", f"*{folded[-cut:]}", f"{folded[:1]}?{folded[2:]}" if len(folded) > 3 else f"{folded}*",
                                 f"{folded[:2]}*{folded[-1]}", f"?{folded[1:]}*" if len(folded) > 3 else f"{folded}*"])
        return made, "".join({"*": ".*", "?": "."}.get(c, re.escape(c)) for c in made)

    def wildcard(self) -> Asked:
        made, form = self._pattern(self._word(4))
        return Asked(made, lambda d: has(d, [like(form)]))

    def phrase_with_pattern(self) -> Asked:
        row = self._row(3)
        at = self.dice.randrange(3)
        if len(plain(row[at])) < 4:
            row[at] = "contract"
        made, form = self._pattern(row[at])
        tests: list[Test] = [exactly(w) for w in row]
        tests[at] = like(form)
        return Asked('"' + " ".join([*row[:at], made, *row[at + 1:]]) + '"', lambda d: has(d, tests))

    def identifier_with_pattern(self) -> Asked:
        first, second = self._row(2)
        made = plain(second)
        made = made[:-1] + "?z" if len(made) < 3 else made[:1] + "?" + made[2:]
        form = made.replace("?", ".")
        return Asked(f"{first}-{made}", lambda d: has(d, [exactly(first), like(form)]))

    def fuzzy(self) -> Asked:
        word = plain(self._word(4))
        at = self.dice.randrange(len(word))
        wrong = self.dice.choice([word[:at] + word[at + 1:], word[:at] + "x" + word[at:], word[:at] + "x" + word[at + 1:], word])
        if len(wrong) < 4:
            wrong = word
        sign = self.dice.choice(["~", "~1", "~2"])
        edits = int(sign[1:]) if sign[1:] else 2 if len(wrong) > 5 else 1
        return Asked(wrong + sign, lambda d: has(d, [about(wrong, edits)]))

    def expression(self) -> Asked:
        one, two = plain(self._word(4)), plain(self._word(4))
        made = self.dice.choice([f"{one[:3]}.*", f"({one}|{two})s?", f"{one[:2]}[a-m].+", f".*{one[-3:]}", f"{one[0]}.{{1,3}}{one[-2:]}",
                                 f"({one[:2]}|{two[:2]})[^aeiou].*", f"{one[:-1]}[{one[-1]}x]"])
        return Asked(f"/{made}/", lambda d: has(d, [like(made)]))

    # near one another

    def _near(self, left: tuple[str, Callable[[str], Side]], right: tuple[str, Callable[[str], Side]], most: int, ordered: bool) -> Asked:
        sign = f"{'PRE' if ordered else 'W'}/{most}"
        return Asked(f"{left[0]} {sign} {right[0]}", lambda d: near(d, left[1], right[1], most, ordered))

    def _plain_side(self, word: str) -> tuple[str, Callable[[str], Side]]:
        return word, lambda field: [[form_of(word) if field in ("body", "subject") else exactly(word)]]

    def _side(self, word: str) -> tuple[str, Callable[[str], Side]]:
        """Return a word asked for in one of the ways in which a word can be."""
        kind = self.dice.randrange(4)
        if kind == 0 and len(plain(word)) > 3:
            made, form = self._pattern(word)
            return made, lambda field: [[like(form)]]
        if kind == 1:
            return f"={word}", lambda field: [[exactly(word)]]
        return self._plain_side(word)

    def near_words(self) -> Asked:
        most = self.dice.randint(1, 20)
        pair = list(self._pair(most + 2))
        self.dice.shuffle(pair)
        return self._near(self._side(pair[0]), self._side(pair[1]), most, False)

    def in_order(self) -> Asked:
        most = self.dice.randint(1, 12)
        first, second = self._pair(most + 2)
        return self._near(self._side(first), self._side(second), most, True)

    def _group(self, parts: list[tuple[str, Callable[[str], Side]]]) -> tuple[str, Callable[[str], Side]]:
        return f"({' OR '.join(text for text, _ in parts)})", lambda field: [tests for _, side in parts for tests in side(field)]

    def near_groups(self) -> Asked:
        most = self.dice.randint(1, 8)
        first, second = self._pair(most + 1)
        left = self._group([self._side(first), self._side(self._word())])
        right = self._group([self._side(second), self._side(self._word()), self._phrase_side(self._row(2))])
        return self._near(left, right, most, self.dice.random() < 0.5)

    def _phrase_side(self, row: list[str]) -> tuple[str, Callable[[str], Side]]:
        return f'"{" ".join(row)}"', lambda field: [[exactly(w) for w in row]]

    def near_phrases(self) -> Asked:
        row = self._row(6)
        most = self.dice.randint(1, 6)
        left = self._phrase_side(row[:2])
        right = self._phrase_side(row[4:]) if self.dice.random() < 0.5 else self._side(row[4])
        if self.dice.random() < 0.3:
            left, right = right, left
        return self._near(left, right, most, self.dice.random() < 0.5)

    # fields and values

    def field(self) -> Asked:
        record = self._doc().read.record
        name, field, source = self.dice.choice([("subject", "subject", record.subject), ("text", "body", ""), ("body", "body", ""),
                                                ("filename", "filename", record.name)])
        found = [w for w in words(source) if len(w) > 2]
        word = self.dice.choice(found) if found else self._word()
        return Asked(f"{name}:{word}", lambda d: has_form(d, word, (field,)))

    def people(self) -> Asked:
        record = self._doc().read.record
        address = (record.sender or "nobody@nowhere.example").lower()
        value = self.dice.choice([address, address.rpartition("@")[2]])
        if self.dice.random() < 0.5:
            # What is no whole address may also be words of one: `enron.com` is met in `ann@us.enron.com`.
            return Asked(f"from:{value}", lambda d: value in _forms([d.read.record.sender]) or ("@" not in value and _within(value, d)))
        return Asked(f"participant:{address}", lambda d: address in _forms([d.read.record.sender, *d.read.record.to]))

    def values(self) -> Asked:
        kind = self.dice.choice(["email", "chat", "notice", "invoice"])
        return self.dice.choice([
            Asked(f"kind:{kind},other", lambda d: d.read.record.kind in (kind, "other")),
            Asked(f"NOT kind:{kind}", lambda d: d.read.record.kind != kind),
            Asked("is:duplicate", lambda d: d.read.record.duplicate_of is not None),
            Asked("language:de", lambda d: d.read.record.language == "de"),
            Asked("sentiment:negative", lambda d: d.read.record.sentiment == "negative"),
            Asked("custodian:ann", lambda d: "ann" in plain(d.read.record.custodian).split()),
        ])

    def dates(self) -> Asked:
        day = date.fromisoformat(self._doc().read.record.date or "2001-05-01")
        later = day + timedelta(self.dice.randint(0, 300))
        quarter = (day.month + 2) // 3

        def between(low: date | None, high: date | None) -> Means:
            return lambda d: d.read.record.date is not None and (not low or d.read.record.date >= low.isoformat()) and (
                not high or d.read.record.date <= high.isoformat())
        return self.dice.choice([
            Asked(f"date:{day}", between(day, day)), Asked(f"date:{day}..{later}", between(day, later)), Asked(f"date:{day}..", between(day, None)),
            Asked(f"before:{day}", between(None, day - timedelta(1))), Asked(f"after:{day}", between(day + timedelta(1), None)),
            Asked(f"date:{day.year}-Q{quarter}", lambda d: (d.read.record.date or "")[:4] == str(day.year)
                  and (int((d.read.record.date or "0000-00")[5:7]) + 2) // 3 == quarter),
            Asked(f"date:{day.year}-{day.month:02}", lambda d: (d.read.record.date or "").startswith(f"{day.year}-{day.month:02}")),
            Asked("date:none", lambda d: d.read.record.date is None),
            Asked(f"sent:{day}", lambda d: (d.read.record.sent_at or "").startswith(day.isoformat())),
        ])

    def amounts(self) -> Asked:
        low = self.dice.choice([0, 1, 50, 499, 500, 501, 9_999, 10_000])
        high = low + self.dice.choice([0, 1, 500, 100_000])

        def of(test: Callable[[float, str], bool]) -> Means:
            return lambda d: any(test(float(str(f.value)), f.unit) for f in d.read.facts if f.unit in ("EUR", "USD", "GBP"))
        return self.dice.choice([
            Asked(f"amount:>{low}", of(lambda v, c: v > low)), Asked(f"amount:>={low}", of(lambda v, c: v >= low)),
            Asked(f"amount:<={low}", of(lambda v, c: v <= low)), Asked(f"amount:{low}..{high}", of(lambda v, c: low <= v <= high)),
            Asked(f"amount:EUR:{low}..{high}", of(lambda v, c: low <= v <= high and c == "EUR")),
            Asked(f"amount:USD:>{low}", of(lambda v, c: v > low and c == "USD")), Asked("amount:GBP", of(lambda v, c: c == "GBP")),
            Asked("has:amount", of(lambda v, c: True)),
        ])

    # together

    def bare(self) -> Asked:
        doc = self._doc()
        one, two = self._word(doc=doc), self._word(doc=doc)
        return Asked(f"+{one} {two}", lambda d: has_form(d, one) and has_form(d, two))

    def nested(self, depth: int = 2) -> Asked:
        if not depth or self.dice.random() < 0.3:
            return self.dice.choice([self.word, self.phrase, self.wildcard, self.near_words, self.field, self.dates])()
        left, right = self.nested(depth - 1), self.nested(depth - 1)
        return self.dice.choice([
            Asked(f"({left.text}) AND ({right.text})", lambda d: left.means(d) and right.means(d)),
            Asked(f"({left.text}) OR ({right.text})", lambda d: left.means(d) or right.means(d)),
            Asked(f"({left.text}) NOT ({right.text})", lambda d: left.means(d) and not right.means(d)),
            Asked(f"-({left.text})", lambda d: not left.means(d)),
        ])

    def _held(self, by: str) -> tuple[Asked, Asked, Callable[[Doc], str | None]]:
        doc = self._doc()
        one, two = self._word(5, doc), self._word(5)
        holder = (lambda d: d.read.record.thread_id) if by == "thread" else (lambda d: d.read.record.family_id)
        return Asked(f"+{one}", lambda d: has_form(d, one)), Asked(f"+{two}", lambda d: has_form(d, two)), holder

    def _holding(self, by: str) -> Asked:
        one, two, holder = self._held(by)
        first = {holder(d) for d in self.docs if one.means(d)}
        second = {holder(d) for d in self.docs if two.means(d)}
        both = (first & second) - {None}
        return Asked(f"{by}:{{{one.text}}} AND {by}:{{{two.text}}}", lambda d: holder(d) in both)

    def threads(self) -> Asked:
        return self._holding("thread")

    def families(self) -> Asked:
        return self._holding("family")

    def in_time(self) -> Asked:
        one, two, holder = self._held("thread")
        days = self.dice.choice([0, 1, 5, 30])
        left: dict[str, list[date]] = {}
        right: dict[str, list[date]] = {}
        for asked, held in ((one, left), (two, right)):
            for d in self.docs:
                if asked.means(d) and d.read.record.date and (name := holder(d)):
                    held.setdefault(name, []).append(date.fromisoformat(d.read.record.date))
        close = {name for name in left.keys() & right.keys() if any(abs((a - b).days) <= days for a in left[name] for b in right[name])}
        return Asked(f"thread:{{{one.text}}} AND thread:{{{two.text}}} within {days} days", lambda d: holder(d) in close)


def _within(value: str, d: Doc) -> bool:
    row, its = [plain(w) for w in words(value)], [plain(w) for w in words(d.read.record.sender or "")]
    return any(its[at:at + len(row)] == row for at in range(len(its)))


def _forms(addresses: Sequence[str | None]) -> set[str]:
    lowered = [a.strip().lower() for a in addresses if a]
    return {*lowered, *(a.rpartition("@")[2] for a in lowered if "@" in a)}
