"""Sample arguments of the addresses of isolation (``tests/web/samples.py`` says how)."""

from tests.cast import HERE, PUSKESMAS
from tests.web.sampling import Sample
from tests.web.scene import WORDS


def _house(*keys: str, bound: bool = True) -> Sample:
    names = ("house_id", *keys)
    return Sample(lambda at: {name: at.house[name] for name in names}, bound=bound)


STAY = Sample(lambda at: {"stay_id": at.isolated.stay}, bound=True, rls=True)
LOOK = Sample(lambda at: {"obligation_id": at.isolated.look}, bound=True, rls=True)
# By its row only in one's own area; by the code that they show, wherever they go.
PARTY = Sample(lambda at: {"key": at.returning}, bound=True, words=WORDS, rls=True)
SECLUDED = Sample(
    lambda at: {"stay_id": at.secluded}, bound=True, words=WORDS, rls=True
)

ISOLATION: dict[str, Sample] = {
    "isolation_figures:area": Sample(lambda _: {"code": HERE}, bound=True),
    "isolation_public:house": _house(bound=False),
    "isolation_public:photo": _house("photo_id", bound=False),
    "isolation_care:centre": Sample(lambda _: {"code": PUSKESMAS}, bound=True),
    "isolation_care:village": Sample(lambda _: {"code": HERE}, bound=True),
    "isolation_care:hand_over": Sample(
        lambda _: {"code": PUSKESMAS, "officer_id": 0}, bound=True
    ),
    "isolation_care:carer": STAY,
    "isolation_care:write": Sample(lambda _: {"kind": "limits"}),
    "isolation_care:confirm": Sample(lambda _: {"version": 1}),
    "isolation_houses:house": _house(),
    "isolation_houses:move": Sample(
        lambda at: {"reservation_id": at.isolated.party}, bound=True, rls=True
    ),
    "isolation_houses:eaters": _house(),
    "isolation_houses:eats": _house("stay_id"),
    "isolation_houses:home": Sample(
        lambda at: {"party_id": at.isolated.party}, bound=True, rls=True
    ),
    "isolation_houses:eats_at_home": Sample(
        lambda at: {"party_id": at.isolated.party, "stay_id": at.isolated.stay},
        bound=True,
        rls=True,
    ),
    "isolation_houses:change": _house(),
    "isolation_houses:room": _house(),
    "isolation_houses:beds": _house("room_id"),
    "isolation_houses:photo": _house(),
    "isolation_houses:drop_photo": _house("photo_id"),
    "isolation_houses:inspect": _house(),
    "isolation_houses:ask": _house(),
    "isolation_houses:open": _house(),
    "isolation_houses:close": _house(),
    "isolation_houses:block": _house(),
    "isolation_houses:lift": _house("use_id"),
    "isolation_monitoring:stay": STAY,
    "isolation_monitoring:look": LOOK,
    "isolation_monitoring:decide": STAY,
    "isolation_monitoring:class": STAY,
    "isolation_monitoring:letter": Sample(
        lambda at: {"stay_id": at.isolated.stay}, bound=True, may_be_missing=True
    ),
    # Nobody of the household at home is in the registry.
    "isolation_monitoring:report_aid": Sample(
        lambda at: {"stay_id": at.isolated.stay, "person_id": 1},
        bound=True,
        may_be_missing=True,
    ),
    "isolation_monitoring:alert": Sample(
        lambda at: {"escalation_id": at.isolated.alert}, bound=True, rls=True
    ),
    "isolation_exchange:stay": STAY,
    "isolation_exchange:send": STAY,
    "isolation_report:letter": Sample(
        lambda at: {"code": at.isolated.code, "stay_id": at.isolated.stay},
        may_be_missing=True,
    ),
    "isolation_report:reminders": Sample(lambda at: {"code": at.isolated.code}),
    "isolation_letters:verify": Sample(
        lambda _: {"mark": "1.made-up"}, may_be_missing=True
    ),
    "isolation_report:report": Sample(lambda at: {"code": at.isolated.code}),
    "isolation_arrival:party": Sample(
        lambda at: {"party_id": at.returning}, bound=True, words=WORDS, rls=True
    ),
    "isolation_arrival:join": PARTY,
    "isolation_arrival:gone": PARTY,
    "isolation_arrival:person": SECLUDED,
    "isolation_arrival:visit": SECLUDED,
    "isolation_arrival:left": SECLUDED,
    "isolation_arrival:referral": SECLUDED,
    "isolation_arrival:photo": Sample(
        lambda at: {"visit_id": at.visited}, bound=True, rls=True
    ),
    "isolation_arrival:departure": Sample(
        lambda at: {"departure_id": at.departed}, bound=True, words=WORDS, rls=True
    ),
    "isolation_arrival:hub": PARTY,
    "isolation_arrival:screen": PARTY,
    "isolation_arrival:passed": PARTY,
    "isolation_arrival:check_in": PARTY,
    "isolation_arrival:other_house": PARTY,
}
