"""Addresses under /t/, short enough for an SMS."""

from django.urls import path, register_converter

from smartkampung.intake.rules import read_code
from smartkampung.web.tracking import outcome, views


class TrackingCode:
    """A code in an address, read kindly; views get it as printed."""

    regex = "[^/]{1,60}"

    def to_python(self, value: str) -> str:
        """Return the printed form; what cannot be a code is no page of ours."""
        code = read_code(value)
        if code is None:
            raise ValueError
        return code

    def to_url(self, value: str) -> str:
        """Return the printed form."""
        return value


register_converter(TrackingCode, "code")
app_name = "tracking"
urlpatterns = [
    path("", views.find, name="find"),
    path("<code:code>/", views.case, name="case"),
    path("<code:code>/slip/", views.slip, name="slip"),
    path("<code:code>/slip.pdf", views.slip_pdf, name="slip_pdf"),
    path("<code:code>/outcome/", outcome.outcome, name="outcome"),
    path("<code:code>/outcome/code/", outcome.send_code, name="send_code"),
    path("<code:code>/outcome/close/", outcome.close, name="close"),
    path("<code:code>/outcome/letter.pdf", outcome.letter, name="letter"),
    path("<code:code>/object/", outcome.object_, name="object"),
]
