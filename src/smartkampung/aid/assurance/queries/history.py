"""How one record of the registry became what it is: each change, its values masked.

The row history is written by the database itself, bulk SQL included, and knows no
names: who did it is told by the event that was written down about the same record
within the same minute, or by the import that marked its rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.assurance.rules import MASK, masked_name
from smartkampung.audit.models import Event
from smartkampung.residents.queries import families_for, note_looks, person_for

VIEW = Permission.AUDIT_VIEW
PURPOSE = "aid.audit_history"
SAME_ACT = timedelta(minutes=1)
MOST = 200
KINDS = {"person": "residents.person", "family": "residents.family"}
# Codes of place and state say nothing that an auditor may not read.
OPEN = {"status", "region_code", "relation", "family_id", "merged_into_id", "language"}
NAMES = {"name", "father_name", "mother_name"}
# Fingerprints and folded names change with what they stand for.
LEFT_OUT = {"nik_index", "kk_index", "phone_index", "name_folded", "nik_flags"}


@dataclass(frozen=True)
class Field:
    """One field before and after, as far as an auditor may read it."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Version:
    """One change of a record: when, how, by whom as far as is known, and what."""

    at: datetime
    label: str
    by: str
    event: str
    imported: int | None
    fields: list[Field]


def history_for(actor: Actor, kind: str, pk: int) -> list[Version]:
    """Return the changes of a person or a family card, the newest first.

    Writes the look down; 404 outside the actor's regions.
    """
    _open_door(actor, kind, pk)
    model = apps.get_model("residents", f"{kind.title()}Event")
    rows = list(
        model._default_manager.filter(pgh_obj_id=pk)
        .select_related("pgh_context")
        .order_by("-pgh_id")[: MOST + 1]
    )
    events = list(
        Event.objects.filter(target_kind=KINDS[kind], target_id=str(pk)).order_by("at")
    )
    names = [field.attname for field in model._meta.concrete_fields]
    kept = [name for name in names if not name.startswith("pgh_") and name != "id"]
    older = [*rows[1:], None][: len(rows)]
    return [
        _version(row, before, kept, events)
        for row, before in zip(rows, older, strict=True)
    ][:MOST]


def _open_door(actor: Actor, kind: str, pk: int) -> None:
    if kind == "person":
        person_for(actor, pk, purpose=PURPOSE, permission=VIEW)
        return
    family = get_object_or_404(families_for(actor, permission=VIEW), pk=pk)
    note_looks(actor, family.members.all(), purpose=PURPOSE, permission=VIEW)


def _version(row: Any, before: Any, names: list[str], events: list[Event]) -> Version:
    act = next(
        (e for e in events if timedelta(0) <= e.at - row.pgh_created_at < SAME_ACT),
        None,
    )
    metadata = row.pgh_context.metadata if row.pgh_context else {}
    return Version(
        at=row.pgh_created_at,
        label=row.pgh_label,
        by=act.by if act else "",
        event=act.name if act else "",
        imported=metadata.get("import"),
        fields=list(_changed(row, before, names)),
    )


def _changed(row: Any, before: Any, names: list[str]) -> Iterator[Field]:
    for name in names:
        old = getattr(before, name) if before is not None else None
        new = getattr(row, name)
        if name not in LEFT_OUT and _said(old) != _said(new):
            yield Field(name, _shown(name, old), _shown(name, new))


def _said(value: Any) -> Any:
    return None if value == "" else value


def _shown(name: str, value: Any) -> str:
    if value in (None, ""):
        return ""
    if name in OPEN:
        return str(value)
    return masked_name(str(value)) if name in NAMES else MASK
