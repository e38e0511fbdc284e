"""The answers on one page, as they were given."""

from typing import Any

from django.utils.translation import gettext as _

from smartkampung.isolation.booking.queries import house_and_village
from smartkampung.isolation.booking.words import NEEDS
from smartkampung.isolation.rules.states import Need
from smartkampung.kernel.wording import long_day
from smartkampung.regions.queries import names
from smartkampung.web.isolation_booking import guests, home
from smartkampung.web.isolation_booking.forms import need_name
from smartkampung.web.isolation_booking.wizard import Wizard
from smartkampung.web.report.forms import UNKNOWN_RT, StepForm


def review_rows(wizard: Wizard) -> list[dict[str, Any]]:
    """Return every answer with its question and the screen to change it on."""
    rows = []
    for step, form in wizard.answered.items():
        if form.is_valid():
            rows += [
                {"term": term, "value": value, "step": step}
                for term, value in _answers(step, form)
            ]
    return rows


def _answers(step: str, form: StepForm) -> list[tuple[Any, Any]]:
    if step.startswith(guests.STEP):
        number = step.removeprefix(guests.STEP)
        return [(_("Person %(number)s") % {"number": number}, _person(form))]
    if step == "needs":
        wanted = [need for need in Need if form.cleaned_data[need_name(need)]]
        value = ", ".join(str(NEEDS[need]) for need in wanted)
        return [(_("Needs"), value or _("None"))]
    if isinstance(form, home.HouseForm):
        return [(form.fields["house"].label, _house(form))]
    return [_answer(form, name) for name in form.fields]


def _house(form: home.HouseForm) -> Any:
    chosen = form.cleaned_data["house"]
    if chosen == home.NEAREST:
        return home.NEAREST_WORDS if form.offers else home.FIRST_FREE
    found = house_and_village(int(chosen))
    if found is None:
        return ""
    name, village = found
    return f"{name}, {names([village]).get(village, village)}"


def _person(form: StepForm) -> str:
    clean = form.cleaned_data
    number = clean["number"]
    return f"{clean['name']}, {number}" if number else str(clean["name"])


def _answer(form: StepForm, name: str) -> tuple[Any, Any]:
    field, value = form.fields[name], form.cleaned_data[name]
    choices = dict(getattr(field, "choices", ()))
    if name == "rt" and value == UNKNOWN_RT:
        return field.label, _("Not known")
    if str(value) in choices:
        return field.label, choices[str(value)]
    if name == "arrives_on":
        return field.label, long_day(value)
    return field.label, value or _("None")
