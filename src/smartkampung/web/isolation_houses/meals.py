"""The list for the village kitchen, and what each place at the table eats."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartkampung.accounts.roles import Permission
from smartkampung.isolation.houses import meals as table
from smartkampung.isolation.houses import queries
from smartkampung.isolation.houses.actions.eating import tell_diet
from smartkampung.isolation.houses.homes import HomeMeals, home_meals_for
from smartkampung.isolation.houses.rules import Diet
from smartkampung.isolation.houses.words import DIETS
from smartkampung.kernel.clock import now, today
from smartkampung.web.isolation_houses import present
from smartkampung.web.pages import StaffRequest, staff_page

P = Permission
AROUND = timedelta(days=60)


class DietForm(forms.Form):
    """What somebody eats."""

    diet = forms.ChoiceField(
        label=gettext_lazy("Meals"),
        choices=[(diet.value, words) for diet, words in DIETS.items()],
    )
    baby_food = forms.BooleanField(label=gettext_lazy("Baby food"), required=False)


@staff_page(P.MEALS_VIEW)
def meals(request: StaffRequest) -> HttpResponse:
    """Show the kitchens of an officer what each house eats on a day."""
    on = _day(request)
    houses = list(table.kitchens_for(request.actor))
    counted = table.meals_on(houses, on)
    fed = [house for house in houses if house.pk in counted]
    homes = home_meals_for(request.actor, on)
    places = present.where(
        {house.village_id for house in fed} | {home.region_code for home in homes}
    )
    context = {
        "on": on,
        "before": on - timedelta(days=1),
        "after": on + timedelta(days=1),
        "columns": _columns(),
        "rows": [_row(house, places, counted[house.pk]) for house in fed]
        + [_home_row(request, home, places) for home in homes],
        "people": sum(row.people for row in counted.values())
        + sum(home.meals.people for home in homes),
    }
    return render(request, "isolation_houses/meals.html", context)


def _day(request: StaffRequest) -> date:
    try:
        on = parse_date(request.GET.get("on", ""))
    except ValueError:
        on = None
    return on if on and abs(on - today()) <= AROUND else today()


def _columns() -> list[dict[str, Any]]:
    counts = [_("Here"), _("Expected"), _("Baby food"), *map(str, DIETS.values())]
    return [
        {"title": _("House or home"), "number": False},
        *({"title": title, "number": True} for title in counts),
        {"title": _("Also bring"), "number": False},
    ]


def _row(house: Any, places: dict[str, str], row: table.Meals) -> list[dict[str, Any]]:
    first = {"text": f"{house.name}, {places[house.village_id]}"}
    return [first, *_counts(row), {"text": "–", "label": _("Also bring")}]


def _home_row(
    request: StaffRequest, home: HomeMeals, places: dict[str, str]
) -> list[dict[str, Any]]:
    address = {"address": home.address, "place": places[home.region_code]}
    first = {"text": _("At home: %(address)s, %(place)s") % address}
    if request.actor.may_in(P.ARRIVAL_RECORD, home.region_code):
        first["url"] = reverse("isolation_houses:home", args=[home.party])
    more = {"text": home.supplies or "–", "label": _("Also bring")}
    return [first, *_counts(home.meals), more]


def _counts(row: table.Meals) -> list[dict[str, Any]]:
    counts = [row.present, row.expected, row.babies, *(row.diets[d] for d in DIETS)]
    titles = [column["title"] for column in _columns() if column["number"]]
    return [
        {"text": str(count), "label": title, "number": True}
        for count, title in zip(counts, titles, strict=True)
    ]


@staff_page(P.ARRIVAL_RECORD)
def eaters(request: StaffRequest, house_id: int) -> HttpResponse:
    """Show what is eaten in a house, by bed: nobody is named."""
    house = queries.house_for(request.actor, house_id, P.ARRIVAL_RECORD)
    table_now = table.places_at_table(house, today())
    items = [(place, form_of(place)) for place in table_now]
    context = {"house": house, "items": items}
    return render(request, "isolation_houses/eaters.html", context)


@staff_page(P.ARRIVAL_RECORD, "POST")
def eats(request: StaffRequest, house_id: int, stay_id: int) -> HttpResponse:
    """Write down what somebody eats."""
    house, stay = table.eater_for(request.actor, house_id, stay_id)
    write_down(request, stay, place=house.place_id)
    return redirect("isolation_houses:eaters", house_id)


def write_down(request: StaffRequest, stay: Any, *, place: str) -> None:
    """Write down what somebody eats, as it was sent, and say whether that was done."""
    form = DietForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose what is eaten there."), "late")
        return
    tell_diet(
        stay=stay,
        place=place,
        diet=Diet(form.cleaned_data["diet"]),
        baby_food=form.cleaned_data["baby_food"],
        by=request.actor,
        at=now(),
    )
    messages.success(request, _("Saved. The kitchen reads it."), "ok")


def form_of(one: Any) -> DietForm:
    """Return the form of somebody at table, with what they eat."""
    return DietForm(
        initial={"diet": one.diet, "baby_food": one.baby_food},
        auto_id=f"id_{one.stay_id}_%s",
    )
