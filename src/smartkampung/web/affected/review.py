"""The answers on one page, as they were given."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from smartkampung.kernel.wording import rupiah, short_day
from smartkampung.recovery.affected.words import WISHES
from smartkampung.web.affected.forms import StepForm, wish_name
from smartkampung.web.affected.wizard import PHOTO, Wizard
from smartkampung.web.money import RupiahField
from smartkampung.web.report.forms import UNKNOWN_RT


def review_rows(wizard: Wizard) -> list[dict[str, Any]]:
    """Return every answer with its question and the screen to change it on."""
    rows = []
    for step, form in wizard.answered.items():
        if step == PHOTO:
            photo = _("1 photo") if wizard.flat.get("photo_id") else _("None")
            rows.append({"term": _("Photo"), "value": photo, "step": step})
        elif form.is_valid():
            rows += [
                {"term": term, "value": value, "step": step}
                for term, value in answers(form)
            ]
    return rows


def answers(form: StepForm) -> list[tuple[Any, Any]]:
    """Return the answers of a screen with their questions."""
    found = [
        (form.fields[name].label, _shown(form, name))
        for name in form.fields
        if not name.startswith("wish_")
    ]
    if wish_name("work") in form.fields:
        wanted = [
            str(words)
            for wish, words in WISHES.items()
            if form.cleaned_data[wish_name(wish)]
        ]
        found.append((_("What would help most"), ", ".join(wanted) or _("None")))
    return found


def _shown(form: StepForm, name: str) -> Any:
    field, value = form.fields[name], form.cleaned_data[name]
    if isinstance(field, RupiahField):
        return rupiah(value)
    if isinstance(value, date):
        return short_day(value)
    if name == "rt" and value == UNKNOWN_RT:
        return _("Not known")
    for key, words in getattr(field, "choices", ()):
        for one, text in words if isinstance(words, list) else [(key, words)]:
            if one == value:
                return text
    return _("None") if value in ("", None) else value
