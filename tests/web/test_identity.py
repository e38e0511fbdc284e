"""Pages say by whom a record was found to agree, and never more than was said."""

import pytest
from django.test import Client

from smartkampung.accounts.roles import Role
from smartkampung.aid.actions.report import send_report
from smartkampung.aid.models import Claim
from smartkampung.aid.rules.report import Channel
from smartkampung.identity.models import Check
from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.clock import now
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.residents.models import Person
from tests import cast
from tests.cast import RT_HERE
from tests.domain.identity.service import Simulator, simulator
from tests.population import WAYAN_BORN, WAYAN_KK, WAYAN_NIK, person, wayan
from tests.reporting import open_phase, told

pytestmark = pytest.mark.django_db
__all__ = ["simulator"]
BUTTON = "Compare with Dukcapil"


@pytest.fixture
def sari(client: Client) -> Client:
    return cast.english(cast.sign_in(client, cast.sari()))


def page(client: Client, who: Person) -> str:
    return client.get(f"/staff/residents/{who.pk}/").content.decode()


def ask(client: Client, who: Person) -> str:
    answer = client.post(f"/staff/residents/{who.pk}/identity/", follow=True)
    return answer.content.decode()


def test_without_a_service_a_page_speaks_of_village_data_only(sari: Client) -> None:
    shown = page(sari, wayan())
    assert "agrees with village data" in shown
    assert "Dukcapil" not in shown


def test_a_nik_of_another_birth_date_does_not_agree_with_village_data(
    sari: Client,
) -> None:
    who = wayan()
    Person.objects.filter(pk=who.pk).update(nik_flags=2)
    assert "does not agree with village data" in page(sari, who)


def test_sari_asks_and_the_page_tells_the_answer_with_its_time(
    sari: Client, simulator: Simulator
) -> None:
    who = wayan()
    assert "not compared with Dukcapil" in page(sari, who)
    assert BUTTON in page(sari, who)
    assert "Dukcapil is asked." in ask(sari, who)
    waits = page(sari, who)
    assert "waits for an answer of Dukcapil" in waits
    assert BUTTON not in waits
    run_waiting()
    shown = page(sari, who)
    assert "agrees with Dukcapil (" in shown
    assert " WIB)" in shown
    assert BUTTON not in shown


def test_what_differs_is_named_but_not_what_dukcapil_has(
    sari: Client, simulator: Simulator
) -> None:
    who = wayan()
    Person.objects.filter(pk=who.pk).update(sex="P", name="Wayan Lain")
    ask(sari, who)
    run_waiting()
    shown = page(sari, who)
    assert "does not agree with Dukcapil: name, sex (" in shown
    assert "SUDARMA" not in shown.upper()


def test_asked_again_too_soon_it_says_that_an_answer_is_there(
    sari: Client, simulator: Simulator
) -> None:
    who = wayan()
    ask(sari, who)
    run_waiting()
    assert "There is a fresh answer already" in ask(sari, who)
    assert Check.objects.count() == 1


def test_without_a_service_asking_says_so(sari: Client) -> None:
    assert "No identity service is set up." in ask(sari, wayan())


def test_who_has_no_nik_has_nothing_to_compare(
    sari: Client, simulator: Simulator
) -> None:
    who = person("Tanpa NIK")
    assert "Identity" not in page(sari, who)
    assert "The person has no NIK." in ask(sari, who)


def test_an_rt_head_sees_the_answer_and_may_not_ask(
    client: Client, simulator: Simulator
) -> None:
    who = wayan()
    head = cast.staff("ketua", Role.RT_HEAD, RT_HERE)
    browser = cast.english(cast.sign_in(client, head))
    assert "agrees with village data" in page(browser, who)
    assert BUTTON not in page(browser, who)
    answer = browser.post(f"/staff/residents/{who.pk}/identity/")
    assert answer.status_code == 403


def test_the_health_centre_which_sees_no_nik_sees_no_match(client: Client) -> None:
    who = wayan()
    browser = cast.english(cast.sign_in(client, cast.dr_ratna()))
    assert "agrees with village data" not in page(browser, who)


def test_a_claim_is_checked_by_itself_and_says_so(
    sari: Client, simulator: Simulator
) -> None:
    act_as(Kind.JOB)
    wayan()
    open_phase(at=now())
    report = told(nik=WAYAN_NIK, kk=WAYAN_KK, born_on=WAYAN_BORN)
    send_report(told=report, channel=Channel.WEB, by="public", at=now())
    run_waiting()
    claim = Claim.objects.get()
    assert Check.objects.get().purpose == "aid_claim"
    for address in ("", "visit/"):
        shown = sari.get(f"/staff/aid/claims/{claim.pk}/{address}").content.decode()
        assert "agrees with village data" in shown
        assert "agrees with Dukcapil (" in shown
