"""The address in the QR code of a letter about a registration for recovery."""

from django.urls import path

from smartkampung.web.affected import letters

app_name = "affected_letters"
urlpatterns = [path("<str:mark>/", letters.verify, name="verify")]
