"""Addresses under /c/, short enough for an SMS."""

from django.urls import path

from smartkampung.web.aid_confirmation import answering

app_name = "confirmation"
urlpatterns = [
    path("", answering.door, name="door"),
    path("<str:code>/", answering.answer, name="answer"),
]
