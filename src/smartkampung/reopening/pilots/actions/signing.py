"""Offices sign a gate; when the last one signs and it is open, the village moves."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import atomic_or_refuse
from smartkampung.reopening.pilots.actions.errors import PilotRefused, refuse
from smartkampung.reopening.pilots.actions.moving import (
    drop_old_signs,
    drop_signs,
    enter,
)
from smartkampung.reopening.pilots.actions.writing import (
    SIGN_OF,
    SIGNS,
    asked_no_more,
    became,
    locked,
    tell,
    wrote,
)
from smartkampung.reopening.pilots.models import Pilot, SignOff
from smartkampung.reopening.pilots.queries.evaluation import Evaluation, evaluate
from smartkampung.reopening.pilots.queries.phases import phase_of, phases_on
from smartkampung.reopening.pilots.rules.states import (
    State,
    What,
    neighbours,
    why_not_forward,
)
from smartkampung.reopening.pilots.words import INDICATORS


def sign(
    *, pilot: Pilot, role: str, to: str, digest: str, by: Actor, at: datetime
) -> SignOff:
    """Sign the gate before a phase for one's office, for what stood on the page.

    The signature that completes it moves the village, once: everything is looked at
    again under the lock of the pilot. Raises PilotRefused when the gate is shut, when
    it cannot be decided, when readings are not those that were read (``digest``), or
    when the office, or this person for another one, has signed.
    """
    with transaction.atomic():
        pilot = locked(pilot)
        refuse(why_not_forward(State(pilot.state)))
        found = _gate(pilot, to, at)
        _may_sign(found, role, by)
        _must_be_open(found)
        drop_what_is_old(pilot, found, by=by.username, at=at)
        if found.digest != digest:
            raise PilotRefused(
                _("The readings changed since you opened this page. Read them again."),
                code="readings_changed",
            )
        row = _write(pilot, found, role, by.username, at)
        wrote(pilot, What.SIGNED, by=by.username, at=at, reason=role)
        if role in SIGN_OF:
            asked_no_more(pilot, SIGN_OF[role][0], by=by.username)
        if _all_signed(pilot, found):
            _move(pilot, found, at)
    return row


def look_again(pilot: Pilot, found: Evaluation, *, by: str, at: datetime) -> bool:
    """Let the signatures of a locked pilot fall where readings turned bad; say if so."""
    if not found.is_bad or not drop_signs(pilot, day(at)):
        return False
    with override("id"):
        reason = gettext("Readings turned bad.")
    wrote(pilot, What.SIGNS_FELL, by=by, at=at, reason=reason, evaluation=found.kept())
    return True


def drop_what_is_old(pilot: Pilot, found: Evaluation, *, by: str, at: datetime) -> None:
    """Let signatures of a locked pilot fall that are for other gates, or too old."""
    if not drop_old_signs(pilot, found.guidance.pk, at):
        return
    with override("id"):
        reason = gettext("They hold for 14 days, and for the same guidance only.")
    wrote(pilot, What.SIGNS_FELL, by=by, at=at, reason=reason)


def _gate(pilot: Pilot, to: str, at: datetime) -> Evaluation:
    codes = list(phases_on(day(at)))
    _before, after = neighbours(codes, phase_of(pilot.village_id, day(at)))
    found = evaluate(pilot.village_id, to, on=day(at)) if to == after else None
    if found is None:
        raise PilotRefused(
            _("The village has moved, or guidance changed. Look at it again."),
            code="moved_on",
        )
    return found


def _may_sign(found: Evaluation, role: str, by: Actor) -> None:
    held = by.roles_in(Permission.PILOT_SIGN, found.village)
    if role not in held or role not in found.gate.signs:
        raise PilotRefused(
            _("Your office does not sign this gate."), code="not_your_office"
        )


def _must_be_open(found: Evaluation) -> None:
    if found.is_open:
        return
    if found.is_bad or not found.undecided:
        raise PilotRefused(
            _("The gate is shut: not every reading is good enough."), code="gate_shut"
        )
    what = INDICATORS[found.undecided[0].need.indicator]
    words = _("It cannot be decided: nothing is known about “%(what)s”.")
    raise PilotRefused(words % {"what": what}, code="cannot_decide")


def _write(
    pilot: Pilot, found: Evaluation, role: str, by: str, at: datetime
) -> SignOff:
    taken = PilotRefused(_("Your office has signed already."), code="signed_already")
    twice = PilotRefused(
        _("You have signed for another office, so somebody else signs for this one."),
        code="signed_for_another",
    )
    with atomic_or_refuse({"pilot_sign_once": taken, "pilot_signer_signs_once": twice}):
        return SignOff.objects.create(
            pilot=pilot,
            to=found.gate.to,
            role=role,
            digest=found.digest,
            evaluation=found.kept(),
            by=by,
            at=at,
        )


def _all_signed(pilot: Pilot, found: Evaluation) -> bool:
    rows = SignOff.objects.filter(
        pilot=pilot, to=found.gate.to, moved_on=None, fell_on=None
    )
    return set(found.gate.signs) <= set(rows.values_list("role", flat=True))


def _move(pilot: Pilot, found: Evaluation, at: datetime) -> None:
    signs = SignOff.objects.filter(
        pilot=pilot, to=found.gate.to, moved_on=None, fell_on=None
    )
    by = signs.latest("pk").by
    with override("id"):  # what applies is told in the language of the regency
        reason = gettext("The gate is open, and every office has signed.")
    enter(pilot, found.gate.to, reason=reason, by=by, at=at)
    signs.update(moved_on=day(at))
    became(pilot, State.RUNNING)
    asked_no_more(pilot, *SIGNS, by=by)
    kept = found.kept()
    tell(wrote(pilot, What.FORWARD, by=by, at=at, reason=reason, evaluation=kept))
