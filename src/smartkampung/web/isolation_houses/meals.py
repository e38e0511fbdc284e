"""The list for the village kitchen, and what each place at the table eats."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartkampung.accounts.roles import Permission
from smartkampung.isolation.houses import meals as table
from smartkampung.isolation.houses import queries
from smartkampung.isolation.houses.actions.eating import tell_diet
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
    places = present.where({house.village_id for house in fed})
    context = {
        "on": on,
        "before": on - timedelta(days=1),
        "after": on + timedelta(days=1),
        "columns": _columns(),
        "rows": [_row(house, places, counted[house.pk]) for house in fed],
        "people": sum(row.people for row in counted.values()),
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
        {"title": _("House"), "number": False},
        *({"title": title, "number": True} for title in counts),
    ]


def _row(house: Any, places: dict[str, str], row: table.Meals) -> list[dict[str, Any]]:
    counts = [row.present, row.expected, row.babies, *(row.diets[d] for d in DIETS)]
    titles = [column["title"] for column in _columns()[1:]]
    return [
        {"text": f"{house.name}, {places[house.village_id]}"},
        *(
            {"text": str(count), "label": title, "number": True}
            for count, title in zip(counts, titles, strict=True)
        ),
    ]


@staff_page(P.ARRIVAL_RECORD)
def eaters(request: StaffRequest, house_id: int) -> HttpResponse:
    """Show what is eaten in a house, by bed: nobody is named."""
    house = queries.house_for(request.actor, house_id, P.ARRIVAL_RECORD)
    items = [
        (
            place,
            DietForm(
                initial={"diet": place.diet, "baby_food": place.baby_food},
                auto_id=f"id_{place.stay_id}_%s",
            ),
        )
        for place in table.places_at_table(house, today())
    ]
    context = {"house": house, "items": items}
    return render(request, "isolation_houses/eaters.html", context)


@staff_page(P.ARRIVAL_RECORD, "POST")
def eats(request: StaffRequest, house_id: int, stay_id: int) -> HttpResponse:
    """Write down what somebody eats."""
    house, stay = table.eater_for(request.actor, house_id, stay_id)
    form = DietForm(request.POST)
    if form.is_valid():
        tell_diet(
            stay=stay,
            house=house,
            diet=Diet(form.cleaned_data["diet"]),
            baby_food=form.cleaned_data["baby_food"],
            by=request.actor,
            at=now(),
        )
        messages.success(request, _("Saved. The kitchen reads it."), "ok")
    else:
        messages.error(request, _("Choose what is eaten there."), "late")
    return redirect("isolation_houses:eaters", house_id)
