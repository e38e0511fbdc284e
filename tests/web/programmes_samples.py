"""Sample arguments of recovery programmes (``tests/web/samples.py`` says how)."""

from tests.web.sampling import Sample
from tests.web.scene import WORDS

CODE = Sample(lambda at: {"code": at.programme.code})
OFFER = Sample(lambda at: {"offer_id": at.programme.offer}, bound=True, words=WORDS)
SEAT = Sample(lambda at: {"seat_id": at.programme.seat}, bound=True, words=WORDS)
LOAN = Sample(lambda at: {"loan_id": at.programme.loan}, bound=True, words=WORDS)

PROGRAMMES: dict[str, Sample] = {
    # a code opens an offer to whoever holds it, and never tells a name
    "recovery:case": CODE,
    "recovery:accept": CODE,
    "recovery:refuse": CODE,
    # a programme is the regency's: one for every village
    "recovery_staff:new_offer": Sample(
        lambda at: {"programme_id": at.programme.programme}
    ),
    "recovery_staff:offer": OFFER,
    "recovery_staff:change_offer": OFFER,
    "recovery_staff:open_offer": OFFER,
    "recovery_staff:pay": OFFER,
    "recovery_staff:end": OFFER,
    "recovery_staff:close": OFFER,
    "recovery_staff:sheet": OFFER,
    "recovery_staff:paper": OFFER,
    "recovery_staff:closing": Sample(
        lambda at: {"closing_id": at.programme.closing}, bound=True
    ),
    "recovery_staff:seat": SEAT,
    "recovery_staff:answer": Sample(
        lambda at: {"seat_id": at.programme.invited}, bound=True, words=WORDS
    ),
    "recovery_staff:milestone": SEAT,
    "recovery_staff:outcome": SEAT,
    "recovery_staff:drop": SEAT,
    "recovery_staff:finish": SEAT,
    "recovery_staff:hand_over": SEAT,
    "recovery_staff:loan": LOAN,
    "recovery_staff:repay": LOAN,
    "recovery_staff:reschedule": LOAN,
}
