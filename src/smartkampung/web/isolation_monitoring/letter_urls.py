"""The address in the QR code of a letter about isolation."""

from django.urls import path

from smartkampung.web.isolation_monitoring import letters

app_name = "isolation_letters"
urlpatterns = [path("<str:mark>/", letters.verify, name="verify")]
