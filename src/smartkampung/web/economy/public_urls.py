"""Addresses of the economy, for everybody."""

from django.urls import path

from smartkampung.web.economy import public

app_name = "economy_open"
urlpatterns = [
    path("", public.economy, name="economy"),
    path("download/<slug:name>.<slug:form>", public.download, name="download"),
]
