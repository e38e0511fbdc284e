"""Django registration of the identity package."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Tells Django where this package lives."""

    name = "smartkampung.identity"
    label = "identity"
