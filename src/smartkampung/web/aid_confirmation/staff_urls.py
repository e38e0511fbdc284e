"""Addresses of gaps and of the report about them."""

from django.urls import path

from smartkampung.web.aid_confirmation import following, report, slips

app_name = "aid_confirmation"
urlpatterns = [
    path("", report.report, name="report"),
    path("slips/", slips.slips, name="slips"),
    path("slips/<int:confirmation_id>/", slips.slip, name="slip"),
    path("gaps/", following.gaps, name="gaps"),
    path("gaps/<int:confirmation_id>/", following.gap, name="gap"),
]
