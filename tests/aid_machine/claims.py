"""Tries around a claim: report, visit, decision, objection, batch, hand-over."""

from datetime import datetime
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from smartkampung.aid.actions import batch as batches
from smartkampung.aid.actions.decide import decide_claim
from smartkampung.aid.actions.objection import answer_objection, file_objection
from smartkampung.aid.actions.report import send_report
from smartkampung.aid.actions.returning import return_entitlement
from smartkampung.aid.actions.verify import verify_report
from smartkampung.aid.models import Batch, Claim, Entitlement, Objection, Report
from smartkampung.aid.rules.claims import Reason
from smartkampung.aid.rules.handover import Outcome
from smartkampung.aid.rules.report import Channel, Told
from smartkampung.kernel.rls import Kind, act_as
from tests import cases, cast, reporting
from tests.aid_machine.machine import (
    BAMBANG,
    ENDANG,
    MADE,
    NTH,
    SARI,
    USUALLY,
    Tries,
    both,
    mostly,
    nth,
    rarely,
    when,
)


class Claims(Tries):
    """Anybody tries anything with claims and packs."""

    @precondition(when("claim", "to_check", "to_decide", "approved"))
    @rule(claim=NTH)
    def the_case_moves_on(self, claim: int) -> None:
        """For once, who should act does what should be done."""
        case = nth(Claim, claim, closed_at=None)
        number = list(Claim.objects.order_by("pk").values_list("pk", flat=True))
        place = number.index(case.pk)
        due = Entitlement.objects.filter(claim=case, cancelled=False).first()
        batch = due.batch if due else None
        if case.state == Claim.State.TO_CHECK:
            self.somebody_visits(claim=place, by=SARI, recommends=True)
        elif case.state == Claim.State.TO_DECIDE:
            self.somebody_decides(claim=place, by=ENDANG, yes=True)
        elif due is not None and batch is None:
            stage = Batch.objects.count() + 1
            self.somebody_begins_a_batch(stage=stage, by=ENDANG)
        elif batch is not None and batch.state == Batch.State.DRAFT:
            self.attempt(
                "mark_ready", batches.mark_ready, batch=batch, by=self.who(ENDANG)
            )
        elif due is not None:
            told = {"due": due, "outcome": Outcome.RECEIVED, "by": self.who(SARI)}
            self.attempt("received", _call, **told)

    @precondition(rarely(3))
    @rule(person=NTH)
    def somebody_reports(self, person: int) -> None:
        """A neighbour reports; the report is checked against the registry."""
        who = self.world.people[person]
        told = reporting.told(
            nik=who.nik.open() if who.nik else "",
            born_on=who.born_on,
            region_code=who.region_code,
        )
        self.attempt("report", _report, told=told)

    @precondition(when("claim", "to_check"))
    @rule(claim=NTH, by=mostly(SARI, MADE), recommends=USUALLY)
    def somebody_visits(self, claim: int, by: int, recommends: bool) -> None:
        """Sari or the head of the RT visits."""
        case = nth(Claim, claim, state="to_check")
        self.attempt(
            "visit", _visit, claim=case, by=self.who(by), recommends=recommends
        )

    @precondition(when("claim", "to_decide"))
    @rule(claim=NTH, by=mostly(ENDANG, BAMBANG), yes=USUALLY)
    def somebody_decides(self, claim: int, by: int, yes: bool) -> None:
        """An officer of the kecamatan decides."""
        why: list[Reason] = [] if yes else [Reason.LIVES_ELSEWHERE]
        self.attempt(
            "decide",
            decide_claim,
            claim=nth(Claim, claim, state="to_decide"),
            approved=yes,
            programme=cases.programme() if yes else None,
            reasons=why,
            by=self.who(by),
        )

    @precondition(when("claim", "refused"))
    @rule(claim=NTH)
    def somebody_objects(self, claim: int) -> None:
        """The person objects to a refusal."""
        case = nth(Claim, claim, state="refused")
        self.attempt("object", file_objection, claim=case, text="Keliru.", by="public")

    @precondition(when("objection", "waiting"))
    @rule(objection=NTH, by=mostly(BAMBANG, ENDANG), upheld=USUALLY)
    def somebody_answers(self, objection: int, by: int, upheld: bool) -> None:
        """A second officer answers."""
        row = nth(Objection, objection)
        self.attempt(
            "answer",
            answer_objection,
            objection=row,
            upheld=upheld,
            answer="Benar.",
            by=self.who(by),
        )

    @precondition(when("claim", "approved"))
    @rule(stage=st.integers(1, 2), by=mostly(ENDANG))
    def somebody_begins_a_batch(self, stage: int, by: int) -> None:
        """A batch of packs is begun, with everybody who may be in it."""
        self.attempt("begin a batch", _begin, stage=stage, by=self.who(by))

    @precondition(when("batch", "draft", "ready"))
    @rule(
        batch=NTH,
        by=mostly(ENDANG),
        act=st.sampled_from(
            [batches.mark_ready, batches.mark_ready, batches.close_batch]
        ),
    )
    def somebody_moves_a_batch(self, batch: int, by: int, act: Any) -> None:
        """A batch is announced, or closed."""
        state = "draft" if act is batches.mark_ready else "ready"
        row = nth(Batch, batch, state=state)
        self.attempt(act.__name__, act, batch=row, by=self.who(by))

    @precondition(both(when("batch", "ready"), when("pack", "due")))
    @rule(
        due=NTH,
        outcome=st.sampled_from([Outcome.RECEIVED, Outcome.RECEIVED, *Outcome]),
        by=mostly(SARI, MADE),
    )
    def somebody_is_called(self, due: int, outcome: Outcome, by: int) -> None:
        """A recipient is called up, and what happened is written down."""
        row = nth(Entitlement, due, batch__state="ready")
        self.attempt(outcome.value, _call, due=row, outcome=outcome, by=self.who(by))

    @precondition(both(rarely(5), when("pack", "due")))
    @rule(due=NTH, by=mostly(ENDANG, SARI))
    def somebody_gives_back(self, due: int, by: int) -> None:
        """Aid goes back to the budget."""
        row = nth(Entitlement, due)
        told = {"due": row, "note": "Pindah.", "by": self.who(by)}
        self.attempt("give back", return_entitlement, **told)


def _report(*, told: Told, at: datetime) -> None:
    send_report(told=told, channel=Channel.WEB, by="public", at=at)
    act_as(Kind.JOB)
    verify_report(report_id=Report.objects.latest("pk").pk, at=at)


def _visit(*, claim: Claim, by: Any, recommends: bool, at: datetime) -> None:
    cases.visit(claim, by, recommends=recommends)


def _begin(*, stage: int, by: Any, at: datetime) -> None:
    batch = batches.prepare_batch(
        programme=cases.programme(),
        kecamatan_code=cast.KECAMATAN,
        stage=stage,
        hand_over_on=cases.TODAY,
        place="Balai desa",
        by=by,
        at=at,
    )
    dues = Entitlement.objects.filter(cancelled=False, programme=batch.programme)
    batches.add_dues(
        batch=batch, due_ids=dues.values_list("pk", flat=True), by=by, at=at
    )


def _call(*, due: Entitlement, outcome: Outcome, by: Any, at: datetime) -> None:
    cases.call(due, by, outcome, **({"quantity": 1} if outcome == "partial" else {}))
