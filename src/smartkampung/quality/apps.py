"""Django registration of the quality package."""

from django.apps import AppConfig


class QualityConfig(AppConfig):
    """Tells Django where this package lives."""

    name = "smartkampung.quality"
    label = "quality"
