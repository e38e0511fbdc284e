"""A phone whose time is over: what is on it is handed over, or stays for a rescue file."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from smartkampung.accounts.models import Device
from smartkampung.accounts.queries.devices import STILL_HEARD
from smartkampung.frontline.field.models import Record
from smartkampung.kernel.clock import now
from smartkampung.kernel.rls import as_job
from tests.journeys.acts import Town
from tests.journeys.audit import problems
from tests.journeys.fieldacts import (
    begin,
    enrol,
    fill,
    fill_and_save,
    people,
    send_now,
    waits,
)
from tests.journeys.fieldline import Line

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
DAY = timedelta(days=1)


def worked(town: Town, line: Line) -> Page:
    """Let somebody fill in a form and half of another without a signal."""
    page = town.phone_of(people(2))
    enrol(page, line)
    line.cut = True
    fill_and_save(page, 0)
    begin(page, 1)
    fill(page, 1)
    expect(page.get_by_text("Draf tersimpan")).to_be_visible()
    page.get_by_role("link", name="Tugas", exact=True).click()
    waits(page, 1)
    return page


def ended(**values: Any) -> None:
    with transaction.atomic():
        Device.objects.update(created_at=now() - 60 * DAY, **values)


def came() -> set[tuple[str, str]]:
    with transaction.atomic(), as_job():
        return set(Record.objects.values_list("state", "code"))


def test_a_phone_that_expired_hands_over_what_it_holds(town: Town, line: Line) -> None:
    page = worked(town, line)
    ended(expires_at=now() - DAY)
    line.cut = False
    send_now(page)
    gone = page.get_by_text(re.compile("sudah 90 hari dipasang. Semua sudah terkirim"))
    expect(gone).to_be_visible()
    assert came() == {("held", "device_expired"), ("held", "half")}
    assert problems(page) == []


def test_a_phone_that_is_not_known_any_more_keeps_all_for_a_rescue_file(
    town: Town, line: Line
) -> None:
    page = worked(town, line)
    ended(revoked_at=now() - STILL_HEARD - DAY, revoked_by="made")
    line.cut = False
    send_now(page)
    expect(page.get_by_text("Simpan berkas penyelamat dan serahkan")).to_be_visible()
    expect(page.locator("#queue")).to_contain_text("belum terkirim")
    assert came() == set()
    assert problems(page) == []
    page.get_by_role("link", name="Sudah diisi").click()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Simpan berkas penyelamat").click()
    assert saved.value.suggested_filename.startswith("smart-kampung-")
