"""Django registration of the texting package."""

from django.apps import AppConfig


class TextingConfig(AppConfig):
    """Tells Django where this package lives."""

    name = "smartkampung.frontline.texting"
    label = "texting"
