"""Django registration of the offices package."""

from django.apps import AppConfig


class OfficesConfig(AppConfig):
    """Tells Django where this package lives."""

    name = "smartkampung.frontline.offices"
    label = "offices"
