"""Django registration of the kernel package."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """Tells Django where this package lives."""

    name = "smartkampung.kernel"
    label = "kernel"
