"""People of an area as the drafts that an import would read back. Opens sealed values.

Only exports may call this: they have written down whose numbers they open.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from smartkampung.kernel.sealed import Sealed
from smartkampung.regions.codes import within
from smartkampung.residents.imports.comparing import CODES
from smartkampung.residents.imports.reading.records import PersonDraft
from smartkampung.residents.models import Person

AT_ONCE = 2_000
FIELDS = (
    "pk",
    "nik",
    "temporary_id",
    "name",
    "sex",
    "born_on",
    "birth_place",
    *CODES,
    "father_name",
    "mother_name",
    "status",
    "region_code",
    "family__kk",
    "family__temporary_id",
    "family__address",
    "family__dusun",
    "family__phone",
    "detail__box",
)


@dataclass(frozen=True)
class Given:
    """One person as they leave the registry."""

    person_id: int
    draft: PersonDraft


def count_people(region_code: str) -> int:
    """Return how many people an export of an area would hold."""
    return Person.objects.filter(within("region_code", [region_code])).count()


def people_of(region_code: str) -> Iterator[Given]:
    """Yield the people of an area, family by family, the head first."""
    rows = Person.objects.filter(within("region_code", [region_code]))
    ordered = rows.order_by("region_code", "family_id", "relation", "pk")
    keys = list(ordered.values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        chunk = keys[start : start + AT_ONCE]
        found = {
            row["pk"]: row
            for row in Person.objects.filter(pk__in=chunk).values(*FIELDS)
        }
        for key in chunk:
            if key in found:
                yield Given(key, _draft(found[key]))


def _draft(row: dict[str, Any]) -> PersonDraft:
    code = str(row["region_code"]).split(".")
    village, rest = ".".join(code[:4]), [*code[4:], "", ""]
    box = row["detail__box"]
    details = json.loads(box.open()) if isinstance(box, Sealed) else None
    born = row["born_on"]
    return PersonDraft(
        line=0,
        village=village,
        nik=_opened(row["nik"]),
        temporary_id=str(row["temporary_id"]),
        kk=_opened(row["family__kk"]),
        family_id=str(row["family__temporary_id"]),
        name=str(row["name"]),
        sex=str(row["sex"]),
        born_on=born.isoformat() if hasattr(born, "isoformat") else "",
        birth_place=str(row["birth_place"]),
        **{name: row[name] for name in CODES},
        father_name=str(row["father_name"]),
        mother_name=str(row["mother_name"]),
        status=str(row["status"]),
        dusun=str(row["family__dusun"]),
        rw=rest[0],
        rt=rest[1],
        address=str(row["family__address"]),
        phone=_opened(row["family__phone"]),
        details=details,
    )


def _opened(value: object) -> str:
    return value.open() if isinstance(value, Sealed) else ""
