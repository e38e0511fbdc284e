"""Reads of the diaries. Whether the actor may see a person is the caller's business."""

from django.db.models import QuerySet

from smartkampung.audit.models import Access as Access


def looks_at(person_id: int) -> QuerySet[Access]:
    """Return every look at one person's record, the newest first."""
    return Access.objects.filter(person_id=person_id).order_by("-at", "-pk")
