"""Django registration of the voice package."""

from django.apps import AppConfig


class VoiceConfig(AppConfig):
    """Tells Django where this package lives."""

    name = "smartkampung.frontline.voice"
    label = "voice"
