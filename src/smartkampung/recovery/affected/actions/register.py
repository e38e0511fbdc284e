"""Take in a registration. Nothing here asks the registry anything."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.intake.actions.answers import answer_once
from smartkampung.intake.actions.cases import code_hash, open_case
from smartkampung.intake.actions.limits import over
from smartkampung.intake.rules import Limit
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.later import later
from smartkampung.kernel.rls import Kind as Acting
from smartkampung.kernel.rls import act_as
from smartkampung.kernel.sealed import Sealed, blind_index
from smartkampung.notify.actions import send
from smartkampung.recovery.affected.models import Registration
from smartkampung.recovery.affected.rules.registration import (
    VERIFY_DUE,
    Channel,
    Step,
    Told,
)
from smartkampung.regions.codes import village_of
from smartkampung.residents.models import NIK, PHONE

CASE_KIND = "affected.registration"
# For each sender: whoever writes about a NIK again and again keeps nobody else from it.
PER_PERSON = Limit("affected.person", 10, timedelta(days=1))
PER_VILLAGE = Limit("affected.village", 500, timedelta(days=1))
# Whoever types a stranger's number has it written to no more often than this.
TEXTS_PER_PHONE = Limit("affected.text.phone", 6, timedelta(days=1))
PUBLIC = "public"


class TooManyRegistrations(Refused):
    """A village, or from one place one person, was written about again and again."""

    code = "too_many_registrations"


class OutsideYourArea(Refused):
    """The officer does not register people in that place."""

    code = "outside_your_area"


def send_registration(*, told: Told, sender: str = "", at: datetime) -> str:
    """Take in what somebody told about themselves; return the code to follow it by.

    The same form sent again gets the same code. ``sender`` is the network address,
    kept as keyed hash only. Raises TooManyRegistrations, and KeyReused when the form
    was sent before with other answers.
    """

    def make() -> str:
        if over(PER_VILLAGE, key=village_of(told.region_code), at=at) or over(
            PER_PERSON, key=f"{told.nik}:{sender}", at=at
        ):
            raise TooManyRegistrations(
                _(
                    "Very many registrations like this came in today. They are being"
                    " handled. Please come back tomorrow, or ask at the village office."
                )
            )
        return _take_in(told, None, at)

    return _once(told, make, at)


def register_for(*, told: Told, by: Actor, at: datetime) -> str:
    """Register somebody who asks an officer; return the code to hand to them.

    Raises OutsideYourArea, and KeyReused as above.
    """
    if not by.may_in(Permission.AFFECTED_REGISTER, told.region_code):
        raise OutsideYourArea(_("Choose a place where you may register people."))
    return _once(told, lambda: _take_in(told, by, at), at)


def _once(told: Told, make: Callable[[], str], at: datetime) -> str:
    body = asdict(told)
    return answer_once(
        scope=CASE_KIND, key=str(told.form_id), body=body, at=at, make=make
    ).text


def _take_in(told: Told, by: Actor | None, at: datetime) -> str:
    code = open_case(
        kind=CASE_KIND,
        region_code=told.region_code,
        first_step=Step.RECEIVED,
        due_on=day(at + VERIFY_DUE),
        at=at,
    )
    if by is None:
        act_as(Acting.PUBLIC, tracking=code_hash(code))
    row = registration_of(
        told,
        channel=Channel.ASSISTED if by else Channel.WEB,
        registered_by=by.staff_id if by else None,
        at=at,
    )
    row.code_hash = code_hash(code)
    row.save(force_insert=True)
    who = by.username if by else PUBLIC
    record("affected.registered", target=row, by=who, region_code=row.region_code)
    if told.phone and not over(TEXTS_PER_PHONE, key=told.phone, at=at):
        send(
            key=f"affected.registered:{row.pk}",
            to=row.phone,
            template="affected_received",
            secret=code,
            language=row.language,
        )
    # Later, so that a NIK that is known and one that is not take the same time.
    later("affected.match", registration_id=row.pk)
    return code


def registration_of(
    told: Told, *, channel: Channel, registered_by: int | None, at: datetime
) -> Registration:
    """Return the row of what was told, not yet saved."""
    return Registration(
        channel=channel,
        form_id=told.form_id,
        registered_by_id=registered_by,
        nik=Sealed.of(told.nik, NIK),
        nik_index=blind_index(told.nik, NIK),
        name=told.name,
        born_on=told.born_on,
        phone=_sealed_phone(told.phone),
        employer_phone=_sealed_phone(told.employer_phone),
        region_code=told.region_code,
        kind=told.kind,
        sector_id=told.sector,
        employer=told.employer,
        happened_on=told.happened_on,
        income_before=told.income_before,
        income_after=told.income_after,
        sales_down_percent=told.sales_down_percent,
        dependants=told.dependants,
        debts=told.debts,
        skills=told.skills,
        wishes=[wish.value for wish in told.wishes],
        photo_id=told.photo_id,
        language=(translation.get_language() or "id")[:2],
        sent_at=at,
    )


def _sealed_phone(number: str) -> Sealed | None:
    return Sealed.of(number, PHONE) if number else None
