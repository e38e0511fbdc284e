"""Django registration of the residents package."""

from django.apps import AppConfig


class ResidentsConfig(AppConfig):
    """Tells Django where this package lives."""

    name = "smartkampung.residents"
    label = "residents"
