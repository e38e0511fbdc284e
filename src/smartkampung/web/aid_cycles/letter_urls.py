"""The address in the QR code of a letter about a village list."""

from django.urls import path

from smartkampung.web.aid_cycles import letters

app_name = "list_letters"
urlpatterns = [path("<str:mark>/", letters.verify, name="verify")]
