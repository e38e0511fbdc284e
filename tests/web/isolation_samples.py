"""Sample arguments of the addresses of isolation (``tests/web/samples.py`` says how)."""

from tests.web.sampling import Sample


def _house(*keys: str, bound: bool = True) -> Sample:
    names = ("house_id", *keys)
    return Sample(lambda at: {name: at.house[name] for name in names}, bound=bound)


ISOLATION: dict[str, Sample] = {
    "isolation_public:house": _house(bound=False),
    "isolation_public:photo": _house("photo_id", bound=False),
    "isolation_houses:house": _house(),
    "isolation_houses:eaters": _house(),
    "isolation_houses:eats": _house("stay_id"),
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
}
