"""The first page: report, follow, whom to call, and how it goes."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from smartkampung.aid.actions.figures import publish_figures
from smartkampung.aid.bulk import load_defaults
from smartkampung.aid.models import ReportingPhase
from smartkampung.kernel.clock import now
from smartkampung.kernel.rls import Kind, act_as
from tests.cast import HERE, places
from tests.domain.aid.test_summary import cases

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def regency() -> None:
    """The made-up places."""
    cache.clear()
    places()


def phase(begins: timedelta) -> None:
    """Open a phase of ten days that begins so long from now."""
    ReportingPhase.objects.create(
        opens_at=now() + begins,
        closes_at=now() + begins + 10 * DAY,
        daily_quota_per_village=50,
        opened_by="test",
    )


def text(client: Client) -> str:
    """Return the first page, which always opens."""
    answer = client.get("/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_open_phase_shows_the_button(client: Client) -> None:
    phase(-DAY)
    page = text(client)
    assert 'href="/aid/report/"' in page
    assert "Blambangan" in page


def test_a_closed_phase_says_when_it_opens(client: Client) -> None:
    phase(DAY)
    page = text(client)
    assert "Laporan daring sedang ditutup" in page
    assert "Dibuka lagi" in page
    assert 'href="/aid/report/"' not in page


def test_without_a_phase_the_village_office_is_the_door(client: Client) -> None:
    assert "Kantor desa Anda menerima laporan kapan saja" in text(client)


def test_a_code_typed_here_goes_by_post_to_the_tracking_page(client: Client) -> None:
    page = text(client)
    assert '<form method="post" action="/t/"' in page
    assert 'name="code"' in page


def test_the_first_page_and_the_form_promise_the_same_minutes(client: Client) -> None:
    phase(-DAY)
    assert "Sekitar tiga menit" in text(client)
    form = client.get("/aid/report/", follow=True).content.decode()
    assert "sekitar tiga menit" in form


def test_the_sample_of_a_code_never_breaks_over_two_lines(client: Client) -> None:
    sample = '<span class="nowrap">K7QF-2M9X-TB4C</span>'
    assert sample in text(client)
    assert sample in client.get("/t/").content.decode()


def test_the_counts_come_with_their_meaning(client: Client) -> None:
    cases(1234, HERE, opened=20, closed=15)
    publish_figures(at=now())
    act_as(Kind.PUBLIC)
    page = text(client)
    assert "1.234" in page
    assert "100%" in page
    assert "Dihitung" in page


def test_before_a_count_no_number_is_invented(client: Client) -> None:
    assert 'class="num"' not in text(client)


def test_what_may_be_given_is_listed_in_the_readers_language(client: Client) -> None:
    load_defaults()
    assert "Paket sembako APBD" in text(client)
    client.cookies["django_language"] = "en"
    page = text(client)
    assert "Regency food pack" in page
    assert "Rp300,000 a month, for the family" in " ".join(page.split())


def test_the_first_page_costs_few_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    text(client)
    with django_assert_max_num_queries(6):
        text(client)
