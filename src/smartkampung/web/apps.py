"""Django registration of the web package."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Tells Django where this package lives."""

    name = "smartkampung.web"
    label = "web"
