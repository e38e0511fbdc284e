"""The screens of a booking, in an order that follows from the answers."""

import re
from collections.abc import Mapping
from dataclasses import asdict
from functools import cached_property
from typing import Any

from smartkampung.isolation.actions.looking import Asked
from smartkampung.isolation.actions.wish import Guest, Wish
from smartkampung.isolation.queries.origins import ABROAD
from smartkampung.isolation.rules.intake import MOST_GUESTS, date_problem
from smartkampung.isolation.rules.states import EntryPoint, Need, Setting
from smartkampung.kernel.clock import today
from smartkampung.web.isolation_booking import forms, guests, home
from smartkampung.web.report.forms import UNKNOWN_RT, StepForm
from smartkampung.web.steps import Steps
from smartkampung.web.typed import row_id

FORM = "isolation.booking"
STEPS: dict[str, type[StepForm]] = {
    "when": forms.WhenForm,
    "province": forms.ProvinceForm,
    "origin": forms.OriginForm,
    "entry": forms.EntryForm,
    "kecamatan": forms.KecamatanForm,
    "village": forms.VillageForm,
    "rt": forms.RtForm,
    "people": forms.PeopleForm,
    **{f"{guests.STEP}{at}": guests.GuestForm for at in range(1, MOST_GUESTS + 1)},
    "needs": forms.NeedsForm,
    "home": home.HomeForm,
    "setting": home.SettingForm,
    "address": home.AddressForm,
    "house": home.HouseForm,
    "phone": forms.PhoneForm,
}
ORDER = tuple(STEPS)
# Where an answer changes, the answers to these no longer fit.
UNSETTLES = {
    "when": ("house",),
    "province": ("origin",),
    "kecamatan": ("village", "rt", "house"),
    "village": ("rt", "house"),
    "people": ("house",),
    "needs": ("house",),
    "home": ("setting", "address"),
}
VILLAGE = re.compile(r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{4}")


class Wizard(Steps):
    """A booking as far as it is filled in."""

    screens = STEPS
    unsettles = UNSETTLES
    longest = 300

    @cached_property
    def flat(self) -> dict[str, str]:
        """Return all answers as typed; those of a person under their screen's name."""
        return {
            f"{step}.{name}" if step.startswith(guests.STEP) else name: text
            for step, answers in self.draft.answers.items()
            for name, text in answers.items()
        }

    @cached_property
    def trip(self) -> home.Trip:
        """Return where to, when and who, as far as typed."""
        return home.trip_of(self.flat)

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Return the screens that these answers lead through."""
        return tuple(step for step in ORDER if self._is_asked(step))

    def _is_asked(self, step: str) -> bool:
        flat = self.flat
        if step == "origin":
            return flat.get("province") != ABROAD
        if step.startswith(guests.STEP):
            return int(step.removeprefix(guests.STEP)) <= self.trip.people
        if step == "setting":
            return home.home_is_possible(flat)
        if step == "address":
            return self.setting == Setting.HOME
        return step != "house" or self.setting == Setting.HOUSE

    @property
    def setting(self) -> Setting:
        """Return where the people want to isolate, as far as they may."""
        wanted = self.flat.get("setting")
        at_home = wanted == Setting.HOME and home.home_is_possible(self.flat)
        return Setting.HOME if at_home else Setting.HOUSE

    def earlier(self, step: str) -> dict[str, str]:
        """Return the answers that a screen may look back at: not a person's own."""
        return {
            name: text
            for name, text in self.flat.items()
            if not name.startswith(f"{step}.")
        }

    @property
    def clean(self) -> dict[str, Any]:
        """Return the answers as read, people apart; call it when nothing is wrong."""
        read: dict[str, Any] = {}
        for step, form in self.answered.items():
            form.is_valid()
            if not step.startswith(guests.STEP):
                read |= form.cleaned_data
        return read

    def guests(self) -> list[dict[str, Any]]:
        """Return the people as read."""
        named = [self.answered[s] for s in self.order if s.startswith(guests.STEP)]
        return [form.cleaned_data for form in named if form.is_valid()]

    def asked(self) -> Asked | None:
        """Return which house is wanted and when, without judging a single screen.

        None where no house was chosen, or the day is none on which people may come.
        """
        trip, house = self.trip, row_id(self.flat.get("house", ""))
        if self.setting == Setting.HOME or house is None or trip.arrives_on is None:
            return None
        if not VILLAGE.fullmatch(trip.village):
            return None
        if date_problem(trip.arrives_on, today=today()) is not None:
            return None
        return Asked(trip.village, trip.arrives_on, trip.party, trip.needs, house)

    def wish(self, language: str) -> Wish:
        """Return the booking; call it only when nothing is wrong."""
        clean, at_home = self.clean, self.setting == Setting.HOME
        house = clean.get("house", home.NEAREST)
        known_rt = clean["rt"] != UNKNOWN_RT
        return Wish(
            village=clean["village"],
            place=clean["rt"] if known_rt else "",
            arrives_on=clean["arrives_on"],
            origin_code=clean.get("origin", ABROAD),
            entry_point=EntryPoint(clean["entry_point"]),
            guests=tuple(_guest(one) for one in self.guests()),
            setting=self.setting,
            phone=clean["phone"],
            language=language,
            needs=frozenset(need for need in Need if clean[forms.need_name(need)]),
            assessment=asdict(home.home_of(self.flat)),
            address=clean["address"] if at_home else "",
            house_id=None if at_home or house == home.NEAREST else int(house),
        )


def _guest(read: Mapping[str, Any]) -> Guest:
    kind, number = read["document_kind"], read["number"]
    is_nik = kind == guests.NIK
    return Guest(
        name=read["name"],
        sex=read["sex"],
        born_on=read["born_on"],
        nik=number if is_nik else "",
        document_kind="" if kind in (guests.NIK, guests.NONE) else kind,
        document="" if is_nik else number,
    )
