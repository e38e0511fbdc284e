"""An owner who lost the code of a place gets another; the old one ends."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.audit.actions import record
from smartkampung.intake.actions.cases import code_hash, open_case
from smartkampung.notify.actions import send
from smartkampung.reopening.places.actions.errors import PlaceRefused
from smartkampung.reopening.places.actions.registering import CASE_KIND
from smartkampung.reopening.places.models import Place
from smartkampung.reopening.places.rules.standing import State


def renew_code(*, place: Place, by: Actor, at: datetime) -> str:
    """Return a new code for the owner, which alone opens the place from now on.

    The phone that the register knows hears that it was changed, and not the code: who
    asks at the desk is not always the owner. Raises PlaceRefused.
    """
    row = Place.objects.select_for_update(no_key=True).get(pk=place.pk)
    if row.state not in (State.ASKED, State.REGISTERED):
        raise PlaceRefused(_("This place is not in the register."))
    code = open_case(
        kind=CASE_KIND,
        region_code=row.region_code,
        first_step="received",
        due_on=None,
        at=at,
    )
    row.code_hash = code_hash(code)
    row.save(update_fields=["code_hash"])
    record(
        "places.code_renewed", target=row, by=by.username, region_code=row.region_code
    )
    send(
        key=f"places.news:{row.pk}:code:{at.isoformat()}",
        to=row.contact_phone,
        template="place_news",
    )
    return code
