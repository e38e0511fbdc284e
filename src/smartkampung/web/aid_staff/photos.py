"""Photos that come with a form, and photos that a case file shows."""

import uuid
from typing import Any

from django import forms
from django.core.signing import BadSignature, Signer
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.roles import Permission
from smartkampung.aid.queries.case_file import photo_of
from smartkampung.intake.actions.photos import keep_photo
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.photos import photo_answer


def kept(form: forms.Form, name: str, region_code: str) -> uuid.UUID | None:
    """Keep the photo of a field, if one came; a bad one becomes the field's error."""
    file = form.cleaned_data.pop(name, None)
    if not file:
        return None
    try:
        return keep_photo(file=file, region_code=region_code, at=now()).pk
    except Refused as refusal:
        form.add_error(name, str(refusal.message))
        return None


def kept_field() -> forms.CharField:
    """Return the hidden field ``NAME_kept``, in which a form carries a photo kept."""
    return forms.CharField(required=False, widget=forms.HiddenInput)


def photos_of(
    form: forms.Form, *names: str, region_code: str
) -> dict[str, uuid.UUID | None]:
    """Keep the photos of a form, by field; bad ones become errors beside the others.

    A browser never sends a chosen file twice, so a photo is kept even where another
    answer is wrong, and the form carries it until it is sent again.
    """
    form.is_valid()
    return {name: _photo_of(form, name, region_code) for name in names}


def _photo_of(form: forms.Form, name: str, region_code: str) -> uuid.UUID | None:
    token = form.cleaned_data.pop(f"{name}_kept", "")
    # Whose form it is, is signed too: no other photo can be put in its place.
    signer = Signer(salt=f"photo:{form.cleaned_data.get('form_id')}:{name}")
    photo_id = kept(form, name, region_code) or _opened(signer, token)
    if photo_id:
        form.data = _carrying(form, f"{name}_kept", signer.sign(photo_id.hex))
        form[name].help_text = _("Photo kept. Choose another to replace it.")
    return photo_id


def _opened(signer: Signer, token: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(signer.unsign(token))
    except BadSignature:
        return None


def _carrying(form: forms.Form, name: str, value: str) -> Any:
    data: Any = form.data
    data = data.copy()
    data[name] = value
    return data


@staff_page(Permission.REPORT_VIEW)
def photo(request: StaffRequest, claim_id: int, upload_id: uuid.UUID) -> HttpResponse:
    """Send a photo of a claim to those who may see the claim."""
    upload = photo_of(request.actor, claim_id, upload_id)
    return photo_answer(upload.path)
