"""What the public sees: numbers of every programme, and one posted list."""

import uuid
from datetime import datetime, timedelta

from smartkampung.accounts.roles import Role
from smartkampung.aid.cycles.models import Cycle
from smartkampung.aid.disclosure.actions.errors import publish_errors
from smartkampung.aid.disclosure.actions.figures import publish_programmes
from smartkampung.aid.disclosure.actions.publications import (
    ask_to_publish,
    decide_publication,
    write_names,
)
from smartkampung.demo.places import REGENCY
from smartkampung.demo.staff import Officers
from smartkampung.kernel.clock import day
from smartkampung.recovery.economy.actions.counting import publish_sectors

POSTED = "blt_dd"
LAW = "Permendesa PDTT 6/2020 (contoh)"
LASTS = timedelta(days=14)


def open_up(*, at: datetime, officers: Officers) -> None:
    """Count for the public, and let two officers of Dinsos post one list."""
    publish_programmes(at=at)
    publish_errors(at=at)
    publish_sectors(at=at)
    cycle = Cycle.objects.select_related("programme").get(programme=POSTED)
    row = ask_to_publish(
        form_id=uuid.uuid4(),
        cycle=cycle,
        legal_reference=LAW,
        days=(day(at), day(at) + LASTS),
        by=officers.of(Role.DINSOS, REGENCY["code"]),
        at=at,
    )
    colleague = officers.of(Role.DINSOS, REGENCY["code"], colleague=True)
    decide_publication(publication=row, granted=True, by=colleague, at=at)
    write_names(publication_id=row.pk, at=at)
