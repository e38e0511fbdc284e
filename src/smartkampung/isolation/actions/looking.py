"""Look whether a house is full before anybody waits for its lock.

Most who ask for the last beds are late, and need no lock to be told so. Nobody gets a
bed by this look: that is decided under the lock.
"""

from collections.abc import Sequence
from datetime import date
from hashlib import blake2b
from typing import NamedTuple

from django.core.cache import caches
from django.utils.translation import gettext_lazy as _

from smartkampung.intake.actions.answers import was_answered
from smartkampung.isolation.queries.offers import houses_for
from smartkampung.isolation.queries.rooms import Near, Site, site_of
from smartkampung.isolation.rules.rooms import Guest
from smartkampung.isolation.rules.states import Need, stay_days
from smartkampung.kernel.errors import Refused
from smartkampung.regions.codes import ancestor

SCOPE = "isolation.reservation"
OTHERS_OFFERED = 3
HELD_SECONDS = 2


class NoRoom(Refused):
    """The house is full on these days; ``alternatives`` are the nearest with room."""

    code = "no_room"

    def __init__(self, alternatives: Sequence[Near]) -> None:
        super().__init__(
            _("This house is full on these days. Please choose another house.")
        )
        self.alternatives = tuple(alternatives)


class Asked(NamedTuple):
    """What finding a house asks of a wish; without ``house_id`` any will do."""

    village: str
    arrives_on: date
    party: tuple[Guest, ...]
    needs: frozenset[Need]
    house_id: int | None


def look(asked: Asked, *, key: str) -> Site | None:
    """Return the chosen house at a glance; None for any, or one that is not there.

    Raises NoRoom where it seems full, unless this key came before: then its answer
    stands, whatever was taken since.
    """
    if asked.house_id is None:
        return None
    since, until = stay_days(asked.arrives_on)
    site = site_of(asked.house_id, since=since, until=until)
    late = site is not None and site.free < len(asked.party)
    if late and not was_answered(scope=SCOPE, key=key):
        raise NoRoom(others(asked))
    return site


def near(asked: Asked, *, most: int) -> list[Near]:
    """Return houses of the kecamatan that seem to have room, the nearest first.

    The house that was chosen is not among them.
    """
    since, until = stay_days(asked.arrives_on)
    return houses_for(
        asked.village,
        asked.party,
        since=since,
        until=until,
        most=most,
        needs=asked.needs,
        inside=ancestor(asked.village, "kecamatan"),
        but=asked.house_id,
    )


def others(asked: Asked) -> list[Near]:
    """Return the nearest other houses that seem to have room for the party.

    What was found for people alike holds for two seconds: in a rush hundreds are told
    the same at once.
    """
    key = f"others:{_alike(asked)}"
    found: list[Near] | None = caches["local"].get(key)
    if found is None:
        anywhere = asked._replace(house_id=None)
        found = near(anywhere, most=OTHERS_OFFERED + 1)
        caches["local"].set(key, found, HELD_SECONDS)
    return [one for one in found if one.house_id != asked.house_id][:OTHERS_OFFERED]


def _alike(asked: Asked) -> str:
    """Return a name for all who would be offered the same houses."""
    day = asked.arrives_on
    party = [(guest.sex, guest.sleeps_in_cot(day)) for guest in asked.party]
    told = repr((asked.village, day, party, sorted(asked.needs)))
    return blake2b(told.encode(), digest_size=16).hexdigest()
