"""What goes wrong is told kindly, in words, with the next door."""

from pathlib import Path

import pytest
from django.core.exceptions import RequestDataTooBig
from django.db.utils import InterfaceError, OperationalError
from django.http import HttpRequest
from django.test import Client, RequestFactory
from psycopg import errors as postgres

import smartkampung.web
from smartkampung.accounts.roles import Role
from smartkampung.web.core import errors
from smartkampung.web.core.methods import nearest_page
from tests.cast import REGENCY, sign_in, staff

TEMPLATES = Path(smartkampung.web.__file__).parent / "templates"


@pytest.mark.django_db
def test_a_missing_page_leads_home(client: Client) -> None:
    answer = client.get("/tidak/ada/")
    assert answer.status_code == 404
    assert "Halaman ini tidak ada" in answer.content.decode()


@pytest.mark.django_db
def test_staff_are_led_back_to_their_desk(client: Client) -> None:
    sign_in(client, staff("admin", Role.SYSTEM_ADMIN, REGENCY))
    assert 'href="/staff/"' in client.get("/tidak/ada/").content.decode()


@pytest.mark.django_db
def test_an_expired_form_says_that_nothing_was_sent() -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/accounts/login/", {"login": "sari"})
    assert answer.status_code == 403
    assert "Belum ada yang terkirim" in answer.content.decode()


@pytest.mark.django_db
def test_the_wrong_method_gets_words_and_keeps_its_header(client: Client) -> None:
    answer = client.get("/language/")
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "hanya menerima formulir" in answer.content.decode()


@pytest.mark.django_db
def test_a_reloaded_form_leads_to_the_page_where_it_stands(client: Client) -> None:
    answer = client.get("/complaint/send/")
    assert answer.status_code == 405
    assert 'href="/complaint/"' in answer.content.decode()


@pytest.mark.parametrize(
    ("posted_to", "page"),
    [
        ("/staff/protocols/suspensions/3/lift/", "/staff/protocols/suspensions/3/"),
        ("/staff/protocols/61/decide/", "/staff/protocols/61/"),
        ("/counters/b/K7QF-2M9X-TB4C/move/", "/counters/b/K7QF-2M9X-TB4C/"),
        ("/protocols/register/send/", "/protocols/register/"),
        ("/language/", "/"),
        ("/", "/"),
    ],
)
def test_each_address_of_a_form_has_a_page_above_it(posted_to: str, page: str) -> None:
    assert nearest_page(posted_to) == page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("exception", "status", "words"),
    [
        (RequestDataTooBig("too much"), 413, "terlalu besar"),
        (ValueError("broken"), 400, "tidak terbaca"),
    ],
)
def test_a_request_that_cannot_be_read(
    rf: RequestFactory, exception: Exception, status: int, words: str
) -> None:
    answer = errors.bad_request(rf.get("/"), exception)
    assert answer.status_code == status
    assert words in answer.content.decode()


@pytest.mark.django_db
def test_forbidden_names_whom_to_ask(rf: RequestFactory) -> None:
    answer = errors.forbidden(rf.get("/"), PermissionError())
    assert answer.status_code == 403
    assert "pengelola akun" in answer.content.decode()


@pytest.mark.django_db
def test_when_to_come_back_stands_in_the_header(rf: RequestFactory) -> None:
    answer = errors.error_page(
        rf.get("/"), status=429, title="Ramai", text="Nanti", retry_after=60
    )
    assert answer["Retry-After"] == "60"


# No database mark: a query here would fail the test.
def test_a_bug_is_told_without_the_database(rf: RequestFactory) -> None:
    answer = errors.server_error(rf.get("/"))
    assert answer.status_code == 500
    assert "Maaf" in answer.content.decode()


def test_a_database_that_is_away_is_a_pause(rf: RequestFactory) -> None:
    try:
        raise OperationalError("connection refused")
    except OperationalError:
        answer = errors.server_error(rf.get("/"))
    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"


def _caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "away"),
    [
        (OperationalError("refused"), True),
        (InterfaceError("connection already closed"), True),
        (_caused(OperationalError(), postgres.TooManyConnections()), True),
        (_caused(OperationalError(), postgres.AdminShutdown()), True),
        (_caused(OperationalError(), postgres.DeadlockDetected()), False),
        (ValueError(), False),
        (None, False),
    ],
)
def test_only_a_lost_connection_counts_as_away(
    error: BaseException | None, away: bool
) -> None:
    assert errors.database_is_away(error) is away


@pytest.mark.parametrize("name", ["500.html", "503.html"])
def test_pages_for_the_worst_hour_stand_alone(name: str) -> None:
    source = (TEMPLATES / name).read_text()
    assert "extends" not in source
    assert "{{" not in source


def test_a_crash_in_a_view_reaches_the_page(
    rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(request: HttpRequest) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("smartkampung.web.context._regency", broken)
    client = Client(raise_request_exception=False)
    answer = client.get("/500-probe/")
    assert answer.status_code == 500
