"""Guessing NIKs on the public form learns nothing: same bodies, same steps, same work.

The 10,000 guesses and their times are in ``bench/reports.py``; here is why it holds.
"""

import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from smartkampung.aid.models import Claim, Report
from smartkampung.intake.draft import Draft, seal_draft
from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.web.report import views
from tests.reporting import NOON, STRANGER_NIK, WAYAN_NIK, open_phase, wayan
from tests.web.reportform import GOOD, SEND, Page, body, fill, post

pytestmark = pytest.mark.django_db
# What differs between any two reports, whoever they are about.
RANDOM = re.compile(
    r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}"
    r'|(?<=csrfmiddlewaretoken" value=")\w+'
    r'|(?<=name="form" value=")[\w=-]+'
    r'|(?<=<path class="qrline")[^>]+|(?<=<path )[^>]+'
)
GUESSES = 150


@pytest.fixture(autouse=True)
def _ground(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    wayan()
    open_phase(quota=100_000)
    monkeypatch.setattr(views.send, "declared_limits", None)
    with time_machine.travel(NOON, tick=False):
        yield


def stable(page: Page) -> tuple[int, str, tuple[str, ...]]:
    """Return status, body and header names without what is random in every answer."""
    return page.status_code, RANDOM.sub("", body(page)), tuple(sorted(page.headers))


def form_about(nik: str) -> str:
    """Return the sealed form as it stands on the review."""
    answers = {step: dict(good) for step, good in GOOD.items()}
    answers["card"]["nik"] = nik
    return seal_draft(Draft(uuid.uuid4(), NOON, answers), form="aid.report")


def guess(client: Client, nik: str) -> Page:
    return client.post(SEND, {"form": form_about(nik)})


def numbers() -> Iterator[str]:
    """Yield the registered NIK (reported by a new neighbour) and strangers in turn."""
    for serial in range(1, GUESSES):
        yield f"351009450585{serial:04d}"


def test_hundreds_of_guesses_get_one_answer(client: Client) -> None:
    answers = {stable(guess(client, nik)) for nik in numbers()}
    answers |= {stable(guess(client, WAYAN_NIK)) for _neighbour in range(5)}
    assert len(answers) == 1


def test_the_slip_and_the_timeline_are_equal_before_and_after_verification(
    client: Client,
) -> None:
    hit = guess(client, WAYAN_NIK)["Location"]
    miss = guess(client, STRANGER_NIK)["Location"]
    for _moment in ("sent", "verified"):
        for end in ("slip/", "", "outcome/"):
            pages = [client.get(where.replace("slip/", end)) for where in (hit, miss)]
            assert stable(pages[0]) == stable(pages[1])
        run_waiting()
    act_as(Kind.JOB)
    known = Claim.objects.values_list("person", flat=True).order_by("pk")
    assert (known[0] is None, known[1] is None) == (False, True)


def test_a_dead_person_and_a_second_report_look_like_any_other(client: Client) -> None:
    first = guess(client, WAYAN_NIK)
    run_waiting()
    again = guess(client, WAYAN_NIK)
    run_waiting()
    assert stable(client.get(first["Location"])) == stable(
        client.get(again["Location"])
    )


def queries_of(client: Client, nik: str) -> list[str]:
    form = form_about(nik)
    with CaptureQueriesContext(connection) as captured:
        answer = client.post(SEND, {"form": form})
    assert answer.status_code == 302
    values = re.compile(r"s\d+_x\d+|'[^']*'|\\x[0-9a-f]+|\b\d+\b")
    return [values.sub("?", query["sql"]) for query in captured.captured_queries]


def test_the_request_asks_the_registry_nothing(client: Client) -> None:
    queries_of(client, STRANGER_NIK)  # caches of names and quotas are warm now
    hit, miss = queries_of(client, WAYAN_NIK), queries_of(client, "3510094505850009")
    assert hit == miss
    assert not [sql for sql in hit if "residents_" in sql or "aid_enrolment" in sql]


def test_every_screen_on_the_way_is_equal_too(client: Client) -> None:
    def card(nik: str) -> Any:
        page = fill(client, until="card")
        return post(client, page, "card", {**GOOD["card"], "nik": nik})

    assert stable(card(WAYAN_NIK)) == stable(card(STRANGER_NIK))


def test_nothing_of_the_report_stands_readable_in_the_database(client: Client) -> None:
    guess(client, WAYAN_NIK)
    run_waiting()
    act_as(Kind.JOB)
    assert Report.objects.count() == 1
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(
                f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s',
                [f"%{WAYAN_NIK}%"],
            )
            assert cursor.fetchone() == (0,), table
