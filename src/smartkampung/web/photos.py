"""Photos that came with a form, sent back to those who may see them."""

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpResponse


def photo_answer(path: str) -> HttpResponse:
    """Return a kept photo; 404 when its file is gone. The caller asked who may see it."""
    file = Path(settings.UPLOADS) / path
    if not file.exists():
        raise Http404
    return HttpResponse(file.read_bytes(), content_type="image/jpeg")
