"""How many were hit, by sector: counted for the public only where nobody is meant."""

import pytest
from django.db import IntegrityError, transaction

from smartkampung.kernel.errors import constraint_name
from smartkampung.recovery.economy.models import SectorCount
from tests.economy import NOW

pytestmark = pytest.mark.django_db


def test_sector_count_once() -> None:
    SectorCount.objects.create(sector="guides", counted_at=NOW)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        SectorCount.objects.create(sector="guides", counted_at=NOW)
    assert constraint_name(caught.value) == "sector_count_once"
