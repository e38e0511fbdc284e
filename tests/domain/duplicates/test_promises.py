"""What the database promises about pairs and merges, whoever writes."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from smartkampung.duplicates.models import Merge, NameShare, Pair
from smartkampung.residents.models import Person
from tests.doubles import NOW, double, merge, twice
from tests.population import wayan

pytestmark = pytest.mark.django_db


def broken(**values: Any) -> None:
    with transaction.atomic():
        Pair.objects.create(
            weight=1,
            why={},
            model_version="1",
            region_code="35",
            found_at=NOW,
            **values,
        )


def test_pair_is_ordered() -> None:
    first, second = wayan(), double()
    with pytest.raises(IntegrityError, match="pair_is_ordered"):
        broken(first=second, second=first)


def test_pair_proposed_once() -> None:
    first, second, _pair = twice()
    with pytest.raises(IntegrityError, match="pair_proposed_once"):
        broken(first=first, second=second)


def test_pair_decision_has_a_decider() -> None:
    with pytest.raises(IntegrityError, match="pair_decision_has_a_decider"):
        broken(first=wayan(), second=double(), decision="same", decided_at=NOW)


def merged(pair: Pair, survivor: Person, absorbed: Person, **more: Any) -> None:
    with transaction.atomic():
        Merge.objects.create(
            pair=pair,
            survivor=survivor,
            absorbed=absorbed,
            merged_at=NOW,
            merged_by="sari",
            **more,
        )


def test_merge_absorbed_once() -> None:
    first, second, pair = twice()
    merge(pair, first)
    with pytest.raises(IntegrityError, match="merge_absorbed_once"):
        merged(pair, first, second)


def test_merge_of_two_records() -> None:
    first, _second, pair = twice()
    with pytest.raises(IntegrityError, match="merge_of_two_records"):
        merged(pair, first, first)


def test_merge_undone_by_somebody() -> None:
    first, second, pair = twice()
    with pytest.raises(IntegrityError, match="merge_undone_by_somebody"):
        merged(pair, first, second, undone_at=NOW)


def test_person_merged_has_a_survivor() -> None:
    first = wayan()
    for values in ({"status": "merged"}, {"merged_into": double()}):
        with (
            pytest.raises(IntegrityError, match="person_merged_has_a_survivor"),
            transaction.atomic(),
        ):
            Person.objects.filter(pk=first.pk).update(**values)


def test_name_share_once() -> None:
    NameShare.objects.create(column="mother", value="siti", share=0.01)
    with pytest.raises(IntegrityError, match="name_share_once"), transaction.atomic():
        NameShare.objects.create(column="mother", value="siti", share=0.02)
