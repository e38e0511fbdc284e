"""Inspections of places tell what a gate asks about compliance."""

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

from smartkampung.kernel.clock import day
from tests.cast import HERE, places
from tests.piloting import MONDAY


@pytest.mark.django_db
def test_what_settings_name_tells_of_a_village_without_inspections() -> None:
    places()
    reading = import_string(settings.COMPLIANCE)(HERE, day(MONDAY))
    assert reading.value is None
    assert reading.missing
