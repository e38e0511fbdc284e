"""Addresses of the report form."""

from django.urls import path

from smartkampung.web.report import views

app_name = "report"
urlpatterns = [
    path("", views.report, name="form"),
    path("send/", views.send, name="send"),
    path("<uuid:form_id>/<slug:step>/", views.screen, name="screen"),
]
