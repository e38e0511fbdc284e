"""Django registration of the accounts package."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Tells Django where this package lives."""

    name = "smartkampung.accounts"
    label = "accounts"
