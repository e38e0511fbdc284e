"""A demo is a whole regency: people, aid within the rules, and weeks that happened."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.models import F
from pytest_django import DjangoDbBlocker

from smartkampung.accounts.models import Assignment, Staff
from smartkampung.accounts.roles import Role
from smartkampung.aid.models import (
    BankAccount,
    Claim,
    Conflict,
    Decision,
    Enrolment,
    Finding,
    GoodsMove,
    Handover,
    Payment,
    Report,
    ReportingPhase,
    StockCount,
)
from smartkampung.audit.models import Event
from smartkampung.demo.build import Plan, steps
from smartkampung.demo.cast import NOBODYS_NIK, VILLAGE, Playable, cases, playable
from smartkampung.demo.twice import TWICE
from smartkampung.duplicates.models import Pair
from smartkampung.intake.models import CaseStep
from smartkampung.isolation.arrival.models import Screening, SupervisionVisit
from smartkampung.isolation.exchange.models import Outgoing
from smartkampung.isolation.models import (
    Bed,
    Escalation,
    ExitDecision,
    House,
    Opening,
    Reservation,
    Room,
    Stay,
)
from smartkampung.isolation.monitoring.actions.alerts import pass_once
from smartkampung.isolation.monitoring.models import Check, Obligation, Reading
from smartkampung.isolation.rules.states import StayState
from smartkampung.kernel.clock import WIB, now, telling
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.kernel.sealed import blind_index
from smartkampung.ledger.models import Account
from smartkampung.notify.models import Message
from smartkampung.recovery.affected.models import Affected, AffectedList, Registration
from smartkampung.recovery.programmes.models import Seat
from smartkampung.recovery.programmes.rules.states import Kind as Programmes
from smartkampung.regions.models import HeadTerm, Region
from smartkampung.residents.models import (
    KK,
    NIK,
    Correction,
    Family,
    Import,
    ImportReview,
    LifeEvent,
    NikClaim,
    Person,
)
from smartkampung.residents.queries.population import flows
from smartkampung.worklist.models import WorkItem

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=WIB)
PEOPLE = 6_000

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture(scope="module", autouse=True)
def _demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """One demo for all these tests, taken back afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        for step in steps():
            act_as(Kind.JOB)  # as a demo begins each step
            step.run(Plan(PEOPLE, 3, NOW), lambda done, total: None)
        act_as(Kind.JOB)
        # Otherwise every test checks the whole demo again, and takes that back.
        connection.check_constraints()
        yield
        transaction.set_rollback(True)


def test_the_regency_is_whole_down_to_the_rt() -> None:
    kinds = Counter(Region.objects.values_list("kind", flat=True))
    assert (kinds["kecamatan"], kinds["desa"], kinds["kelurahan"]) == (25, 189, 28)
    assert (kinds["rw"], kinds["rt"]) == (2_488, 10_600)
    made_up = set(Region.objects.filter(synthetic=True).values_list("kind", flat=True))
    assert made_up == {"rw", "rt"}
    assert HeadTerm.objects.filter(region_id=f"{VILLAGE}.001.001").exists()


def test_everybody_is_there_and_everybody_else_is_of_the_cast() -> None:
    cast = sum(len(case.family.members) for case in cases())
    babies_in_a_file = 1
    told = LifeEvent.objects.filter(kind__in=["birth", "move_in"]).count()
    others = cast + babies_in_a_file + sum(TWICE.values()) + told
    assert Person.objects.count() == PEOPLE + others
    assert not Family.objects.filter(members=None).exists()
    assert NikClaim.objects.filter(decided_at=None).exists()


def test_a_village_file_was_applied_and_one_waits_to_be_looked_at() -> None:
    before, now_ = Import.objects.order_by("received_at")
    assert (before.state, before.counts["rejected"]) == ("applied", 0)
    assert before.counts["new"] == 1
    assert before.counts["changed"] >= 1
    kinds = set(ImportReview.objects.values_list("kind", flat=True))
    assert {"birth_date", "elsewhere"} <= kinds
    assert (now_.state, now_.counts["rejected"]) == ("ready", 4)
    assert now_.rejections_path


def test_recipients_are_scaled_to_the_real_counts() -> None:
    families = Family.objects.count()
    real = {"bpnt": 139_309, "pkh": 59_563, "blt_dd": 36_979, "bst": 32_344}
    listed = Counter(
        Enrolment.objects.filter(source="demo").values_list("programme_id", flat=True)
    )
    for programme, count in real.items():
        expected = count * families / 600_000
        assert listed[programme] == pytest.approx(expected, rel=0.05, abs=3)
    assert listed["apbd_nutrition"] > 0


def test_no_family_receives_what_excludes_each_other() -> None:
    blocked = {
        frozenset((row.first_id, row.second_id)): row.component
        for row in Conflict.objects.filter(effect="block")
    }
    received = defaultdict(set)
    for row in Enrolment.objects.filter(until=None):
        received[row.family_id].add((row.programme_id, row.component))
    for programmes in received.values():
        for first, component in programmes:
            for second, _ in programmes - {(first, component)}:
                narrow = blocked.get(frozenset((first, second)))
                assert narrow is None or (narrow and narrow != component)


def test_aid_goes_to_poorer_families_more_often_but_not_only() -> None:
    heads = Person.objects.filter(relation=1)
    listed = set(Enrolment.objects.values_list("family_id", flat=True))

    def share(*occupations: int) -> float:
        families = heads.filter(occupation__in=occupations).values_list("family_id")
        ids = [family for (family,) in families]
        return sum(family in listed for family in ids) / len(ids)

    assert share(19, 20, 21) > 2 * share(15, 88) > 0


def test_every_role_can_be_played() -> None:
    played = Assignment.objects.filter(staff__is_demo=True)
    assert set(played.values_list("role", flat=True)) == {role.value for role in Role}
    sari = Staff.objects.get(username="sari")
    kin = Family.objects.get(kk_index=bytes(sari.family_index or b""))
    assert kin.members.get().name == "Eko Wulandono"
    others = Staff.objects.filter(is_demo=False)
    assert others.exists()
    assert not any(staff.has_usable_password() for staff in others)


def test_reports_are_open_and_budgets_filled() -> None:
    phase = ReportingPhase.objects.get()
    assert phase.opens_at < NOW < phase.closes_at
    food = Account.objects.get(code="budget/apbd_food")
    committed = Account.objects.get(code="committed/apbd_food")
    handed_out = Account.objects.get(code="handed_out/apbd_food")
    assert committed.balance > 0
    assert handed_out.balance > 0
    assert food.balance + committed.balance + handed_out.balance == 2_000


def test_reports_stand_at_every_stage() -> None:
    states = set(Claim.objects.values_list("state", flat=True))
    assert states >= {"to_check", "to_decide", "refused", "approved", "handed_over"}
    assert Report.objects.filter(verified_at=None).exists()
    late = WorkItem.objects.filter(closed_at=None, due_at__lt=NOW)
    assert {"aid.field_check", "aid.decide"} <= set(late.values_list("kind", flat=True))
    found = set(Finding.objects.values_list("code", flat=True))
    assert {"matched", "already_receiving", "nik_unknown"} <= found
    assert Report.objects.filter(channel="assisted").exists()
    assert Report.objects.count() > Claim.objects.count() + 1
    assert Decision.objects.filter(approved=False).exists()
    outcomes = set(Handover.objects.values_list("outcome", flat=True))
    assert {"received", "absent"} <= outcomes


def test_history_happened_when_it_happened() -> None:
    sent = Report.objects.order_by("sent_at").first()
    assert sent is not None
    assert (NOW - sent.sent_at).days > 14
    event = Event.objects.filter(name="aid.report_sent").order_by("at").first()
    assert event is not None
    assert event.at == sent.sent_at
    waiting = Message.objects.filter(state="queued")
    assert not waiting.exclude(template="isolation_code").exists()
    steps_reached = set(CaseStep.objects.values_list("step", flat=True))
    assert {"received", "kecamatan_decides", "decided"} <= steps_reached


@pytest.mark.parametrize("played", playable(), ids=lambda played: played.name)
def test_whoever_is_played_is_in_the_registry_as_the_page_says(
    played: Playable,
) -> None:
    nik, kk, born_on = played.nik, played.kk, played.born_on
    person = Person.objects.filter(nik_index=blind_index(nik, NIK)).first()
    if nik == NOBODYS_NIK:
        assert person is None
        return
    assert person is not None
    contested = person.family.kk_index != blind_index(kk, KK)
    assert not contested or NikClaim.objects.filter(nik_index=person.nik_index).exists()
    assert person.born_on == born_on


def test_the_told_past_ends_when_the_telling_ends() -> None:
    with telling(NOW):
        assert now() == NOW
    assert now() != NOW


def test_some_people_are_registered_twice_and_wait_to_be_compared() -> None:
    waiting = WorkItem.objects.filter(kind="duplicates.pair", closed_at=None)
    in_village = waiting.filter(region_code=VILLAGE).count()
    assert in_village > TWICE[VILLAGE] // 2
    assert Pair.objects.count() == waiting.count()


def test_the_village_had_births_deaths_and_moves_and_the_report_tells_them() -> None:
    kinds = Counter(LifeEvent.objects.values_list("kind", flat=True))
    assert {"birth", "death", "move", "move_out", "move_in", "missing"} <= set(kinds)
    told = flows(
        region=VILLAGE,
        length=len(VILLAGE),
        opening=NOW.date() - timedelta(days=180),
        closing=NOW.date(),
    )[VILLAGE]
    assert told.balanced
    assert told.births >= kinds["birth"]
    assert told.deaths == kinds["death"]
    assert told.parted == kinds["move"]


def test_two_corrections_wait_one_of_them_too_long() -> None:
    waiting = Correction.objects.filter(state="waiting").order_by("due_at")
    assert [wish.due_at < NOW for wish in waiting] == [True, False]
    assert all(wish.evidence is not None for wish in waiting)


def test_goods_are_on_their_way_and_cash_is_half_answered() -> None:
    moves = GoodsMove.objects.order_by("at", "quantity")
    assert [(move.kind, move.arrived) for move in moves] == [
        ("sent", 398),
        ("received", None),
        ("sent", 120),
        ("sent", None),
    ]
    assert StockCount.objects.get().state == "waiting"
    states = Counter(Payment.objects.values_list("state", flat=True))
    assert states["paid"] == 1
    assert states["failed"] == 1
    accounts = BankAccount.objects.order_by("pk").values_list("state", flat=True)
    assert list(accounts) == ["in_force", "waiting"]


def test_every_village_has_an_isolation_house_and_almost_300_stand_open() -> None:
    houses = House.objects.filter(synthetic=True)
    assert 280 < houses.count() < 300
    assert houses.values("village_id").distinct().count() == 217
    open_now = Opening.objects.filter(during__contains=NOW.date())
    assert open_now.count() == houses.count()
    before = Opening.objects.filter(during__contains=NOW.date() - timedelta(days=66))
    assert before.count() == 216
    beds = Bed.objects.filter(room__house__in=before.values("house_id")).count()
    rooms = Room.objects.filter(house__in=before.values("house_id")).count()
    assert rooms == pytest.approx(500, rel=0.1)
    assert beds == pytest.approx(800, rel=0.1)
    assert not Room.objects.filter(beds=None).exists()


def test_sixty_days_in_isolation_can_be_seen() -> None:
    here = Reservation.objects.filter(region_code__startswith=VILLAGE)
    assert here.filter(state="arrived", setting="house").exists()
    states = set(Stay.objects.values_list("state", flat=True))
    assert states == {state.value for state in StayState}
    first = Reservation.objects.order_by("arrives_on").first()
    assert first is not None
    assert 45 < (NOW.date() - first.arrives_on).days <= 60
    late = Reservation.objects.filter(state="booked", arrives_on__lt=NOW.date())
    coming = Reservation.objects.filter(state="booked", arrives_on__gt=NOW.date())
    assert coming.exists()
    expected = WorkItem.objects.filter(kind="isolation.expected", closed_at=None)
    waiting = Reservation.objects.filter(state="booked")
    assert expected.count() == waiting.count() >= late.count() + coming.count()
    in_houses = Stay.objects.filter(state="present", reservation__setting="house")
    assert not in_houses.exclude(beds__during__contains=NOW.date()).exists()
    assert not in_houses.filter(identity=None, nik__isnull=False).exists()


def test_looks_at_people_in_isolation_were_made_and_some_were_missed() -> None:
    due = Obligation.objects.filter(closes_at__lte=NOW)
    made = Check.objects.filter(outcome__in=["seen", "reported"])
    assert 0.9 < made.count() / due.count() < 1
    assert not due.filter(officer=None).exists()
    assert not Check.objects.filter(at__gte=NOW).exists()
    present = Stay.objects.filter(state="present", present_at__lt=NOW)
    assert not present.filter(obligations=None).exists()
    unwell = Reading.objects.filter(unwell=True)
    assert 0 < unwell.count() < Reading.objects.count() / 10


def test_alerts_rose_were_acknowledged_and_some_still_wait() -> None:
    rows = Escalation.objects.all()
    kinds = Counter(rows.values_list("trigger", flat=True))
    assert set(kinds) >= {"ill", "missed", "missed_again", "left"}
    closed = rows.filter(closed_at__isnull=False)
    assert closed.count() > rows.count() / 2
    assert closed.filter(acknowledged_at__isnull=False).count() > closed.count() / 3
    assert rows.filter(raised_at__isnull=False).exists()
    assert not rows.filter(acknowledged_at__gt=F("closed_at")).exists()
    assert not rows.filter(opened_at__gt=NOW).exists()
    waiting = rows.filter(closed_at=None)
    assert not waiting.exclude(stay__state="present").exists()
    work = WorkItem.objects.filter(
        target__startswith="isolation.escalation:", closed_at=None
    )
    assert {row.target for row in work} == {
        f"isolation.escalation:{row.pk}" for row in waiting
    }


def test_the_night_finds_nothing_that_the_demo_did_not_tell() -> None:
    told = Escalation.objects.count()
    with transaction.atomic():
        pass_once(at=NOW)
        found = Escalation.objects.count()
        transaction.set_rollback(True)
    assert found == told


def test_whoever_went_has_a_letter_and_whoever_came_was_let_in() -> None:
    gone = Stay.objects.filter(state="released")
    assert gone.exists()
    assert not gone.filter(letter=None).exists()
    here = Stay.objects.filter(state="present")
    assert not here.filter(check_in=None).exists()
    assert Screening.objects.filter(advice="hospital").exists()
    seen = SupervisionVisit.objects.filter(
        stay__reservation__region_code__startswith=VILLAGE
    )
    assert seen.filter(photo__isnull=False, lat__isnull=False).exists()
    assert set(seen.values_list("role", flat=True)) >= {"babinsa", "bhabinkamtibmas"}
    assert Outgoing.objects.filter(state="sent").exists()


def test_something_waits_for_everybody_in_isolation() -> None:
    here = Stay.objects.filter(reservation__region_code__startswith=VILLAGE)
    assert here.filter(departures__ended_at=None, departures__isnull=False).exists()
    verdicts = set(ExitDecision.objects.values_list("verdict", flat=True))
    assert verdicts >= {"extend", "hospital", "lost", "return"}
    kinds = set(WorkItem.objects.filter(closed_at=None).values_list("kind", flat=True))
    assert kinds >= {
        "isolation.see",
        "isolation.look_for",
        "isolation.referred",
        "isolation.relocate",
    }


def test_people_hit_by_the_crisis_stand_in_every_state_and_some_wait() -> None:
    states = Counter(Affected.objects.values_list("state", flat=True))
    assert set(states) == {"to_verify", "verified", "recovered", "refused", "left"}
    here = Affected.objects.filter(region_code__startswith=VILLAGE)
    assert here.filter(state="to_verify").count() >= 2
    waits = WorkItem.objects.filter(kind__startswith="affected.", closed_at=None)
    kinds = set(waits.values_list("kind", flat=True))
    assert {"affected.verify", "affected.match", "affected.take_list"} <= kinds
    assert AffectedList.objects.get().rejected >= 1
    wayan = cases()[0].family.members[0]
    registered = Registration.objects.filter(nik_index=blind_index(wayan.nik, NIK))
    assert not registered.exists(), "whoever plays Wayan registers him"


def test_programmes_of_every_kind_were_told_and_one_runs_here() -> None:
    assert {seat.offer.programme.kind for seat in Seat.objects.all()} == set(Programmes)
    invited = Seat.objects.get(offer__region_code=VILLAGE, state="invited")
    assert Message.objects.filter(key=f"recovery.{invited.pk}.invited").exists()
