"""A query with the filters beside it, as the bodies of several routes have it."""
from __future__ import annotations

from pydantic import AliasChoices, BaseModel, ConfigDict, Field

from search_api.services.searching import Filtered


class FilteredQuery(BaseModel):
    """What is searched for. Days are YYYY-MM-DD, both included."""
    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    query: str = Field("", validation_alias=AliasChoices("query", "q"), max_length=10_000)
    client: str | None = Field(None, max_length=200)
    kinds: list[str] = Field(default_factory=list, validation_alias=AliasChoices("kinds", "kind"), max_length=50)
    date_from: str | None = Field(None, validation_alias=AliasChoices("from", "date_from"), max_length=40)
    date_to: str | None = Field(None, validation_alias=AliasChoices("to", "date_to"), max_length=40)

    exact: bool = Field(False, description="The set of records with all the words, where there are plain words only.")

    def filtered(self) -> Filtered:
        return Filtered(self.query, self.client, tuple(self.kinds), self.date_from, self.date_to, self.exact)
