"""Django registration of the guidance package."""

from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    """Tells Django where this package lives."""

    name = "smartkampung.reopening.guidance"
    label = "guidance"
