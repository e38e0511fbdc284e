"""The answers on one page, as the reporter gave them."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.kernel.wording import short_day
from smartkampung.web.report.forms import UNKNOWN_RT, StepForm
from smartkampung.web.report.wizard import ORDER, PHOTO, Wizard

Row = tuple[str | Promise, str | Promise, str]


def review_rows(wizard: Wizard) -> list[dict[str, Any]]:
    """Return every answer with its question and the screen to change it on."""
    rows = []
    for step in ORDER:
        form = wizard.form(step)
        if step == PHOTO:
            kept = wizard.flat.get("photo_id")
            rows.append(_row(_("Photo"), _("1 photo") if kept else _("None"), step))
        elif form.is_valid():
            rows += [_row(*_answer(form, name), step) for name in form.fields]
    return rows


def _row(term: Any, value: Any, step: str) -> dict[str, Any]:
    return {"term": term, "value": value, "step": step}


def _answer(form: StepForm, name: str) -> tuple[Any, Any]:
    field, value = form.fields[name], form.cleaned_data[name]
    choices = dict(getattr(field, "choices", ()))
    if value in choices:
        return field.label, choices[value]
    if name == "born_on":
        return field.label, short_day(value)
    if name == "rt" and value == UNKNOWN_RT:
        return field.label, _("Not known")
    return field.label, value or _("None")
