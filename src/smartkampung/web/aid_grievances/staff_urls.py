"""Addresses of grievances for the offices that handle or audit them."""

from django.urls import path

from smartkampung.web.aid_grievances import handling

app_name = "aid_grievances"
urlpatterns = [
    path("", handling.grievances, name="grievances"),
    path("<int:grievance_id>/", handling.grievance, name="grievance"),
    path("dinsos/", handling.overseen, name="overseen"),
    path("dinsos/<int:grievance_id>/", handling.overseen_one, name="overseen_one"),
]
