"""Django registration of the audit package."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Tells Django where this package lives."""

    name = "smartkampung.audit"
    label = "audit"
