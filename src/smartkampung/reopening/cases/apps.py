"""Django registration of the cases package."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Tells Django where this package lives."""

    name = "smartkampung.reopening.cases"
    label = "cases"
