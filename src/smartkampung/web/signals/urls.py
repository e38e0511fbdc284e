"""Addresses: signals and indicators, for staff."""

from django.urls import path

from smartkampung.web.signals import colours, entering, overview, province, reports

app_name = "signals"
urlpatterns = [
    path("", overview.here, name="here"),
    path("province/", province.province, name="province"),
    path("colours/", colours.colours, name="colours"),
    path("colours/add/", colours.add, name="add_colour"),
    path("reports/<slug:kind>/", reports.reports, name="reports"),
    path("reports/<slug:kind>/enter/", entering.enter, name="enter"),
    path("report/<int:pk>/", reports.report, name="report"),
    path("report/<int:pk>/take-back/", reports.take_back, name="take_back"),
]
