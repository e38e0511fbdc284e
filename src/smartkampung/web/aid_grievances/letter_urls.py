"""The address in the QR code of a letter about a grievance or an objection."""

from django.urls import path

from smartkampung.web.aid_grievances import letters

app_name = "letters"
urlpatterns = [path("<str:mark>/", letters.verify, name="verify")]
