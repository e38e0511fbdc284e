"""Sessions end when they should: idle, old, ended, disabled, revoked, outdated."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.backends.base import UpdateError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from smartkampung.accounts.models import Assignment, Session, Staff
from smartkampung.accounts.roles import Role
from smartkampung.accounts.sessions import SessionStore
from smartkampung.kernel.clock import now
from tests.cast import HERE, budi, sari, sign_in, staff

pytestmark = pytest.mark.django_db
PAGE = "/accounts/sessions/"
MORNING = datetime(2026, 11, 24, 1, tzinfo=UTC)
PASSWORD = "kopi-pagi-di-kaki-ijen"


def is_in(client: Client) -> bool:
    answer = client.get(PAGE)
    return answer.status_code == 200


def test_an_idle_session_ends_after_half_an_hour(client: Client) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        sign_in(client, sari())
        clock.shift(timedelta(minutes=29))
        assert is_in(client)
        clock.shift(timedelta(minutes=29))
        assert is_in(client)
        clock.shift(timedelta(minutes=31))
        assert not is_in(client)


def test_a_busy_session_ends_after_twelve_hours(client: Client) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        sign_in(client, sari())
        for _ in range(12 * 3 - 1):
            clock.shift(timedelta(minutes=20))
            assert is_in(client)
        clock.shift(timedelta(minutes=20))
        assert not is_in(client)


def test_the_twelve_hours_count_from_signing_in(client: Client) -> None:
    account = sari()
    with time_machine.travel(MORNING, tick=False) as clock:
        client.get("/accounts/login/")
        session = client.session
        session["looked"] = True
        session.save()
        clock.shift(timedelta(minutes=25))
        sign_in(client, account)
    assert Session.objects.get(staff=account).begun_at == MORNING + timedelta(
        minutes=25
    )


def test_reading_writes_at_most_once_a_minute(client: Client) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        sign_in(client, sari())
        clock.shift(timedelta(seconds=59))
        client.get(PAGE)
        assert Session.objects.get().last_seen_at == MORNING
        clock.shift(timedelta(seconds=1))
        client.get(PAGE)
        assert Session.objects.get().last_seen_at == MORNING + timedelta(minutes=1)


def test_who_asks_with_which_rights_is_one_query(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sign_in(client, sari())
    client.get(PAGE)  # the process now remembers the regency's name
    # savepoint, actor for row-level security, the page's own two lists, release
    with django_assert_num_queries(1 + 5):
        client.get(PAGE)


def test_the_table_alone_opens_nothing(client: Client) -> None:
    sign_in(client, sari())
    key = client.session.session_key
    assert key is not None
    row = Session.objects.get()
    assert key.encode() not in bytes(row.key_hash) + bytes(row.data)
    assert b"_auth_user" not in bytes(row.data)


def test_rows_cannot_be_swapped(client: Client) -> None:
    sign_in(client, sari())
    other = sign_in(Client(), budi())
    mine, theirs = Session.objects.order_by("pk")
    Session.objects.filter(pk=mine.pk).update(data=theirs.data, staff=theirs.staff)
    assert not is_in(client)
    assert is_in(other)


def test_a_disabled_account_is_out_at_once(client: Client) -> None:
    account = sari()
    sign_in(client, account)
    Staff.objects.filter(pk=account.pk).update(is_active=False)
    assert not is_in(client)


def test_a_new_password_ends_the_other_sessions(client: Client) -> None:
    account = staff("sari", Role.VILLAGE_OFFICER, HERE, password=PASSWORD)
    other = sign_in(Client(), account)
    sign_in(client, account)
    new = "teh-sore-di-pantai-plengkung"
    answer = client.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    assert answer.status_code == 302
    assert is_in(client)
    assert not is_in(other)
    assert Session.objects.filter(staff=account).count() == 1


def test_an_assignment_that_ended_denies_the_next_request(client: Client) -> None:
    account = sari()
    sign_in(client, account)
    assert client.get("/gallery/").status_code == 200
    Assignment.objects.update(until=now().date())
    assert client.get("/gallery/").status_code == 403


class TestList:
    def test_i_end_one_of_my_devices(self, client: Client) -> None:
        account = sari()
        phone = sign_in(Client(), account)
        sign_in(client, account)
        first = Session.objects.order_by("pk")[0]
        assert client.post(f"{PAGE}{first.pk}/end/").status_code == 302
        assert is_in(client)
        assert not is_in(phone)

    def test_i_end_all_others(self, client: Client) -> None:
        account = sari()
        others = [sign_in(Client(), account) for _ in range(3)]
        sign_in(client, account)
        client.post(f"{PAGE}end-others/")
        assert is_in(client)
        assert not any(map(is_in, others))

    def test_the_devices_of_others_are_not_mine_to_end(self, client: Client) -> None:
        others = sign_in(Client(), budi())
        session = Session.objects.get()
        sign_in(client, sari())
        assert client.post(f"{PAGE}{session.pk}/end/").status_code == 404
        assert is_in(others)


def test_dead_sessions_are_swept(client: Client) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        sign_in(client, sari())
        SessionStore.clear_expired()
        assert Session.objects.count() == 1
        clock.shift(timedelta(minutes=31))
        SessionStore.clear_expired()
    assert not Session.objects.exists()


def test_a_session_ended_meanwhile_is_not_written_back(client: Client) -> None:
    sign_in(client, sari())
    store = SessionStore(client.session.session_key)
    store["draft"] = 1
    Session.objects.all().delete()
    with pytest.raises(UpdateError):
        store.save()
    assert not Session.objects.exists()


def test_without_a_password_there_is_none_to_change(client: Client) -> None:
    sign_in(client, sari())
    assert client.get("/accounts/password/change/")["Location"] == "/accounts/2fa/"
