"""The economic office writes offers, opens them by two, pays, closes, lends."""

import uuid

import pytest
from django.test import Client

from smartkampung.kernel.clock import now
from smartkampung.kernel.rls import Kind as Acting
from smartkampung.kernel.rls import act_as
from smartkampung.recovery.programmes.actions.planning import fingerprint
from smartkampung.recovery.programmes.models import (
    KindPair,
    Loan,
    Offer,
    Programme,
    Repayment,
)
from smartkampung.recovery.programmes.rules.states import Kind
from tests import cast
from tests.recovering import DAY, Running, a_scenario, accept_all, code_of, running_now
from tests.recovery_pages import (
    HOME,
    a_sheet,
    offer_page,
    seat_page,
    signed_in,
    text,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Running:
    """Let Ayu and Bagus take part in work that begins today."""
    made = running_now()
    accept_all(made)
    return made


@pytest.fixture
def sari(client: Client) -> Client:
    """Sign the village officer in, in English."""
    return cast.english(cast.sign_in(client, cast.sari()))


@pytest.fixture
def office() -> Client:
    """Sign an officer of the economic office in."""
    return signed_in("rini")


# -- the office -------------------------------------------------------------------


def an_offer(**told: str) -> dict[str, str]:
    """Return what the form of an offer sends."""
    today = now().date()
    return {
        "scenario": str(a_scenario().pk),
        "title": "Bersih pantai",
        "title_en": "Clean the beach",
        "text": "Kerja",
        "text_en": "Work",
        "venue": "Balai Desa",
        "region_code": cast.KECAMATAN,
        "places": "5",
        "starts_on": today.isoformat(),
        "ends_on": (today + 20 * DAY).isoformat(),
        "answer_days": "7",
        "pays": "wage",
        "wage": "80000",
        "days": "10",
        **told,
    }


def a_programme(office: Client) -> Programme:
    """Write a programme down through the page."""
    told = {"kind": "cash_for_work", "name": "Padat karya", "name_en": "Work"}
    sent = {**told, "about": "x", "about_en": "y"}
    assert office.post(f"{HOME}new/", sent).status_code == 302
    return Programme.objects.get()


def test_an_offer_is_written_by_one_and_opened_by_another(office: Client) -> None:
    programme = a_programme(office)
    new = f"{HOME}{programme.pk}/offers/new/"
    assert office.get(new).status_code == 200
    assert office.post(new, an_offer()).status_code == 302
    offer = Offer.objects.get()
    assert (offer.cost_each, offer.state) == (800_000, "draft")
    page = f"{HOME}offers/{offer.pk}/"
    assert "another officer must open it" in text(office.get(page))
    assert "another officer" in text(office.post(f"{page}open/", follow=True))
    second = signed_in("tono")
    assert "Open this offer" in text(second.get(page))
    assert "changed since you opened" in text(second.post(f"{page}open/", follow=True))
    second.post(f"{page}open/", {"seen": fingerprint(offer)})
    offer.refresh_from_db()
    assert (offer.state, offer.opened_by) == ("open", "tono")


def test_a_draft_is_changed_with_what_it_said(office: Client) -> None:
    programme = a_programme(office)
    office.post(f"{HOME}{programme.pk}/offers/new/", an_offer())
    change = f"{HOME}offers/{Offer.objects.get().pk}/change/"
    assert "Bersih pantai" in text(office.get(change))
    assert office.post(change, an_offer(places="9")).status_code == 302
    assert Offer.objects.get().places == 9


@pytest.mark.parametrize(
    ("told", "words", "status"),
    [
        ({"scenario": ""}, "approved ranking", 422),
        ({"scenario": str(uuid.uuid4())}, "Please mend", 422),
        ({"region_code": ""}, "Choose a place", 422),
        ({"region_code": "35.99"}, "Please mend", 422),
        ({"places": "0"}, "Type 1 or more", 422),
        ({"places": "banyak"}, "whole number", 422),
        ({"wage": ""}, "whole number", 422),
        ({"pays": "loan"}, "Please mend", 422),
        ({"ends_on": "2020-01-01"}, "comes before", 409),
        ({"starts_on": "besok"}, "day-month-year", 422),
        ({"venue": ""}, "few words", 422),
    ],
)
def test_an_offer_that_cannot_be_names_the_field(
    office: Client, told: dict[str, str], words: str, status: int
) -> None:
    new = f"{HOME}{a_programme(office).pk}/offers/new/"
    answer = office.post(new, an_offer(**told))
    assert answer.status_code == status
    assert words in text(answer)
    assert not Offer.objects.exists()


def test_a_programme_needs_a_kind(office: Client) -> None:
    answer = office.post(f"{HOME}new/", {"name": "x"})
    assert answer.status_code == 422
    assert "Choose a kind" in text(answer)


def test_the_table_of_kinds_is_kept(office: Client) -> None:
    assert office.get(f"{HOME}kinds/").status_code == 200
    sent = {"pairs": ["placement+training", "tools+tools"]}
    assert office.post(f"{HOME}kinds/", sent).status_code == 302
    assert KindPair.objects.count() == 2
    assert office.post(f"{HOME}kinds/", {"pairs": ["x+y"]}).status_code == 422


def test_wages_are_paid_once_a_form(
    office: Client, sari: Client, made: Running
) -> None:
    sari.post(offer_page(made, "sheet/"), a_sheet(made, "Ayu", "Bagus"))
    assert "Write down Rp160,000 as paid" in text(office.get(offer_page(made)))
    same = {"form_id": str(uuid.uuid4()), "receipt": "KW-1"}
    for _twice in range(2):
        shown = text(office.post(offer_page(made, "pay/"), same, follow=True))
        assert "Rp160,000 is written down" in shown
    again = office.post(
        offer_page(made, "pay/"), {**same, "form_id": uuid.uuid4()}, follow=True
    )
    assert "earned so far is paid" in text(again)
    broken = {**same, "form_id": "x"}
    for sent, words in ((broken, "press once more"), ({}, "number of the receipt")):
        refused = office.post(offer_page(made, "pay/"), sent, follow=True)
        assert words in text(refused)


def test_closing_needs_a_second_officer_and_loses_nobody(
    office: Client, made: Running
) -> None:
    close = offer_page(made, "close/")
    assert office.post(close, {"reason": ""}).status_code == 422
    assert office.post(close, {"reason": "Banjir"}).status_code == 302
    assert office.post(close, {"reason": "Banjir"}).status_code == 409
    wish = f"{HOME}closings/{made.offer.closings.get().pk}/"
    assert "another officer must decide" in text(office.get(wish))
    assert office.post(wish, {"granted": "yes"}).status_code == 409
    second = signed_in("tono")
    assert "Close this offer" in text(second.get(wish))
    shown = text(second.post(wish, {"granted": "yes"}, follow=True))
    assert "2 people were sent home" in shown
    assert "Banjir" in shown
    assert set(made.states().values()) == {"closed"}


def test_an_offer_goes_on_when_the_second_officer_says_so(
    office: Client, made: Running
) -> None:
    office.post(offer_page(made, "close/"), {"reason": "Banjir"})
    wish = f"{HOME}closings/{made.offer.closings.get().pk}/"
    signed_in("tono").post(wish, {"granted": "no"})
    assert Offer.objects.get().state == "open"


def test_an_offer_ends_when_nobody_is_in_it(office: Client, made: Running) -> None:
    shown = text(office.post(offer_page(made, "end/"), follow=True))
    assert "2 people are still in it" in shown


# -- loans ------------------------------------------------------------------------


@pytest.fixture
def lent(office: Client) -> Running:
    """Lend to Ayu through the page."""
    made = running_now(Kind.MICRO_CAPITAL)
    accept_all(made)
    press = seat_page(made, act="hand-over/")
    for _twice in range(2):
        office.post(press, {"form_id": str(uuid.UUID(int=7)), "receipt": "KW-7"})
    office.post(press, {"form_id": "x"})
    return made


def test_who_borrowed_sees_what_is_left_and_when(lent: Running) -> None:
    act_as(Acting.JOB)
    address = f"/r/{code_of(lent.seat('Ayu'))}/"
    shown = text(cast.english(Client()).get(address))
    for words in ("Money received", "Left to pay back", "Rp300,000", "Plan of the"):
        assert words in shown
    assert "Rp3,000,000" in shown


def loan_page(act: str = "") -> str:
    """Return the address of the one loan."""
    act_as(Acting.JOB)
    return f"{HOME}loans/{Loan.objects.get().pk}/{act}"


def test_what_comes_back_is_written_down(office: Client, lent: Running) -> None:
    assert "Rp3,000,000" in text(office.get(f"{HOME}loans/"))
    sent = {
        "form_id": str(uuid.uuid4()),
        "amount": "300000",
        "on": now().date().isoformat(),
    }
    for _twice in range(2):
        assert office.post(loan_page("repay/"), sent).status_code == 302
    assert Repayment.objects.count() == 1
    shown = text(office.get(loan_page()))
    assert "Rp2,700,000" in shown
    assert "paid ahead" in shown
    assert "Left of the loan" in text(office.get(seat_page(lent)))


@pytest.mark.parametrize(
    ("told", "words", "status"),
    [
        ({"amount": "9000000"}, "are left to pay", 409),
        ({"amount": "0"}, "Type 1 or more", 422),
        ({"amount": "1,5"}, "whole number", 422),
        ({"on": "2020-01-01"}, "when the loan began", 409),
        ({"form_id": ""}, "broken on the way", 422),
    ],
)
def test_a_repayment_that_cannot_be_says_why(
    office: Client, lent: Running, told: dict[str, str], words: str, status: int
) -> None:
    sent = {
        "form_id": str(uuid.uuid4()),
        "amount": "300000",
        "on": now().date().isoformat(),
        **told,
    }
    answer = office.post(loan_page("repay/"), sent)
    assert answer.status_code == status
    assert words in text(answer)


def test_a_new_plan_keeps_the_old_one(office: Client, lent: Running) -> None:
    plan = loan_page("plan/")
    assert office.get(plan).status_code == 200
    first = (now().date() + 40 * DAY).isoformat()
    once = {"form_id": str(uuid.uuid4())}
    bad = {**once, "months": "61", "first_on": first, "reason": "x"}
    assert office.post(plan, bad).status_code == 422
    late = {**once, "months": "5", "first_on": "2020-01-01", "reason": "x"}
    assert office.post(plan, late).status_code == 409
    never = {**late, "first_on": "9999-12-31"}
    assert office.post(plan, never).status_code == 409
    good = {**once, "months": "5", "first_on": first, "reason": "Banjir"}
    for _twice in range(2):
        assert office.post(plan, good).status_code == 302
    shown = text(office.get(loan_page()))
    assert "Agreed anew" in shown
    assert "Plan 1, from" in shown


def test_the_village_sees_a_loan_and_does_not_write_it(
    sari: Client, lent: Running
) -> None:
    assert "Write this repayment" not in text(sari.get(loan_page()))
    assert sari.post(loan_page("repay/"), {}).status_code == 403


def test_a_loan_needs_its_sum_and_its_instalments(office: Client) -> None:
    told = {"kind": "micro_capital", "name": "Modal", "name_en": "Capital"}
    office.post(f"{HOME}new/", {**told, "about": "x", "about_en": "y"})
    new = f"{HOME}{Programme.objects.get().pk}/offers/new/"
    shown = text(office.post(new, an_offer(pays="loan")))
    assert shown.count("needs this number") == 4  # at the top, and beside each field
    sent = an_offer(pays="loan", cost_each="3000000", loan_months="10")
    assert office.post(new, sent).status_code == 302
