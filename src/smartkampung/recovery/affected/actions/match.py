"""Compare a registration with the registry, and join it to the record of its person."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.later import later
from smartkampung.kernel.rls import as_job
from smartkampung.recovery.affected.models import Affected, Registration
from smartkampung.recovery.affected.queries.registry import look_up
from smartkampung.recovery.affected.rules.course import State
from smartkampung.recovery.affected.rules.registration import (
    MATCH_DUE,
    VERIFY_DUE,
    Found,
    Step,
    may_be_laid_to,
)
from smartkampung.recovery.affected.rules.registration import findings as findings_of
from smartkampung.residents.models import Person
from smartkampung.worklist.actions import close_work, open_work

ROBOT = "matching"
MATCH, VERIFY = "affected.match", "affected.verify"
COPIED = (
    "kind",
    "sector_id",
    "employer",
    "happened_on",
    "income_before",
    "income_after",
    "sales_down_percent",
    "dependants",
    "debts",
    "skills",
    "wishes",
)


class CannotMatch(Refused):
    """The registration has its person, or was turned away."""

    code = "cannot_match"


@transaction.atomic
def match_registration(*, registration_id: int, at: datetime) -> None:
    """Compare one registration, once; safe to repeat and beside others."""
    rows = Registration.objects.select_for_update(no_key=True)
    row = rows.get(pk=registration_id)
    if row.state != Registration.State.SENT:
        return
    person, registered = look_up(row)
    found = findings_of(registered, region_code=row.region_code)
    row.findings, row.matched_at = [code.value for code in found], at
    if (
        person is not None
        and registered is not None
        and may_be_laid_to(registered, region_code=row.region_code)
    ):
        if row.code_hash is None or not _is_listed(person):
            _join(row, person, by=ROBOT, at=at)
            return
        # Whoever follows it by a code learns nothing until an officer has looked.
        row.findings.append(Found.ALREADY_LISTED.value)
    row.state = Registration.State.TO_MATCH
    row.save(update_fields=["state", "findings", "matched_at"])
    open_work(
        kind=MATCH,
        target=row,
        permission=Permission.AFFECTED_VERIFY,
        region_code=row.region_code,
        due_at=row.sent_at + MATCH_DUE,
    )


def lay_to(
    *, registration: Registration, person: Person, by: Actor, at: datetime
) -> None:
    """Say whom a registration is about; the village answers for it.

    The person comes through the actor's own door (``residents.queries``). Raises
    CannotMatch.
    """
    row = _waiting(registration)
    if person.status != Person.Status.LIVING:
        raise CannotMatch(_("The registry says that this person does not live here."))
    row.findings = [*row.findings, Found.MATCHED_BY_VILLAGE.value]
    close_work(target=row, by=by.username, kinds=(MATCH,))
    # The person may have a record elsewhere in the regency, which must be found.
    with as_job():
        _join(row, person, by=by.username, at=at)
        if _is_listed(person):
            _tell_decided(row, at)


def turn_away(*, registration: Registration, why: str, by: Actor, at: datetime) -> None:
    """Close a registration that is about nobody here, with a reason; raise CannotMatch."""
    row = _waiting(registration)
    row.state, row.turned_away_why = Registration.State.TURNED_AWAY, why
    row.save(update_fields=["state", "turned_away_why"])
    close_work(target=row, by=by.username)
    _tell_decided(row, at)
    record(
        "affected.turned_away",
        target=row,
        by=by.username,
        region_code=row.region_code,
    )


def _is_listed(person: Person) -> bool:
    return Affected.objects.filter(person=person, state=State.VERIFIED).exists()


def _tell_decided(row: Registration, at: datetime) -> None:
    later(
        "affected.tell",
        registration_id=row.pk,
        step=Step.DECIDED.value,
        reached_at=at.isoformat(),
    )


def _waiting(registration: Registration) -> Registration:
    rows = Registration.objects.select_for_update(no_key=True)
    row = rows.get(pk=registration.pk)
    if row.state != Registration.State.TO_MATCH:
        raise CannotMatch(
            _("This registration already has its person, or was turned away.")
        )
    return row


def _join(row: Registration, person: Person, *, by: str, at: datetime) -> None:
    case = open_record(row, person, at=at)
    row.affected, row.state = case, Registration.State.JOINED
    row.matched_at, row.region_code = at, case.region_code
    row.save(
        update_fields=["affected", "state", "findings", "matched_at", "region_code"]
    )
    if case.state == State.TO_VERIFY:
        open_work(
            kind=VERIFY,
            target=case,
            permission=Permission.AFFECTED_VERIFY,
            region_code=case.region_code,
            due_at=case.opened_at + VERIFY_DUE,
        )
    record(
        "affected.joined",
        target=row,
        by=by,
        region_code=row.region_code,
        affected=case.pk,
        findings=row.findings,
    )


def open_record(row: Registration, person: Person, *, at: datetime) -> Affected:
    """Return the person's open record, locked; open one when there is none."""
    # Two registrations of one person may be compared at once: the constraint lets one
    # open a record, and the other then finds it.
    for _round in range(3):
        case = (
            Affected.objects.select_for_update(no_key=True)
            .filter(person=person, state__in=Affected.OPEN)
            .first()
        )
        if case is not None:
            return case
        try:
            with transaction.atomic():
                return Affected.objects.create(
                    person=person,
                    region_code=person.region_code,
                    state=State.TO_VERIFY,
                    opened_at=row.sent_at,
                    again_after=_recovered_before(person),
                    **{name: getattr(row, name) for name in COPIED},
                )
        except IntegrityError:
            continue
    raise RuntimeError("a record opens and closes faster than it can be joined")


def _recovered_before(person: Person) -> Affected | None:
    rows = Affected.objects.filter(person=person, state=State.RECOVERED, again=None)
    return rows.order_by("-closed_at").first()
