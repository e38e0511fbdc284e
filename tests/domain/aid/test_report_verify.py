"""Verification: findings for staff, one claim a person, done once."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from smartkampung.aid.actions.report import send_report
from smartkampung.aid.actions.verify import verify_report
from smartkampung.aid.models import Claim, Enrolment, Finding, Programme, Report
from smartkampung.aid.rules.report import Channel
from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.kernel.sealed import Sealed, blind_index
from smartkampung.residents.models import NIK, NikClaim, Person
from smartkampung.worklist.models import WorkItem
from tests.cast import FAR_AWAY, HERE, RT_HERE
from tests.reporting import NOON, STRANGER_NIK, open_phase, told, wayan

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    open_phase()
    return wayan()


def verified(**changes: object) -> Claim:
    send_report(told=told(**changes), channel=Channel.WEB, by="public", at=NOON)
    run_waiting()
    act_as(Kind.JOB)
    claim = Report.objects.latest("pk").claim
    assert claim is not None
    return claim


def codes(claim: Claim) -> set[str]:
    return set(claim.findings.values_list("code", flat=True))


def test_a_report_that_agrees_is_matched_and_waits_for_the_village(
    person: Person,
) -> None:
    claim = verified()
    assert codes(claim) == {"matched"}
    assert claim.person == person
    assert claim.due_at == NOON + timedelta(days=7)
    work = WorkItem.objects.get()
    assert (work.kind, work.region_code) == ("aid.field_check", RT_HERE)
    assert work.due_at == NOON + timedelta(days=3)


def test_an_unknown_nik_waits_for_the_village_just_the_same(person: Person) -> None:
    claim = verified(nik=STRANGER_NIK)
    assert codes(claim) == {"nik_unknown"}
    assert claim.person is None
    assert WorkItem.objects.filter(closed_at=None).count() == 1


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"kk": "3510090101150099"}, {"kk_differs"}),
        ({"born_on": date(1990, 8, 18)}, {"birth_date_differs"}),
        ({"region_code": FAR_AWAY}, {"matched", "lives_elsewhere"}),
        ({"region_code": HERE}, {"matched"}),
    ],
    ids=["another card", "another birth date", "another village", "village, no RT"],
)
def test_what_disagrees_is_noted(
    person: Person, changes: dict[str, object], found: set[str]
) -> None:
    assert codes(verified(**changes)) == found


@pytest.mark.parametrize(
    "wrong",
    [{"kk": "3510090101150099"}, {"born_on": date(1990, 8, 18)}],
    ids=["another card", "another birth date"],
)
def test_a_bare_nik_opens_nobody_who_lives_elsewhere(
    person: Person, wrong: dict[str, object]
) -> None:
    enrol(person)
    claim = verified(region_code=FAR_AWAY, **wrong)
    assert claim.person is None
    assert codes(claim) == {"nik_unknown"}


def test_the_family_that_reports_itself_takes_its_claim_home(person: Person) -> None:
    astray = verified(region_code=FAR_AWAY, kk="3510090101150099")
    assert WorkItem.objects.get(closed_at=None).region_code == FAR_AWAY
    claim = verified()
    assert claim == astray
    assert (claim.person, claim.region_code) == (person, RT_HERE)
    assert codes(claim) == {"matched"}
    assert WorkItem.objects.get(closed_at=None).region_code == RT_HERE


@pytest.mark.parametrize("status", ["dead", "moved", "missing"])
def test_the_life_status_is_noted(person: Person, status: str) -> None:
    Person.objects.update(status=status)
    assert codes(verified()) == {"matched", status}


def test_a_contested_nik_is_noted(person: Person) -> None:
    other = wayan_double(person)
    NikClaim.objects.create(
        claimant=other,
        holder=person,
        nik=person.nik,
        nik_index=person.nik_index,
        region_code=RT_HERE,
        raised_at=NOON,
    )
    assert codes(verified()) == {"matched", "nik_contested"}


def wayan_double(person: Person) -> Person:
    return Person.objects.create(
        name="Wayan Lain",
        name_folded="wayan lain",
        sex="L",
        family=person.family,
        region_code=RT_HERE,
    )


def enrol(person: Person, **changes: object) -> Enrolment:
    programme, _new = Programme.objects.get_or_create(
        code="PKH",
        defaults={
            "name": "PKH",
            "name_en": "PKH",
            "unit": "family",
            "period": "quarter",
            "amount": 600_000,
            "funding": "APBN",
            "since": date(2020, 1, 1),
        },
    )
    given = {"since": date(2020, 1, 1), "source": "test", **changes}
    return Enrolment.objects.create(programme=programme, family=person.family, **given)


def test_aid_that_the_family_receives_is_a_finding_with_its_record(
    person: Person,
) -> None:
    enrolment = enrol(person)
    enrol(person, since=date(2019, 1, 1), until=date(2020, 1, 1))
    claim = verified()
    light = claim.findings.get(code="already_receiving")
    assert light.enrolment == enrolment


def test_a_second_report_joins_the_open_claim(person: Person) -> None:
    first = verified()
    assert verified(for_self=True) == first
    assert Claim.objects.count() == WorkItem.objects.count() == 1
    assert first.reports.count() == 2
    assert first.findings.count() == 1


def test_a_report_after_the_claim_closed_opens_another(person: Person) -> None:
    first = verified()
    Claim.objects.update(closed_at=NOON, state=Claim.State.REFUSED)
    assert verified() != first


def test_verifying_again_does_nothing(person: Person) -> None:
    claim = verified()
    before = Finding.objects.count(), WorkItem.objects.count()
    verify_report(report_id=claim.reports.get().pk, at=NOON + timedelta(days=1))
    assert (Finding.objects.count(), WorkItem.objects.count()) == before
    assert claim.reports.get().verified_at != NOON + timedelta(days=1)


def claim(**changes: object) -> Claim:
    given: dict[str, object] = {
        "nik_index": blind_index(STRANGER_NIK, NIK),
        "region_code": HERE,
        "state": Claim.State.TO_CHECK,
        "opened_at": NOON,
        "due_at": NOON,
        **changes,
    }
    return Claim.objects.create(**given)


def test_claim_one_open_per_nik() -> None:
    act_as(Kind.JOB)
    claim(closed_at=NOON)
    claim()
    with (
        pytest.raises(IntegrityError, match="claim_one_open_per_nik"),
        transaction.atomic(),
    ):
        claim()


def test_finding_once() -> None:
    act_as(Kind.JOB)
    found = {"claim": claim(), "code": "matched", "found_at": NOON}
    Finding.objects.create(**found)
    with pytest.raises(IntegrityError, match="finding_once"), transaction.atomic():
        Finding.objects.create(**found)


def test_report_verified_means_joined(person: Person) -> None:
    send_report(told=told(), channel=Channel.WEB, by="public", at=NOON)
    act_as(Kind.JOB)
    with (
        pytest.raises(IntegrityError, match="report_verified_means_joined"),
        transaction.atomic(),
    ):
        Report.objects.update(verified_at=NOON)


def test_sealed_values_of_a_report_open_only_for_their_purpose(person: Person) -> None:
    verified()
    report = Report.objects.get()
    assert isinstance(report.nik, Sealed)
    assert str(report.nik).endswith(report.nik.open()[-4:])
