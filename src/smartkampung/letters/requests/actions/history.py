"""What every step of a request shares: the lock, the history, the timeline, the news."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.intake.actions.cases import reach_step
from smartkampung.kernel.sealed import Sealed
from smartkampung.letters.requests.actions.refusals import NotYours
from smartkampung.letters.requests.models import LetterRequest, LetterStep
from smartkampung.letters.requests.models.requests import NOTE
from smartkampung.letters.requests.queries.requests import barred_from
from smartkampung.letters.requests.queries.villages import clock_of
from smartkampung.letters.requests.rules.steps import (
    CONFIRMATIONS,
    WAITING,
    Did,
    State,
    Step,
)
from smartkampung.notify.actions import send
from smartkampung.residents.subject import FAMILY
from smartkampung.worklist.actions import close_work, open_work

MAY: dict[Step, Permission] = {
    Step.CONFIRM: Permission.LETTER_CONFIRM,
    Step.CHECK: Permission.LETTER_CHECK,
    Step.REVIEW: Permission.LETTER_CHECK,
    Step.SIGN: Permission.LETTER_SIGN,
    Step.COSIGN: Permission.LETTER_COSIGN,
}
WORK: dict[Step, str] = {
    Step.CONFIRM: "letters.confirm",
    Step.CHECK: "letters.check",
    Step.REVIEW: "letters.review",
    Step.SIGN: "letters.sign",
    Step.COSIGN: "letters.cosign",
}
SILENT = "letters.silent"
OF_THE_WAY = (*WORK.values(), SILENT)
# What the timeline of the public code tells, in the order of the way.
PUBLIC_STEPS = {
    **dict.fromkeys(CONFIRMATIONS, "confirmed"),
    Did.CHECKED: "checked",
    Did.SIGNED: "signed",
    Did.ISSUED: "issued",
    Did.RETURNED: "returned",
    Did.REFUSED: "refused",
    Did.CANCELLED: "cancelled",
}
NEWS = (Did.AMENDED, Did.RETURNED, Did.REFUSED, Did.ISSUED, Did.REVOKED)
TELLS = {
    Did.ISSUED: "letter_ready",
    Did.RETURNED: "letter_missing",
    Did.REVOKED: "letter_revoked",
}
# A family that hands in, or takes its wish back, by itself knows it.
NEWS_OF_OTHERS = (Did.COMPLETED, Did.CANCELLED)


def locked(request: LetterRequest) -> LetterRequest:
    """Return a request that nobody moves on meanwhile, as it now stands."""
    rows = LetterRequest.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("applicant__family").get(pk=request.pk)


def require(by: Actor, permission: Permission, row: LetterRequest) -> None:
    """Raise NotYours unless the officer may do this where the request lies."""
    if not by.may_in(permission, row.region_code):
        raise NotYours(_("Your office does not take this step here."))


def written_down(
    row: LetterRequest,
    did: Did,
    *,
    by: str,
    at: datetime,
    note: str = "",
    changed: Iterable[str] = (),
) -> LetterStep:
    """Append what happened, and move the public timeline along."""
    if did in PUBLIC_STEPS:
        reach_step(code_hashes=[bytes(row.code_hash)], step=PUBLIC_STEPS[did], at=at)
    step = LetterStep.objects.create(
        request=row,
        did=did,
        by=by,
        at=at,
        note=Sealed.of(note.strip(), NOTE) if note.strip() else None,
        changed=list(changed),
    )
    if did in NEWS or (did in NEWS_OF_OTHERS and by != FAMILY):
        _tell(row, step)
    return step


def moved(row: LetterRequest, state: State, *, by: str, at: datetime) -> None:
    """Let a request stand at another step; whoever saves it keeps the rest."""
    row.state, row.step_since, row.urged_at = state, at, None
    asks_rt = state == State.CONFIRM
    row.answer_by = clock_of(row.village_code, at).due(at) if asks_rt else None
    if state in (State.ISSUED, State.REFUSED, State.CANCELLED):
        row.ended_at = at
    given_up = state in (State.REFUSED, State.CANCELLED)
    close_work(target=row, by=by, kinds=() if given_up else OF_THE_WAY)
    await_step(row)


def await_step(row: LetterRequest) -> None:
    """Put the step at which a request waits on the list of whose it is.

    Not on that of who leaves it to a colleague.
    """
    if row.state not in WAITING:
        return
    step = Step(row.state)
    open_work(
        kind=WORK[step],
        target=row,
        permission=MAY[step],
        region_code=row.region_code,
        due_at=row.answer_by or row.due_at,
        not_by=barred_from(row, step),
    )


def _tell(row: LetterRequest, step: LetterStep) -> None:
    """Say that there is news: a phone is read by the whole house.

    That the letter is ready, that something is missing and that it was revoked is said
    in so many words, with the way to it; not which letter, or about whom.
    """
    family = row.applicant.family
    send(
        key=f"letters.{step.did}:{step.pk}",
        to=family.phone,
        template=TELLS.get(Did(step.did), "letter_news") if row.code else "letter_news",
        secret=row.code.open() if row.code else None,
        language=family.language,
    )
