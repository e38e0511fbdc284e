"""The two sides of a contradiction, field by field, those that differ first."""

from typing import Any

from smartkampung.accounts.actor import Actor
from smartkampung.residents.imports import words
from smartkampung.residents.imports.comparing import same_text
from smartkampung.residents.imports.queries import Case
from smartkampung.web.imports.present import value
from smartkampung.web.people.present import SEALED, masked, seen_by

FIELDS = (
    "nik",
    "kk",
    "name",
    "sex",
    "born_on",
    "birth_place",
    "relation",
    "marital_status",
    "occupation",
    "father_name",
    "mother_name",
    "address",
    "status",
)


def two_sides(actor: Actor, case: Case) -> list[dict[str, Any]]:
    """Return what file and registry say; nothing of the registry that may not be seen."""
    rows = []
    for field in FIELDS:
        said, known = case.draft.get(field), _known(actor, case, field)
        if said in (None, "") and known in (None, ""):
            continue
        rows.append(
            {
                "name": words.field(field),
                "file": value(field, said),
                "registry": value(field, known),
                "differs": _differ(field, said, known),
            }
        )
    return sorted(rows, key=lambda row: not row["differs"])


def _known(actor: Actor, case: Case, field: str) -> Any:
    person = case.person
    if person is None or field not in seen_by(actor, person.region_code):
        return None
    if field in SEALED:
        return masked(SEALED[field](person))
    if field == "address":
        return person.family.address
    if field == "born_on":
        return person.born_on.isoformat() if person.born_on else None
    return getattr(person, field)


def _differ(field: str, said: Any, known: Any) -> bool:
    # Of sealed values only masks are here: whether they differ, the kind of case says.
    if field in SEALED or said in (None, "") or known in (None, ""):
        return False
    return not same_text(str(said), str(known))
