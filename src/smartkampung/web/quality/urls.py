"""Addresses of data quality. Places and kinds of faults only; no person is in any."""

from django.urls import path

from smartkampung.web.quality import views

app_name = "quality"
urlpatterns = [
    path("", views.here, name="here"),
    path("<str:code>/", views.board, name="board"),
    path("<str:code>/<slug:fault>/", views.findings, name="findings"),
]
