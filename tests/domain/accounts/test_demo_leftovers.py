"""An operator is told about every key of the demo outside the demo."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from pytest_django.fixtures import Settings

from smartkampung.accounts.actions import create_staff
from smartkampung.accounts.queries import demo_leftovers
from tests.cast import sari

pytestmark = pytest.mark.django_db


def test_a_clean_deployment_has_none() -> None:
    TOTP.activate(sari(), "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    assert demo_leftovers() == []


def test_demo_accounts_and_secrets_are_named(settings: Settings) -> None:
    create_staff(username="tamu", full_name="Tamu", by="demo", is_demo=True)
    TOTP.activate(sari(), settings.DEMO_TOTP_SECRET)
    accounts, secrets = demo_leftovers()
    assert "tamu" in accounts
    assert "sari" in secrets


def test_in_the_demo_they_belong(settings: Settings) -> None:
    settings.DEMO = True
    create_staff(username="tamu", full_name="Tamu", by="demo", is_demo=True)
    assert demo_leftovers() == []


def test_nobody_can_choose_the_demo_password(settings: Settings) -> None:
    with pytest.raises(ValidationError, match="demo"):
        validate_password(settings.DEMO_PASSWORD)
