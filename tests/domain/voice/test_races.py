"""Four messages at once where the month pays for two."""

import pytest
from django.db import transaction
from pytest_django import Settings

from smartkampung.frontline.voice.actions.broadcasting import ask_broadcast
from smartkampung.frontline.voice.actions.errors import OverTheCap
from smartkampung.frontline.voice.models import Allowance, Broadcast
from smartkampung.frontline.voice.rules.broadcasting import Wording
from smartkampung.kernel.clock import now, today
from smartkampung.residents.actions.consents import change_consent
from smartkampung.residents.rules.consents import Purpose
from tests.cast import HERE
from tests.population import family, person
from tests.races import together
from tests.speaking import heads, rights, said

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
SAID = (
    Wording.NEWS,
    Wording.MEETING,
    Wording.HEALTH_POST,
    Wording.OFFICE_CLOSED,
)


def test_a_month_pays_for_no_more_than_it_holds(settings: Settings) -> None:
    settings.MESSAGES = "fake"
    settings.MESSAGE_PRICES = {"sms": 100, "whatsapp": 100}
    # A short address: each wording stays one part, whatever number the page has.
    settings.SITE_URL = "http://sk.id"
    head = heads()["head"]
    card = family(kk=None, phone="+6281200000001")
    person("Warga", household=card)
    change_consent(
        family_id=card.pk, purpose=Purpose.AREA_NEWS, given=True, by="test", at=now()
    )
    row = said(head, region_code=HERE, public=True)
    month = today().replace(day=1)
    Allowance.objects.create(purse=HERE, month=month, cap=300, spent=50)
    by = rights(head)

    def ask(wording: Wording) -> bool:
        try:
            with transaction.atomic():
                ask_broadcast(
                    announcement=type(row).objects.get(pk=row.pk),
                    wording=wording,
                    region_code=HERE,
                    due_on=None,
                    by=by,
                    at=now(),
                )
        except OverTheCap:
            return False
        return True

    sent = together(*(lambda wording=wording: ask(wording) for wording in SAID))
    assert sorted(sent) == [False, False, True, True]
    assert Broadcast.objects.count() == 2
    assert Allowance.objects.get().spent == 250
