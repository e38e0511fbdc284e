"""Drafts back into the cells of their format, for exports and for rejected rows."""

from typing import Any

from smartkampung.residents.imports.reading.fields import CODES, OWN_STATUS, SEX, TEXTS
from smartkampung.residents.imports.reading.people import NO_RW
from smartkampung.residents.imports.reading.records import (
    DecileDraft,
    PersonDraft,
    RecipientDraft,
)

SEX_CODES = {value: code for code, value in SEX.items()}
NONE = "-"  # what village files write where there is no dusun, RW or RT


def cells_of(draft: Any) -> dict[str, str | int]:
    """Return what stands in each column of the format for this row."""
    if isinstance(draft, PersonDraft):
        return person_cells(draft)
    if isinstance(draft, DecileDraft):
        return {
            "no_kk": draft.kk,
            "nik": draft.nik,
            "desil": draft.decile,
            "nama": draft.name,
        }
    if isinstance(draft, RecipientDraft):
        return {
            "number": draft.number,
            "nik": draft.nik,
            "card": draft.card,
            "nama": draft.name,
        }
    raise TypeError(f"no cells for {type(draft)}")


def person_cells(draft: PersonDraft) -> dict[str, str | int]:
    """Return the columns of OpenSID for a person; numbers of people stay text."""
    cells: dict[str, str | int] = {
        "village": draft.village,
        "nama": draft.name,
        "nik": draft.nik or draft.temporary_id or "0",
        "no_kk": draft.kk or draft.family_id or "0",
        "sex": SEX_CODES.get(draft.sex, ""),
        "tanggallahir": draft.born_on,
        "dusun": draft.dusun or NONE,
        "rw": draft.rw if draft.rw and draft.rw != NO_RW else NONE,
        "rt": draft.rt or NONE,
        "phone": draft.phone,
        "status": draft.status,
        "status_dasar": OWN_STATUS.get(draft.status, ""),
    }
    for column, field in CODES.items():
        code = getattr(draft, field)
        cells[column] = "" if code is None else code
    for column, (field, _) in TEXTS.items():
        cells[column] = getattr(draft, field)
    return cells | (draft.details or {})


def row_of(draft: Any, places: dict[str, int], width: int) -> list[str]:
    """Return a row of text for a sheet whose known columns stand at ``places``."""
    row = [""] * width
    for column, value in cells_of(draft).items():
        place = places.get(column)
        if place is not None:
            row[place] = str(value)
    return row
