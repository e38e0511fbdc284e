"""What stands in the way of aid: the conflict matrix and what is received."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from smartkampung.aid.models import Conflict, Enrolment, Programme
from smartkampung.aid.rules import conflicts
from smartkampung.aid.rules.conflicts import Aid, RedLight, Rule
from smartkampung.kernel.language import either


def running(on: date) -> Q:
    """Return the filter "valid on that day" of rows with ``since`` and ``until``."""
    return Q(since__lte=on) & (Q(until=None) | Q(until__gt=on))


def aid_received(*, family_id: int, on: date) -> list[Aid]:
    """Return the programmes on whose lists a family or its members stand that day."""
    rows = Enrolment.objects.filter(running(on), family_id=family_id)
    return [as_aid(row) for row in rows.select_related("programme").order_by("pk")]


def red_lights(
    *,
    family_id: int,
    person_id: int,
    programme: str | None = None,
    apart_from: int | None = None,
    on: date,
) -> list[RedLight]:
    """Return what blocks or warns about giving aid, each with the record behind it.

    Without ``programme`` it answers for every programme that takes reports.
    ``apart_from`` is the enrolment that an approval itself made: it does not stand in
    its own way. Three queries whatever the number of programmes.
    """
    asked = Programme.objects.filter(running(on)).order_by("code")
    asked = (
        asked.filter(pk=programme) if programme else asked.filter(takes_reports=True)
    )
    received = [
        aid
        for aid in aid_received(family_id=family_id, on=on)
        if aid.enrolment_id != apart_from
    ]
    return lights_among(received, asked, rules_on(on), person_id=person_id)


def lights_among(
    received: list[Aid],
    programmes: Iterable[Programme],
    rules: list[Rule],
    *,
    person_id: int,
) -> list[RedLight]:
    """Return the red lights of what is received, for each of the programmes."""
    return [
        light
        for row in programmes
        for light in conflicts.find(
            received=received,
            rules=rules,
            programme=row.code,
            programme_name=either(row.name, row.name_en),
            for_person=person_id if row.unit == Programme.Unit.PERSON else None,
        )
    ]


def rules_on(on: date) -> list[Rule]:
    """Return the cells of the conflict matrix that are valid on a day."""
    rows: QuerySet[Conflict] = Conflict.objects.filter(running(on))
    return [
        Rule(
            row.first_id,
            row.second_id,
            conflicts.Effect(row.effect),
            row.component,
            either(row.source, row.source_en),
        )
        for row in rows
    ]


def as_aid(row: Enrolment) -> Aid:
    """Return an entry of a list as the conflict rules take it."""
    return Aid(
        enrolment_id=row.pk,
        programme=row.programme_id,
        programme_name=either(row.programme.name, row.programme.name_en),
        since=row.since,
        until=row.until,
        last_paid_on=row.last_paid_on,
        person_id=row.person_id,
        component=row.component,
        source=row.source,
    )
