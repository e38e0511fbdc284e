"""Sign a letter: nothing may have changed since the check, and nobody signs twice."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Staff
from smartkampung.audit.actions import record
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused
from smartkampung.letters.catalogue.queries import wording_for
from smartkampung.letters.catalogue.rules.wording import Wording
from smartkampung.letters.requests.actions.about import still_about
from smartkampung.letters.requests.actions.handling import restart
from smartkampung.letters.requests.actions.history import (
    locked,
    moved,
    written_down,
)
from smartkampung.letters.requests.actions.issuing import Signature, draw_up, issue
from smartkampung.letters.requests.actions.refusals import (
    CannotStep,
    ChangedMeanwhile,
    NotAbout,
    OutsideMandate,
)
from smartkampung.letters.requests.models import Letter, LetterRequest
from smartkampung.letters.requests.queries.drafts import digest_of, with_cosigner
from smartkampung.letters.requests.queries.facts import (
    Facts,
    changed_between,
    facts_of,
    kept_facts,
)
from smartkampung.letters.requests.queries.offices import Office, office_of
from smartkampung.letters.requests.queries.requests import bars_for, has_read
from smartkampung.letters.requests.rules.steps import (
    Bar,
    Did,
    State,
    Step,
    after,
)
from smartkampung.letters.signing.actions.sign import OpenedPen, unlock

WORDING, SUBJECT = "wording", "subject"


def sign(*, request: LetterRequest, by: Actor, passphrase: str, at: datetime) -> Letter:
    """Sign a letter that was read; return it, numbered and (without a cosign) issued.

    Raises OutsideMandate, CannotStep, ChangedMeanwhile (then it went back to the check),
    and what the key says (``signing.errors``). Callers let the transaction commit on a
    refusal: the way back and a wrong try stay written.
    """
    _may_sign(request, by, at)
    pen = unlock(staff_id=by.staff_id, passphrase=passphrase, at=at)
    return sign_with(pen, request=request, by=by, at=at)


def sign_with(
    pen: OpenedPen, *, request: LetterRequest, by: Actor, at: datetime
) -> Letter:
    """Sign with a key that is open already; raise as ``sign``."""
    # What is refused is returned out of the savepoint, and raised behind it: raised
    # inside it would undo the way back to the check and the count of wrong tries.
    with transaction.atomic():
        answer = _sign(pen, locked(request), by, at)
    if isinstance(answer, Refused):
        raise answer
    return answer


def _sign(
    pen: OpenedPen, row: LetterRequest, by: Actor, at: datetime
) -> Letter | Refused:
    # A second head waits at the lock, and finds the letter signed.
    try:
        office = _may_sign(row, by, at)
    except Refused as refusal:
        return refusal
    found = _unchanged(row, by, at)
    if isinstance(found, Refused):
        return found
    wording, facts = found
    try:
        _was_shown(row, wording, facts, by, office)
    except Refused as refusal:
        return refusal
    signature = Signature(pen, by, office, at)
    letter = draw_up(row, wording, facts, signature)
    if isinstance(letter, Refused):
        return letter
    row.signed_by = by.username
    written_down(row, Did.SIGNED, by=by.username, at=at)
    state = after(row.steps, Step.SIGN)
    if state == State.ISSUED:
        issue(letter, row, by=by.username, at=at)
    else:
        moved(row, state, by=by.username, at=at)
        row.save()
    record(
        "letters.signed",
        target=row,
        by=by.username,
        region_code=row.village_code,
        number=letter.entry.text,
    )
    return letter


def _may_sign(row: LetterRequest, by: Actor, at: datetime) -> Office:
    """Return as what somebody signs; raise OutsideMandate or CannotStep."""
    office = office_of(by, row, at=at)
    if office is None:
        raise OutsideMandate(
            _(
                "You have no mandate for this letter today. The head of the village signs"
                " it, or gives you a mandate for it."
            )
        )
    bars = bars_for(by, row, Step.SIGN)
    if bars:
        raise CannotStep(bars)
    return office


def _changed(
    row: LetterRequest, wording: Wording, kept: Facts, at: datetime
) -> list[str]:
    """Return what is no longer as it was checked; whom it is about before all."""
    try:
        still_about(row, wording, at)
    except NotAbout:
        return [SUBJECT]
    return changed_between(kept, facts_of(row, wording, at=at))


def _was_shown(
    row: LetterRequest, wording: Wording, facts: Facts, by: Actor, office: Office
) -> None:
    """Raise CannotStep unless what is signed is what was on the screen."""
    name = Staff.objects.get(pk=by.staff_id).full_name
    facts = with_cosigner(facts, row)
    shown = digest_of(wording, facts, signer=name, office=office, lang=row.language)
    if not has_read(by, row, shown):
        raise CannotStep([Bar.NOT_READ])


def _unchanged(
    row: LetterRequest, by: Actor, at: datetime
) -> tuple[Wording, Facts] | ChangedMeanwhile:
    """Return what was checked if it is still so; else send the letter back."""
    wording = wording_for(row.kind, row.village_code, day(at))
    kept = kept_facts(row) or {}
    if wording is None or wording.digest != row.wording_digest:
        changed = [WORDING]
    else:
        changed = _changed(row, wording, kept, at)
    if wording is not None and not changed:
        return wording, kept
    restart(row, by=by.username, at=at, changed=changed)
    row.save()
    return ChangedMeanwhile(
        _(
            "What this letter says has changed since it was checked. It went back to the"
            " check; read it again when it comes."
        ),
        changed,
    )
