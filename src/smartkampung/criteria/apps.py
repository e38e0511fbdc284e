"""Django registration of the criteria package."""

from django.apps import AppConfig


class CriteriaConfig(AppConfig):
    """Tells Django where this package lives."""

    name = "smartkampung.criteria"
    label = "criteria"
