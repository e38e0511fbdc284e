"""A ranking of families shows an officer those of the own area, and no others."""

import pytest

from smartkampung.accounts.queries import actor_for
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.recovery.targeting.models import Ranked
from smartkampung.recovery.targeting.queries.people import named, ranked_for
from tests import cast, population
from tests.cases import TODAY
from tests.targeting import affected, approved

pytestmark = pytest.mark.django_db
SIZE = {"fact": "family_size", "weight": 1, "need": "more", "low": 0, "high": 9}


@pytest.mark.parametrize("about", ["families", "affected"])
def test_sari_reads_places_and_names_of_her_own_village(about: str) -> None:
    """Each filter stands alone: here row-level security hides nothing."""
    act_as(Kind.JOB)
    cast.places()
    sari = actor_for(cast.sari(), on=TODAY)
    affected("I Wayan Sudarma")
    affected("Ketut Rai", region=population.RT_NEXT_DOOR)
    spec = {"criteria": [SIZE]} if about == "families" else None
    row = approved(population="families", spec=spec) if spec else approved()
    column = "family_id" if spec else "affected_id"
    everybody = list(Ranked.objects.values_list(column, flat=True))
    assert len(everybody) == 2
    assert ranked_for(sari, row).count() == 1
    found = named(sari, about, everybody)
    assert [one.person.name for one in found.values()] == ["I Wayan Sudarma"]
