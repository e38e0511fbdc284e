"""A family gives or withdraws a consent; it holds from this very moment."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.audit.actions import record
from smartkampung.kernel.errors import Refused
from smartkampung.notify.actions import end_silence, opt_in, silence
from smartkampung.residents.models import ConsentChange, Family
from smartkampung.residents.queries.consents import consent_to
from smartkampung.residents.rules.consents import BY_PHONE, Purpose, wish


class SameConsent(Refused):
    """The family said so before; nothing was changed."""

    code = "same_consent"


def change_consent(
    *, family_id: int, purpose: Purpose, given: bool, by: str, at: datetime
) -> None:
    """Write down what a family agrees to; raise SameConsent when nothing would change.

    Withdrawn messages stop at once, those included that wait to be sent. Agreeing again
    lifts a STOP that its phone said, for this purpose alone.
    """
    with transaction.atomic():
        # Two taps on the button queue here, and the second is told.
        family = Family.objects.select_for_update(no_key=True).get(pk=family_id)
        now_so = consent_to(family.pk, purpose)
        if (now_so.holds if given else now_so.given) == given:
            raise SameConsent(_("This was already so. Nothing was changed."))
        ConsentChange.objects.create(
            family=family, purpose=purpose, given=given, at=at, by=by
        )
        name = wish(purpose, family.pk)
        if given:
            end_silence(wish=name)
            if now_so.stopped and family.phone is not None:
                (other,) = BY_PHONE - {purpose}
                opt_in(phone=family.phone, still=other)
        else:
            silence(wish=name, at=at)
        record(
            "residents.consent_given" if given else "residents.consent_withdrawn",
            target=family,
            by=by,
            region_code=family.region_code,
            purpose=purpose.value,
        )
