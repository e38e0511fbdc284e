"""Villages that reopen first, one in every state, with how they were chosen."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Role
from smartkampung.demo.cast import KECAMATAN, NEXT_DOOR, VILLAGE
from smartkampung.demo.places import REGENCY
from smartkampung.demo.staff import Officers
from smartkampung.kernel.clock import day, telling
from smartkampung.regions.queries import kecamatan_of
from smartkampung.reopening.guidance.rules.kinds import Indicator
from smartkampung.reopening.pilots.actions.choosing import (
    answer,
    choose,
    close_round,
    open_round,
)
from smartkampung.reopening.pilots.actions.moving import end, enter, pause, step_back
from smartkampung.reopening.pilots.actions.preparing import (
    Found,
    Shown,
    add_evidence,
    visit,
)
from smartkampung.reopening.pilots.actions.writing import (
    DECIDE,
    became,
    locked,
    tell,
    wrote,
)
from smartkampung.reopening.pilots.models import Pilot, Proposal
from smartkampung.reopening.pilots.queries.evaluation import gates_on
from smartkampung.reopening.pilots.rules.choosing import WEIGHTS, Question
from smartkampung.reopening.pilots.rules.states import State, Step, What
from smartkampung.reopening.signals.queries.indicators import readings_over
from smartkampung.worklist.actions import open_work

DAY = timedelta(days=1)
KECAMATAN_TOLD = 4
WORSE_FROM = 100
DONE = {
    Step.EDUCATION: ("Penyuluhan protokol di balai desa, tiga hari.", 120),
    Step.SOCIALISATION: ("Satgas mendatangi setiap RT dan pasar.", 340),
    Step.SIMULATION: ("Latihan membuka pasar dan masjid dengan jarak.", 85),
}
Limits = tuple[str | None, str | None]  # below, and at least
FINE: dict[str, tuple[str, Limits, str]] = {
    "reproduction": ("regency", ("1", None), "0.82"),
    "bed_occupancy": ("regency", ("60", None), "41.5"),
    "tests": ("regency", (None, "3500"), "4120"),
    "cases_weekly": ("village", ("50", None), "12"),
}


class _Story:
    """Who tells, and when."""

    def __init__(self, at: datetime, officers: Officers) -> None:
        self.at, self.officers = at, officers
        self.maya = officers.of(Role.DINKES, REGENCY["code"])
        self.joko = officers.of(Role.DINKES, REGENCY["code"], colleague=True)
        self.bupati = officers.of(Role.LEADERSHIP, REGENCY["code"])

    def village(self, code: str) -> Actor:
        """Return the officer of a village."""
        return self.officers.of(Role.VILLAGE_OFFICER, code)

    def round(self, kecamatan: str, wanted: Sequence[str], before: datetime) -> None:
        """Choose two villages of a kecamatan; the wanted ones with a reason."""
        with telling(before):
            row = open_round(
                kecamatan=kecamatan, weights=WEIGHTS, by=self.maya, at=before
            )
            for one in row.candidates.order_by("place"):
                take = one.village_id in wanted if wanted else one.chosen
                if take != one.chosen:
                    choose(
                        candidate=one,
                        chosen=take,
                        reason="Pasar kecamatan dan satgasnya paling siap.",
                        by=self.maya,
                        at=before,
                    )
        with telling(before + DAY):
            close_round(
                round_=row,
                few_because="Hanya ada satu desa.",
                by=self.joko,
                at=before + DAY,
            )

    def prepare(self, pilot: Pilot, at: datetime, steps: int = 3) -> None:
        """Give evidence of some steps."""
        by = self.village(pilot.village_id)
        with telling(at):
            for step in list(Step)[:steps]:
                text, people = DONE[step]
                shown = Shown(step=step, text=text, on=day(at), people=people)
                add_evidence(pilot=pilot, shown=shown, by=by, at=at)

    def ready(self, pilot: Pilot, at: datetime) -> None:
        """Let a pilot pass its visit."""
        self.prepare(pilot, at)
        with telling(at + DAY):
            found = Found(passed=True, on=day(at + DAY))
            visit(pilot=pilot, found=found, by=self.maya, at=at + DAY)

    def forward(self, pilot: Pilot, phase: str, at: datetime) -> None:
        """Let a pilot move to a phase, with readings that were good then."""
        with telling(at):
            row, by = locked(pilot), self.bupati.username
            reason = "Gerbang terbuka, dan semua kantor sudah menandatangani."
            enter(row, phase, reason=reason, by=by, at=at)
            became(row, State.RUNNING)
            kept = _readings(day(at))
            wrote(row, What.FORWARD, by=by, at=at, reason=reason, evaluation=kept)


def tell_pilots(*, at: datetime, officers: Officers) -> None:
    """Tell of eight pilots in four kecamatan, and of a round that is open."""
    story = _Story(at, officers)
    others = [
        one.code for one in kecamatan_of(REGENCY["code"]) if one.code != KECAMATAN
    ]
    _answers(story)
    story.round(KECAMATAN, (VILLAGE, NEXT_DOOR), at - 60 * DAY)
    for code in others[: KECAMATAN_TOLD - 1]:
        story.round(code, (), at - 60 * DAY)
    rows = {row.village_id: row for row in Pilot.objects.order_by("village_id")}
    here, next_door = rows.pop(VILLAGE), rows.pop(NEXT_DOOR)
    _worsens(story, here)
    story.prepare(next_door, at - 3 * DAY, steps=2)
    _in_every_state(story, list(rows.values()))
    with telling(at - DAY):
        open_round(
            kecamatan=others[KECAMATAN_TOLD],
            weights=WEIGHTS,
            by=story.joko,
            at=at - DAY,
        )


def _answers(story: _Story) -> None:
    before = story.at - 62 * DAY
    with telling(before):
        for village, no in ((VILLAGE, {Question.MONEY}), (NEXT_DOOR, set())):
            answer(
                village=village,
                yes=[one for one in Question if one not in no],
                market=village == VILLAGE,
                tourism=True,
                by=story.village(village),
                at=before,
            )


def _in_every_state(story: _Story, rows: list[Pilot]) -> None:
    """Tell of a pilot that is new normal, paused, ready, back, late, and ended."""
    at = story.at
    for row, last in zip(
        rows, ("new", "paused", "ready", "back", "late", "ended"), strict=False
    ):
        if last == "late":
            continue
        story.ready(row, at - 50 * DAY)
        if last != "ready":
            story.forward(row, "recovery", at - 40 * DAY)
        if last in {"new", "paused"}:
            story.forward(row, "new_normal", at - 20 * DAY)
        act = {"paused": pause, "back": step_back, "ended": end}.get(last)
        if act is not None:
            with telling(at - 5 * DAY):
                act(
                    pilot=row,
                    reason="Kasus naik tiga hari berturut-turut.",
                    by=story.bupati,
                    at=at - 5 * DAY,
                )


def _worsens(story: _Story, pilot: Pilot) -> None:
    """Tell of a village in recovery whose cases rose, and who waits for a decision."""
    at = story.at - timedelta(hours=18)
    story.ready(pilot, story.at - 50 * DAY)
    story.forward(pilot, "recovery", story.at - 30 * DAY)
    with telling(at):
        kept = _worse(day(at), pilot.village_id)
        row = Proposal.objects.create(
            pilot=pilot,
            indicator="cases_weekly",
            of="village",
            on=day(at) - DAY,
            evaluation=kept,
            at=at,
            due_at=at + DAY,
        )
        open_work(
            kind=DECIDE,
            target=row,
            permission="reopening.pilot_decide",
            region_code=pilot.village_id,
            due_at=row.due_at,
            urgent=True,
        )
        tell(
            wrote(
                locked(pilot), What.PROPOSED, by="pilots.watch", at=at, evaluation=kept
            )
        )


def _readings(on: date) -> dict[str, Any]:
    known = gates_on(on)
    until = on - DAY
    return {
        "to": "recovery",
        "guidance": known[0].pk if known else None,
        "legal_reference": known[0].legal_reference if known else "",
        "until": until.isoformat(),
        "needs": [
            _need(code, of, limits, [[until.isoformat(), value, ""]], "met")
            for code, (of, limits, value) in FINE.items()
        ],
    }


def _worse(on: date, village: str) -> dict[str, Any]:
    """Return what the pages beside it read of these days; something like it if none."""
    days = [on - DAY * back for back in (3, 2, 1)]
    found = readings_over(village, since=days[0], until=on)
    read = [found[one][Indicator.CASES_WEEKLY].value for one in days]
    rose = [str(round(one, 1)) for one in read if one is not None and one >= WORSE_FROM]
    values = rose if len(rose) == len(days) else ["104.2", "131.8", "152.6"]
    seen = [
        [one.isoformat(), value, ""] for one, value in zip(days, values, strict=True)
    ]
    need = _need("cases_weekly", "village", ("100", None), seen, "not_met")
    return {"until": days[-1].isoformat(), "needs": [need]}


def _need(
    code: str, of: str, limits: Limits, seen: Any, verdict: str
) -> dict[str, Any]:
    below, least = limits
    return {
        "indicator": code,
        "of": of,
        "days": len(seen),
        "below": below,
        "least": least,
        "verdict": verdict,
        "seen": seen,
    }
