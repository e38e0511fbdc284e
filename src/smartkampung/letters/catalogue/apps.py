"""Django registration of the catalogue package."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Tells Django where this package lives."""

    name = "smartkampung.letters.catalogue"
    label = "catalogue"
