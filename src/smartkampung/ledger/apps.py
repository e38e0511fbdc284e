"""Django registration of the ledger package."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Tells Django where this package lives."""

    name = "smartkampung.ledger"
    label = "ledger"
