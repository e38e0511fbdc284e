"""The past weeks of the demo, told through the very actions that people use.

Every report passes through the real doors at a moment of the past, so boards,
timelines, ledger and diaries agree with each other.
"""

import random
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Role
from smartkampung.aid.actions.batch import (
    add_dues,
    close_batch,
    mark_ready,
    prepare_batch,
)
from smartkampung.aid.actions.check import record_check
from smartkampung.aid.actions.decide import CannotApprove, decide_claim
from smartkampung.aid.actions.handover import PURPOSE, record_handover
from smartkampung.aid.actions.objection import answer_objection, file_objection
from smartkampung.aid.actions.progress import tell_reporters
from smartkampung.aid.actions.report import send_report
from smartkampung.aid.actions.verify import verify_report
from smartkampung.aid.models import (
    Batch,
    Claim,
    Criterion,
    Entitlement,
    Programme,
    Report,
)
from smartkampung.aid.rules.claims import Reason as Against
from smartkampung.aid.rules.handover import GIVES, Outcome, Proof
from smartkampung.aid.rules.report import Channel, Reason, Step, Told
from smartkampung.demo.bulk import steps_to_tell
from smartkampung.demo.staff import Officers
from smartkampung.demo.tales import (
    DAY,
    HANDED,
    TURNED_DOWN,
    UNCHECKED,
    UNDECIDED,
    Stage,
    Tale,
)
from smartkampung.intake.actions.one_time import issue_code
from smartkampung.kernel.clock import day, telling
from smartkampung.kernel.rls import Kind, act_as

FOOD, CASH = "apbd_food", "blt_dd"
CASH_SHARE, ASSISTED_SHARE = 0.3, 0.2
NEIGHBOURS_EVERY = 12
OUTCOMES = {
    Stage.HANDED_OVER: Outcome.RECEIVED,
    Stage.ABSENT: Outcome.ABSENT,
    Stage.DECLINED: Outcome.DECLINED,
}
NOTES = (
    "Rumah sederhana, penghasilan tidak tetap sejak tempat kerja tutup.",
    "Bertemu langsung dengan kepala keluarga, tetangga membenarkan.",
    "Tinggal berdua dengan cucu, bekerja bila ada panggilan.",
    "",
)
OBJECTION = (
    "Suami saya sudah tidak bekerja dan tetangga kami yang sama keadaannya dapat."
)
DISMISSAL = "Hasil kunjungan kedua sama. Silakan lapor lagi bila keadaan berubah."


class Historian:
    """Tells a set of tales, step by step, each at its own moment."""

    def __init__(self, *, at: datetime, officers: Officers, rng: random.Random) -> None:
        self.at = at
        self.officers = officers
        self.rng = rng
        self.verified = 0
        rows = Criterion.objects.filter(asked=True).order_by("number")
        self.questions = list(rows.values_list("code", flat=True))
        self.programmes = Programme.objects.in_bulk()

    def tell(self, tales: Sequence[Tale], progress: Callable[[int], None]) -> None:
        """Tell every tale up to its stage."""
        for done, tale in enumerate(tales, start=1):
            self._send(tale)
            if tale.stage not in UNCHECKED:
                self._check(tale)
            if tale.stage not in UNDECIDED:
                self._decide(tale)
            if tale.stage in {Stage.OBJECTED, Stage.DISMISSED}:
                self._object(tale)
            progress(done)
        for kecamatan in sorted({tale.kecamatan for tale in tales}):
            there = [tale for tale in tales if tale.kecamatan == kecamatan]
            self._hand_out([tale for tale in there if tale.stage in HANDED], kecamatan)
            ready = [tale for tale in there if tale.stage is Stage.READY]
            if ready:
                self._batch(ready, kecamatan, stage=2, prepared=self.at - DAY)
        _move_timelines()

    def _send(self, tale: Tale) -> None:
        """Send the report; now and then a neighbour reports the same person too."""
        report = self._report(tale, tale.sent_at)
        if tale.stage is Stage.RECEIVED:
            return
        with _at(tale.sent_at):
            verify_report(report_id=report.pk, at=tale.sent_at)
            report.refresh_from_db()
            tale.claim = report.claim
        self.verified += 1
        if self.verified % NEIGHBOURS_EVERY == 0:
            again = tale.sent_at + self.rng.uniform(0.05, 0.25) * DAY
            other = self._report(tale, again, neighbour=True)
            with _at(again):
                verify_report(report_id=other.pk, at=again)

    def _report(self, tale: Tale, at: datetime, *, neighbour: bool = False) -> Report:
        person, form = tale.witness, self._uuid()
        assisted = self.rng.random() < ASSISTED_SHARE
        officer = self.officers.of(Role.VILLAGE_OFFICER, tale.village)
        told = Told(
            form_id=form,
            for_self=not neighbour and self.rng.random() < 0.8,
            nik=person.nik,
            kk=person.kk,
            born_on=person.born_on,
            phone="" if neighbour else person.phone,
            region_code=person.region,
            reason=self.rng.choice(list(Reason)),
        )
        with _at(at):
            send_report(
                told=told,
                channel=Channel.ASSISTED if assisted else Channel.WEB,
                by=officer.username if assisted else "public",
                at=at,
            )
            act_as(Kind.JOB)
            return Report.objects.get(form_id=form)

    def _check(self, tale: Tale) -> None:
        at = tale.sent_at + self.rng.uniform(0.5, 1.4) * DAY
        poor = tale.stage not in TURNED_DOWN
        yes = self.rng.randint(10, 14) if poor else self.rng.randint(3, 7)
        chosen = set(self.rng.sample(self.questions[:14], yes))
        with _at(at):
            record_check(
                form_id=self._uuid(),
                claim=_claim(tale),
                answers={code: code in chosen for code in self.questions},
                recommends=poor,
                programme=FOOD if poor else None,
                kin_declared=False,
                notes=self.rng.choice(NOTES),
                by=self.officers.of(Role.VILLAGE_OFFICER, tale.village),
                at=at,
            )

    def _decide(self, tale: Tale) -> None:
        """Approve or refuse; what cannot be approved is refused for the same reasons."""
        at = tale.sent_at + self.rng.uniform(1.6, 2.9) * DAY
        by = self.officers.of(Role.KECAMATAN_OFFICER, tale.kecamatan)
        cash = tale.stage is Stage.APPROVED and self.rng.random() < CASH_SHARE
        programme = self.programmes[CASH if cash else FOOD]
        reasons = [Against.CRITERIA_NOT_MET] if tale.stage in TURNED_DOWN else []
        with _at(at):
            try:
                _rule(tale, programme, reasons, by, at)
            except CannotApprove as refusal:
                tale.stage = Stage.REFUSED
                _rule(tale, programme, refusal.reasons, by, at)

    def _object(self, tale: Tale) -> None:
        at = tale.sent_at + self.rng.uniform(3.5, 6) * DAY
        with _at(at):
            row = file_objection(claim=_claim(tale), text=OBJECTION, by="public", at=at)
        if tale.stage is Stage.DISMISSED:
            other = self.officers.of(
                Role.KECAMATAN_OFFICER, tale.kecamatan, colleague=True
            )
            with _at(at + 2 * DAY):
                answer_objection(
                    objection=row,
                    upheld=False,
                    answer=DISMISSAL,
                    by=other,
                    at=at + 2 * DAY,
                )

    def _hand_out(self, tales: Sequence[Tale], kecamatan: str) -> None:
        """Bring the first stage to its recipients, and close it the day after."""
        if not tales:
            return
        prepared = self.at - 16 * DAY
        batch = self._batch(tales, kecamatan, stage=1, prepared=prepared)
        for tale in tales:
            at = prepared + self.rng.uniform(1.9, 2.1) * DAY
            by = self.officers.of(Role.VILLAGE_OFFICER, tale.village)
            with _at(at):
                due = Entitlement.objects.get(claim=_claim(tale))
                _hand_over(due, OUTCOMES[tale.stage], self._uuid(), by, at)
        with _at(prepared + 3 * DAY):
            officer = self.officers.of(Role.KECAMATAN_OFFICER, kecamatan)
            close_batch(batch=batch, by=officer, at=prepared + 3 * DAY)

    def _batch(
        self, tales: Iterable[Tale], kecamatan: str, *, stage: int, prepared: datetime
    ) -> Batch:
        officer = self.officers.of(Role.KECAMATAN_OFFICER, kecamatan)
        claims = [_claim(tale).pk for tale in tales]
        with _at(prepared):
            batch = prepare_batch(
                programme=self.programmes[FOOD],
                kecamatan_code=kecamatan,
                stage=stage,
                hand_over_on=day(prepared + 2 * DAY),
                place="Pendopo kecamatan",
                by=officer,
                at=prepared,
            )
            dues = Entitlement.objects.filter(claim__in=claims).values_list(
                "pk", flat=True
            )
            add_dues(batch=batch, due_ids=list(dues), by=officer, at=prepared)
            mark_ready(batch=batch, by=officer, at=prepared)
        return batch

    def _uuid(self) -> uuid.UUID:
        return uuid.UUID(int=self.rng.getrandbits(128), version=4)


@contextmanager
def _at(at: datetime) -> Iterator[None]:
    """One transaction of the past, acting as a job does."""
    with transaction.atomic(), telling(at):
        act_as(Kind.JOB)
        yield


def _hand_over(
    due: Entitlement, outcome: Outcome, form: uuid.UUID, by: Actor, at: datetime
) -> None:
    """Record a hand-over; what is received is proved by a code, as at the counter."""
    given = outcome in GIVES
    code = issue_code(purpose=PURPOSE, subject=str(due.pk), at=at) if given else ""
    record_handover(
        form_id=form,
        due=due,
        outcome=outcome,
        proof=Proof.ONE_TIME_CODE if given else Proof.NONE,
        code=code,
        by=by,
        at=at,
    )


def _move_timelines() -> None:
    """Do what the worker would have done after each act."""
    for step in steps_to_tell():
        at = datetime.fromisoformat(step["reached_at"])
        with _at(at):
            tell_reporters(claim_id=step["claim_id"], step=Step(step["step"]), at=at)


def _rule(
    tale: Tale,
    programme: Programme,
    reasons: Sequence[Against],
    by: Actor,
    at: datetime,
) -> None:
    decide_claim(
        claim=_claim(tale),
        approved=not reasons,
        programme=programme,
        reasons=reasons,
        by=by,
        at=at,
    )


def _claim(tale: Tale) -> Claim:
    if tale.claim is None:
        raise RuntimeError("a tale goes on before its report was verified")
    return tale.claim
