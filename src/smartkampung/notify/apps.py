"""Django registration of the notify package."""

from django.apps import AppConfig


class NotifyConfig(AppConfig):
    """Tells Django where this package lives."""

    name = "smartkampung.notify"
    label = "notify"
