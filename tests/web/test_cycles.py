"""Cycles on pages: plan, propose, visit, sign, approve, and afterwards."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.aid.cycles.actions.recipients import stop
from smartkampung.aid.cycles.models import Cycle, Proposal, Run, VillageList
from smartkampung.aid.cycles.rules.proposals import Why
from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.clock import today
from smartkampung.kernel.rls import Kind, act_as
from tests import cases, cast, population, rounds
from tests.cases import NOW
from tests.owndata import HOME
from tests.owndata import body as own_body
from tests.owndata import enter as enter_own
from tests.pictures import jpeg
from tests.population import person, wayan
from tests.rounds import Office

pytestmark = pytest.mark.django_db
CYCLES = "/staff/aid/cycles/"


@pytest.fixture
def office() -> Office:
    """Begin a cycle of food packs, with everybody who acts on a list."""
    return rounds.an_office()


def enter(username: str) -> Client:
    """Sign somebody of the office in, reading English."""
    client = cast.english(Client())
    return cast.sign_in(client, Staff.objects.get(username=username))


def body(answer: Any) -> str:
    """Return the words of a page, and see everything again."""
    act_as(Kind.JOB)
    text: str = answer.content.decode()
    return text


def of_list(office: Office, rest: str = "") -> str:
    return f"{CYCLES}lists/{office.village.pk}/{rest}"


def test_dinsos_begins_a_cycle_and_plans_a_tranche() -> None:
    cases.desk()
    cast.staff("dian", Role.DINSOS, cast.REGENCY)
    dian, day = enter("dian"), today()
    assert "No cycle has begun yet" in body(dian.get(CYCLES))
    plan = {
        "programme": cases.FOOD,
        "name": "Akhir tahun",
        "since": day.replace(day=1).isoformat(),
        "until": (day + timedelta(days=90)).isoformat(),
        "propose_until": (day + timedelta(days=10)).isoformat(),
        "quota": "40",
    }
    assert dian.post(f"{CYCLES}new/", {**plan, "quota": "x"}).status_code == 422
    wrong = {**plan, "propose_until": plan["until"]}
    assert dian.post(f"{CYCLES}new/", wrong).status_code == 409
    page = dian.post(f"{CYCLES}new/", plan, follow=True)
    assert "Sumberwangi" in body(page)
    cycle = Cycle.objects.get()
    assert {row.quota for row in cycle.lists.all()} == {40}
    at = f"{CYCLES}{cycle.pk}/tranche/"
    told = {"on": day.isoformat(), "due_on": (day + timedelta(days=20)).isoformat()}
    assert dian.post(at, {}).status_code == 422
    assert "The tranche is planned." in body(dian.post(at, told, follow=True))
    assert dian.post(at, told).status_code == 409


def test_a_list_from_the_meeting_to_the_approval(office: Office) -> None:
    wayan()
    sari, endang = enter("sari"), enter("endang")
    page = body(sari.get(of_list(office)))
    assert "Write down the village meeting first" in page
    minutes = {
        "form_id": str(uuid.uuid4()),
        "number": "141/7",
        "held_on": today().isoformat(),
        "attendance": "31",
    }
    assert sari.post(of_list(office, "meeting/"), minutes).status_code == 422
    done = sari.post(of_list(office, "meeting/"), {**minutes, "photo": jpeg()})
    assert done.status_code == 302
    assert sari.get(of_list(office, "minutes/"))["Content-Type"] == "image/jpeg"
    for nik, status in [("3510094505850007", 422), ("1", 422)]:
        answer = sari.post(of_list(office, "propose/"), {"nik": nik})
        assert answer.status_code == status
    told = {"nik": population.WAYAN_NIK}
    assert sari.post(of_list(office, "propose/"), told).status_code == 302
    assert sari.post(of_list(office, "propose/"), told).status_code == 409
    body(sari.post(of_list(office, "send/")))
    row = Proposal.objects.get()
    made = enter("made")
    assert "I Wayan Sudarma" in body(made.get(of_list(office, "verify/")))
    no = {f"p_{row.pk}": "no"}
    assert made.post(of_list(office, "verify/"), no).status_code == 409
    made.post(of_list(office, "verify/"), {f"p_{row.pk}": "yes"})
    assert "Sign the list" in body(enter("ketut").get(of_list(office)))
    assert enter("ketut").post(of_list(office, "decide/")).status_code == 302
    assert "Approve the list" in body(endang.get(of_list(office)))
    assert "is on the programme" not in body(endang.get(of_list(office)))
    page = body(endang.post(of_list(office, "approve/"), follow=True))
    assert "1 of 5 places are taken." in page
    assert endang.post(of_list(office, "approve/")).status_code == 409


def test_who_approves_reads_before_how_many_will_wait(office: Office) -> None:
    rounds.decided(office, wayan())
    endang = enter("endang")
    assert "will wait" not in body(endang.get(of_list(office)))
    VillageList.objects.filter(pk=office.village.pk).update(quota=0)
    page = body(endang.get(of_list(office)))
    assert "1 of 1 families in need will wait: there are 0 places." in page
    cycle = body(endang.get(f"{CYCLES}{office.cycle.pk}/"))
    proposed = cycle.split('data-label="Proposed"')[1].split("<")[0]
    assert proposed.endswith(">1")


def test_a_list_goes_back_with_a_reason(office: Office) -> None:
    rounds.decided(office, wayan())
    endang, at = enter("endang"), of_list(office, "send-back/")
    assert endang.post(at, {"why": ""}).status_code == 409
    page = body(endang.post(at, {"why": "Tanda tangan kurang."}, follow=True))
    assert "Tanda tangan kurang." in page
    assert enter("ketut").post(of_list(office, "return/")).status_code == 409


def test_who_visits_an_rt_sees_only_its_people(office: Office) -> None:
    rounds.sent(office, wayan(), person("Hidden", region=f"{cast.HERE}.001.001"))
    made = enter("made")
    for page in (of_list(office), of_list(office, "verify/")):
        words = body(made.get(page))
        assert "I Wayan Sudarma" in words
        assert "Hidden" not in words
    assert made.get(of_list(office, "minutes/")).status_code == 404


def test_a_recipient_is_suspended_resumed_stopped_and_replaced(office: Office) -> None:
    VillageList.objects.update(quota=1)
    rounds.approved(office, wayan(), person("I Gede Arta", "3510092006790004"))
    endang, row = enter("endang"), Proposal.objects.get(state="enrolled")
    at = f"{CYCLES}proposals/{row.pk}/"
    assert "Suspend this recipient" in body(endang.get(at))
    assert endang.post(f"{at}suspend/", {"why": "wrong_data"}).status_code == 302
    assert endang.post(f"{at}resume/", {"text": ""}).status_code == 409
    assert endang.post(f"{at}resume/", {"text": "Benar."}).status_code == 302
    assert endang.post(f"{at}stop/", {}).status_code == 422
    assert endang.post(f"{at}nothing/", {}).status_code == 404
    page = body(endang.post(f"{at}stop/", {"why": "improved"}, follow=True))
    assert "The family is no longer in need" in page
    page = body(endang.post(of_list(office, "replace/"), follow=True))
    assert "I Gede Arta receives from now on." in page
    assert endang.post(of_list(office, "replace/")).status_code == 409
    page = body(endang.get(of_list(office), {"state": "stopped"}))
    assert "I Gede Arta" not in page
    assert enter("sari").post(f"{at}take-off/").status_code == 409


def test_the_diary_of_a_proposal_names_people_as_the_village_knows_them(
    office: Office,
) -> None:
    rounds.approved(office, wayan())
    row = Proposal.objects.get()
    page = body(enter("sari").get(f"{CYCLES}proposals/{row.pk}/"))
    assert "Endang Lestari" in page
    assert ", endang" not in page


def test_villages_where_nothing_was_begun_come_last(office: Office) -> None:
    begun = rounds.a_list(office.cycle, village=cast.NEXT_DOOR)
    rounds.a_proposal(office.round, village_list=begun)
    page = body(enter("endang").get(f"{CYCLES}{office.cycle.pk}/"))
    assert page.index("Karangjati") < page.index("Sumberwangi")


def test_many_lists_with_progress(office: Office) -> None:
    rounds.decided(office, wayan())
    endang, at = enter("endang"), f"{CYCLES}{office.cycle.pk}/"
    assert "Approve the lists that wait" in body(endang.get(at))
    page = body(endang.post(f"{at}approve/", follow=True))
    assert "0 of 1 villages" in page
    run_waiting()
    run = Run.objects.get()
    page = body(endang.get(f"{CYCLES}runs/{run.pk}/"))
    assert "1 of 1 villages" in page
    assert endang.post(f"{CYCLES}runs/{run.pk}/stop/").status_code == 409
    assert endang.post(f"{at}approve/").status_code == 409
    assert endang.post(f"{at}release/", {"value": "1"}).status_code == 302
    body(endang.post(f"{CYCLES}runs/{Run.objects.latest('pk').pk}/stop/"))
    assert Run.objects.latest("pk").state == "cancelled"


def test_families_proposed_by_a_run_are_taken_off_again(office: Office) -> None:
    sari, at = enter("sari"), f"{CYCLES}{office.cycle.pk}/propose/"
    sari.post(at, {"value": "2"})
    act_as(Kind.JOB)
    undo = f"{CYCLES}runs/{Run.objects.get().pk}/undo/"
    assert "0 families were taken off" in body(sari.post(undo, follow=True))
    assert sari.post(undo).status_code == 409


def test_dinsos_changes_places_and_fund() -> None:
    office = rounds.an_office(code="blt_dd")
    cast.staff("dian", Role.DINSOS, cast.REGENCY)
    dian, at = enter("dian"), of_list(office, "quota/")
    assert dian.get(at).status_code == 200
    assert dian.post(at, {"quota": "-1"}).status_code == 422
    page = body(dian.post(at, {"quota": "7", "fund": "800000000"}, follow=True))
    assert "30 % of Rp800" in page
    VillageList.objects.update(taken=3)
    assert dian.post(at, {"quota": "2"}).status_code == 409
    assert dian.post(at, {"quota": "9"}).status_code == 302


def test_who_waits_sees_place_and_date_among_the_own_data(office: Office) -> None:
    VillageList.objects.update(quota=1)
    first = person("I Gede Arta", "3510092006790004")
    rounds.approved(office, first, wayan())
    office.cycle.tranches.update(due_on=today() + timedelta(days=30))
    client = Client()
    words = own_body(enter_own(client)) + own_body(client.get(HOME))
    assert "nomor 1 di antara yang menunggu jatah" in words
    act_as(Kind.JOB)
    gone = Proposal.objects.get(state="enrolled")
    stop(proposal=gone, why=Why.IMPROVED, by=office.endang, at=NOW)


def test_what_the_kecamatan_must_bring_leads_to_the_form(office: Office) -> None:
    assert "Plan the delivery" not in body(enter("endang").get(of_list(office)))
    rounds.approved(office, wayan())
    page = body(enter("endang").get(of_list(office)))
    assert "Plan the delivery" in page
    assert "Plan the delivery" not in body(enter("sari").get(of_list(office)))
    form = f"/staff/aid/batches/new/?programme={office.cycle.programme_id}"
    begun = body(enter("endang").get(f"{form}&kecamatan={cast.KECAMATAN}"))
    assert f'value="{office.cycle.programme_id}" selected' in begun
