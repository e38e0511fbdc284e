"""Django registration of the isolation package."""

from django.apps import AppConfig


class IsolationConfig(AppConfig):
    """Tells Django where this package lives."""

    name = "smartkampung.isolation"
    label = "isolation"
