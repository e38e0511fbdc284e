"""Django registration of the requests package."""

from django.apps import AppConfig


class RequestsConfig(AppConfig):
    """Tells Django where this package lives."""

    name = "smartkampung.letters.requests"
    label = "requests"
