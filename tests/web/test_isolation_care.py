"""Pages of limits and teams: who may change them, and what the change does."""

import pytest
import time_machine
from django.test import Client

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.isolation.models import Carer, IntakeLimit
from smartkampung.kernel.rls import Kind, act_as
from tests import cast
from tests.isolating import a_house, a_reservation, book
from tests.watching import due, on_day, present

pytestmark = pytest.mark.django_db
LIMITS = "/staff/isolation/care/limits/"
CENTRE = f"{LIMITS}centres/{cast.PUSKESMAS}/"
VILLAGE = f"{LIMITS}villages/{cast.HERE}/"
TEAM = "/staff/isolation/care/team/"


def enter(account: Staff) -> Client:
    return cast.sign_in(cast.english(Client()), account)


def enter_as(role: Role, place: str) -> Client:
    return enter(cast.staff(f"one-{role}", role, place))


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode().split("<main")[1]


def test_dr_ratna_sees_what_a_limit_would_do_and_sets_it() -> None:
    act_as(Kind.JOB)
    with time_machine.travel(on_day(1), tick=False):
        a_house(beds=3)
        book(at=on_day(1), arrives_on=on_day(1).date())
        doctor = enter(cast.dr_ratna())
        assert CENTRE in text(doctor, LIMITS)
        assert "at most 200" in text(doctor, CENTRE)
        tried = doctor.post(CENTRE, {"most": "0", "act": "see"}).content.decode()
        assert "What 0 would leave to book" in tried
        assert "They keep their places" in tried
        assert not IntakeLimit.objects.exists()
        told = {"most": "2", "reason": "Dua petugas cuti."}
        done = doctor.post(CENTRE, told, follow=True).content.decode()
    assert "The new limit holds from now on." in done
    assert "Dua petugas cuti." in done
    assert "at most 2<" in done


@pytest.mark.parametrize(
    ("told", "status", "words"),
    [
        ({"most": "", "reason": "x"}, 422, "such as 40"),
        ({"most": "-1", "reason": "x"}, 422, "from 0 to 2,000"),
        ({"most": "many", "reason": "x"}, 422, "such as 40"),
        ({"most": "5", "reason": ""}, 422, "Say why"),
        ({"most": "200", "reason": "x"}, 409, "already"),
    ],
)
def test_what_cannot_be_a_limit_is_said(
    told: dict[str, str], status: int, words: str
) -> None:
    answer = enter(cast.dr_ratna()).post(CENTRE, told)
    assert (answer.status_code, words in answer.content.decode()) == (status, True)
    assert not IntakeLimit.objects.exists()


def test_the_village_head_sets_what_the_village_receives_and_not_the_puskesmas() -> (
    None
):
    head = enter_as(Role.VILLAGE_HEAD, cast.HERE)
    shown = text(head, LIMITS)
    assert VILLAGE in shown
    assert CENTRE not in shown
    assert head.get(CENTRE).status_code == 403
    told = {"most": "3", "reason": "Balai desa direnovasi."}
    assert "at most 3<" in head.post(VILLAGE, told, follow=True).content.decode()
    next_door = f"{LIMITS}villages/{cast.NEXT_DOOR}/"
    assert head.get(next_door).status_code == 404
    assert head.get(f"{LIMITS}villages/{cast.RT_HERE}/").status_code == 404


def test_the_village_officer_and_leadership_read_limits_only() -> None:
    for client in (enter(cast.sari()), enter_as(Role.LEADERSHIP, cast.REGENCY)):
        shown = text(client, LIMITS)
        assert "At most" in shown
        assert VILLAGE not in shown
        assert client.get(VILLAGE).status_code == 403


def test_dr_ratna_entrusts_a_household_and_hands_it_over() -> None:
    act_as(Kind.JOB)
    party = a_reservation(state="arrived")
    wayan, kadek = present(party), present(party, name="Kadek", sex="P")
    account = cast.dr_ratna()
    tono = cast.staff(
        "tono", Role.PUSKESMAS_OFFICER, centre=cast.PUSKESMAS, name="Tono"
    )
    with time_machine.travel(on_day(2), tick=False):
        due(wayan, at=on_day(2))
        doctor = enter(account)
        stay = f"/staff/isolation/monitoring/stays/{wayan.pk}/"
        assert "nobody for good" in text(doctor, stay)
        assert "2 people are entrusted to nobody" in text(doctor, TEAM)
        page = f"/staff/isolation/care/stays/{wayan.pk}/"
        assert "Kadek" in text(doctor, page)
        wrong = doctor.post(page, {"people": [], "officer": ""})
        assert "Choose at least one person." in wrong.content.decode()
        told = {"people": [wayan.pk, kadek.pk], "officer": account.pk}
        done = doctor.post(page, told, follow=True).content.decode()
        assert "2 people are entrusted to them" in done
        assert "dr. Ratna Dewi" in done

        url = f"{TEAM}{cast.PUSKESMAS}/{account.pk}/hand-over/"
        assert "Hand over what dr. Ratna Dewi looks after" in text(doctor, url)
        assert f'value="{account.pk}"' not in text(doctor, url).split("id_officer")[1]
        told = {"people": [wayan.pk], "officer": tono.pk, "note": "Cuti melahirkan."}
        done = doctor.post(url, told, follow=True).content.decode()
        assert "1 person is entrusted to them" in done
        assert "Cuti melahirkan." in text(doctor, page)
    act_as(Kind.JOB)
    assert Carer.objects.get(stay=wayan).officer_id == tono.pk
    assert Carer.objects.get(stay=kadek).officer_id == account.pk


def test_nobody_entrusts_people_of_another_puskesmas() -> None:
    act_as(Kind.JOB)
    wayan = present(a_reservation(state="arrived"))
    far = enter_as(Role.PUSKESMAS_OFFICER, cast.FAR_AWAY)
    with time_machine.travel(on_day(2), tick=False):
        assert far.get(f"/staff/isolation/care/stays/{wayan.pk}/").status_code == 404
        url = f"{TEAM}{cast.PUSKESMAS}/0/hand-over/"
        assert far.get(url).status_code == 404
