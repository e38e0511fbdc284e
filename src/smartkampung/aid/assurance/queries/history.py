"""How one record of the registry became what it is: each change, its values masked.

The row history is written by the database itself, bulk SQL included, and marks each row
with who acted through which page or job, and with the act: the transaction, whose
events are found by the same mark. What was written past the program, or before there
were marks, has none; there the event about the same record in the same minute is named.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Q
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
    """One change of a record: when, how, by whom as far as is known, and what.

    ``marked`` says that the row itself names who acted, ``through`` by which door.
    """

    at: datetime
    label: str
    by: str
    event: str
    marked: bool
    through: str
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
    events = _events(kind, pk, rows)
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


def _events(kind: str, pk: int, rows: list[Any]) -> list[Event]:
    """Return the events of the same acts, and those about this very record."""
    acts = {row.pgh_context_id for row in rows if row.pgh_context_id}
    about = Q(target_kind=KINDS[kind], target_id=str(pk))
    return list(Event.objects.filter(Q(act__in=acts) | about).order_by("at", "pk"))


def _version(row: Any, before: Any, names: list[str], events: list[Event]) -> Version:
    metadata = row.pgh_context.metadata if row.pgh_context else {}
    marked = metadata.get("by", "")
    act = _event_of(row, events, marked=bool(marked))
    return Version(
        at=row.pgh_created_at,
        label=row.pgh_label,
        by=marked or (act.by if act else ""),
        event=act.name if act else "",
        marked=bool(marked),
        through=metadata.get("through", ""),
        imported=metadata.get("import"),
        fields=list(_changed(row, before, names)),
    )


def _event_of(row: Any, events: list[Event], *, marked: bool) -> Event | None:
    """Return the event of the same act, about this record where there are more."""
    same = [each for each in events if row.pgh_context_id == each.act] if marked else []
    about = [each for each in same if each.target_id == str(row.pgh_obj_id)]
    if marked:
        return next(iter([*about, *same]), None)
    target = str(row.pgh_obj_id)
    near = (
        each
        for each in events
        if each.target_id == target
        and timedelta(0) <= each.at - row.pgh_created_at < SAME_ACT
    )
    return next(near, None)


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
