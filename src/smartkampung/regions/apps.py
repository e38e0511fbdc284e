"""Django registration of the regions package."""

from django.apps import AppConfig


class RegionsConfig(AppConfig):
    """Tells Django where this package lives."""

    name = "smartkampung.regions"
    label = "regions"
