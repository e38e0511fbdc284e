"""Django registration of the worklist package."""

from django.apps import AppConfig


class WorklistConfig(AppConfig):
    """Tells Django where this package lives."""

    name = "smartkampung.worklist"
    label = "worklist"
