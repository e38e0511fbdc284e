"""The work that reviews make: for the village of the file, and where people live now."""

from datetime import datetime, timedelta

from django.db.models import Model, QuerySet

from smartkampung.accounts.roles import Permission
from smartkampung.residents.imports.models import Import, ImportReview
from smartkampung.worklist.actions import close_work, open_work

REVIEW_WITHIN = timedelta(days=14)


def put_reviews_on_the_list(imported: Import, *, at: datetime) -> None:
    """Keep one work item for all reviews of an import that wait.

    Each other village that must let somebody go has one, too: about its oldest case.
    """
    if not _waiting(imported).exists():
        return
    _open("residents.import_review", imported, imported.region_code, at)
    for review in _oldest_of_others(imported):
        _open("residents.import_move", review, review.other_region, at)


def close_decided(review: ImportReview, *, by: str, at: datetime) -> None:
    """Close the work about a review, or go on to the next one that waits."""
    close_work(target=review, by=by)
    put_reviews_on_the_list(review.batch, at=at)
    if not _waiting(review.batch).exists():
        close_work(target=review.batch, by=by)


def close_all(imported: Import, *, by: str) -> None:
    """Close the work about every review of an import that still waits."""
    close_work(target=imported, by=by)
    for review in _oldest_of_others(imported):
        close_work(target=review, by=by)


def _waiting(imported: Import) -> QuerySet[ImportReview]:
    return imported.reviews.filter(decided_at=None)


def _oldest_of_others(imported: Import) -> QuerySet[ImportReview]:
    of_others = _waiting(imported).exclude(other_region="")
    return of_others.order_by("other_region", "pk").distinct("other_region")


def _open(kind: str, target: Model, region_code: str, at: datetime) -> None:
    open_work(
        kind=kind,
        target=target,
        permission=Permission.REGISTRY_IMPORT,
        region_code=region_code,
        due_at=at + REVIEW_WITHIN,
    )
