"""A neighbour reports Wayan: screen by screen, without scripts."""

import pytest
from django.test import Client

from smartkampung.aid.models import Report
from smartkampung.kernel.clock import now
from smartkampung.kernel.rls import Kind, act_as
from tests.cast import RT_HERE, places
from tests.reporting import WAYAN_KK, WAYAN_NIK, open_phase
from tests.web.reportform import body, fill, send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ground() -> None:
    places()
    open_phase(at=now())


def test_a_report_ends_on_a_slip_with_code_link_and_date(client: Client) -> None:
    review = fill(client)
    assert WAYAN_NIK in body(review)
    answer = send(client, review)
    assert answer.status_code == 302
    slip = client.get(answer["Location"])
    assert slip.status_code == 200
    assert "<svg" in body(slip)
    act_as(Kind.JOB)
    report = Report.objects.get()
    assert report.region_code == RT_HERE
    assert report.story == "Rumah hijau di ujung gang."


def test_the_slip_leads_to_a_timeline_that_shows_no_number(client: Client) -> None:
    slip = send(client, fill(client))["Location"]
    timeline = client.get(slip.removesuffix("slip/"))
    assert timeline.status_code == 200
    assert WAYAN_NIK not in body(timeline)
    assert WAYAN_KK not in body(timeline)
    assert "noindex" in body(timeline)


def test_pressing_send_twice_is_one_report(client: Client) -> None:
    review = fill(client)
    assert send(client, review)["Location"] == send(client, review)["Location"]
    act_as(Kind.JOB)
    assert Report.objects.count() == 1


def test_the_slip_comes_as_pdf_too(client: Client) -> None:
    slip = send(client, fill(client))["Location"]
    paper = client.get(slip.removesuffix("/") + ".pdf")
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF-")
