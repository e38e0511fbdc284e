"""Report missing aid for somebody whom the registry knows, without typing numbers."""

import uuid
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.aid.actions.report import Receipt, send_report
from smartkampung.aid.rules.report import Channel, Reason, Told
from smartkampung.kernel.errors import Refused
from smartkampung.residents.models import Person


class RecordTooThin(Refused):
    """The record lacks a number or a date that every report holds."""

    code = "record_too_thin"


def report_known(
    *,
    person: Person,
    reason: Reason,
    story: str,
    form_id: uuid.UUID,
    by: Actor,
    at: datetime,
) -> Receipt:
    """Report for a person as the record knows them; the same form is one report.

    Numbers are opened for the report alone, which seals them again: nobody is shown
    any. Raises RecordTooThin and KeyReused.
    """
    card = person.family
    if person.nik is None or card.kk is None or person.born_on is None:
        raise RecordTooThin(
            _(
                "The record lacks the NIK, the family card number or the birth date."
                " Write this report by hand, from the cards."
            )
        )
    told = Told(
        form_id=form_id,
        for_self=True,
        nik=person.nik.open(),
        kk=card.kk.open(),
        born_on=person.born_on,
        phone=card.phone.open() if card.phone else "",
        region_code=person.region_code,
        reason=reason,
        story=story,
    )
    return send_report(told=told, channel=Channel.ASSISTED, by=by.username, at=at)
