"""Ask that a record be corrected, and decide about it: two people, three days."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.kernel.claim import Busy, Lock, Rank, claim_scarce
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.sealed import Sealed
from smartkampung.notify.actions import send
from smartkampung.residents.actions.correcting import apply_correction
from smartkampung.residents.corrections.models import WANTED, Correction
from smartkampung.residents.corrections.words import sentences, value_problem
from smartkampung.residents.models import Family, Person
from smartkampung.residents.queries.corrections import (
    changed_since,
    mask_of,
    recorded_value,
    value_barred,
)
from smartkampung.residents.rules.corrections import (
    DECIDE_WITHIN,
    RESIDENT,
    SEALED,
    Bar,
    Field,
    bars_to_ask,
    bars_to_decide,
    read_wanted,
)
from smartkampung.residents.rules.numbers import Misshapen
from smartkampung.residents.siak import HEAD_OF_FAMILY
from smartkampung.worklist.actions import close_work, open_work

WORK = "residents.correction"
BUSY = _("Somebody else is working on this person. Please try again in a moment.")


class CannotAsk(Refused):
    """This wish cannot be made so; ``bars`` is complete (empty: the value is misshapen)."""

    code = "cannot_ask_correction"

    def __init__(self, bars: Sequence[Bar], message: str = "") -> None:
        super().__init__(message or sentences(bars))
        self.bars = list(bars)


class CannotDecideCorrection(Refused):
    """This officer cannot decide this wish so now; ``bars`` is complete."""

    code = "cannot_decide_correction"

    def __init__(self, bars: Sequence[Bar]) -> None:
        super().__init__(sentences(bars))
        self.bars = list(bars)


def request_correction(
    *,
    form_id: uuid.UUID,
    person: Person,
    field: Field,
    wanted: str,
    explanation: str,
    evidence_id: uuid.UUID | None = None,
    by: str,
    at: datetime,
) -> Correction:
    """Ask that one field of a person's record or family card be corrected.

    ``by`` is the officer's username, or ``rules.corrections.RESIDENT`` for the family
    itself. ``wanted`` is what was typed; ``evidence_id`` a photo that
    ``intake.actions.photos.keep_photo`` kept. The village head finds it on the work
    list, due in 3 x 24 hours. The same form sent twice is one wish. Raises CannotAsk
    with everything that is wrong, or Busy.
    """
    try:
        value = read_wanted(field, wanted, today=day(at))
    except Misshapen as error:
        raise CannotAsk([], value_problem(field, error)) from error
    wish = Correction(
        form_id=form_id,
        person=person,
        field=field.value,
        explanation=explanation.strip(),
        evidence_id=evidence_id,
        asked_by=by,
        asked_at=at,
        due_at=at + DECIDE_WITHIN,
    )
    return claim_scarce(
        locks=_locks(person),
        take=lambda: _write(wish, value),
        refusals={
            "correction_one_open_per_field": CannotAsk([Bar.ALREADY_ASKED]),
            "correction_form_once": CannotAsk([Bar.FORM_REUSED]),
        },
        busy=Busy(BUSY),
    )


def _write(wish: Correction, value: str) -> Correction:
    earlier = Correction.objects.filter(
        form_id=wish.form_id, person=wish.person
    ).first()
    if earlier is not None:
        return earlier
    person = Person.objects.select_related("family").get(pk=wish.person_id)
    field = Field(wish.field)
    recorded = recorded_value(person, field)
    bars = bars_to_ask(
        field,
        recorded=recorded,
        wanted=value,
        explanation=wish.explanation,
        has_evidence=wish.evidence_id is not None,
        is_head=person.relation == HEAD_OF_FAMILY,
    )
    if wish.asked_by != RESIDENT:
        # A family must not learn whether a number exists: the decider is told.
        bars += value_barred(person, field, value)
    if bars:
        raise CannotAsk(bars)
    wish.region_code = person.region_code
    wish.recorded = mask_of(recorded) if field in SEALED else recorded
    wish.wanted = "" if field in SEALED else value
    wish.wanted_sealed = Sealed.of(value, WANTED) if field in SEALED else None
    wish.save()
    open_work(
        kind=WORK,
        target=wish,
        permission=Permission.CORRECTION_DECIDE,
        region_code=wish.region_code,
        due_at=wish.due_at,
        not_by=[wish.asked_by],
    )
    _note("residents.correction_asked", wish, wish.asked_by)
    return wish


def decide_correction(
    *, wish: Correction, accepted: bool, reason: str = "", by: Actor, at: datetime
) -> Correction:
    """Accept a wish, which corrects the record at once, or refuse it with a reason.

    The family's phone is told that there is news. Raises CannotDecideCorrection with
    every bar, or Busy.
    """

    def take() -> Correction:
        case = (
            Correction.objects.select_for_update(no_key=True, of=("self",))
            .select_related("person__family")
            .get(pk=wish.pk)
        )
        _refuse_if_barred(case, accepted, reason, by)
        # The phone on record until now: a wish must not reroute its own answer.
        phone, language = case.person.family.phone, case.person.family.language
        if accepted:
            apply_correction(case)
        _close(case, accepted, reason, by, at)
        send(
            key=f"residents.correction:{case.pk}",
            to=phone,
            template="correction",
            language=language,
        )
        return case

    taken = CannotDecideCorrection([Bar.CARD_TAKEN])
    return claim_scarce(
        locks=_locks(wish.person),
        take=take,
        refusals={
            "family_kk_unique": taken,
            "person_nik_unique": CannotDecideCorrection([Bar.NIK_TAKEN]),
            "correction_maker_is_not_checker": CannotDecideCorrection([Bar.OWN_WISH]),
        },
        busy=Busy(BUSY),
    )


def _refuse_if_barred(case: Correction, accepted: bool, reason: str, by: Actor) -> None:
    bars = bars_to_decide(
        decided=case.state != Correction.State.WAITING,
        asked_by=case.asked_by,
        decided_by=by.username,
        accepted=accepted,
        reason=reason,
        changed=changed_since(case),
    )
    if bars:
        raise CannotDecideCorrection(bars)


def _close(
    case: Correction, accepted: bool, reason: str, by: Actor, at: datetime
) -> None:
    state = Correction.State
    case.state = state.ACCEPTED if accepted else state.REFUSED
    case.decided_by, case.decided_at, case.reason = by.username, at, reason.strip()
    case.save(update_fields=["state", "decided_by", "decided_at", "reason"])
    close_work(target=case, by=by.username)
    _note("residents.correction_decided", case, by.username, accepted=accepted)


def _locks(person: Person) -> list[Lock]:
    return [
        Lock(Rank.PERSON, Family.objects.filter(members=person.pk)),
        Lock(Rank.PERSON, Person.objects.filter(pk=person.pk)),
    ]


def _note(name: str, wish: Correction, by: str, **detail: bool) -> None:
    record(
        name,
        target=wish,
        by=by,
        region_code=wish.region_code,
        person=wish.person_id,
        field=wish.field,
        **detail,
    )
