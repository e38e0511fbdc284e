"""Living, dead, moved, missing: what aid and letters look at again under lock."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.audit.actions import record
from smartkampung.kernel.errors import Refused
from smartkampung.residents.models import Person


class SameStatus(Refused):
    """The record already says so; nothing was changed."""

    code = "same_status"


def change_status(
    *, person: Person, status: Person.Status, by: str, at: datetime
) -> Person:
    """Write down that a person died, moved away, is missing, or is back.

    Raises SameStatus when nothing would change.
    """
    with transaction.atomic():
        person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        before = person.status
        if before == status:
            raise SameStatus(
                _("The record already says so. Somebody may have been quicker.")
            )
        person.status = status
        person.save(update_fields=["status"])
        record(
            "residents.status_changed",
            target=person,
            by=by,
            region_code=person.region_code,
            before=before,
            after=str(status),
            on=at.date().isoformat(),
        )
    return person
