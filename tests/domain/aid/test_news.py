"""Who hears that there is news: every phone once, whoever shares it."""

from collections import Counter

import pytest

from smartkampung.aid.actions.news import tell_family
from smartkampung.aid.actions.progress import announce
from smartkampung.aid.actions.report import send_report
from smartkampung.aid.models import Claim
from smartkampung.aid.rules.report import Channel, Step
from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.notify.models import Message
from tests import reporting
from tests.cases import NOW

pytestmark = pytest.mark.django_db
FAMILY, NEIGHBOUR = reporting.FAMILY_PHONE, reporting.REPORTER_PHONE


def decided(*reporters: str) -> Counter[str]:
    """Report Wayan from these phones, decide; return who is told how often."""
    act_as(Kind.JOB)
    reporting.wayan()
    for phone in reporters:
        told = reporting.told(phone=phone)
        send_report(told=told, channel=Channel.ASSISTED, by="sari", at=NOW)
    run_waiting()
    Message.objects.all().delete()
    claim = Claim.objects.get()
    announce(claim=claim, step=Step.DECIDED, at=NOW, family_told=True)
    tell_family(claim=claim, key="decided")
    run_waiting()
    return Counter(message.address.open() for message in Message.objects.all())


def test_a_phone_that_the_family_reported_from_is_told_once() -> None:
    assert decided(FAMILY) == {FAMILY: 1}


def test_a_neighbour_who_reported_twice_is_told_once() -> None:
    assert decided(NEIGHBOUR, NEIGHBOUR) == {FAMILY: 1, NEIGHBOUR: 1}
