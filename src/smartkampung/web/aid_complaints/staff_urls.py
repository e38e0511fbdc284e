"""Addresses of complaints for those who answer or audit them."""

from django.urls import path

from smartkampung.web.aid_complaints import answering

app_name = "aid_complaints"
urlpatterns = [
    path("", answering.complaints, name="complaints"),
    path("<int:complaint_id>/", answering.complaint, name="complaint"),
    path("<int:complaint_id>/answer/", answering.answer, name="answer"),
]
