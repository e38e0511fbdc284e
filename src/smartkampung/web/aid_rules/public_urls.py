"""The address in the QR code of a letter."""

from django.urls import path

from smartkampung.web.aid_rules import letters

app_name = "aid_rules_public"
urlpatterns = [path("<str:mark>/", letters.verify, name="verify")]
