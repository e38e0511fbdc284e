"""Who is told what, by when, and who next: dated data that any past day can replay."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from smartkampung.accounts.roles import Permission, Role

LOCAL = "Protokol isolasi pendatang Kabupaten, 2020"


class Trigger(StrEnum):
    """What happened that somebody must answer."""

    ILL = "ill"
    MISSED = "missed"
    MISSED_AGAIN = "missed_again"
    LEFT = "left"
    EXIT_OPEN = "exit_open"  # the last day is over, and nobody let them go


@dataclass(frozen=True)
class Rung:
    """One rung: who must answer, within which time, and who is told after that.

    ``kind`` is the kind of work; ``health``: only health workers learn of it. What
    pillars see as waiting for others says the same of the ill and of the missed.
    """

    told: tuple[Role, ...]
    then: tuple[Role, ...]
    within: timedelta
    kind: str
    permission: Permission
    health: bool = False


@dataclass(frozen=True)
class Ladder:
    """The rungs in force from a day on; ``verified_by`` is an official, or nobody yet."""

    since: date
    legal_reference: str
    source_url: str
    rungs: Mapping[Trigger, Rung]
    verified_by: str = ""


SEE, LOOK_FOR, DECIDE = (
    "isolation.see",
    "isolation.look_for",
    "isolation.decide_exit",
)
_P, _R = Permission, Role
LADDERS = (
    Ladder(
        since=date(2020, 3, 1),
        legal_reference=LOCAL,
        source_url="https://covid19.go.id/",
        rungs={
            Trigger.ILL: Rung(
                told=(_R.PUSKESMAS_OFFICER,),
                then=(_R.DINKES,),
                within=timedelta(hours=2),
                kind=SEE,
                permission=_P.MONITORING_RECORD,
                health=True,
            ),
            Trigger.MISSED: Rung(
                told=(_R.PUSKESMAS_OFFICER,),
                then=(_R.DINKES,),
                within=timedelta(hours=12),
                kind=SEE,
                permission=_P.MONITORING_RECORD,
            ),
            Trigger.MISSED_AGAIN: Rung(
                told=(_R.VILLAGE_HEAD, _R.BABINSA),
                then=(_R.PUSKESMAS_OFFICER, _R.DINKES),
                within=timedelta(hours=12),
                kind=LOOK_FOR,
                permission=_P.ESCALATION_ANSWER,
            ),
            Trigger.LEFT: Rung(
                told=(_R.BHABINKAMTIBMAS,),
                then=(_R.VILLAGE_HEAD, _R.DINKES),
                within=timedelta(hours=4),
                kind=LOOK_FOR,
                permission=_P.ESCALATION_ANSWER,
            ),
            Trigger.EXIT_OPEN: Rung(
                told=(_R.PUSKESMAS_OFFICER,),
                then=(_R.DINKES,),
                within=timedelta(hours=24),
                kind=DECIDE,
                permission=_P.RELEASE_DECIDE,
            ),
        },
    ),
)


def rung_of(trigger: Trigger, on: date) -> Rung:
    """Return the rung of a day; before the first ladder, that of the first."""
    held = [ladder for ladder in LADDERS if ladder.since <= on]
    return (held[-1] if held else LADDERS[0]).rungs[trigger]


def steps(streak: int) -> tuple[Trigger, ...]:
    """Return what looks missed in a row bring about."""
    if streak < 1:
        return ()
    return (Trigger.MISSED,) if streak == 1 else (Trigger.MISSED, Trigger.MISSED_AGAIN)


# A check that did what was due answers these by itself; being ill needs words.
ANSWERED_BY_A_LOOK = (Trigger.MISSED, Trigger.MISSED_AGAIN)
ANSWERED_BY_BEING_SEEN = (*ANSWERED_BY_A_LOOK, Trigger.LEFT)
