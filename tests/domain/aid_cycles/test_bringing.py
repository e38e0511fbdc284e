"""A list is off the work of the kecamatan once all that is on it is under way."""

import pytest

from smartkampung.aid.actions.batch import add_dues, mark_ready
from smartkampung.aid.models import Entitlement
from smartkampung.worklist.models import WorkItem
from tests import cases, rounds
from tests.cases import NOW
from tests.population import person, wayan
from tests.rounds import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    """Begin a cycle of food packs, with everybody who acts on a list."""
    return rounds.an_office()


def waits() -> bool:
    """Say whether the kecamatan is still asked to bring something."""
    return WorkItem.objects.filter(kind="aid.list_batch", closed_at=None).exists()


@pytest.mark.closes("aid.list_batch")
def test_it_waits_until_the_last_one_is_announced(office: Office) -> None:
    rounds.approved(office, wayan(), person("I Gede Arta", "3510092006790004"))
    first, second = Entitlement.objects.order_by("pk")
    assert waits()
    cases.announced(office.round.desk, first)
    assert waits()
    batch = cases.draft(office.round.desk, stage=2)
    add_dues(batch=batch, due_ids=[second.pk], by=office.endang, at=NOW)
    assert waits(), "a draft is told to nobody"
    mark_ready(batch=batch, by=office.endang, at=NOW)
    assert not waits()
