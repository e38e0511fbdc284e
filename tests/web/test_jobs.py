"""Those who look after the system see stuck jobs and try them again."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from smartkampung.accounts.roles import Role
from smartkampung.audit.models import Event
from smartkampung.jobs.inline import run_waiting
from smartkampung.jobs.registry import WORK
from smartkampung.kernel.later import later
from smartkampung.kernel.models import JobNote
from tests.cast import REGENCY, english, sari, sign_in, staff

pytestmark = pytest.mark.django_db
PAGE = "/staff/jobs/"


@pytest.fixture
def client() -> Client:
    account = staff("komang", Role.SYSTEM_ADMIN, REGENCY)
    return sign_in(english(Client()), account)


@pytest.fixture
def stuck() -> Iterator[int]:
    """A job that failed for good yesterday, and whose cause was mended since."""
    ran: list[int] = []
    WORK["test.mended"] = lambda: ran.append(1)
    later("test.mended")
    job = ProcrastinateJob.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed', attempts = 12")
    JobNote.objects.create(job=job, error="IntegrityError: some_promise")
    yield job.pk
    del WORK["test.mended"]


def test_nothing_stuck_says_what_would_be_here(client: Client) -> None:
    assert "Nothing is stuck" in client.get(PAGE).content.decode()


def test_without_a_worker_the_page_says_so(client: Client) -> None:
    assert "No worker is running" in client.get(PAGE).content.decode()


def test_a_stuck_job_shows_what_went_wrong(client: Client, stuck: int) -> None:
    page = client.get(PAGE).content.decode()
    assert f"#{stuck}" in page
    assert "IntegrityError: some_promise" in page


def test_a_stuck_job_is_tried_again_and_the_diary_says_by_whom(
    client: Client, stuck: int
) -> None:
    answer = client.post(f"{PAGE}{stuck}/retry/")
    assert (answer.status_code, answer.headers["location"]) == (302, PAGE)
    assert run_waiting() == 1
    event = Event.objects.get(name="jobs.retried")
    assert (event.by, event.target_id) == ("komang", str(stuck))


def test_a_job_that_is_not_stuck_is_not_started_twice(client: Client) -> None:
    later("test.waiting")
    job = ProcrastinateJob.objects.get()
    answer = client.post(f"{PAGE}{job.pk}/retry/")
    assert answer.status_code == 409
    assert "no longer stuck" in answer.content.decode()


def test_others_may_not_look(stuck: int) -> None:
    village = sign_in(Client(), sari())
    assert village.get(PAGE).status_code == 403
    assert village.post(f"{PAGE}{stuck}/retry/").status_code == 403
