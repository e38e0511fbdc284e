"""What has served its time is thrown away; what is used stays."""

import io
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings

from smartkampung.aid.actions.report import send_report
from smartkampung.aid.rules.report import Channel
from smartkampung.intake.actions.cases import open_case
from smartkampung.intake.actions.limits import count_hit
from smartkampung.intake.actions.one_time import issue_code
from smartkampung.intake.actions.photos import keep_photo
from smartkampung.intake.actions.upkeep import _unused, clean_up
from smartkampung.intake.models import Upload
from smartkampung.intake.rules import CASE_LIFE, Limit
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.reopening.pilots.models import Evidence, Visit
from tests.arriving import secluded, visited
from tests.cast import HERE, places
from tests.piloting import a_pilot
from tests.reporting import NOON, open_phase, told
from tests.web.test_report_inputs import jpeg

Callbacks = Callable[..., AbstractContextManager[object]]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings: LazySettings, tmp_path: Path) -> None:
    settings.UPLOADS = tmp_path


def photo() -> Upload:
    return keep_photo(
        file=io.BytesIO(jpeg()), region_code="35", at=NOON, form_id=uuid.uuid4()
    )


def test_photos_of_no_report_go_and_those_of_a_report_stay(
    tmp_path: Path, django_capture_on_commit_callbacks: Callbacks
) -> None:
    places()
    open_phase()
    used, unused = photo(), photo()
    form = told(photo_id=used.id)
    send_report(told=form, channel=Channel.WEB, by="public", at=NOON)
    act_as(Kind.JOB)
    assert clean_up(at=NOON + timedelta(days=7))["photos"] == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert clean_up(at=NOON + timedelta(days=9))["photos"] == 1
        assert (tmp_path / unused.path).exists()  # until it is certain
    assert Upload.objects.get() == used
    assert not (tmp_path / unused.path).exists()
    assert (tmp_path / used.path).exists()


def test_a_photo_of_a_visit_stays_and_its_file_with_it(
    tmp_path: Path, django_capture_on_commit_callbacks: Callbacks
) -> None:
    kept = photo()
    visited(secluded(HERE, "Wayan"), kept.id)
    act_as(Kind.JOB)
    with django_capture_on_commit_callbacks(execute=True):
        assert clean_up(at=NOON + timedelta(days=9))["photos"] == 0
    assert (tmp_path / kept.path).exists()


def test_photos_of_a_pilot_stay_though_they_are_named_in_a_list(
    tmp_path: Path, django_capture_on_commit_callbacks: Callbacks
) -> None:
    first, second = photo(), photo()
    pilot = a_pilot()
    Evidence.objects.create(
        pilot=pilot,
        step="socialisation",
        text="Rapat warga.",
        on=NOON.date(),
        people=40,
        photos=[first.pk],
        by="tono",
        at=NOON,
    )
    Visit.objects.create(
        pilot=pilot, on=NOON.date(), passed=True, photos=[second.pk], by="x", at=NOON
    )
    act_as(Kind.JOB)
    with django_capture_on_commit_callbacks(execute=True):
        assert clean_up(at=NOON + timedelta(days=9))["photos"] == 0
    assert all((tmp_path / kept.path).exists() for kept in (first, second))


def test_all_photos_cost_one_question(
    django_assert_num_queries: Callable[..., AbstractContextManager[object]],
) -> None:
    for _photo in range(5):
        photo()
    act_as(Kind.JOB)
    with django_assert_num_queries(1):
        assert len(_unused(NOON + timedelta(days=9))) == 5


def test_old_counts_codes_and_cases_go() -> None:
    act_as(Kind.JOB)
    count_hit(Limit("test", 1, timedelta(hours=1)), key="a", at=NOON)
    issue_code(purpose="test", subject="a", at=NOON)
    open_case(kind="t", region_code="35", first_step="received", due_on=None, at=NOON)
    assert not any(clean_up(at=NOON + timedelta(days=1)).values())
    gone = clean_up(at=NOON + timedelta(days=3))
    assert (gone["counts"], gone["codes"], gone["cases"]) == (1, 1, 0)
    assert clean_up(at=NOON + CASE_LIFE + timedelta(days=1))["cases"] > 0


def test_answers_are_remembered_for_a_month() -> None:
    places()
    open_phase()
    send_report(told=told(), channel=Channel.WEB, by="public", at=NOON)
    act_as(Kind.JOB)
    assert clean_up(at=NOON + timedelta(days=29))["answers"] == 0
    assert clean_up(at=NOON + timedelta(days=31))["answers"] == 1
