"""Addresses of the field app."""

from django.urls import URLPattern, path

from smartkampung.web.field import devices, enrolling, shell

app_name = "field"
urlpatterns: list[URLPattern] = [
    path("", shell.shell, name="shell"),
    path("sw.js", shell.worker, name="worker"),
    path("words.json", shell.words, name="words"),
    path("manifest.json", shell.manifest, name="manifest"),
    path("enrol/", enrolling.enrol, name="enrol"),
    path("devices/", devices.devices, name="devices"),
    path("devices/<uuid:device_id>/revoke/", devices.revoke, name="revoke_device"),
]
