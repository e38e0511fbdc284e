"""Django registration of the field package."""

from django.apps import AppConfig


class FieldConfig(AppConfig):
    """Tells Django where this package lives."""

    name = "smartkampung.frontline.field"
    label = "field"
