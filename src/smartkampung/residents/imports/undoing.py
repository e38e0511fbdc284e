"""Undo: everything an import changed goes back, except what somebody changed since.

What the import did is read from the row history, where its changes carry its mark.
A row is put back only while it still is exactly what the import made of it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import Max, Min, ProtectedError

from smartkampung.kernel.sealed import Sealed
from smartkampung.regions.models import Region
from smartkampung.residents.imports.bulk import restore
from smartkampung.residents.imports.models import (
    FamilyDecile,
    Import,
    ImportReview,
    PersonDetail,
)
from smartkampung.residents.models import Family, Person

AT_ONCE = 5_000
# Rows that go with a person or a family, and never keep them.
COMPANIONS = (PersonDetail, FamilyDecile, ImportReview)


@dataclass
class Undone:
    """What undo has put back, removed, and had to keep (which, and why)."""

    restored: int = 0
    removed: int = 0
    kept: list[dict[str, Any]] = field(default_factory=list)

    def keep(self, model: type[models.Model], ids: Iterable[int], why: str) -> None:
        """Note rows that stay as they are."""
        kind = model._meta.model_name
        self.kept += [{"kind": kind, "id": key, "why": why} for key in sorted(ids)]


def undo_history(imported: Import, undone: Undone) -> None:
    """Put back what the history says that an import changed; locks the rows first."""
    for model in (Person, Family, PersonDetail, FamilyDecile):
        _restore_changed(model, imported, undone)
    for model in (PersonDetail, FamilyDecile, Person, Family):
        _remove_added(model, imported, undone)
    _remove_regions(imported.added.get("regions", []))


def _events(model: type[models.Model]) -> type[models.Model]:
    return apps.get_model("residents", f"{model.__name__}Event")


def _marks(
    model: type[models.Model], imported: Import, label: str
) -> Iterator[dict[int, tuple[int, int]]]:
    """Yield, some thousand at a time, first and last event of each row it touched.

    ``label`` is that of the first event: rows that it added, or only changed.
    """
    rows = _events(model)._default_manager.filter(pgh_context_id=imported.context)
    marks = (
        rows.order_by()
        .values("pgh_obj_id")
        .annotate(first=Min("pgh_id"), last=Max("pgh_id"))
        .order_by("pgh_obj_id")
    )
    added = set(rows.filter(pgh_label="insert").values_list("pgh_obj_id", flat=True))
    wanted = (
        row
        for row in marks.values_list("pgh_obj_id", "first", "last")
        if (row[0] in added) == (label == "insert")
    )
    while chunk := list(islice(wanted, AT_ONCE)):
        yield {key: (first, last) for key, first, last in chunk}


def _restore_changed(
    model: type[models.Model], imported: Import, undone: Undone
) -> None:
    for marks in _marks(model, imported, "update"):
        same = _untouched(model, marks, undone)
        before = _events_before(model, {key: marks[key][0] for key in same})
        undone.keep(model, same - before.keys(), "no_history")
        if model is Person:
            homeless = _without_card(before)
            undone.keep(model, homeless, "card_is_gone")
            before = {key: before[key] for key in before.keys() - homeless}
        _restore(model, before, undone)


def _restore(model: type[models.Model], before: dict[int, int], undone: Undone) -> None:
    """Put rows back; where a number has a new owner by now, row by row."""
    columns = [str(field.column) for field in model._meta.concrete_fields]
    table, history = model._meta.db_table, _events(model)._meta.db_table
    try:
        with transaction.atomic():
            undone.restored += restore(table, history, columns, list(before.values()))
    except IntegrityError:
        if len(before) == 1:
            undone.keep(model, before, "number_taken")
            return
        for key, event in before.items():
            _restore(model, {key: event}, undone)


def _without_card(before: dict[int, int]) -> set[int]:
    """Return the people whose earlier family card does not exist any more."""
    events = _events(Person)._default_manager.filter(pgh_id__in=before.values())
    homes = dict(events.values_list("pgh_obj_id", "family_id"))
    there = set(
        Family.objects.filter(pk__in=set(homes.values())).values_list("pk", flat=True)
    )
    return {person for person, card in homes.items() if card not in there}


def _remove_added(model: type[models.Model], imported: Import, undone: Undone) -> None:
    for marks in _marks(model, imported, "insert"):
        same = _untouched(model, marks, undone)
        needed = referenced(model, same)
        undone.keep(model, needed, "in_use")
        free = same - needed
        model._default_manager.filter(pk__in=free).delete()
        undone.removed += len(free)


def _untouched(
    model: type[models.Model], marks: dict[int, tuple[int, int]], undone: Undone
) -> set[int]:
    """Lock the rows; return those that are still what the import made of them."""
    names = [field.attname for field in model._meta.concrete_fields]
    manager, events = model._default_manager, _events(model)._default_manager
    rows = manager.filter(pk__in=marks).order_by("pk").select_for_update(no_key=True)
    now = {row[0]: _meaning(names, row) for row in rows.values_list("pk", *names)}
    last = [last for _, last in marks.values()]
    made = events.filter(pgh_id__in=last).values_list("pgh_obj_id", *names)
    then = {row[0]: _meaning(names, row) for row in made}
    same = {key for key, row in now.items() if then.get(key) == row}
    undone.keep(model, now.keys() - same, "changed_since")
    return same


def _meaning(names: list[str], row: tuple[Any, ...]) -> list[Any]:
    """Return what a row says, whatever key its sealed values are sealed by.

    Resealing under a new key changes boxes without history; a number is told by its
    fingerprint, and a box without one by what is in it.
    """
    return [
        value.open() if isinstance(value, Sealed) else value
        for name, value in zip(names, row[1:], strict=True)
        if f"{name}_index" not in names
    ]


def _events_before(model: type[models.Model], firsts: dict[int, int]) -> dict[int, int]:
    """Return the last event of each row before the import's first one."""
    rows = _events(model)._default_manager.filter(pgh_obj_id__in=firsts)
    found: dict[int, int] = {}
    for key, event in rows.order_by("pgh_id").values_list("pgh_obj_id", "pgh_id"):
        if event < firsts[key]:
            found[key] = event
    return found


def referenced(model: type[models.Model], ids: set[int]) -> set[int]:
    """Return the rows that something else refers to by now: aid, claims, relatives."""
    found: set[int] = set()
    # Hidden relations (related_name "+") hold on to a row like the others.
    for relation in model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel):
            continue
        other = relation.related_model
        if other in COMPANIONS or hasattr(other, "pgh_tracked_model"):
            continue
        name = relation.field.attname
        rows = other._default_manager.filter(**{f"{name}__in": ids})
        found.update(rows.values_list(name, flat=True))
    return found


def _remove_regions(codes: list[str]) -> None:
    """Take away RTs and RWs that the import added and nobody lives in or refers to."""
    for code in sorted(codes, key=len, reverse=True):
        inside = {"region_code__startswith": code}
        if Person.objects.filter(**inside).exists():
            continue
        if Family.objects.filter(**inside).exists():
            continue
        try:
            with transaction.atomic():
                Region.objects.filter(code=code).delete()
        except (ProtectedError, IntegrityError):
            continue
