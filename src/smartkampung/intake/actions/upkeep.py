"""Throw away what has served its time."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import transaction
from django.db.models import Exists, ForeignObjectRel, Func, OuterRef, UUIDField

from smartkampung.intake.models import (
    HitCount,
    IdempotencyKey,
    OneTimeCode,
    TrackedCase,
    Upload,
)
from smartkampung.intake.rules import ANSWER_LIFE

COUNTS_LIFE = timedelta(days=2)
# Photos of forms that were never sent; a form opens for seven days.
UNUSED_PHOTO_LIFE = timedelta(days=8)


def clean_up(*, at: datetime) -> dict[str, int]:
    """Delete old counts, answers, codes and photos of no report; return how many.

    A photo that anything refers to, by a key or in a list, stays. Safe to run at any time.
    """
    unused = _unused(at)
    old = {
        "counts": HitCount.objects.filter(window_start__lt=at - COUNTS_LIFE),
        "answers": IdempotencyKey.objects.filter(at__lt=at - ANSWER_LIFE),
        "codes": OneTimeCode.objects.filter(expires_at__lt=at - COUNTS_LIFE),
        "cases": TrackedCase.objects.filter(expires_at__lt=at),
        "photos": Upload.objects.filter(pk__in=[photo.pk for photo in unused]),
    }
    gone = {name: rows.delete()[0] for name, rows in old.items()}
    # Only once it is certain: a file comes back with no transaction that is undone.
    transaction.on_commit(lambda: _remove([photo.path for photo in unused]))
    return gone


def _remove(paths: list[str]) -> None:
    for path in paths:
        (Path(settings.UPLOADS) / path).unlink(missing_ok=True)


def _unused(at: datetime) -> list[Upload]:
    """Return old photos that no table names, asked of all tables at once."""
    rows = Upload.objects.filter(at__lt=at - UNUSED_PHOTO_LIFE)
    for field in _keys():
        named = field.model._base_manager.filter(**{field.name: OuterRef("pk")})
        rows = rows.filter(~Exists(named))
    for field in lists_of_ids():
        one = Func(field.name, function="unnest", output_field=UUIDField())
        listed = field.model._base_manager.annotate(one=one).values("one")
        rows = rows.exclude(pk__in=listed)
    return list(rows)


def _keys() -> list[Any]:
    """Return the columns of all domains that refer to a photo.

    Also those that cannot be reached from a photo: their relations are hidden.
    """
    return [
        relation.field
        for relation in Upload._meta.get_fields(include_hidden=True)
        if isinstance(relation, ForeignObjectRel)
    ]


def lists_of_ids() -> list[Any]:
    """Return the columns of all domains that hold a list of ids."""
    return [
        field
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, ArrayField) and isinstance(field.base_field, UUIDField)
    ]
