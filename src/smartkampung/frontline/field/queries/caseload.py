"""What a phone holds of the work of its person: as little as the work needs."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.cache import caches
from django.utils.translation import gettext

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import looked, revealed_in_bulk
from smartkampung.audit.queries import opened_since
from smartkampung.frontline.field.kinds import KINDS
from smartkampung.frontline.field.kinds.base import FieldKind, Task, place_words
from smartkampung.frontline.field.queries.records import sent_back_to
from smartkampung.frontline.field.rules.reading import PATTERNS, Question, Type
from smartkampung.frontline.field.words import both
from smartkampung.kernel.clock import day, end_of_day, start_of_day, today
from smartkampung.kernel.rls import Kind as Acting
from smartkampung.kernel.rls import act_as
from smartkampung.regions.queries import spots_of_all
from smartkampung.regions.walk import route
from smartkampung.worklist.queries import work_for

MOST = 200
# Work that a form of the phone does, under another name.
ALSO_ON_PHONE = ("isolation.visit_again", "field.mend")
TODAY = "today"
PURPOSE = "field.caseload"
REMEMBERED_SECONDS = 60


@dataclass(frozen=True)
class Caseload:
    """The questions of each kind, and the tasks; ``people`` are those shown by it.

    ``others`` is how much work waits on the ordinary pages, ``returned`` how many own
    forms were sent back. Whose number is among what
    is shown stands in ``to_ring``.
    """

    kinds: dict[str, Any]
    items: list[dict[str, Any]]
    others: int
    returned: int
    people: tuple[int, ...]
    to_ring: tuple[int, ...]


def caseload_of(actor: Actor, *, at: datetime) -> Caseload:
    """Return what a phone of the actor may hold now."""
    mine = [kind for kind in KINDS.values() if actor.may(kind.permission)]
    tasks: list[Task] = []
    kinds: dict[str, Any] = {}
    for kind in mine:
        with acting_for(actor, kind.permission):
            kinds[kind.code] = _published(kind, actor, at=at)
            tasks += kind.tasks(actor, at=at, most=MOST)
    shown = _walk(sorted(tasks, key=lambda task: _pressing(task, at))[:MOST])
    places = place_words({task.region_code for task in shown})
    on_phone = {*KINDS, *ALSO_ON_PHONE}
    rest = work_for(actor, list(Permission)).exclude(kind__in=on_phone)
    return Caseload(
        kinds,
        [_item(task, places[task.region_code]) for task in shown],
        rest.count(),
        sent_back_to(actor.staff_id),
        _people(shown),
        _people(task for task in shown if task.phone is not None),
    )


def _people(tasks: Iterable[Task]) -> tuple[int, ...]:
    return tuple(sorted({task.person_id for task in tasks if task.person_id}))


def _walk(tasks: Sequence[Task]) -> list[Task]:
    """Return tasks place by place, nearest next, as one walks from the first."""
    if not tasks:
        return []
    codes = {task.region_code for task in tasks}
    order = route(codes, spots_of_all(codes), start=tasks[0].region_code)
    turn = {code: number for number, code in enumerate(order)}
    # Stable: at one place stays first what presses more.
    return sorted(tasks, key=lambda task: turn[task.region_code])


def note_caseload(actor: Actor, caseload: Caseload) -> None:
    """Write down that these people were shown, and on a phone."""
    role = actor.role_for(Permission.FIELD_APP)
    if caseload.people:
        looked(
            person_ids=caseload.people, by=actor.username, role=role, purpose=PURPOSE
        )
    fresh = set(caseload.to_ring)
    if fresh:
        # Once a day: the list is fetched at every change of it.
        fresh -= opened_since(
            start_of_day(today()),
            person_ids=fresh,
            by=actor.username,
            purpose=PURPOSE,
        )
    if fresh:
        revealed_in_bulk(
            person_ids=sorted(fresh),
            by=actor.username,
            role=role,
            purpose=PURPOSE,
            reason=gettext("Number on the phone of who visits them, to call"),
        )


@contextmanager
def acting_for(actor: Actor, permission: Permission) -> Iterator[None]:
    """Act for one kind of work, where its permission holds and nowhere else."""
    act_as(
        Acting.STAFF,
        scope=actor.regions_where(permission),
        officer=actor.staff_id,
        health=actor.regions_where(Permission.ISOLATION_HEALTH_VIEW),
        by=actor.username,
        through="field",
    )
    yield


def _pressing(task: Task, at: datetime) -> tuple[bool, datetime, str]:
    # What waits for no date comes after what is due today.
    due = task.due_at or end_of_day(at.date())
    return (not task.urgent, due, task.target)


def _item(task: Task, place: str) -> dict[str, Any]:
    choices = {
        name: [[value, both(label)] for value, label in offered]
        for name, offered in task.form.get("choices", {}).items()
    }
    form = {"choices": choices, "initial": dict(task.form.get("initial", {}))}
    return {
        "kind": task.kind,
        "target": task.target,
        "title": both(task.title),
        "who": task.who,
        "place": place,
        "region": task.region_code,
        "due_at": task.due_at.isoformat() if task.due_at else None,
        "urgent": task.urgent,
        "note": both(task.note) if task.note else None,
        "address": task.address,
        "phone": task.phone.open() if task.phone is not None else "",
        "form": {name: value for name, value in form.items() if value},
    }


def _published(kind: FieldKind, actor: Actor, *, at: datetime) -> dict[str, Any]:
    """Return what a kind asks; it is the same for most people, and asked for often."""
    if kind.personal:
        return _written(kind, actor, at=at)
    key = f"field.kind:{kind.code}:{day(at)}"
    found: dict[str, Any] | None = caches["local"].get(key)
    if found is None:
        found = _written(kind, actor, at=at)
        caches["local"].set(key, found, REMEMBERED_SECONDS)
    return found


def _written(kind: FieldKind, actor: Actor, *, at: datetime) -> dict[str, Any]:
    return {
        "label": both(kind.label),
        "new": kind.new,
        "position": kind.position,
        "fields": [_field(one, day(at)) for one in kind.questions(actor, at=at)],
    }


def _field(question: Question, today: date) -> dict[str, Any]:
    many = question.type is Type.SEVERAL
    bounds = {"min": question.least, "max": question.most}
    extra: dict[str, Any] = {
        "many": many,
        "long": question.type is Type.TEXT and (question.most or 0) > 120,
        "step": question.step,
        "format": question.format.value if question.format else "",
        "pattern": PATTERNS[question.format] if question.format else "",
        "since": question.since,
        "upto": question.upto,
        "when": {name: list(answers) for name, answers in question.when.items()},
        "help": both(question.help) if question.help else None,
        "choices": [[code, both(label)] for code, label in question.choices],
        **{
            name: _plain(value, today)
            for name, value in bounds.items()
            if value is not None
        },
    }
    return {
        "name": question.name,
        "type": "choice" if many else question.type.value,
        "label": both(question.label),
        "required": question.required,
        **{
            name: value
            for name, value in extra.items()
            if value not in ("", [], {}, None, False)
        },
    }


def _plain(value: Any, today: date) -> Any:
    # A phone may hold this for days: by then, its own day counts.
    if value == today:
        return TODAY
    return (
        value
        if isinstance(value, int)
        else (value.isoformat() if hasattr(value, "isoformat") else float(value))
    )
