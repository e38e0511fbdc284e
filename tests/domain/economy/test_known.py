"""Real figures come in with their sources; they never mix with monthly series."""

from decimal import Decimal
from importlib import resources

import pytest
from django.db import IntegrityError, transaction

from smartkampung.kernel.errors import constraint_name
from smartkampung.recovery.economy.actions.loading import load_known
from smartkampung.recovery.economy.models import Figure, KnownFigure
from smartkampung.recovery.economy.queries.known import known_figures
from smartkampung.recovery.economy.rules.kinds import KNOWN_TYPES, Kind
from smartkampung.recovery.economy.rules.known import contradicts

pytestmark = pytest.mark.django_db
FILE = resources.files("smartkampung.recovery.economy") / "data/known.csv"
LINES = FILE.read_text().splitlines()


def test_the_file_is_loaded_once_however_often() -> None:
    assert load_known(LINES, by="test") == len(LINES) - 1
    load_known(LINES, by="test")
    assert KnownFigure.objects.count() == len(LINES) - 1
    assert not Figure.objects.exists()


def test_every_figure_names_its_source_and_a_type_that_is_known() -> None:
    load_known(LINES, by="test")
    for row in KnownFigure.objects.all():
        told = [bool(row.target), bool(row.value), bool(row.stated_percent)]
        assert row.source_url.startswith("https://") == any(told)
        assert bool(row.caveat) == bool(row.caveat_en)
        assert row.since <= row.until
        assert row.topic == Kind.VISITS or row.item in KNOWN_TYPES


def test_the_parts_of_2017_add_up_to_the_total_of_the_source() -> None:
    load_known(LINES, by="test")
    rows = KnownFigure.objects.filter(topic="revenue", since__year=2017, period="year")
    found = {row.item: row.value for row in rows}
    parts = sum(found[item] or 0 for item in ("tax", "levies", "assets", "other"))
    assert parts == found["total"] == Decimal("388943532860.79")


def test_a_source_whose_percentage_does_not_fit_is_found() -> None:
    load_known(LINES, by="test")
    odd = {
        (row.item, row.since.year)
        for row in known_figures(Kind.REVENUE)
        if contradicts(row.stated_percent, row.target, row.value)
    }
    assert odd == {("total", 2021), ("parking", 2021)}


def test_a_file_that_changed_replaces_what_it_told() -> None:
    head, first, *_ = LINES
    load_known([head, first], by="test")
    load_known([head, first.replace("249000000000", "250000000000")], by="test")
    assert KnownFigure.objects.get().target == 250_000_000_000


def test_economy_known_once() -> None:
    load_known(LINES, by="test")
    row = KnownFigure.objects.latest("pk")
    row.pk = None
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        row.save(force_insert=True)
    assert constraint_name(caught.value) == "economy_known_once"


def test_a_file_without_figures_loads_none() -> None:
    assert load_known(LINES[:1], by="test") == 0
    assert not KnownFigure.objects.exists()
