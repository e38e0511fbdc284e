"""Django registration of the recognition package."""

from django.apps import AppConfig


class RecognitionConfig(AppConfig):
    """Tells Django where this package lives."""

    name = "smartkampung.frontline.recognition"
    label = "recognition"
