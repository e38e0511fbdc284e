"""What a keeper writes down about goods."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from smartkampung.aid.goods.queries import items, neighbours
from smartkampung.aid.goods.rules import Cause, Kind
from smartkampung.regions.codes import level
from smartkampung.regions.queries import names
from smartkampung.web.aid_goods.words import CAUSES, GOODS, WHAT
from smartkampung.web.aid_staff.forms import OnceForm
from smartkampung.web.free_text import no_card_number

MOST = 10_000_000


def quantity_field(label: Any, *, least: int) -> forms.IntegerField:
    """Return a field for a number of packs."""
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=MOST,
        error_messages={
            "required": _("Type how many."),
            "invalid": _("Type a whole number, such as 120."),
        },
    )


class GoodsForm(OnceForm):
    """Goods came in, were sent on, or spoiled."""

    kind = forms.ChoiceField(
        label=_("What happened?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what happened.")},
    )
    item = forms.ChoiceField(label=_("Goods"))
    quantity = quantity_field(_("How many"), least=1)
    to = forms.ChoiceField(
        label=_("Sent to"),
        required=False,
        help_text=_("Only for goods that are sent; leftovers go back up."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=300,
        validators=[no_card_number],
        help_text=_("Only for spoiled goods: what happened to them."),
    )

    def __init__(self, *data: Any, region: str, **options: Any) -> None:
        super().__init__(*data, **options)
        here = level(region) == "regency"
        kinds = [kind for kind in Kind if here or kind is not Kind.RECEIVED]
        known = names(near := neighbours(region))
        for name, choices in (
            ("kind", [(kind.value, WHAT[kind]) for kind in kinds]),
            ("item", [(item, GOODS.get(item, item)) for item in items()]),
            ("to", [("", "–"), *((code, known.get(code, code)) for code in near)]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Ask for the place or the reason that this kind needs."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        kind = given.get("kind")
        if kind == Kind.SENT and not given.get("to"):
            self.add_error("to", _("Choose where the goods were sent."))
        if kind == Kind.SPOILED and not given.get("reason"):
            self.add_error("reason", _("Write what happened to the goods."))
        return given


def fresh_form(region: str) -> GoodsForm:
    """Return an empty form with an id of its own."""
    return GoodsForm(region=region, initial={"form_id": uuid.uuid4()})


class CountForm(forms.Form):
    """What arrived of a shipment."""

    arrived = quantity_field(_("How many arrived"), least=0)
    loss_reason = forms.CharField(
        label=_("Why fewer, if fewer"),
        required=False,
        max_length=300,
        validators=[no_card_number],
    )


class ShelfForm(OnceForm):
    """What is really on the shelf. The books are not shown: so it is counted."""

    item = forms.ChoiceField(label=_("Goods"))
    counted = quantity_field(_("How many are on the shelf"), least=0)
    cause = forms.ChoiceField(
        label=_("If that differs from the books: why?"),
        required=False,
        choices=[(cause.value, words) for cause, words in CAUSES.items()],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("How the difference came about"),
        required=False,
        max_length=300,
        validators=[no_card_number],
    )

    def __init__(self, *data: Any, **options: Any) -> None:
        super().__init__(*data, **options)
        field = self.fields["item"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(item, GOODS.get(item, item)) for item in items()]

    def clean_cause(self) -> Cause | None:
        """Return the cause, if one was chosen."""
        return Cause(self.cleaned_data["cause"]) if self.cleaned_data["cause"] else None
