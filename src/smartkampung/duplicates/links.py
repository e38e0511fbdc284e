"""Every column that points at a person or a family, found in the model graph.

A new foreign key is found by itself and moves with a merge. What must stay is listed
in ``STAYS`` with the reason; a test compares both with the database's own catalogue.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import QuerySet

from smartkampung.residents.models import Family

# Model and field, and why a merge leaves it alone.
STAYS: dict[str, str] = {
    "residents.Person.merged_into": "who was merged before is found through the chain",
    "residents.Person.family": "the record that stands keeps its own family card",
    "residents.LifeEvent.person": "tells of the record it was written about",
    "residents.LifeEvent.family": "tells of the card it was written about",
    "residents.LifeEvent.left_family": "tells of the card it was written about",
    "residents.ResidentSession.person": "opened with the old card, and ends soon",
    "residents.ResidentSession.family": "opened with the old card, and ends soon",
    "residents.ConsentChange.family": "what the old card agreed to; append-only",
    "targeting.Ranked.family": "a ranking stays as two people approved it",
    "cases.Case.person": "a case stays as it was recorded; corrections are rows",
    "cases.House.family": "a house is counted as it was when its cases were known",
    "duplicates.Pair.first": "a pair is about these two records, whatever came of it",
    "duplicates.Pair.second": "a pair is about these two records, whatever came of it",
    "duplicates.Merge.survivor": "the merge's own record",
    "duplicates.Merge.absorbed": "the merge's own record",
}


@dataclass(frozen=True)
class Link:
    """A column of a table that holds the id of a person or of a family."""

    model: type[models.Model]
    field: "models.Field[Any, Any]"

    @property
    def label(self) -> str:
        """Return how ``STAYS`` names it: ``aid.Claim.person``."""
        return f"{self.model._meta.label}.{self.field.name}"

    @property
    def column(self) -> str:
        """Return the name of the column."""
        return str(self.field.column)

    def rows(self, pk: int) -> QuerySet[Any]:
        """Return the rows that point at a person or family, in a steady order."""
        rows = self.model._base_manager.filter(**{self.field.name: pk})
        return rows.order_by("pk")


def links_to(target: type[models.Model]) -> Iterator[Link]:
    """Yield every foreign key to a model, those of the row history apart.

    The history of a row is of the record about which it was written.
    """
    for model in apps.get_models(include_auto_created=True):
        if any(field.name == "pgh_id" for field in model._meta.concrete_fields):
            continue
        for field in model._meta.local_concrete_fields:
            if field.is_relation and field.related_model is target:
                yield Link(model, field)


def moving_links(target: type[models.Model]) -> list[Link]:
    """Return the links that a merge moves, in a steady order."""
    moving = [link for link in links_to(target) if link.label not in STAYS]
    return sorted(moving, key=lambda link: link.label)


def family_column_of(link: Link) -> str | None:
    """Return the column of the same row that holds the person's family, if any."""
    columns = [
        other.column for other in moving_links(Family) if other.model is link.model
    ]
    return columns[0] if columns else None
