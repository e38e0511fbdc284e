"""Readings that a test sets."""

from typing import Any

import pytest

from smartkampung.reopening.pilots.queries import evaluation
from tests import piloting
from tests.piloting import Air


@pytest.fixture
def air(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Air:
    """Give good readings of every place, to be spoiled by the test."""
    fresh = Air()
    monkeypatch.setattr(piloting, "AIR", fresh)
    monkeypatch.setattr(evaluation, "readings_over", fresh.read)
    settings.COMPLIANCE = "tests.piloting.compliance"
    return fresh
