"""Files and rows of imports are kept for a while only."""

from datetime import datetime

from django.db.models import Q

from smartkampung.residents.imports import files
from smartkampung.residents.imports.models import Import

State = Import.State


def expire_imports(*, at: datetime) -> int:
    """Delete files and rows of imports whose time is over; return how many."""
    over = Import.objects.filter(expires_at__lte=at).exclude(
        state__in=[State.APPLYING, State.UNDOING]
    )
    stale = over.filter(Q(rows__isnull=False) | ~Q(path="") | ~Q(rejections_path=""))
    count = 0
    for imported in stale.distinct():
        count += 1
        imported.rows.all().delete()
        paths = (imported.path, imported.rejections_path)
        imported.path = imported.rejections_path = ""
        if imported.state in (State.RECEIVED, State.READY, State.UNUSABLE):
            imported.state = State.DISCARDED
        imported.save()
        files.forget(*paths)
    return count
