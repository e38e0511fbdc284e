"""Addresses that the code of an invitation opens, short enough for an SMS."""

from django.urls import path

from smartkampung.web.recovery import answering

app_name = "recovery"
urlpatterns = [
    path("", answering.door, name="door"),
    path("<code:code>/", answering.case, name="case"),
    path("<code:code>/accept/", answering.accept, name="accept"),
    path("<code:code>/refuse/", answering.refuse, name="refuse"),
]
