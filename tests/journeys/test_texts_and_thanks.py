"""Without a mouse: Putu calls somebody back, and Wayan says thank you."""

import re

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from smartkampung.accounts.roles import Role
from smartkampung.frontline.recognition.models import Thanks
from smartkampung.frontline.texting.models import Assist
from smartkampung.kernel.clock import today
from smartkampung.kernel.rls import Kind, act_as
from tests import cast
from tests.journeys.audit import problems
from tests.journeys.conftest import SignIn
from tests.reporting import wayan
from tests.texting import an_assist
from tests.thanking import served

pytestmark = pytest.mark.django_db(transaction=True)
MOST_STEPS = 80


def tab_to(page: Page, meant: str) -> None:
    """Press Tab until what is meant has the focus, as somebody without a mouse does."""
    for _step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if page.evaluate("meant => document.activeElement.matches(meant)", meant):
            return
    raise AssertionError(f"the keyboard does not reach {meant}")


def test_who_asked_by_text_is_called_back_by_keyboard(
    page: Page, sign_in: SignIn
) -> None:
    with transaction.atomic():
        wayan()
        row = an_assist()
    sign_in(page.context, cast.staff("putu", Role.RT_HEAD, cast.RT_HERE))
    page.goto("/staff/texts/")
    assert problems(page) == []
    tab_to(page, f'main a[href$="/staff/texts/{row.pk}/"]')
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(rf"/staff/texts/{row.pk}/$"))
    assert problems(page) == []
    tab_to(page, 'form[action$="/phone/"] button')
    page.keyboard.press("Enter")
    expect(page.locator('a[href^="tel:"]')).to_be_visible()
    tab_to(page, "input[name=outcome]")
    page.keyboard.press("Space")
    tab_to(page, "main form .btn")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/staff/texts/$"))
    expect(page.get_by_text("Hasilnya sudah dicatat.")).to_be_visible()
    with transaction.atomic():
        act_as(Kind.JOB)
        assert Assist.objects.get(pk=row.pk).closed_by == "putu"


def test_thanks_are_said_by_keyboard(page: Page) -> None:
    begun = today()
    with transaction.atomic():
        code = served()
    page.goto(f"/thanks/{code}/")
    assert problems(page) == []
    tab_to(page, "input[name=sentence]")
    page.keyboard.press("Space")
    tab_to(page, "main form .btn-big")
    page.keyboard.press("Enter")
    expect(page.get_by_text("sudah sampai")).to_be_visible()
    assert problems(page) == []
    assert begun <= Thanks.objects.get().given_on <= today()
