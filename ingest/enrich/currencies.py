"""How currencies are written in papers (text folded): what all readers of sums share."""
from __future__ import annotations

from typing import Final

WORDS_TOO: Final = ("ars", "cop", "php")
"""Codes that are words or names as well: they tell a currency only beside a number."""
CODES: Final = ("eur", "gbp", "usd", "cad", "chf", "sgd", "aud", "nzd", "jpy", "sek", "nok", "dkk", "pln", "hkd", "czk", "mxn", "brl", "inr", "zar",
                "huf", "cny", "krw", "twd", "thb", "myr", "idr", "vnd", "lkr", "pkr", "bdt", "aed", "qar", "egp", "ngn", "ghs", "clp", "uyu",
                "gtq", *WORDS_TOO)
"""Codes of ISO 4217 without those that are everyday words of a language we read (`all`, `try`, `ils`, `pen`, `ron`, `bob`)."""
SYMBOLS: Final = {"₹": "INR", "rs": "INR", "rs.": "INR", "mx$": "MXN", "r$": "BRL", "€": "EUR", "£": "GBP", "¥": "JPY", "us$": "USD", "c$": "CAD",
                  "ca$": "CAD", "s$": "SGD", "a$": "AUD", "au$": "AUD", "nz$": "NZD", "hk$": "HKD", "$": ""}
"""What signs stand for; "" where several currencies share it."""

CODE: Final = f"(?:{'|'.join(CODES)})"
NAME: Final = r"(?:euros?|dollars?|pesos?|rupees?|francs?|libras?|pounds?)"
SIGN: Final = r"[$€£¥₹]"
SUM: Final = rf"(?:[a-z]{{0,3}}{SIGN}\s?\d|\b(?:{CODE}|rs\.?|{NAME})\s?\d|\d[\d .,']{{0,18}}\s?(?:{SIGN}|\b(?:{CODE}|{NAME})\b))"
"""A number with a currency before or behind it."""
