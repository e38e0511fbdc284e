"""The village says whether somebody belongs on the list, and tells them."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Staff
from smartkampung.audit.actions import record
from smartkampung.intake.actions.cases import reach_step
from smartkampung.kernel.claim import Busy, Lock, Rank, claim_scarce
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.later import later
from smartkampung.notify.actions import send
from smartkampung.recovery.affected.models import (
    Affected,
    Confirmation,
    FollowUp,
    Registration,
    Verdict,
)
from smartkampung.recovery.affected.rules.course import (
    Answer,
    Bar,
    Case,
    Reason,
    State,
    bars_to_verify,
)
from smartkampung.recovery.affected.rules.registration import Step
from smartkampung.recovery.affected.words import BARS
from smartkampung.worklist.actions import close_work

BUSY = _("Somebody else is working on this record. Please try again in a moment.")


class CannotVerify(Refused):
    """This officer may not decide about this record, or not in this way."""

    code = "cannot_verify"


def verify(
    *,
    affected: Affected,
    accepted: bool,
    by: Actor,
    at: datetime,
    unconfirmed_why: str = "",
    reasons: Sequence[Reason] = (),
    note: str = "",
) -> Verdict:
    """Take somebody on the list, or not, with reasons; raise CannotVerify or Busy.

    A yes rests on the latest confirmation of employer or association. Where there is
    none, ``unconfirmed_why`` says why.
    """

    def take() -> Verdict:
        case = Affected.objects.select_related("person__family").get(pk=affected.pk)
        word = confirmation_of(case, decider=by.staff_id)
        _must_be_allowed(case, by)
        _must_say_enough(accepted, word, unconfirmed_why, reasons)
        verdict = Verdict.objects.create(
            affected=case,
            accepted=accepted,
            confirmation=word,
            unconfirmed_why=unconfirmed_why,
            reasons=[reason.value for reason in reasons],
            note=note,
            decider_id=by.staff_id,
            decided_at=at,
        )
        _close(case, accepted, by, at)
        return verdict

    return claim_scarce(
        locks=[Lock(Rank.PERSON, Affected.objects.filter(pk=affected.pk))],
        take=take,
        refusals={
            "verdict_by_somebody_else": CannotVerify(BARS[Bar.REGISTERED_BY_YOU])
        },
        busy=Busy(BUSY),
    )


def confirmation_of(case: Affected, *, decider: int) -> Confirmation | None:
    """Return the latest word of an employer or association that says yes.

    What the decider wrote down is none. A word from a number that somebody else than
    the person knows goes before one that only the person named.
    """
    rows = Confirmation.objects.filter(affected=case, answer=Answer.CONFIRMED)
    by_others = rows.exclude(on_paper=True, asked_by=decider)
    return by_others.order_by("named_by_person", "-answered_at").first()


def bars_for(case: Affected, *, by: Actor) -> list[Bar]:
    """Return every reason why this officer may not decide about this record now."""
    family = Staff.objects.get(pk=by.staff_id).family_index
    card = case.person.family.kk_index
    return bars_to_verify(
        Case(
            state=case.state,
            registrars=_makers(case),
            living=case.person.status == "living",
            own=family is not None
            and card is not None
            and bytes(family) == bytes(card),
        ),
        decider=by.staff_id,
    )


def _makers(case: Affected) -> set[int]:
    """Return who brought this record about: registered, or found that they fell back."""
    rows = case.registrations.exclude(registered_by=None)
    makers = set(rows.values_list("registered_by_id", flat=True))
    if case.again_after_id is not None:
        looked = FollowUp.objects.filter(affected=case.again_after_id)
        names = list(looked.values_list("answered_by", flat=True))
        staff = Staff.objects.filter(username__in=names)
        makers |= set(staff.values_list("pk", flat=True))
    return makers


def tell(*, registrations: list[Registration], step: Step, at: datetime) -> None:
    """Mark a step on the timelines of registrations, and send news, once a phone."""
    hashes = [bytes(row.code_hash) for row in registrations if row.code_hash]
    reach_step(code_hashes=hashes, step=step, at=at)
    told: set[bytes] = set()
    for row in registrations:
        numbers = set(row.phone.indexes()) if row.phone else set()
        if row.code_hash is None or numbers & told:
            continue
        told |= numbers
        send(
            key=f"affected.{step}:{row.pk}:{at:%Y%m%d%H%M%S}",
            to=row.phone,
            template="affected_news",
            language=row.language,
        )


def announce(case: Affected, step: Step, *, at: datetime) -> None:
    """Promise that whoever registered this person sees a step.

    A job does it: registrations may lie outside the area of the officer who acts.
    """
    later(
        "affected.tell", affected_id=case.pk, step=step.value, reached_at=at.isoformat()
    )


def _must_be_allowed(case: Affected, by: Actor) -> None:
    bars = bars_for(case, by=by)
    if bars:
        raise CannotVerify(BARS[bars[0]])


def _must_say_enough(
    accepted: bool,
    word: Confirmation | None,
    unconfirmed_why: str,
    reasons: Sequence[Reason],
) -> None:
    if accepted and word is not None and word.named_by_person and not unconfirmed_why:
        raise CannotVerify(
            _(
                "The answer came from a number that only the person named. Say how you"
                " know that it is their employer or association."
            ),
            code="unconfirmed",
        )
    if accepted and word is None and not unconfirmed_why:
        raise CannotVerify(
            _(
                "Nobody confirmed this yet. Ask the employer or association, or say"
                " why there is nobody to ask. What you wrote down yourself does not"
                " count for you."
            ),
            code="unconfirmed",
        )
    if not accepted and not reasons:
        raise CannotVerify(_("Choose at least one reason."), code="no_reason")


def _close(case: Affected, accepted: bool, by: Actor, at: datetime) -> None:
    if accepted:
        case.state, case.verified_at = State.VERIFIED, at
        case.verified_by = by.username
    else:
        case.state, case.closed_at = State.REFUSED, at
    case.save(update_fields=["state", "verified_at", "verified_by", "closed_at"])
    close_work(target=case, by=by.username)
    announce(case, Step.DECIDED, at=at)
    record(
        "affected.verified" if accepted else "affected.refused",
        target=case,
        by=by.username,
        region_code=case.region_code,
    )
