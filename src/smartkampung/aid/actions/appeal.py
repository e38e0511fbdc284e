"""Object to a refusal with the number and the code that stand on its letter."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from smartkampung.aid.actions.objection import CannotObject, file_objection
from smartkampung.aid.models import Decision, Objection
from smartkampung.kernel.rls import as_job


def object_by_letter(*, decision: Decision, text: str, at: datetime) -> Objection:
    """Object to the refusal of a letter; raise CannotObject where that is over.

    Acts as a job, because the code of a letter opens no row by itself.
    """
    with as_job():
        latest = decision.claim.decisions.order_by("-decided_at", "-pk").first()
        if latest != decision:
            raise CannotObject(
                _("Since this letter it was decided anew. Use the newest letter.")
            )
        return file_objection(claim=decision.claim, text=text, by="public", at=at)
