"""The desk: giving work away, going away, handing an office over."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client, RequestFactory

from smartkampung.accounts.adapters import SECOND_FACTOR
from smartkampung.accounts.models import Assignment, Cover, Staff
from smartkampung.accounts.roles import Permission, Role
from smartkampung.audit.actions import record
from smartkampung.audit.models import Event
from smartkampung.frontline.offices.models import TermHandover
from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.clock import now, today
from smartkampung.notify.models import Message
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.worklist.models import WorkItem
from tests import cast
from tests.speaking import NUMBER, with_phone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_morning")]
SURE = {"sure": "1"}
HOME, AWAY, TERMS = "/staff/", "/staff/frontline/away/", "/staff/frontline/terms/"


def enter(account: Staff) -> Client:
    """Sign somebody in, reading English."""
    return cast.sign_in(cast.english(Client()), account)


def a_visit(**more: Any) -> WorkItem:
    """Put a visit in Wayan's RT on the list."""
    usual = {
        "kind": "aid.field_check",
        "target": f"aid.claim:{WorkItem.objects.count() + 1}",
        "permission": Permission.FIELD_CHECK,
        "region_code": cast.RT_HERE,
        "opened_at": now(),
        "due_at": now() + timedelta(days=2),
    }
    return WorkItem.objects.create(**{**usual, **more})


def said_yes(client: Client) -> None:
    """Say yes to standing in."""
    agreed = client.post(f"{AWAY}{Cover.objects.latest('pk').pk}/agree/")
    assert agreed.status_code == 302


def text(client: Client, url: str) -> str:
    """Return a page."""
    return client.get(url).content.decode()


def test_sari_gives_a_visit_to_tuti_who_finds_it_on_her_list() -> None:
    sari = cast.sari()
    tuti = cast.staff("tuti", Role.VILLAGE_OFFICER, cast.HERE, name="Tuti Alawiyah")
    row = a_visit()
    here, there = enter(sari), enter(tuti)
    page = f"/staff/frontline/give/{row.pk}/"
    assert page in text(here, HOME)
    assert "Tuti Alawiyah (Village officer Sumberwangi)" in text(here, page)
    assert here.post(page, {}).status_code == 422
    assert here.post(page, {"to": "budi"}).status_code == 422
    assert here.post(page, {"to": "tuti"})["Location"] == HOME
    mine = text(here, HOME)
    assert "Visit a family" not in mine
    assert "given to a colleague" in mine
    assert "With Tuti Alawiyah, from Sari Wulandari" in text(here, f"{HOME}?show=given")
    assert "With Tuti Alawiyah, from Sari Wulandari" in text(there, HOME)
    assert there.post(f"{page}back/")["Location"] == HOME
    assert "Visit a family" in text(here, HOME)
    assert here.post(f"{page}back/")["Location"] == page


def test_the_head_goes_away_and_comes_back() -> None:
    kades = cast.staff("kades", Role.VILLAGE_HEAD, cast.HERE, name="H. Suwarno")
    sari = cast.sari()
    here, there = enter(kades), enter(sari)
    decide = a_visit(kind="aid.decide_list", permission=Permission.LIST_DECIDE)
    given = {"stand_in": "sari", "since": today(), "last_day": today()}
    assert here.post(AWAY, {**given, "last_day": ""}).status_code == 422
    late = {**given, "last_day": today() + timedelta(days=100)}
    refused = here.post(AWAY, late)
    assert refused.status_code == 409
    assert "At most 90 days" in refused.content.decode()
    assert here.post(AWAY, given).status_code == 302
    assert "H. Suwarno asks you to stand in" in text(there, HOME)
    assert "Sign the list of the village" not in text(there, HOME), "before the yes"
    assert "has not answered yet" in text(here, HOME)
    said_yes(there)
    assert "You stand in for H. Suwarno" in text(there, HOME)
    assert "Sign the list of the village" in text(there, HOME)
    assert "Sari Wulandari stands in for you" in text(here, HOME)
    end = f"{AWAY}{Cover.objects.get().pk}/end/"
    assert here.post(end).status_code == 302
    assert here.post(end).status_code == 404
    assert "Sign the list of the village" not in text(there, HOME)
    assert decide.closed_at is None
    over = "Absences that are over"
    assert over in text(here, AWAY)
    assert "Sari Wulandari stood in for you" in text(here, AWAY)
    assert "You stood in for H. Suwarno" in text(there, AWAY)
    assert over not in text(enter(cast.budi()), AWAY)


def test_what_sari_does_for_the_head_says_so() -> None:
    kades, sari = cast.staff("kades", Role.VILLAGE_HEAD, cast.HERE), cast.sari()
    given = {"stand_in": "sari", "since": today(), "last_day": today()}
    enter(kades).post(AWAY, given)
    said_yes(enter(sari))

    def done(permission: Permission, place: str) -> dict[str, Any]:
        @staff_page(permission)
        def act(request: StaffRequest) -> HttpResponse:
            record("test.act", target=sari, by="sari", region_code=place)
            return HttpResponse()

        request: Any = RequestFactory().get("/")
        request.user = Staff.objects.get(username="sari")
        request.session = {SECOND_FACTOR: True}
        act(request)
        detail: dict[str, Any] = Event.objects.latest("pk").detail
        return detail

    lent = {"instead_of": "kades"}
    assert done(Permission.LIST_DECIDE, cast.RT_HERE) == lent
    assert done(Permission.LIST_DECIDE, "") == lent
    assert done(Permission.FIELD_CHECK, cast.RT_HERE) == {}
    Assignment.objects.filter(staff=kades).update(region=cast.NEXT_DOOR)
    assert done(Permission.FIELD_CHECK, cast.NEXT_DOOR) == lent
    assert done(Permission.FIELD_CHECK, cast.HERE) == {}


def test_whoever_is_asked_says_no_and_nothing_was_lent() -> None:
    kades = cast.staff("kades", Role.VILLAGE_HEAD, cast.HERE, name="H. Suwarno")
    here, there = enter(kades), enter(with_phone(cast.sari()))
    here.post(AWAY, {"stand_in": "sari", "since": today(), "last_day": today()})
    run_waiting()
    told = Message.objects.latest("pk")
    assert (told.template, told.address.open()) == ("staff_stand_in", NUMBER)
    cover = Cover.objects.get()
    assert here.post(f"{AWAY}{cover.pk}/agree/", follow=True).status_code == 200
    cover.refresh_from_db()
    assert cover.agreed_at is None, "the yes is the colleague's"
    there.post(f"{AWAY}{cover.pk}/end/")
    assert "Absences that are over" not in text(there, AWAY)
    there.post(f"{AWAY}{cover.pk}/agree/")
    cover.refresh_from_db()
    assert cover.agreed_at is None


def test_no_soldier_and_no_policeman_is_offered_for_an_rt() -> None:
    made = cast.staff("made", Role.RT_HEAD, cast.RT_HERE, name="Made Artha")
    cast.staff("joko", Role.BABINSA, cast.HERE, name="Joko Prasetyo")
    cast.staff("luh", Role.RW_HEAD, cast.RW_HERE, name="Luh Sari")
    page = text(enter(made), AWAY)
    assert "Luh Sari" in page
    assert "Joko Prasetyo" not in page


def test_going_away_asks_once_more_who_is_there() -> None:
    kades = cast.staff(
        "kades", Role.VILLAGE_HEAD, cast.HERE, password="kopi-pagi-di-ijen"
    )
    here = enter(kades)
    session = here.session
    session["account_authentication_methods"] = []
    session.save()
    given = {"stand_in": cast.sari().username, "since": today(), "last_day": today()}
    assert "/reauthenticate/" in here.post(AWAY, given)["Location"]
    assert not Cover.objects.exists()


def test_who_has_no_colleague_is_told_whom_to_ask() -> None:
    alone = cast.staff("dian", Role.DINSOS, cast.REGENCY)
    assert "No colleague could stand in" in text(enter(alone), AWAY)


def test_an_rt_is_handed_over_with_its_work_and_a_sheet() -> None:
    kades = cast.staff("kades", Role.VILLAGE_HEAD, cast.HERE)
    yanto = cast.staff("yanto", Role.RT_HEAD, cast.RT_HERE, name="Yanto Hariyadi")
    cast.staff("made", Role.RW_HEAD, cast.RW_HERE, name="Made Sukerta")
    a_visit(due_at=now() - timedelta(days=1))
    here = enter(kades)
    office = Assignment.objects.get(staff=yanto)
    page = f"{TERMS}{office.pk}/"
    assert page in text(here, TERMS)
    shown = text(here, page)
    assert "1 piece of work is open" in shown
    assert "1 of it is past the date" in shown
    assert here.post(page, {"follower": "new", "on": today()}).status_code == 422
    assert here.post(page, {"follower": "yanto", "on": today()}).status_code == 422
    early = here.post(page, {"follower": "made", "on": cast.LONG_AGO, **SURE})
    assert early.status_code == 409
    asked = here.post(page, {"follower": "made", "on": today()})
    assert "Check before you hand over" in asked.content.decode()
    assert "(today)" in asked.content.decode()
    assert not TermHandover.objects.exists()
    done = here.post(page, {"follower": "made", "on": today(), **SURE})
    row = TermHandover.objects.get()
    assert done["Location"] == f"{TERMS}done/{row.pk}/"
    assert "Yanto Hariyadi hands over to Made Sukerta" in text(here, done["Location"])
    assert "Yanto Hariyadi → Made Sukerta" in text(here, TERMS)
    sheet = here.get(f"{TERMS}done/{row.pk}/sheet.pdf")
    assert sheet["Content-Type"] == "application/pdf"
    assert sheet.content.startswith(b"%PDF")


def test_a_slip_of_the_year_is_refused_and_a_mistake_taken_back() -> None:
    word = {"password": "kopi-pagi-di-ijen"}
    here = enter(cast.staff("kades", Role.VILLAGE_HEAD, cast.HERE, **word))
    yanto = cast.staff("yanto", Role.RT_HEAD, cast.RT_HERE)
    cast.staff("made", Role.RW_HEAD, cast.RW_HERE)
    page = f"{TERMS}{Assignment.objects.get(staff=yanto).pk}/"
    given: dict[str, Any] = {"follower": "made", **SURE}
    slip = here.post(page, {**given, "on": today() + timedelta(days=367)})
    assert "more than 60 days away" in slip.content.decode()
    here.post(page, {**given, "on": today() + timedelta(days=9)})
    done = f"{TERMS}done/{TermHandover.objects.get().pk}/"
    assert "it can be taken back" in text(here, done)
    with time_machine.travel(now() + timedelta(minutes=20), tick=False):
        asked = here.post(f"{done}back/")
        assert "/reauthenticate/" in asked["Location"]
    assert "Nothing of it holds" not in text(here, done)
    here.post(f"{done}back/")
    assert "Nothing of it holds" in text(here, done)
    here.post(f"{done}back/")
    assert "only before the first day" in text(here, done)
    assert here.post(page, {**given, "on": today()}).status_code == 302


def test_somebody_new_gets_an_account_and_a_link_once() -> None:
    admin = cast.staff("admin", Role.SYSTEM_ADMIN, cast.HERE)
    yanto = cast.staff("yanto", Role.RT_HEAD, cast.RT_HERE)
    page = f"{TERMS}{Assignment.objects.get(staff=yanto).pk}/"
    kk = "3510010101900001"
    new = {"follower": "new", "full_name": "Nyoman", "kk": kk, "on": today(), **SURE}
    taken = enter(admin).post(page, {**new, "username": "yanto"})
    assert taken.status_code == 409
    assert not TermHandover.objects.exists()
    done = enter(admin).post(page, {**new, "username": "nyoman"})
    assert "/accounts/invitation/" in done.content.decode()
    begun = Assignment.objects.get(staff__username="nyoman")
    assert begun.role == Role.RT_HEAD
    assert begun.staff.family_index is not None
    again = text(enter(admin), f"{TERMS}done/{TermHandover.objects.get().pk}/")
    assert "/accounts/invitation/" not in again


def test_the_head_does_not_choose_the_second_person() -> None:
    here = enter(cast.staff("kades", Role.VILLAGE_HEAD, cast.HERE))
    page = f"{TERMS}{Assignment.objects.get(staff=cast.sari()).pk}/"
    assert here.get(page).status_code == 404
    assert page not in text(here, TERMS)
    assert page in text(enter(cast.camat()), TERMS)


def test_the_head_makes_up_nobody() -> None:
    kades = cast.staff("kades", Role.VILLAGE_HEAD, cast.HERE)
    yanto = cast.staff("yanto", Role.RT_HEAD, cast.RT_HERE)
    page = f"{TERMS}{Assignment.objects.get(staff=yanto).pk}/"
    here = enter(kades)
    admin = cast.staff("admin", Role.SYSTEM_ADMIN, cast.REGENCY, name="Kadek Rai")
    with_phone(admin)
    assert f'href="tel:{NUMBER}"' in text(here, page)
    for _twice in range(2):
        assert here.post(f"{page}ask/")["Location"] == page
    run_waiting()
    told = Message.objects.get(template="staff_follows")
    assert told.context["link"].endswith(page)
    assert enter(admin).get(page).status_code == 200
    new = {"follower": "new", "full_name": "Boneka", "username": "boneka"}
    assert here.post(page, {**new, "on": today()}).status_code == 422
    assert not Staff.objects.filter(username="boneka").exists()


def test_a_term_that_ends_by_itself_asks_for_the_next_last_day() -> None:
    here = enter(cast.staff("kades", Role.VILLAGE_HEAD, cast.HERE))
    yanto = cast.staff("yanto", Role.RT_HEAD, cast.RT_HERE)
    cast.staff("made", Role.RW_HEAD, cast.RW_HERE)
    page = f"{TERMS}{Assignment.objects.get(staff=yanto).pk}/"
    assert "Last day of who follows" not in text(here, page)
    ends = today() + timedelta(days=5)
    Assignment.objects.filter(staff=yanto).update(until=ends)
    assert "Last day of who follows" in text(here, page)
    given = {"follower": "made", "on": ends, **SURE}
    assert "ends by itself on that day" in here.post(page, given).content.decode()
    last = ends + timedelta(days=300)
    assert here.post(page, {**given, "last_day": last}).status_code == 302
    begun = TermHandover.objects.get().begun
    assert begun.until == last + timedelta(days=1)


def test_what_somebody_else_gave_is_not_given_on() -> None:
    tuti = cast.staff("tuti", Role.VILLAGE_OFFICER, cast.HERE)
    ani = cast.staff("ani", Role.VILLAGE_OFFICER, cast.HERE)
    row = a_visit()
    page = f"/staff/frontline/give/{row.pk}/"
    enter(cast.sari()).post(page, {"to": tuti.username})
    here = enter(ani)
    assert "whoever stands above gives it back or on" in text(here, page)
    assert here.post(page, {"to": "sari"}).status_code == 409
    assert 'name="to"' in text(enter(tuti), page)


def test_the_administrator_ends_an_absence() -> None:
    kades, sari = cast.staff("kades", Role.VILLAGE_HEAD, cast.HERE), cast.sari()
    given = {"stand_in": "sari", "since": today(), "last_day": today()}
    enter(kades).post(AWAY, given)
    here = enter(cast.staff("admin", Role.SYSTEM_ADMIN, cast.HERE))
    end = f"/staff/accounts/{sari.pk}/covers/{Cover.objects.get().pk}/end/"
    assert end in text(here, f"/staff/accounts/{sari.pk}/")
    assert here.post(end).status_code == 302
    assert Cover.objects.get().ended_by == "admin"
    assert end not in text(here, f"/staff/accounts/{sari.pk}/")
