"""Count for the public how many were hit, by sector; what is small stays hidden."""

from datetime import datetime

from django.db import transaction

from smartkampung.recovery.economy.models import SectorCount
from smartkampung.recovery.economy.queries.people import COLUMNS, everybody, hidden


def publish_sectors(*, at: datetime) -> int:
    """Count anew; return how many rows. The job that calls sees everybody."""
    shown = hidden(everybody())
    with transaction.atomic():
        SectorCount.objects.all().delete()
        rows = [
            SectorCount(
                sector=sector,
                counted_at=at,
                total=row["total"],
                **{str(state): row[state] for state in COLUMNS},
            )
            for sector, row in shown.items()
        ]
        return len(SectorCount.objects.bulk_create(rows))
