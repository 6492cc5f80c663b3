"""Options that several commands share."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

KIND_WORDS = ("email", "chat", "call_transcript", "call_note", "meeting_note", "contract", "amendment", "sow", "legal_letter", "notice", "claim",
              "counterclaim", "settlement", "invoice", "credit_note", "ledger", "payment_advice", "survey", "sla_report", "review", "other")
"""As `archive.model.record.KINDS` (a test holds the two together): written here so that `--help` imports nothing."""
TYPE_WORDS = ("contractual", "interaction", "dispute", "billing", "feedback")


def json_option(command: F) -> F:
    return click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")(command)


def as_of_option(command: F) -> F:
    return click.option("--as-of", metavar="DATE", help="Conclude from what was dated up to this day (YYYY-MM-DD).")(command)


def kind_option(command: F) -> F:
    return click.option("--kind", "kinds", multiple=True, type=click.Choice(KIND_WORDS), metavar="KIND",
                        help=f"Only records of this kind; may be given more than once. One of {', '.join(KIND_WORDS)}.")(command)
