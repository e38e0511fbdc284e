"""Where to isolate: is home fit for it, and otherwise, in which house."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from smartkampung.isolation.booking.queries import house_and_village
from smartkampung.isolation.booking.words import SETTINGS
from smartkampung.isolation.queries.offers import houses_for
from smartkampung.isolation.queries.rooms import Near
from smartkampung.isolation.rules.assessment import Home, obstacles
from smartkampung.isolation.rules.intake import MOST_GUESTS
from smartkampung.isolation.rules.rooms import Guest
from smartkampung.isolation.rules.states import Need, stay_days
from smartkampung.regions.queries import names
from smartkampung.web.free_text import no_card_number
from smartkampung.web.isolation_booking.forms import YES_NO, choose, need_name
from smartkampung.web.isolation_booking.guests import party_of
from smartkampung.web.report.fields import BOXES, DayField
from smartkampung.web.report.forms import Answers, StepForm
from smartkampung.web.typed import row_id

NEAREST = "nearest"
MOST_OFFERS = 8
NEAREST_WORDS = _("The nearest with room")
FIRST_FREE = _("The first to be free")
ANSWER = choose(_("Answer yes or no."))


def _yes_or_no(label: Any, help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=help_text,
        choices=YES_NO,
        widget=forms.RadioSelect,
        error_messages=ANSWER,
    )


class HomeForm(StepForm):
    """The home, in three answers."""

    own_room = _yes_or_no(_("Is there a room that you need not share?"))
    own_bathroom = _yes_or_no(_("Is there a bathroom that only you use?"))
    frail = _yes_or_no(
        _("Does anybody there fall seriously ill easily?"),
        _("Over 60 years, pregnant, a baby, or ill for a long time."),
    )


def home_of(earlier: Answers) -> Home:
    """Return the home as it was described."""
    return Home(
        own_room=earlier.get("own_room") == "yes",
        own_bathroom=earlier.get("own_bathroom") == "yes",
        nobody_frail=earlier.get("frail") == "no",
    )


def home_is_possible(earlier: Answers) -> bool:
    """Say whether the people may isolate at home."""
    return not obstacles(home_of(earlier))


class SettingForm(StepForm):
    """At home or in a house, for those who may choose."""

    setting = forms.ChoiceField(
        label=_("Place"),
        choices=[(one.value, words) for one, words in SETTINGS.items()],
        widget=forms.RadioSelect,
        error_messages=choose(_("Choose one of the two.")),
    )


class AddressForm(StepForm):
    """Where the home is."""

    address = forms.CharField(
        label=_("Address"),
        max_length=200,
        validators=[no_card_number],
        help_text=_("Street, number, and what the house looks like."),
        error_messages={
            "required": _("Type the address, so that the health worker finds you."),
            "max_length": _("At most %(limit_value)d letters."),
        },
    )


class Trip(NamedTuple):
    """What offering a house asks of the answers before."""

    village: str
    arrives_on: date | None
    people: int
    needs: frozenset[Need]
    party: tuple[Guest, ...]


def trip_of(earlier: Answers) -> Trip:
    """Return where to, when, how many and with which needs, as far as typed."""
    parts = [earlier.get(f"arrives_on_{box}") for box in BOXES]
    try:
        arrives_on = DayField().clean(parts)
    except ValidationError:
        arrives_on = None
    typed = earlier.get("people", "")
    people = min(row_id(typed) or 1, MOST_GUESTS)
    return Trip(
        village=earlier.get("village", ""),
        arrives_on=arrives_on,
        people=people,
        needs=frozenset(need for need in Need if earlier.get(need_name(need))),
        party=party_of(earlier, people),
    )


def offers_for(trip: Trip) -> list[Near]:
    """Return the nearest houses that have room on these days, as it looks now."""
    if trip.arrives_on is None or not trip.village:
        return []
    since, until = stay_days(trip.arrives_on)
    return houses_for(
        trip.village,
        trip.party,
        since=since,
        until=until,
        most=MOST_OFFERS,
        needs=trip.needs,
    )


class HouseField(forms.ChoiceField):
    """A house of ours. Whether it has room is decided where it is booked, not here."""

    widget = forms.RadioSelect
    known = ""

    def valid_value(self, value: Any) -> bool:
        """Take any house that exists, and "the nearest"."""
        if value in {NEAREST, self.known}:
            return True
        house = row_id(str(value))
        return house is not None and house_and_village(house) is not None


class HouseForm(StepForm):
    """Which house; those with room, the nearest first."""

    house = HouseField(label=_("House"), error_messages=choose(_("Choose a house.")))

    def prepare(self) -> None:
        """Offer what is free now, if the screen is shown at all."""
        field = self.fields["house"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = self._choices
        self.initial["house"] = NEAREST

    @cached_property
    def offers(self) -> list[Near]:
        """Return the houses that have room now."""
        return offers_for(trip_of(self.earlier))

    def offer(self, houses: Iterable[Near], *, full: str) -> None:
        """Offer these, and look for no others; ``full`` is the house that was full."""
        self.__dict__["offers"] = list(houses)
        field = self.fields["house"]
        assert isinstance(field, HouseField)
        field.known = full

    def _choices(self) -> list[tuple[str, Any]]:
        villages = names({offer.village for offer in self.offers})
        nearest = NEAREST_WORDS if self.offers else FIRST_FREE
        return [
            (NEAREST, nearest),
            *((str(one.house_id), _offer(one, villages)) for one in self.offers),
        ]


def _offer(offer: Near, villages: dict[str, str]) -> str:
    """Return a house in a line: name, village, way, room."""
    free = ngettext("%(count)d bed free", "%(count)d beds free", offer.free)
    parts = [offer.name, villages.get(offer.village, ""), free % {"count": offer.free}]
    if offer.km is not None:
        way = _now("about %(km)s km away") % {"km": max(1, round(offer.km))}
        parts.insert(2, way)
    return ", ".join(part for part in parts if part)
