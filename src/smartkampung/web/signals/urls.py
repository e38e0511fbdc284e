"""Addresses: signals and indicators, for staff."""

from django.urls import path

from smartkampung.web.signals import (
    colours,
    entering,
    files,
    overview,
    province,
    reports,
)

app_name = "signals"
urlpatterns = [
    path("", overview.here, name="here"),
    path("province/", province.province, name="province"),
    path("colours/", colours.colours, name="colours"),
    path("colours/add/", colours.add, name="add_colour"),
    path("reports/<slug:kind>/", reports.reports, name="reports"),
    path("reports/<slug:kind>/enter/", entering.enter, name="enter"),
    path("reports/<slug:kind>/file/", files.files, name="files"),
    path("reports/<slug:kind>/file/empty.<slug:form>", files.template, name="template"),
    path("file/<int:pk>/", files.file, name="file"),
    path("file/<int:pk>/take/", files.take, name="take"),
    path("file/<int:pk>/leave/", files.leave, name="leave"),
    path("report/<int:pk>/", reports.report, name="report"),
    path("report/<int:pk>/take-back/", reports.take_back, name="take_back"),
]
