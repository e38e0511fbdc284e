"""The form of the studio: weights, money and quotas, each with what holds now."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from smartkampung.criteria.words import said
from smartkampung.recovery.targeting.queries.known import facts_of
from smartkampung.recovery.targeting.queries.priorities import Worded
from smartkampung.recovery.targeting.rules.priority import (
    WHOLE,
    Last,
    Priority,
    Quota,
    Unit,
)
from smartkampung.recovery.targeting.rules.reading import HEAVIEST
from smartkampung.web.free_text import no_card_number
from smartkampung.web.money import RupiahField

LARGEST = 10**15
TINY = {"class": "tiny"}


def dotted(amount: int) -> str:
    """Return an amount as it is typed in Indonesia, 48.000.000, in either language."""
    return f"{amount:,}".replace(",", ".")


class StudioForm(forms.Form):
    """What is tried; made for one priority, whose values it begins with."""

    budget = RupiahField(label=_("Budget, in rupiah"), most=LARGEST)
    cost_each = RupiahField(label=_("Cost for each, in rupiah"), most=LARGEST)
    seats = forms.ChoiceField(
        label=_("Seats for villages"),
        choices=[
            ("no", _("no: by rank wherever people live")),
            ("yes", _("yes: in proportion to the people in the ranking")),
        ],
    )
    last = forms.ChoiceField(
        label=_("Among equals"),
        choices=[
            (Last.OLDEST.value, _("the oldest registration first")),
            (Last.LOT.value, _("by lot, with a public seed")),
        ],
    )

    def __init__(self, data: Any = None, *, about: Worded) -> None:
        self.about = about
        priority = about.priority
        initial: dict[str, Any] = {
            "budget": dotted(about.budget),
            "cost_each": dotted(about.cost_each),
            "seats": "yes" if priority.seats else "no",
            "last": priority.last.value,
        }
        super().__init__(data, initial=initial)
        facts = facts_of(about.population)
        for at, one in enumerate(priority.criteria):
            label = said(facts[one.fact].label)
            self._number(f"w{at}", label, one.weight, most=HEAVIEST)
        for at, quota in enumerate(priority.quotas):
            self._quota(at, quota)

    def _quota(self, at: int, quota: Quota) -> None:
        most = WHOLE if quota.unit is Unit.PERCENT else LARGEST
        unit = "%" if quota.unit is Unit.PERCENT else ""
        for side, words, value in (
            ("least", _("%(name)s: at least %(unit)s"), quota.least),
            ("most", _("%(name)s: at most %(unit)s"), quota.most),
        ):
            label = str(words % {"name": quota.name, "unit": unit}).strip()
            self._number(f"q{at}_{side}", label, value, most=most, required=False)

    def _number(
        self,
        name: str,
        label: str,
        value: int | None,
        *,
        most: int,
        required: bool = True,
    ) -> None:
        self.fields[name] = forms.IntegerField(
            label=label,
            min_value=0,
            max_value=most,
            required=required,
            widget=forms.NumberInput(attrs=TINY),
            error_messages={"invalid": _("Write a whole number, such as 25.")},
        )
        self.initial[name] = value

    @property
    def weights(self) -> Iterator[Any]:
        """Return the fields of the weights."""
        return (self[f"w{at}"] for at in range(len(self.about.priority.criteria)))

    @property
    def quotas(self) -> Iterator[Any]:
        """Return the fields of the quotas."""
        for at in range(len(self.about.priority.quotas)):
            yield self[f"q{at}_least"]
            yield self[f"q{at}_most"]

    @property
    def all_equal(self) -> bool:
        """Say whether what is tried gives nobody any points."""
        tried = self.is_bound and self.is_valid()
        return not (self.priority if tried else self.about.priority).most_points

    def clean_cost_each(self) -> int:
        """Refuse what costs nothing: no budget would end."""
        cost: int = self.cleaned_data["cost_each"]
        if not cost:
            raise forms.ValidationError(_("Write what each costs, above nought."))
        return cost

    def clean(self) -> None:
        """Say which quota has a least above its most, or nothing at all."""
        for at, quota in enumerate(self.about.priority.quotas):
            least = self.cleaned_data.get(f"q{at}_least")
            most = self.cleaned_data.get(f"q{at}_most")
            if least is not None and most is not None and least > most:
                self.add_error(
                    f"q{at}_least",
                    _(
                        "%(name)s: the least is above the most. Lower it, or raise the most."
                    )
                    % {"name": quota.name},
                )

    @property
    def priority(self) -> Priority:
        """Return the priority that is tried."""
        base, told = self.about.priority, self.cleaned_data
        quotas = []
        for at, quota in enumerate(base.quotas):
            least, most = told[f"q{at}_least"], told[f"q{at}_most"]
            if least is None and most is None:
                continue  # emptied: tried without this quota
            quotas.append(replace(quota, least=least, most=most))
        return replace(
            base,
            criteria=tuple(
                replace(one, weight=told[f"w{at}"])
                for at, one in enumerate(base.criteria)
            ),
            quotas=tuple(quotas),
            seats=told["seats"] == "yes",
            last=Last(told["last"]),
        )


class SaveForm(forms.Form):
    """The name under which what is tried is kept."""

    name = forms.CharField(
        label=_("Name of the scenario"), max_length=120, validators=[no_card_number]
    )
