"""Addresses of grievances for the offices that handle or audit them."""

from django.urls import path

from smartkampung.web.aid_grievances import errors, handling, letters

app_name = "aid_grievances"
urlpatterns = [
    path("", handling.grievances, name="grievances"),
    path("<int:grievance_id>/", handling.grievance, name="grievance"),
    path("<int:grievance_id>/letter.pdf", letters.grievance, name="letter"),
    path(
        "objections/<int:objection_id>/letter.pdf",
        letters.objection,
        name="objection_letter",
    ),
    path("errors/", errors.errors, name="errors"),
    path("dinsos/", handling.overseen, name="overseen"),
    path("dinsos/<int:grievance_id>/", handling.overseen_one, name="overseen_one"),
]
