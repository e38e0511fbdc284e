"""Addresses of thanks, for residents."""

from django.urls import URLPattern, path

from smartkampung.web.recognition import thanking, weeks

app_name = "recognition_public"
urlpatterns: list[URLPattern] = [
    path("", weeks.weeks, name="weeks"),
    path("<code:code>/", thanking.say, name="say"),
]
