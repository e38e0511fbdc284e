"""Photos and PDFs of announcements, sent to those who may read them."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse

from smartkampung.web.photos import photo_answer


def file_answer(row: Any) -> HttpResponse:
    """Return a kept file; 404 when it is gone. The caller asked who may see it.

    A PDF is offered to be saved, and never runs as a page of ours.
    """
    if row.kind == "photo":
        return photo_answer(row.path)
    file = Path(settings.UPLOADS) / row.path
    if not file.exists():
        raise Http404
    response = HttpResponse(file.read_bytes(), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{row.pk}.pdf"'
    return response
