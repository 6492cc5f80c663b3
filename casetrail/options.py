"""Options that several commands share."""
from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from ingest.sources.base import Access

F = TypeVar("F", bound=Callable[..., Any])

KIND_WORDS = ("email", "chat", "call_transcript", "call_note", "meeting_note", "contract", "amendment", "sow", "legal_letter", "notice", "claim",
              "counterclaim", "settlement", "invoice", "credit_note", "ledger", "payment_advice", "survey", "sla_report", "review", "other")
"""As `archive.model.record.KINDS` (a test holds the two together): written here so that `--help` imports nothing."""
TYPE_WORDS = ("contractual", "interaction", "dispute", "billing", "feedback")


def access_options(command: F) -> F:
    """Options by which a command shows a server who asks; `access_of` makes a value of them."""
    for option in (
            click.option("--plain-imap", is_flag=True, help="Allow a mail server without encryption; the password crosses the network readable."),
            click.option("--oauth-token-file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
                         help="An OAuth 2.0 access token for the mail server (XOAUTH2); read anew at every login. Or set IMAP_OAUTH_TOKEN."),
            click.option("--password-file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
                         help="The password for the mail server, in the first line. Or set IMAP_PASSWORD.")):
        command = option(command)
    return command


def access_of(password_file: Path | None, oauth_token_file: Path | None, plain_imap: bool) -> Access:
    from ingest.sources.base import Access

    return Access(password_file, oauth_token_file, dict(os.environ), plain_imap)


def json_option(command: F) -> F:
    return click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")(command)


def as_of_option(command: F) -> F:
    return click.option("--as-of", metavar="DATE", help="Conclude from what is dated up to this day (YYYY-MM-DD), whenever it was taken in.")(command)


def held_on_option(command: F) -> F:
    """The other day, easily taken for `--as-of`; each says what it is not."""
    return click.option("--held-on", metavar="DATE", help="Conclude from what the archive held at the end of this day (UTC): what had been taken in by "
                        "then, whatever its date, with the corrections that held then.")(command)


def kind_option(command: F) -> F:
    return click.option("--kind", "kinds", multiple=True, type=click.Choice(KIND_WORDS), metavar="KIND",
                        help=f"Only records of this kind; may be given more than once. One of {', '.join(KIND_WORDS)}.")(command)
