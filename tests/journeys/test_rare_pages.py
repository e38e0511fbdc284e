"""Pages that no link leads to, or only now and then, are open to every reader, too."""

from collections.abc import Sequence

import pytest
from allauth.mfa.models import Authenticator
from django.db.utils import OperationalError
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from smartkampung.accounts.models import Staff
from smartkampung.web.tracking import views
from tests import cast
from tests.journeys.audit import LOOKS, SECOND_LOOK, Aspect, problems
from tests.journeys.conftest import Look, SignIn
from tests.journeys.passkeys import Device, add_passkey
from tests.population import wayan

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
LANGUAGES = pytest.mark.parametrize(
    ("lang", "looks"), [("id", LOOKS), ("en", SECOND_LOOK)], ids=["id", "en"]
)


@pytest.fixture
def endang() -> Staff:
    """Endang of the kecamatan, who may hold tokens."""
    return cast.camat()


@LANGUAGES
def test_the_page_of_the_demo(
    look: Look, settings: Settings, endang: Staff, lang: str, looks: Sequence[Aspect]
) -> None:
    settings.DEMO = True
    Staff.objects.update(is_demo=True)
    wayan()
    page = look(lang=lang)
    page.goto("/demo/")
    expect(page.get_by_text("endang", exact=True)).to_be_visible()
    assert problems(page, looks) == []


@LANGUAGES
def test_sessions_and_tokens(
    look: Look, sign_in: SignIn, endang: Staff, lang: str, looks: Sequence[Aspect]
) -> None:
    other, page = look(lang=lang), look(lang=lang)
    for mine in (other, page):
        sign_in(mine.context, endang)
        mine.goto("/accounts/sessions/")
    page.reload()
    assert problems(page, looks) == []
    page.goto("/staff/tokens/")
    assert problems(page, looks) == []
    page.locator("main input[type=text]").first.fill("Loket")
    page.locator("main form[method=post] button.btn").first.click()
    assert problems(page, looks) == []
    page.goto("/staff/tokens/")
    assert problems(page, looks) == []


def test_second_steps(look: Look, sign_in: SignIn, endang: Staff) -> None:
    page = look()
    sign_in(page.context, endang)
    page.goto("/accounts/2fa/passkeys/")
    assert problems(page) == []
    Device(page)
    page.goto("/accounts/2fa/passkeys/add/")
    assert problems(page) == []
    add_passkey(page, "HP")
    assert problems(page) == []
    key = Authenticator.objects.get(type="webauthn")
    for address in (
        "passkeys/",
        f"passkeys/{key.pk}/remove/",
        "passkeys/reauthenticate/",
        "reauthenticate/",
        "totp/activate/",
        "recovery-codes/",
        "recovery-codes/generate/",
        "",
    ):
        page.goto(f"/accounts/2fa/{address}")
        assert problems(page) == [], address


# One page in both languages: it may not ask which one was chosen.
@pytest.mark.parametrize(
    ("error", "status"), [(RuntimeError(), 500), (OperationalError(), 503)]
)
def test_pages_of_what_broke(
    look: Look,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    status: int,
) -> None:
    def breaks(*args: object) -> None:
        raise error

    monkeypatch.setattr(views, "at_the_door", breaks)
    page: Page = look()
    answer = page.goto("/t/")
    assert answer is not None
    assert answer.status == status
    assert problems(page) == []
