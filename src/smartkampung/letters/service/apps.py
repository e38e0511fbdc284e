"""Django registration of the service package."""

from django.apps import AppConfig


class ServiceConfig(AppConfig):
    """Tells Django where this package lives."""

    name = "smartkampung.letters.service"
    label = "service"
