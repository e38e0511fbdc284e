"""What the three pillars type after a visit, and when somebody is gone."""

import re
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from smartkampung.isolation.arrival.actions.supervising import Seen
from smartkampung.isolation.arrival.rules.visits import Found, Safety
from smartkampung.isolation.arrival.words import ENDED, FOUND, SAFETY
from smartkampung.regions.distance import Position
from smartkampung.web.aid_staff.forms import OnceForm
from smartkampung.web.aid_staff.photos import kept_field
from smartkampung.web.free_text import no_card_number

_PAIR = re.compile(r"\s*(-?\d{1,2}(?:[.,]\d+)?)\s*[,; ]\s*(-?\d{1,3}(?:[.,]\d+)?)\s*")


def read_position(text: str) -> Position:
    """Return latitude and longitude as a map shows them; raise ValidationError."""
    found = _PAIR.fullmatch(text)
    lat, lng = (
        (float(part.replace(",", ".")) for part in found.groups())
        if found
        else (999.0, 0.0)
    )
    if not (-90 <= lat <= 90 and -180 <= lng <= 180):
        raise ValidationError(
            _(
                "Copy the position from the map of your phone, such as -8.2190, 114.3691."
            )
        )
    return lat, lng


class PositionField(forms.CharField):
    """A position, filled in by the phone or copied from its map."""

    def clean(self, value: Any) -> Any:
        """Return latitude and longitude, or nothing where the box is empty."""
        text = super().clean(value)
        return read_position(text) if text else None


class VisitForm(OnceForm):
    """Presence and safety. There is no question about health."""

    found = forms.ChoiceField(
        label=_("Is the person there?"),
        choices=[(found.value, words) for found, words in FOUND.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one answer.")},
    )
    safety = forms.MultipleChoiceField(
        label=_("What is missing, or not safe?"),
        choices=[(need.value, words) for need, words in SAFETY.items()],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-row"}),
        required=False,
    )
    note = forms.CharField(
        label=_("A few words"),
        max_length=300,
        required=False,
        validators=[no_card_number],
        help_text=_(
            "About safety only. Nothing about illness: that is the Puskesmas'."
        ),
    )
    position = PositionField(
        label=_("Position"),
        required=False,
        max_length=60,
        help_text=_("Your phone fills it in, or copy it from its map."),
        widget=forms.TextInput(attrs={"data-position": "", "autocomplete": "off"}),
    )
    photo = forms.FileField(
        label=_("Photo of the place"),
        required=False,
        help_text=_("The door or the yard; nobody's face."),
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )
    photo_kept = kept_field()
    missing = forms.CharField(
        label=_("If there is no position or no photo: why?"),
        max_length=200,
        required=False,
        validators=[no_card_number],
    )

    def seen(self, photo: uuid.UUID | None) -> Seen:
        """Return what was seen, with the kept photo."""
        clean = self.cleaned_data
        return Seen(
            found=Found(clean["found"]),
            safety=tuple(Safety(need) for need in clean["safety"]),
            note=clean["note"],
            position=clean["position"],
            photo_id=photo,
            missing=clean["missing"],
        )


class LeftForm(forms.Form):
    """Somebody is gone."""

    words = forms.CharField(
        label=_("What do you know?"),
        max_length=300,
        validators=[no_card_number],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Since when, who saw it, where they may be. Nothing about illness."
        ),
        error_messages={"required": _("Write what you know.")},
    )


class EndForm(forms.Form):
    """What came of it."""

    ended = forms.ChoiceField(
        label=_("What came of it?"),
        choices=[(ended.value, words) for ended, (words, _tag) in ENDED.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one answer.")},
    )
    words = forms.CharField(
        label=_("A few words"),
        max_length=300,
        required=False,
        validators=[no_card_number],
    )
