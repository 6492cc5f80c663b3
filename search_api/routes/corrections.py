"""A person's word on what was read; and what is left to settle."""
from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from archive.model.correction import About
from search_api.problems import responses
from search_api.routes.given import RecordId, TheArchive, TheViewer
from search_api.services import correcting, reviewing

router = APIRouter(prefix="/v1", tags=["corrections"], responses=responses(400, 401, 403, 404, 409, 422, 503))

ClientFilter = Annotated[str | None, Query(description="Only of this client.", max_length=200)]


class ToSettle(BaseModel):
    """What is settled about a record, and why. `confirmed` lets stand what stands there, `rejected` says that a fact is none."""
    model_config = ConfigDict(extra="forbid")

    about: About
    verdict: Literal["confirmed", "corrected", "rejected"] = "corrected"
    value: JsonValue = None
    why: str = Field(max_length=4_000)
    fact_id: str = Field("", max_length=64)
    name: str = Field("", max_length=64)
    unit: str | None = Field(None, max_length=64)
    quote: str = Field("", max_length=10_000)
    start: int | None = Field(None, ge=0)

    def wanted(self) -> correcting.Wanted:
        return correcting.Wanted(self.about, self.value, self.verdict == "confirmed", self.verdict == "rejected", self.fact_id, self.name, self.unit,
                                 self.quote, self.start)


class Reason(BaseModel):
    """Why a correction is withdrawn."""
    model_config = ConfigDict(extra="forbid")

    why: str = Field("", max_length=4_000)


@router.get("/corrections")
def list_corrections(archive: TheArchive, viewer: TheViewer, client: ClientFilter = None, withdrawn: bool = False,
                     limit: Annotated[int, Query(ge=1, le=10_000)] = 1000) -> dict[str, Any]:
    """Confirmations and corrections of what the viewer may see, newest first."""
    return {"corrections": correcting.listed(archive, viewer, client=client, withdrawn=withdrawn, limit=limit)}


@router.post("/corrections/{correction_id}/withdraw")
def withdraw_correction(correction_id: Annotated[str, Path(max_length=64)], archive: TheArchive, viewer: TheViewer, given: Reason) -> dict[str, Any]:
    """Take a correction back; what held before it holds again, and the conclusions that change are told."""
    return correcting.withdraw(archive, viewer, correction_id, given.why)


@router.get("/records/{record_id}/corrections")
def corrections_of_record(record_id: RecordId, archive: TheArchive, viewer: TheViewer, withdrawn: bool = False) -> dict[str, Any]:
    """What persons have said about a record, with what they said of its copies that holds for it too."""
    return {"corrections": correcting.listed(archive, viewer, record_id=record_id, withdrawn=withdrawn)}


@router.post("/records/{record_id}/corrections")
def correct_record(record_id: RecordId, archive: TheArchive, viewer: TheViewer, given: ToSettle) -> dict[str, Any]:
    """Confirm or correct one thing about a record; the conclusions that change are told, each before and after."""
    return correcting.correct(archive, viewer, record_id, given.wanted(), given.why)


@router.get("/review")
def to_be_settled(archive: TheArchive, viewer: TheViewer, client: ClientFilter = None,
                  limit: Annotated[int, Query(ge=1, le=1000)] = 100) -> dict[str, Any]:
    """What a person has yet to settle: clients in doubt, unsure facts, and of one client what cannot be decided and what would decide it."""
    return reviewing.review(archive, viewer, client, limit)
