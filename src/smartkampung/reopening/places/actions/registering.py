"""A place comes into the register: entered by its village, or asked for by its owner."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.intake.actions.answers import answer_once
from smartkampung.intake.actions.cases import code_hash, open_case, reach_step
from smartkampung.intake.actions.limits import over
from smartkampung.intake.rules import Limit
from smartkampung.kernel.clock import day
from smartkampung.kernel.sealed import Sealed
from smartkampung.notify.actions import send
from smartkampung.regions.codes import village_of
from smartkampung.reopening.places.actions.errors import (
    OutsideYourArea,
    PlaceRefused,
    TooMany,
)
from smartkampung.reopening.places.actions.suspending import end_suspensions
from smartkampung.reopening.places.models import Place
from smartkampung.reopening.places.models.places import PHONE
from smartkampung.reopening.places.rules.standing import Ended, State
from smartkampung.reopening.places.rules.telling import PlacePlan
from smartkampung.worklist.actions import close_work, open_work

CASE_KIND, PUBLIC = "places.place", "public"
ACCEPT, INSPECT = "places.accept", "places.inspect"
DECIDE_WITHIN, INSPECT_WITHIN = timedelta(days=7), timedelta(days=14)
PER_VILLAGE = Limit("places.village", 200, timedelta(days=1))
TEXTS_PER_PHONE = Limit("places.text.phone", 6, timedelta(days=1))


def ask_for_place(*, plan: PlacePlan, at: datetime) -> str:
    """Take in what an owner asks; return the code that opens the place to them.

    The same form sent again gets the same code. Raises TooMany, and KeyReused when the
    form was sent before with other answers.
    """

    def make() -> str:
        if over(PER_VILLAGE, key=village_of(plan.region_code), at=at):
            raise TooMany(
                _(
                    "Very many places were registered here today. Please come back"
                    " tomorrow, or ask at the village office."
                )
            )
        place, code = _enter(plan, State.ASKED, at)
        open_work(
            kind=ACCEPT,
            target=place,
            permission=Permission.PLACE_REGISTER,
            region_code=place.region_code,
            due_at=at + DECIDE_WITHIN,
        )
        _note("places.asked", place, PUBLIC)
        _text(place, code, at)
        return code

    return _once(plan, make, at)


def register_place(*, plan: PlacePlan, by: Actor, at: datetime) -> str:
    """Enter a place; return the code to hand to its owner. Raises OutsideYourArea."""
    if not by.may_in(Permission.PLACE_REGISTER, plan.region_code):
        raise OutsideYourArea(
            _("You do not enter places there. Choose an RT of your own area.")
        )

    def make() -> str:
        place, code = _enter(plan, State.REGISTERED, at, by=by.username)
        _inspect(place, at)
        _note("places.registered", place, by.username)
        _text(place, code, at)
        return code

    return _once(plan, make, at)


def decide_place(
    *, place: Place, accepted: bool, reason: str, by: Actor, at: datetime
) -> None:
    """Take a place into the register, or say why not. Raises PlaceRefused."""
    if not accepted and not reason:
        raise PlaceRefused(_("Write why the place is not registered."))
    row = Place.objects.select_for_update(no_key=True).get(pk=place.pk)
    if row.state != State.ASKED:
        raise PlaceRefused(_("Somebody has decided about this place already."))
    row.state = State.REGISTERED if accepted else State.REFUSED
    row.reason, row.decided_by, row.decided_at = reason, by.username, at
    row.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    close_work(target=row, by=by.username, kinds=(ACCEPT,))
    if accepted:
        _inspect(row, at)
    _note("places.accepted" if accepted else "places.refused", row, by.username)
    reach_step(code_hashes=[bytes(row.code_hash)], step="decided", at=at)
    _news(row, "decided")


def close_place(*, place: Place, reason: str, by: Actor, at: datetime) -> None:
    """Take a place out of the register for good, and tell its owner why.

    Raises PlaceRefused.
    """
    if not reason:
        raise PlaceRefused(_("Write why the place is closed. Its owner reads it."))
    row = Place.objects.select_for_update(no_key=True).get(pk=place.pk)
    if row.state != State.REGISTERED:
        raise PlaceRefused(_("This place is not in the register."))
    end_suspensions(place=row, by=by, at=at)
    row.certificates.filter(ended="").update(
        ended=Ended.WITHDRAWN, ended_on=day(at), ended_why=reason, ended_by=by.username
    )
    row.state, row.reason, row.closed_at = State.CLOSED, reason, at
    row.save(update_fields=["state", "reason", "closed_at"])
    close_work(target=row, by=by.username)
    _note("places.closed", row, by.username)
    _news(row, "closed")


def show_phone(*, place: Place, by: Actor) -> str:
    """Return the phone of who is in charge, and write down who looked."""
    _note("places.phone_shown", place, by.username)
    return place.contact_phone.open() if place.contact_phone else ""


def _enter(
    plan: PlacePlan, state: State, at: datetime, *, by: str = ""
) -> tuple[Place, str]:
    code = open_case(
        kind=CASE_KIND,
        region_code=plan.region_code,
        first_step="received",
        due_on=day(at + DECIDE_WITHIN),
        at=at,
    )
    told = asdict(plan) | {
        "contact_phone": Sealed.of(plan.contact_phone, PHONE)
        if plan.contact_phone
        else None
    }
    place = Place.objects.create(
        **told,
        state=state,
        code_hash=code_hash(code),
        asked_at=at,
        decided_by=by,
        decided_at=at if by else None,
    )
    return place, code


def _inspect(place: Place, at: datetime) -> None:
    open_work(
        kind=INSPECT,
        target=place,
        permission=Permission.PLACE_INSPECT,
        region_code=place.region_code,
        due_at=at + INSPECT_WITHIN,
    )


def _once(plan: PlacePlan, make: Callable[[], str], at: datetime) -> str:
    return answer_once(
        scope="places.register",
        key=str(plan.form_id),
        body=asdict(plan),
        at=at,
        make=make,
    ).text


def _text(place: Place, code: str, at: datetime) -> None:
    """Send the code, though not to one phone again and again."""
    if place.contact_phone is None:
        return
    if over(TEXTS_PER_PHONE, key=place.contact_phone.open(), at=at):
        return
    send(
        key=f"places.code:{place.pk}",
        to=place.contact_phone,
        template="place_code",
        secret=code,
        language=(translation.get_language() or "id")[:2],
    )


def _news(place: Place, about: str) -> None:
    send(
        key=f"places.news:{place.pk}:{about}",
        to=place.contact_phone,
        template="place_news",
    )


def _note(name: str, place: Place, by: str) -> None:
    record(name, target=place, by=by, region_code=place.region_code, kind=place.kind)
