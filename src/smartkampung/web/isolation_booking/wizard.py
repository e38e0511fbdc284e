"""The screens of a booking, in an order that follows from the answers."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from smartkampung.intake.draft import Draft
from smartkampung.isolation.actions.looking import Asked
from smartkampung.isolation.actions.wish import Guest, Wish
from smartkampung.isolation.queries.origins import ABROAD
from smartkampung.isolation.rules.intake import MOST_GUESTS, date_problem
from smartkampung.isolation.rules.states import EntryPoint, Need, Setting
from smartkampung.kernel.clock import today
from smartkampung.web.isolation_booking import forms, guests, home
from smartkampung.web.report.forms import UNKNOWN_RT, StepForm
from smartkampung.web.typed import row_id

FORM = "isolation.booking"
REVIEW = "review"
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
LONGEST_ANSWER = 300
VILLAGE = re.compile(r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{4}")


@dataclass(frozen=True)
class Wizard:
    """A booking as far as it is filled in."""

    draft: Draft

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

    def form(self, step: str, data: Any = None) -> StepForm:
        """Return the form of a screen: with what is sent, or what was answered."""
        kept = self.draft.answers.get(step)
        earlier = {
            name: text
            for name, text in self.flat.items()
            if not name.startswith(f"{step}.")
        }
        return STEPS[step](data if data is not None else kept, earlier=earlier)

    @cached_property
    def answered(self) -> dict[str, StepForm]:
        """Return the forms of all screens with what was answered, made once."""
        return {step: self.form(step) for step in self.order}

    def next_step(self) -> str:
        """Return the first screen that lacks an answer, or the review."""
        lacking = (step for step in self.order if step not in self.draft.answers)
        return next(lacking, REVIEW)

    def first_wrong(self) -> str | None:
        """Return the first screen whose answers do not hold, if any."""
        return next((step for step in self.order if not self.holds(step)), None)

    def holds(self, step: str) -> bool:
        """Say whether a screen was answered, and well."""
        return step in self.draft.answers and self.answered[step].is_valid()

    def fitting(self, step: str) -> str:
        """Return the screen asked for, or the one to be answered before it."""
        if step == REVIEW:
            return self.first_wrong() or REVIEW
        if step not in self.order:
            return self.next_step()
        return min(step, self.next_step(), key=(*self.order, REVIEW).index)

    def before(self, step: str) -> str | None:
        """Return the screen before one; the first has none."""
        at = (*self.order, REVIEW).index(step)
        return self.order[at - 1] if at else None

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


def typed(form: StepForm, data: Mapping[str, str]) -> dict[str, str]:
    """Return what was typed on a screen, as it came, for the next time it is shown."""
    names = form.fields
    return {
        key: str(data[key])[:LONGEST_ANSWER]
        for key in data
        if key in names or key.rpartition("_")[0] in names
    }


def settle(draft: Draft, step: str, answers: dict[str, str]) -> dict[str, Any]:
    """Return all answers with a screen's new ones, without those they unsettle."""
    kept = dict(draft.answers)
    if kept.get(step) != answers:
        for later in UNSETTLES.get(step, ()):
            kept.pop(later, None)
    kept[step] = answers
    return kept
