"""Aid that must not be handed over goes back to the budget, when two people say so."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.actions.giveback import give_back
from smartkampung.aid.actions.handover import (
    BUSY,
    CannotHandOver,
    fresh_due,
    must_be_open,
)
from smartkampung.aid.actions.locks import due_locks
from smartkampung.aid.actions.progress import announce_due
from smartkampung.aid.models import Entitlement
from smartkampung.aid.queries.handover import reasons_not_to_hand_over
from smartkampung.audit.actions import record
from smartkampung.kernel.claim import Busy, claim_scarce
from smartkampung.kernel.clock import day
from smartkampung.regions.codes import ancestor
from smartkampung.worklist.actions import close_work, open_work

KIND = "aid.return"
AGREE_WITHIN = timedelta(days=3)


class NothingAgainst(CannotHandOver):
    """Nothing stands in the way of handing this aid over, so it stays the family's."""

    code = "nothing_against"


class NeedsSecondPerson(CannotHandOver):
    """Whoever asked that aid goes back does not agree to it as well."""

    code = "needs_second_person"


def return_entitlement(*, due: Entitlement, note: str, by: Actor, at: datetime) -> bool:
    """Give back aid that must not be handed over; return whether it has gone back.

    The first call asks, with a note; the second, by another person, agrees, and closes
    the claim. Raises CannotHandOver, NothingAgainst where the family may well have its
    aid, NeedsSecondPerson, Busy.
    """

    def take() -> bool:
        now_is = fresh_due(due)
        must_be_open(now_is)
        if not reasons_not_to_hand_over(now_is, on=day(at)):
            raise NothingAgainst(
                _("Nothing stands against this hand-over, so the aid stays theirs.")
            )
        if now_is.return_asked_by_id is None:
            _ask(now_is, note, by, at)
            return False
        _agree(now_is, note, by, at)
        return True

    second = NeedsSecondPerson(
        _("You asked for this yourself, so a colleague or the kecamatan must agree.")
    )
    return claim_scarce(
        locks=due_locks(due),
        take=take,
        refusals={"entitlement_returned_by_two": second},
        busy=Busy(BUSY),
    )


def _ask(due: Entitlement, note: str, by: Actor, at: datetime) -> None:
    due.return_asked_by_id, due.return_note = by.staff_id, note
    due.save(update_fields=["return_asked_by", "return_note"])
    open_work(
        kind=KIND,
        target=due,
        permission=Permission.HANDOVER_RECORD,
        region_code=ancestor(due.region_code, "kecamatan"),
        due_at=at + AGREE_WITHIN,
        not_by=[by.username],
    )
    _note("aid.return_asked", due, note, by)


def _agree(due: Entitlement, note: str, by: Actor, at: datetime) -> None:
    due.return_agreed_by_id = by.staff_id
    due.save(update_fields=["return_agreed_by"])
    close_work(target=due, by=by.username)
    give_back(due=due, by=by.username, at=at)
    announce_due(due, at=at)
    _note("aid.entitlement_returned", due, note, by)


def _note(name: str, due: Entitlement, note: str, by: Actor) -> None:
    record(name, target=due, by=by.username, region_code=due.region_code, note=note)
