"""Times as exports write them: instants with a zone (numbers, ISO 8601, RFC 5322), and local times whose order of day and month the file decides."""
from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_tz

_NUMBER = re.compile(r"\d{9,10}(?:\.\d{1,9})?|\d{13}(?:\.\d+)?|\d{16}")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ]\s?(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?)?\s?(Z|z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d)?(?: UTC)?")
_WORDY = re.compile(r"(?:[A-Za-z]{3,9},?\s)?(?:\d{1,2}\s[A-Za-z]{3}\s\d{4}\s\d{1,2}:\d\d|[A-Za-z]{3}\s\d{1,2}\s\d{1,2}:\d\d:\d\d\s[+-]\d{4}\s\d{4}).{0,20}")
_BASIS = {"epoch": "counted in seconds since 1970, shown in UTC", "zone": "as written, with zone", "local": "as written, zone not given"}

EARLIEST, LATEST = 1990, 2100


def iso(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0, zone: timezone | None = None, time: bool = True) -> str:
    """Return ISO 8601 to the second, "" for a day or a time that no clock shows."""
    try:
        moment = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=zone)
    except ValueError:
        return ""
    return moment.isoformat() if time else moment.date().isoformat()


def instant(value: object) -> str:
    """Return a time as ISO 8601: numbers (seconds, milliseconds or microseconds since 1970) in UTC, written ones in the zone written; "" for none."""
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        value = str(value) if isinstance(value, int) else f"{value:.6f}"
    if not isinstance(value, str) or len(value) > 60:
        return ""
    value = value.strip()
    if _NUMBER.fullmatch(value):
        whole = value.partition(".")[0]
        seconds = int(whole) // (1 if len(whole) < 13 else 1000 if len(whole) == 13 else 1_000_000)
        return datetime.fromtimestamp(seconds, UTC).isoformat()
    if (found := _ISO.fullmatch(value)):
        year, month, day, hour, minute, second, zone = found.groups()
        if hour is None:
            return iso(int(year), int(month), int(day), time=False)
        return iso(int(year), int(month), int(day), int(hour), int(minute), int(second or 0), _zone(zone))
    if _WORDY.fullmatch(value):
        parsed = parsedate_tz(value)
        if parsed and EARLIEST <= parsed[0] <= LATEST:
            known = parsed[9] is not None and abs(parsed[9]) < 86_400
            return iso(*parsed[:6], timezone(timedelta(seconds=parsed[9] or 0)) if known else None)
    return ""


def basis_of(values: Sequence[object], times: Sequence[str]) -> str:
    """Return in words what the times rest on; `values` as in the export, `times` what `instant` made of them."""
    kinds = {"epoch" if _NUMBER.fullmatch(str(v).strip()) else "zone" if len(t) > 19 else "local" for v, t in zip(values, times, strict=True) if t}
    return "; ".join(_BASIS[k] for k in ("epoch", "zone", "local") if k in kinds)


def _zone(written: str | None) -> timezone | None:
    if not written:
        return None
    if written[0] not in "+-":
        return UTC
    digits = written[1:].replace(":", "")
    delta = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    if delta >= timedelta(hours=24):
        return None
    return timezone(delta if written[0] == "+" else -delta)


def clock(seconds: float) -> str:
    """Return a time from the start of a recording as "00:01:02.500"."""
    thousandths = round(max(0.0, min(seconds, 3_599_999)) * 1000)
    return f"{thousandths // 3_600_000:02d}:{thousandths // 60_000 % 60:02d}:{thousandths // 1000 % 60:02d}.{thousandths % 1000:03d}"


# ---------------------------------------------------------------- local times

_MONTHS = {name: number for number, names in enumerate((
    "jan january janv janvier januar januari janeiro enero ene gennaio gen jänner",
    "feb february févr fév février februar februari febrero febbraio fevereiro fev",
    "mar march mars märz mär marzo março mrt maart", "apr april avr avril abril abr aprile", "may mai mayo maggio mag maio mei maj",
    "jun june juin juni junio giugno giu junho", "jul july juil juillet juli julio luglio lug julho", "aug august août aoû agosto ago augustus",
    "sep sept september septembre septiembre settembre set setembro", "oct october octobre okt oktober octubre ottobre ott outubro out",
    "nov november novembre noviembre novembro", "dec december déc décembre dez dezember diciembre dic dicembre dezembro"), 1) for name in names.split()}
_AFTER_NOON = frozenset(("pm", "p", "下午", "晚上", "午後", "오후", "م", "μμ", "du", "ös", "ch", "md", "अपराह्न"))
_BEFORE_NOON = frozenset(("am", "a", "上午", "凌晨", "早上", "午前", "오전", "ص", "πμ", "de", "öö", "sa", "pd", "पूर्वाह्न"))
_HALF = re.compile(r"[\s.\u200e\u200f\u202a-\u202f]+")

DATE = (r"(?:(?P<a>\d{1,4})(?P<mark>[./-])\s?(?P<b>\d{1,2})(?P=mark)\s?(?P<c>\d{4}|\d{1,2})\.?"
        r"|(?P<d>\d{1,2})\.?\s(?P<month>[^\W\d_]{3,9})\.?,?\s(?P<y>\d{4})|(?P<month2>[^\W\d_]{3,9})\.?\s(?P<d2>\d{1,2}),?\s(?P<y2>\d{4}))")
TIME = r"(?P<hour>\d{1,2})[:.h](?P<minute>\d\d)(?:[:.](?P<second>\d\d))?"


@dataclass(frozen=True, slots=True)
class Written:
    """A local time as the numbers that are written: the day in three parts, or in order where `sure`."""
    parts: tuple[int, int, int]
    mark: str
    hour: int
    minute: int
    second: int
    half: str = ""
    sure: bool = False
    has_seconds: bool = True


def written(found: re.Match[str], before: str = "", after: str = "") -> Written | None:
    """Return the time in a match of DATE and TIME; `before` and `after` are the words around the clock time, where am and pm stand in some language."""
    g = found.groupdict()
    half = ""
    for words in (before, after):
        bare = _HALF.sub("", words).lower().strip(",،")
        half = half or ("pm" if bare in _AFTER_NOON else "am" if bare in _BEFORE_NOON else "")
    clock_time = (int(g["hour"]), int(g["minute"]), int(g["second"] or 0))
    if clock_time[0] > 24 or clock_time[1] > 59:
        return None
    seconds = g["second"] is not None
    if g["a"] is not None:
        return Written((int(g["a"]), int(g["b"]), int(g["c"])), g["mark"], *clock_time, half, False, seconds)
    name, day, year = (g["month"], g["d"], g["y"]) if g["month"] else (g["month2"], g["d2"], g["y2"])
    month = _MONTHS.get(name.lower().rstrip("."))
    return Written((int(year), month, int(day)), "", *clock_time, half, True, seconds) if month else None


def order_of(times: Sequence[Written]) -> tuple[str, str]:
    """Return "ymd", "dmy" or "mdy" for all times of a file, and what decided.

    A part above 31 is a year, one above 12 a day; points stand after days; messages come in order of time; else American 12-hour times have
    the month first, and all others the day.
    """
    open_ones = [t for t in times if not t.sure]
    if not open_ones:
        return "dmy", "months are written in words"
    if any(t.parts[0] > 31 for t in open_ones):
        return "ymd", "the year stands first"
    if any(t.parts[0] > 12 for t in open_ones) and not any(t.parts[1] > 12 for t in open_ones):
        if not any(t.parts[2] > 31 for t in open_ones) and len({t.parts[0] for t in open_ones}) == 1 and len({t.parts[2] for t in open_ones}) > 3:
            return "ymd", "the first part never changes, the last one does"
        return "dmy", "a first part above 12 is a day"
    if any(t.parts[1] > 12 for t in open_ones):
        return "mdy", "a second part above 12 is a day"
    if any(t.mark == "." for t in open_ones):
        return "dmy", "points stand after the day"
    steps = {order: _steps_back(open_ones, order) for order in ("dmy", "mdy")}
    if steps["dmy"] != steps["mdy"]:
        return min(steps, key=lambda o: steps[o]), "messages come in order of time"
    if any(t.half for t in open_ones) and any(t.mark == "/" for t in open_ones):
        return "mdy", "assumed from the 12-hour clock"
    return "dmy", "assumed"


def _steps_back(times: Sequence[Written], order: str) -> int:
    keys = [_day(t, order) for t in times]
    return sum(a > b for a, b in itertools.pairwise(keys))


def _day(t: Written, order: str) -> tuple[int, int, int]:
    a, b, c = t.parts
    year, month, day = (a, b, c) if order == "ymd" or t.sure else (c, b, a) if order == "dmy" else (c, a, b)
    return (year + 2000 if year < 70 else year + 1900 if year < 100 else year), month, day


def local(t: Written, order: str) -> str:
    """Return a local time as ISO 8601 without zone, "" for a day that no calendar has."""
    year, month, day = _day(t, order)
    if year > 2400:  # the Buddhist calendar, as phones in Thailand write it
        year -= 543
    hour = t.hour
    if t.half and hour <= 12:
        hour = hour % 12 + (12 if t.half == "pm" else 0)
    shown = iso(year, month, day, hour % 24, t.minute, t.second)
    return shown if t.has_seconds or not shown else shown[:16]


def day_in(name: str) -> str:
    """Return the day in a file name (2024-11-15, 20241115, 2024_11_15), "" for none."""
    found = re.search(r"(?<!\d)((?:19|20)\d\d)([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)", name)
    if not found:
        return ""
    try:
        return date(int(found[1]), int(found[3]), int(found[4])).isoformat()
    except ValueError:
        return ""
