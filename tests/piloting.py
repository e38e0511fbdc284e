"""Pilots in Sumberwangi: who acts, readings that a test sets, and every state."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from smartkampung.accounts.actor import Actor, Post
from smartkampung.accounts.roles import Role
from smartkampung.kernel.clock import WIB, day
from smartkampung.reopening.guidance.rules.kinds import Indicator
from smartkampung.reopening.pilots.actions.preparing import (
    Found,
    Shown,
    add_evidence,
    visit,
)
from smartkampung.reopening.pilots.actions.signing import sign
from smartkampung.reopening.pilots.models import Pilot
from smartkampung.reopening.pilots.queries.pilots import next_gate
from smartkampung.reopening.pilots.rules.states import State, Step
from smartkampung.reopening.signals.queries import Reading
from tests.cast import HERE, KECAMATAN, NEXT_DOOR, REGENCY, places

DAY = timedelta(days=1)
MONDAY = datetime(2020, 7, 6, 9, tzinfo=WIB)
GOOD = {
    Indicator.REPRODUCTION: "0.8",
    Indicator.BED_OCCUPANCY: "40",
    Indicator.TESTS: "4000",
    Indicator.CASES_WEEKLY: "10",
    Indicator.COMPLIANCE: "90",
}


@dataclass
class Air:
    """The readings of every place, as a test sets them; good until it says otherwise."""

    values: dict[Indicator, str | None] = field(default_factory=lambda: dict(GOOD))
    on: dict[tuple[Indicator, date], str | None] = field(default_factory=dict)

    def read(
        self, region: str, *, since: date, until: date
    ) -> dict[date, dict[Indicator, Reading]]:
        """Stand in for ``signals.queries.readings_over``."""
        days = [since + DAY * at for at in range((until - since).days)]
        return {on: {one: self.one(one, on) for one in Indicator} for on in days}

    def compliance(self, village: str, on: date) -> Reading:
        """Stand in for ``places.queries.compliance``."""
        return self.one(Indicator.COMPLIANCE, on)

    def one(self, indicator: Indicator, on: date) -> Reading:
        """Return one reading."""
        text = self.on.get((indicator, on), self.values.get(indicator))
        return Reading(None, "no_data") if text is None else Reading(Decimal(text))


AIR = Air()


def compliance(village: str, on: date) -> Reading:
    """Return what ``settings.COMPLIANCE`` names in these tests."""
    return AIR.compliance(village, on)


def actor(name: str, role: Role, *regions: str) -> Actor:
    """Return somebody with one office, without an account."""
    return Actor(1, name, (Post(role, regions),))


SARI = actor("sari", Role.VILLAGE_OFFICER, HERE)
BUDI = actor("budi", Role.VILLAGE_OFFICER, NEXT_DOOR)
MAYA = actor("maya", Role.DINKES, REGENCY)
JOKO = actor("joko", Role.DINKES, REGENCY)
SIGNERS = {
    role: actor(role.value, role, place)
    for role, place in {
        Role.VILLAGE_HEAD: HERE,
        Role.PUSKESMAS_OFFICER: HERE,
        Role.BABINSA: HERE,
        Role.BHABINKAMTIBMAS: HERE,
        Role.KECAMATAN_OFFICER: KECAMATAN,
        Role.LEADERSHIP: REGENCY,
    }.items()
}
BUPATI = SIGNERS[Role.LEADERSHIP]


def a_pilot(village: str = HERE, *, state: State = State.CHOSEN) -> Pilot:
    """Make a pilot that was chosen a while ago."""
    places()
    return Pilot.objects.create(
        village_id=village, state=state, chosen_on=day(MONDAY) - 30 * DAY
    )


def shown(step: Step, **told: Any) -> Shown:
    """Return what a village shows of a step."""
    on = day(MONDAY) - 5 * DAY
    rest: dict[str, Any] = {"text": "Warga belajar protokol.", "on": on, "people": 40}
    return Shown(step=step, **{**rest, **told})


def prepared(pilot: Pilot, *, at: datetime = MONDAY) -> Pilot:
    """Let a pilot give evidence of every step."""
    for step in Step:
        add_evidence(pilot=pilot, shown=shown(step), by=SARI, at=at)
    pilot.refresh_from_db()
    return pilot


def a_ready_pilot(*, at: datetime = MONDAY) -> Pilot:
    """Make a pilot that passed its visit."""
    pilot = prepared(a_pilot(), at=at)
    visit(pilot=pilot, found=Found(passed=True, on=day(at)), by=MAYA, at=at)
    pilot.refresh_from_db()
    return pilot


def signed_by(pilot: Pilot, *roles: Role, at: datetime = MONDAY) -> Pilot:
    """Let offices sign the next gate, each for what it reads."""
    for role in roles:
        found = next_gate(pilot, day(at))
        assert found is not None
        sign(
            pilot=pilot,
            role=role,
            to=found.gate.to,
            digest=found.digest,
            by=SIGNERS[role],
            at=at,
        )
    pilot.refresh_from_db()
    return pilot


RECOVERY = tuple(role for role in SIGNERS if role != Role.LEADERSHIP)


def in_recovery(*, at: datetime = MONDAY) -> Pilot:
    """Make a pilot that moved to recovery."""
    return signed_by(a_ready_pilot(at=at), *RECOVERY, at=at)


def in_new_normal(*, at: datetime = MONDAY) -> Pilot:
    """Make a pilot that moved to new normal a day after recovery."""
    return signed_by(in_recovery(at=at - DAY), *SIGNERS, at=at)
