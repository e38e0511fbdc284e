"""What every action on a pilot does: look who acts, lock, write down, tell."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.kernel.clock import day
from smartkampung.kernel.sealed import Sealed
from smartkampung.notify.actions import send
from smartkampung.reopening.pilots.actions.errors import PilotRefused
from smartkampung.reopening.pilots.models import Pilot, Turn
from smartkampung.reopening.pilots.queries.phases import phase_of
from smartkampung.reopening.pilots.rules.states import State, What
from smartkampung.worklist.actions import close_work, open_work

PREPARE, VISIT, SIGN, DECIDE, SILENT = (
    "pilots.prepare",
    "pilots.visit",
    "pilots.sign",
    "pilots.decide",
    "pilots.silent",
)
# The turn of each office to sign; work of the plain kind was of all of them together.
SIGN_OF: dict[str, tuple[str, Permission]] = {
    "leadership": (f"{SIGN}_leadership", Permission.SIGN_LEADERSHIP),
    "kecamatan_officer": (f"{SIGN}_kecamatan", Permission.SIGN_KECAMATAN_OFFICER),
    "village_head": (f"{SIGN}_village", Permission.SIGN_VILLAGE_HEAD),
    "puskesmas_officer": (f"{SIGN}_puskesmas", Permission.SIGN_PUSKESMAS_OFFICER),
    "babinsa": (f"{SIGN}_babinsa", Permission.SIGN_BABINSA),
    "bhabinkamtibmas": (f"{SIGN}_bhabinkamtibmas", Permission.SIGN_BHABINKAMTIBMAS),
}
SIGNS = (SIGN, *(kind for kind, _permission in SIGN_OF.values()))
TOLD_VILLAGE, TOLD_PILLARS = "pilots.told_village", "pilots.told_pillars"
TO_PREPARE, TO_VISIT, TO_SIGN, TO_READ, TO_ASK = (
    timedelta(days=14),
    timedelta(days=3),
    timedelta(days=3),
    timedelta(days=1),
    timedelta(days=1),
)


def must(by: Actor, permission: Permission, village: str) -> None:
    """Refuse whoever does not hold a permission in a village."""
    if not by.may_in(permission, village):
        raise PilotRefused(
            _("Your office does not reach this village."), code="not_your_area"
        )


def locked(pilot: Pilot) -> Pilot:
    """Return a pilot as it is now, and keep it so until the transaction ends.

    Whoever changes a pilot, its phase, its sign-offs or proposals comes through here.
    """
    rows = Pilot.objects.select_for_update(no_key=True)
    return rows.get(pk=pilot.pk)


def wrote(
    pilot: Pilot,
    what: What,
    *,
    by: str,
    at: datetime,
    reason: str = "",
    evaluation: Any = None,
) -> Turn:
    """Write down what happened, in the history and in the diary of events."""
    turn = Turn.objects.create(
        pilot=pilot,
        what=what,
        phase=phase_of(pilot.village_id, day(at)),
        on=day(at),
        reason=reason,
        evaluation=evaluation,
        by=by,
        at=at,
    )
    record(
        f"pilots.{what}",
        target=pilot,
        by=by,
        region_code=pilot.village_id,
        turn=turn.pk,
    )
    return turn


def became(pilot: Pilot, state: State, *, due_on: date | None = None) -> None:
    """Write the state of a pilot that is locked, and until when who is next acts."""
    pilot.state, pilot.due_on = state, due_on
    pilot.save(update_fields=["state", "due_on", "ended_on"])


def ask(pilot: Pilot, kind: str, permission: Permission, *, due_at: datetime) -> None:
    """Put work about a pilot on the list of the offices of its village."""
    open_work(
        kind=kind,
        target=pilot,
        permission=permission,
        region_code=pilot.village_id,
        due_at=due_at,
    )


def ask_to_sign(
    pilot: Pilot, roles: Iterable[str], *, due_at: datetime, by: str
) -> None:
    """Put the turn to sign on the list of these offices, and take it from all others."""
    turns = [SIGN_OF[role] for role in roles if role in SIGN_OF]
    asked = {kind for kind, _permission in turns}
    asked_no_more(pilot, *(kind for kind in SIGNS if kind not in asked), by=by)
    for kind, permission in turns:
        ask(pilot, kind, permission, due_at=due_at)


def asked_no_more(pilot: Pilot, *kinds: str, by: str) -> None:
    """Take work about a pilot from the list."""
    close_work(target=pilot, by=by, kinds=kinds)


def tell(turn: Turn) -> None:
    """Tell the village and its pillars what changed; each side takes note of it.

    The message to the office of the village says only that there is news.
    """
    sides = {
        TOLD_VILLAGE: Permission.PILOT_PREPARE,
        TOLD_PILLARS: Permission.PLACE_INSPECT,
    }
    for kind, permission in sides.items():
        open_work(
            kind=kind,
            target=turn,
            permission=permission,
            region_code=turn.pilot.village_id,
            due_at=turn.at + TO_READ,
        )
    village = turn.pilot.village
    send(
        key=f"pilots.{turn.pk}",
        to=Sealed.of(village.phone, "phone") if village.phone else None,
        template="pilot_news",
        context={"place": village.name},
    )
