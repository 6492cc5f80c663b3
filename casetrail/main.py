"""The command line. Each command is a module of its own, imported only when it is called, so that starting is quick."""
from __future__ import annotations

import importlib
from typing import Any

import click

from archive.collecting import collect_seldom
from casetrail.trouble import told

COMMANDS = {
    "clients": "Import and list the client directory.",
    "ingest": "Take in files, folders, mailboxes and exports.",
    "watch": "Take in what arrives in a folder or in the inbox of a bucket, until stopped.",
    "records": "List records.",
    "text": "Print a record's extracted text.",
    "facts": "Show every fact read from a record.",
    "original": "Write the bytes of a record as they came in.",
    "search": "Search the archive.",
    "saved": "Keep searches, and see what is new in them.",
    "tag": "Tag records and hit sets, write notes, undo.",
    "correct": "Confirm or correct what was read; it goes before any extraction.",
    "review": "List what a person has yet to settle.",
    "propose": "Have a language model propose facts, where one is set.",
    "export": "Write all records that a query finds as a list.",
    "term-report": "Report what each term of a list finds.",
    "batch": "Make many searches from a CSV file.",
    "similar": "Show records like a record.",
    "thread": "Show a conversation and which of its mails have to be read.",
    "compare": "Show where the texts of two records differ.",
    "history": "Assemble a client's termination history.",
    "disputes": "Show a client's dispute trail.",
    "win-back": "Show the brief to read before calling a client that left.",
    "status": "Show what the client itself may be told: conditions, dates, sums.",
    "churn": "Show why clients leave, over all clients.",
    "deadlines": "List the deadlines of a client or of all, or write them as a calendar.",
    "sources": "Show the count proof: what was met and what became of it.",
    "audit": "Check what is held about a client: gaps, conflicts, fixity.",
    "bundle": "Write a sealed evidence bundle.",
    "verify": "Verify a bundle, or the whole archive.",
    "serve": "Serve the API and the pages.",
    "worker": "Read what was taken in and not yet read, until stopped.",
    "reindex": "Rebuild the index from what is stored, while search goes on.",
    "index": "List the versions of the index, go back to one, drop one.",
    "rebuild": "Rebuild the catalogue and the index from the object store.",
    "setup": "Make the bucket, the tables and the index where they are missing.",
    "keys": "Issue, list and revoke API keys.",
}
"""Name and one line of each command; `win-back` is found in `casetrail.win_back` as `win_back`."""


class Commands(click.Group):
    """The commands above, each imported when it is called or asked for its own help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        name = cmd_name.replace("-", "_")
        command: click.Command = getattr(importlib.import_module(f"casetrail.{name}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        with told(ctx):
            return super().invoke(ctx)


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120})
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.version_option(package_name="casetrail", prog_name="casetrail")
def cli(debug: bool) -> None:
    """Casetrail: documents and communications of a client, searchable, and the history of how the service ended.

    Settings come from the environment or from casetrail.toml (docs/settings.md). By default everything lives in ./casetrail-data.
    """


def main() -> None:
    collect_seldom()
    cli(prog_name="casetrail")


if __name__ == "__main__":
    main()
