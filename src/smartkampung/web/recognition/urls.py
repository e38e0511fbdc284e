"""Addresses of thanks and months, for staff."""

from django.urls import URLPattern, path

from smartkampung.web.recognition import month, reading

app_name = "recognition"
urlpatterns: list[URLPattern] = [
    path("", reading.thanks, name="thanks"),
    path("month/", month.month, name="month"),
    path("month/month.pdf", month.month_pdf, name="month_pdf"),
]
