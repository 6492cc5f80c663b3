"""Options of every command that is about what a query finds."""
from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from casetrail.options import kind_option

if TYPE_CHECKING:
    from search_api.services.searching import Filtered

F = TypeVar("F", bound=Callable[..., Any])

SORTS = ("score", "date_desc", "date_asc", "sender", "size_desc", "size_asc")


def filter_options(command: F) -> F:
    """Options that narrow a query; `filtered` makes a value of them."""
    for option in (
            click.option("--exact", is_flag=True, help="Find the set of records with all the words, instead of any of them ranked."),
            kind_option,
            click.option("--to", "date_to", metavar="DATE", help="Only records of this day or earlier."),
            click.option("--from", "date_from", metavar="DATE", help="Only records of this day or later (YYYY-MM-DD)."),
            click.option("--client", metavar="ID", help="Only records about this client.")):
        command = option(command)
    return command


def filtered(query: str, client: str | None, date_from: str | None, date_to: str | None, kinds: tuple[str, ...],
             exact: bool = False) -> Filtered:
    from search_api.services.searching import Filtered

    return Filtered(query, client, kinds, date_from, date_to, exact)
