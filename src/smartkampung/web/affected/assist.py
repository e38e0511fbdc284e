"""An officer registers somebody who asks: one page, with the same questions."""

import uuid
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission as P
from smartkampung.intake.actions.photos import keep_photo
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.recovery.affected.actions.register import register_for
from smartkampung.recovery.affected.rules.registration import Kind
from smartkampung.recovery.affected.words import WISHES
from smartkampung.web.affected import forms as screens
from smartkampung.web.affected.forms import sector_choices, wish_name
from smartkampung.web.affected.wizard import told_of
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.report.assist import places_under

CHOOSE_PLACE = gettext_lazy("Choose a place from the list.")


class AssistForm(forms.Form):
    """The whole registration on one page, for the places where the officer may."""

    form_id = forms.UUIDField(widget=forms.HiddenInput)
    nik = screens.CardForm.base_fields["nik"]
    name = screens.CardForm.base_fields["name"]
    born_on = screens.CardForm.base_fields["born_on"]
    region_code = forms.ChoiceField(
        label=gettext_lazy("Where the person lives"),
        error_messages={"required": CHOOSE_PLACE, "invalid_choice": CHOOSE_PLACE},
    )
    phone = screens.PhoneForm.base_fields["phone"]
    kind = screens.KindForm.base_fields["kind"]
    sector = screens.SectorForm.base_fields["sector"]
    sales_down_percent = screens.SalesForm.base_fields["sales_down_percent"]
    employer = screens.EmployerForm.base_fields["employer"]
    employer_phone = screens.EmployerForm.base_fields["employer_phone"]
    happened_on = screens.WhenForm.base_fields["happened_on"]
    income_before = screens.IncomeForm.base_fields["income_before"]
    income_after = screens.IncomeForm.base_fields["income_after"]
    dependants = screens.BurdenForm.base_fields["dependants"]
    debts = screens.BurdenForm.base_fields["debts"]
    skills = screens.WishForm.base_fields["skills"]
    photo = screens.PhotoForm.base_fields["photo"]

    def __init__(
        self, data: Any = None, files: Any = None, *, actor: Actor, **options: Any
    ) -> None:
        super().__init__(data, files, **options)
        places = places_under(actor, P.AFFECTED_REGISTER)
        self._offer("region_code", [("", _("Choose")), *places])
        self._offer("sector", sector_choices())
        self.fields["phone"].label = str(_("Mobile number"))
        self.fields["kind"].label = str(_("What happened?"))
        self.fields["photo"].label = str(
            _("Photo of a letter of dismissal, a closed shop, a members' card")
        )
        self.fields["sales_down_percent"].required = False
        for wish, words in WISHES.items():
            self.fields[wish_name(wish)] = forms.BooleanField(
                label=str(words), required=False
            )

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Ask by how much from who sells less."""
        given = super().clean() or {}
        needs_share = given.get("kind") == Kind.SALES_DOWN
        if needs_share and given.get("sales_down_percent") is None:
            self.add_error("sales_down_percent", _("Type a number from 1 to 100."))
        return given


@never_cache
@staff_page(P.AFFECTED_REGISTER, "GET", "HEAD", "POST")
def assist(request: StaffRequest) -> HttpResponse:
    """Register somebody at the desk or at the door, and show the code to hand over."""
    actor = request.actor
    if request.method != "POST":
        form = AssistForm(actor=actor, initial={"form_id": uuid.uuid4()})
        return _page(request, form)
    form = AssistForm(request.POST, request.FILES, actor=actor)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        code = register_for(told=_told(form), by=actor, at=now())
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, form, status=409)
    return render(request, "affected/handed.html", {"code": code})


def _told(form: AssistForm) -> Any:
    clean = dict(form.cleaned_data)
    file, photo_id = clean.pop("photo"), None
    if file is not None:
        # Named after the form: sending twice keeps one photo and one registration.
        photo_id = keep_photo(
            file=file,
            region_code=clean["region_code"],
            at=now(),
            form_id=clean["form_id"],
        ).id
    return told_of(
        clean, form_id=clean["form_id"], place=clean["region_code"], photo_id=photo_id
    )


def _page(request: StaffRequest, form: AssistForm, status: int = 200) -> HttpResponse:
    return render(request, "affected/assist.html", {"form": form}, status=status)
