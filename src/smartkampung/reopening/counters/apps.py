"""Django registration of the counters package."""

from django.apps import AppConfig


class CountersConfig(AppConfig):
    """Tells Django where this package lives."""

    name = "smartkampung.reopening.counters"
    label = "counters"
