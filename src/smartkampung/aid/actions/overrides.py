"""Give aid although the conflict matrix blocks it: one asks, another decides."""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Permission
from smartkampung.aid.actions.locks import case_locks
from smartkampung.aid.cycles.actions.exceptions import let_in, proposal_locks
from smartkampung.aid.cycles.models import Proposal
from smartkampung.aid.models import Claim, Override, Programme
from smartkampung.aid.queries.claims import is_kin
from smartkampung.aid.queries.overrides import (
    Case,
    asked_together,
    block_of,
    case_of,
    standing_overrides,
)
from smartkampung.aid.rules.overrides import Bar, bars_to_answer, bars_to_ask
from smartkampung.aid.words import OVERRIDE_BARS
from smartkampung.audit.actions import record
from smartkampung.kernel.claim import Busy, Lock, Rank, claim_scarce
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused
from smartkampung.worklist.actions import close_work, open_work

BUSY = _("Somebody else is working on this. Please try again in a moment.")
ANSWER_WITHIN = timedelta(days=2)


class CannotOverride(Refused):
    """An exception cannot be asked for, or not answered so; ``bars`` says why."""

    code = "cannot_override"

    def __init__(self, bars: Iterable[Bar]) -> None:
        self.bars = list(bars)
        super().__init__(" ".join(str(OVERRIDE_BARS[bar]) for bar in self.bars))


class NoReason(Refused):
    """An exception says why."""

    code = "no_reason"


def ask_for_override(
    *,
    form_id: uuid.UUID,
    case: Case,
    programme: Programme,
    enrolment_id: int,
    reason: str,
    by: Actor,
    at: datetime,
    also: Iterable[int] = (),
) -> Override:
    """Ask that a record no longer stands in the way of a case; another must decide.

    ``also`` are other records that block it: they are asked for and decided together.
    The same form sent twice is one wish. Raises CannotOverride, NoReason.
    """
    if not reason.strip():
        raise NoReason(_("Say why this family should receive in spite of the rule."))
    records = list(dict.fromkeys([enrolment_id, *also]))

    def take() -> Override:
        earlier = Override.objects.filter(pk=form_id, asked_by=by.staff_id).first()
        if earlier is not None:
            return earlier
        now_is = _fresh(case)
        refuse(_bars_to_ask(now_is, programme, records, by, at))
        wishes = [
            Override.objects.create(
                id=form_id if place == 0 else uuid.uuid5(form_id, str(record_id)),
                claim=now_is if isinstance(now_is, Claim) else None,
                proposal=now_is if isinstance(now_is, Proposal) else None,
                programme=programme,
                enrolment_id=record_id,
                reason=reason,
                asked_by_id=by.staff_id,
                asked_at=at,
            )
            for place, record_id in enumerate(records)
        ]
        open_work(
            kind="aid.decide_override",
            target=wishes[0],
            permission=Permission.OVERRIDE_DECIDE,
            region_code=now_is.region_code,
            due_at=at + ANSWER_WITHIN,
            not_by=[by.username],
        )
        for wish in wishes:
            _note("aid.override_asked", wish, by)
        return wishes[0]

    return claim_scarce(
        locks=_locks(case),
        take=take,
        refusals={"override_once_per_block": CannotOverride([Bar.ASKED_BEFORE])},
        busy=Busy(BUSY),
    )


def _bars_to_ask(
    case: Case, programme: Programme, records: list[int], by: Actor, at: datetime
) -> list[Bar]:
    asked = standing_overrides(case).filter(programme=programme)
    kin = _is_kin(case, by)
    found = [
        bar
        for record_id in records
        for bar in bars_to_ask(
            block_of(case, programme.pk, record_id, on=day(at)),
            asked_before=asked.filter(enrolment=record_id).exists(),
            kin=kin,
        )
    ]
    return list(dict.fromkeys(found))


def decide_override(*, wish: Override, granted: bool, by: Actor, at: datetime) -> None:
    """Grant an exception or refuse it, as another person than asked.

    Granted, the record no longer blocks that one case: a claim can be approved, who
    was left out of a list is on it again. What was asked together is decided together.
    Raises CannotOverride.
    """
    case = case_of(wish)
    together = [row.pk for row in asked_together(wish)]

    def take() -> None:
        rows = list(Override.objects.filter(pk__in=together).order_by("pk"))
        now_is = _fresh(case)
        for row in rows:
            refuse(_bars_to_answer(now_is, row, granted, by, at))
        for row in rows:
            row.decided_by_id, row.decided_at, row.granted = by.staff_id, at, granted
            row.save(update_fields=["decided_by", "decided_at", "granted"])
            close_work(target=row, by=by.username)
            _note("aid.override_decided", row, by, granted=granted)
        if granted and isinstance(now_is, Proposal):
            let_in(now_is, by=by, at=at)

    first, *rest = _locks(case)
    itself = Lock(Rank.PERSON, Override.objects.filter(pk__in=together))
    claim_scarce(
        locks=sorted([first, *rest, itself], key=lambda lock: lock.rank),
        take=take,
        refusals={
            "override_needs_two_people": CannotOverride([Bar.ASKED_IT]),
            "override_answered_once": CannotOverride([Bar.ANSWERED]),
        },
        busy=Busy(BUSY),
    )


def _bars_to_answer(
    case: Case, row: Override, granted: bool, by: Actor, at: datetime
) -> list[Bar]:
    return bars_to_answer(
        block_of(case, row.programme_id, row.enrolment_id, on=day(at)),
        granted=granted,
        answered=row.decided_at is not None,
        asked_by=row.asked_by_id,
        by=by.staff_id,
        kin=_is_kin(case, by),
    )


def refuse(bars: list[Bar]) -> None:
    """Raise CannotOverride where something bars an exception."""
    if bars:
        raise CannotOverride(bars)


def _fresh(case: Case) -> Case:
    if isinstance(case, Claim):
        return Claim.objects.select_related("person__family").get(pk=case.pk)
    rows = Proposal.objects.select_related("person", "cycle__programme")
    return rows.get(pk=case.pk)


def _locks(case: Case) -> list[Lock]:
    return case_locks(case) if isinstance(case, Claim) else proposal_locks(case)


def _is_kin(case: Case, by: Actor) -> bool:
    return is_kin(Staff.objects.get(pk=by.staff_id), case.person)


def _note(name: str, wish: Override, by: Actor, **detail: object) -> None:
    record(
        name,
        target=wish,
        by=by.username,
        region_code=case_of(wish).region_code,
        programme=wish.programme_id,
        enrolment=wish.enrolment_id,
        **detail,
    )
