"""Addresses of the economy, for staff."""

from django.urls import path

from smartkampung.web.economy import (
    alerts,
    businesses,
    downloads,
    entering,
    files,
    known,
    overview,
    recovery,
    revenue,
    settings,
    visits,
)

app_name = "economy"
urlpatterns = [
    path("", overview.here, name="here"),
    path("revenue/", revenue.revenue, name="revenue"),
    path("revenue/<slug:code>/", revenue.one_type, name="type"),
    path("visits/", visits.visits, name="visits"),
    path("businesses/", businesses.businesses, name="businesses"),
    path("recovery/", recovery.recovery, name="recovery"),
    path("recovery/<slug:code>/", recovery.curve, name="curve"),
    path("known/", known.known, name="known"),
    path("alerts/", alerts.alerts, name="alerts"),
    path("alerts/<int:pk>/", alerts.alert, name="alert"),
    path("alerts/<int:pk>/note/", alerts.note, name="note"),
    path("settings/", settings.settings, name="settings"),
    path("settings/<slug:kind>/", settings.write, name="write"),
    path("enter/<slug:kind>/", entering.enter, name="enter"),
    path("history/", entering.history, name="history"),
    path("history/take-back/", entering.take_back, name="take_back"),
    path("files/", files.files, name="files"),
    path("files/<int:pk>/", files.file, name="file"),
    path("files/<int:pk>/take/", files.take, name="take"),
    path("files/<int:pk>/leave/", files.leave, name="leave"),
    path("download/<slug:name>.<slug:form>", downloads.download, name="download"),
]
