"""Django registration of the duplicates package."""

from django.apps import AppConfig


class DuplicatesConfig(AppConfig):
    """Tells Django where this package lives."""

    name = "smartkampung.duplicates"
    label = "duplicates"
