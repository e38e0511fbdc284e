"""What one opens first begins with work, on the phone of an RT head too."""

from datetime import timedelta

import pytest

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now
from smartkampung.worklist.models import WorkItem
from tests import cast, speaking
from tests.journeys.acts import Town

FIRST_SCREEN = 800


@pytest.mark.django_db(transaction=True)
def test_the_first_item_of_work_begins_on_the_first_screen(town: Town) -> None:
    people, office = speaking.heads(), cast.camat()
    for title in ("Kerja bakti", "Pemadaman listrik", "Rapat RT sedesa di balai"):
        speaking.said(office, title=title)
    for number, days in enumerate((-5, -1, 0, 3)):
        WorkItem.objects.create(
            kind="aid.field_check",
            target=f"aid.claim:{number}",
            permission=Permission.FIELD_CHECK,
            region_code=cast.RT_HERE,
            opened_at=now(),
            due_at=now() + timedelta(days=days, minutes=5),
        )
    page = town.phone_of(people["rt"])
    page.set_viewport_size({"width": 360, "height": FIRST_SCREEN})
    page.goto("/staff/")
    item = page.locator(".walk tbody th a").first
    box = item.bounding_box()
    assert box
    assert box["y"] + box["height"] < FIRST_SCREEN
