"""Photos that come with a form, and photos that a case file shows."""

import uuid
from pathlib import Path

from django import forms
from django.conf import settings
from django.http import HttpResponse

from smartkampung.accounts.roles import Permission
from smartkampung.aid.queries.case_file import photo_of
from smartkampung.intake.actions.photos import keep_photo
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.web.pages import StaffRequest, staff_page


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


@staff_page(Permission.REPORT_VIEW)
def photo(request: StaffRequest, claim_id: int, upload_id: uuid.UUID) -> HttpResponse:
    """Send a photo of a claim to those who may see the claim."""
    upload = photo_of(request.actor, claim_id, upload_id)
    content = (Path(settings.UPLOADS) / upload.path).read_bytes()
    return HttpResponse(content, content_type="image/jpeg")
