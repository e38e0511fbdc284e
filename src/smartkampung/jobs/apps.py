"""Django registration of the jobs package."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Tells Django where this package lives."""

    name = "smartkampung.jobs"
    label = "jobs"
