"""Django registration of the signing package."""

from django.apps import AppConfig


class SigningConfig(AppConfig):
    """Tells Django where this package lives."""

    name = "smartkampung.letters.signing"
    label = "signing"
