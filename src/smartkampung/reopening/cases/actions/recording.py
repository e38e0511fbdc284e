"""Record a confirmed case, correct it, withdraw it; and say that there was none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused, atomic_or_refuse
from smartkampung.kernel.sealed import Sealed
from smartkampung.regions.codes import (
    inside,
    level,
    reached,
    village_of,
)
from smartkampung.regions.models import Region
from smartkampung.reopening.cases.actions.doubles import close_two, tell_of_two
from smartkampung.reopening.cases.actions.doubting import close_doubt, open_doubt
from smartkampung.reopening.cases.models import Case, CaseFile, Heard, House
from smartkampung.reopening.cases.queries.people import resident_of
from smartkampung.reopening.cases.queries.twins import AGAIN
from smartkampung.reopening.cases.rules.houses import house_key
from smartkampung.residents.models import NIK, Person
from smartkampung.residents.rules.names import fold_name

P = Permission
LONGEST = timedelta(days=31)  # that may be told of at once
BEGAN = date(2020, 1, 1)


class BadCase(Refused):
    """Something about a case cannot be; ``code`` names the field."""

    code = "bad_case"


class CaseKnown(Refused):
    """This person is recorded already."""

    code = "case_known"


class CaseWithdrawn(Refused):
    """The case was withdrawn or corrected meanwhile."""

    code = "case_withdrawn"


@dataclass(frozen=True)
class Told:
    """A confirmed case as somebody tells it. ``place`` is an RT or a village."""

    name: str
    place: str
    confirmed_on: date
    nik: str = ""
    address: str = ""
    outcome: str = Case.Outcome.ILL
    outcome_on: date | None = None
    nik_unknown: bool = False  # of a correction: the NIK that stood is of another


@dataclass(frozen=True)
class Origin:
    """How a case came to be recorded."""

    source: str = Case.Source.CENTRE
    file: CaseFile | None = None
    replaces: Case | None = None


@transaction.atomic
def record_case(*, told: Told, by: Actor, at: datetime) -> Case:
    """Write down a confirmed case. Raises BadCase and CaseKnown."""
    case = write(told, Origin(), by=by, at=at)
    _note("cases.recorded", case, by)
    return case


@transaction.atomic
def withdraw_case(*, case: Case, reason: str, by: Actor, at: datetime) -> None:
    """Say that a case was none. Raises CaseWithdrawn."""
    _withdraw(case, reason, by, at)
    close_doubt(case, by=by.username)
    _note("cases.withdrawn", case, by)


@transaction.atomic
def correct_case(
    *, case: Case, told: Told, reason: str, by: Actor, at: datetime
) -> Case:
    """Record a case as it is, in place of what stood. Raises as the others do.

    The NIK stays where none is told, unless it is told to be unknown.
    """
    _withdraw(case, reason, by, at)
    origin = Origin(source=case.source, file=case.file, replaces=case)
    better = write(told, origin, by=by, at=at)
    if close_doubt(case, by=by.username):
        open_doubt(better, at=at)
    _note("cases.corrected", better, by)
    return better


@transaction.atomic
def report_none(
    *, villages: Sequence[str], since: date, until: date, by: Actor, at: datetime
) -> None:
    """Say that some days (half-open) brought no other case. Raises BadCase."""
    if not since < until <= day(at) + timedelta(days=1) or until - since > LONGEST:
        raise BadCase(
            _("Choose days up to today, and at most 31 of them."), code="since"
        )
    if not villages or not all(by.may_in(P.CASE_RECORD, one) for one in villages):
        raise BadCase(_("Choose villages in your care."), code="villages")
    days = [since + timedelta(days=number) for number in range((until - since).days)]
    hear([(one, on) for one in villages for on in days], by=by, at=at)
    for one in villages:
        record(
            "cases.none_reported",
            target=Region(pk=one),
            by=by.username,
            region_code=one,
            since=since.isoformat(),
            until=until.isoformat(),
        )


def hear(told: Iterable[tuple[str, date]], *, by: Actor, at: datetime) -> None:
    """Note the days of villages of which somebody said something."""
    rows = [
        Heard(village_code=village, day=on, at=at, by=by.username)
        for village, on in sorted(set(told))
    ]
    Heard.objects.bulk_create(rows, ignore_conflicts=True)


def write(told: Told, origin: Origin, *, by: Actor, at: datetime) -> Case:
    """Write one case in its house; the caller notes it. Raises BadCase, CaseKnown."""
    _check(told, by, at)
    nik = Sealed.of(told.nik, NIK) if told.nik else None
    if nik is None and origin.replaces is not None and not told.nik_unknown:
        nik = origin.replaces.nik
    area = by.regions_where(P.CASE_RECORD)
    resident = resident_of(area, nik) if nik else None
    if resident and not _shares_a_name(told.name, resident):
        raise BadCase(
            _("The registry knows another name for this NIK. Check both."), code="nik"
        )
    place = _place(told, resident)
    if nik and of_nik(nik, told.confirmed_on).filter(reached("region_code", area)):
        raise known()
    case = put(told, origin, Who(place, nik, resident), by=by.username, at=at)
    hear([(village_of(place), told.confirmed_on)], by=by, at=at)
    tell_of_two(case, at=at)
    return case


@dataclass(frozen=True)
class Who:
    """Who is ill and where, as they were found."""

    place: str
    nik: Sealed | None
    resident: Person | None


def known() -> CaseKnown:
    """Return why a person is not recorded twice."""
    return CaseKnown(
        _("This person is recorded already, less than 90 days apart. Correct that row.")
    )


def put(told: Told, origin: Origin, who: Who, *, by: str, at: datetime) -> Case:
    """Write one case in its house, of somebody who was found. Raises CaseKnown."""
    place, nik, resident = who.place, who.nik, who.resident
    # Two officers may tell of one house at once: the row of the place makes them queue.
    Region.objects.select_for_update(no_key=True).get(pk=place)
    house = _house(place, told, nik, resident)
    folded = fold_name(told.name)
    if nik is None and _stands(house, folded, told.confirmed_on):
        raise known()
    with atomic_or_refuse({"case_of_a_nik_once": known()}):
        return Case.objects.create(
            region_code=place,
            house=house,
            address=told.address,
            name=told.name,
            name_folded=folded,
            nik=nik,
            nik_index=nik.indexes()[0] if nik else None,
            person=resident,
            confirmed_on=told.confirmed_on,
            outcome=told.outcome,
            outcome_on=told.outcome_on,
            source=origin.source,
            file=origin.file,
            replaces=origin.replaces,
            recorded_at=at,
            recorded_by=by,
        )


def of_nik(nik: Sealed, on: date) -> QuerySet[Case]:
    """Return the standing cases of a NIK less than ninety days from a day."""
    return Case.objects.filter(
        nik_index__in=nik.indexes(),
        withdrawn_at=None,
        confirmed_on__gt=on - AGAIN,
        confirmed_on__lt=on + AGAIN,
    )


def _check(told: Told, by: Actor, at: datetime) -> None:
    if not BEGAN <= told.confirmed_on <= day(at):
        raise BadCase(
            _("The day of confirmation is today or before."), code="confirmed_on"
        )
    ill = told.outcome == Case.Outcome.ILL
    ended = told.outcome_on
    if ill != (ended is None) or (
        ended is not None and not told.confirmed_on <= ended <= day(at)
    ):
        raise BadCase(
            _("Say on which day it ended, after the confirmation; none while ill."),
            code="outcome_on",
        )
    known = Region.objects.filter(pk=told.place).exists()
    if not (
        known
        and level(told.place) in ("village", "rt")
        and by.may_in(P.CASE_RECORD, told.place)
    ):
        raise BadCase(
            _("This place is not in your care, or not an RT or village."), code="place"
        )


def _shares_a_name(name: str, person: Person) -> bool:
    return bool(set(fold_name(name).split()) & set(person.name_folded.split()))


def _place(told: Told, resident: Person | None) -> str:
    """Return the RT that was told, else that of the registry, else the village."""
    if level(told.place) == "rt" or resident is None:
        return told.place
    home = resident.region_code
    return home if level(home) == "rt" and inside(home, told.place) else told.place


def _house(
    place: str, told: Told, nik: Sealed | None, resident: Person | None
) -> House:
    family = resident.family_id if resident else None
    if family is not None:
        row = House.objects.filter(region_code=place, family=family).first()
        if row is not None:
            return row
    who = nik.indexes()[0].hex() if nik else fold_name(told.name)
    key = house_key(told.address, family=family, who=who)
    row, new = House.objects.get_or_create(
        region_code=place, key=key, defaults={"family_id": family}
    )
    if not new and row.family_id is None and family is not None:
        row.family_id = family
        row.save(update_fields=["family"])
    return row


def _stands(house: House, name: str, on: date) -> bool:
    return Case.objects.filter(
        house=house,
        name_folded=name,
        withdrawn_at=None,
        confirmed_on__gt=on - AGAIN,
        confirmed_on__lt=on + AGAIN,
    ).exists()


def _withdraw(case: Case, reason: str, by: Actor, at: datetime) -> None:
    row = Case.objects.select_for_update(no_key=True, of=("self",)).get(pk=case.pk)
    if row.withdrawn_at is not None:
        raise CaseWithdrawn(_("Somebody corrected or withdrew this case meanwhile."))
    row.withdrawn_at, row.withdrawn_by = at, by.username
    row.withdrawn_reason = reason
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    close_two(row, by=by.username)


def _note(name: str, case: Case, by: Actor) -> None:
    record(name, target=case, by=by.username, region_code=case.region_code)
