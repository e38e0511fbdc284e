"""Addresses: which villages reopen, why, and what happened there."""

from django.urls import path

from smartkampung.web.pilots import public

app_name = "pilots_open"
urlpatterns = [
    path("", public.pilots, name="pilots"),
    path("rounds/<int:pk>/", public.round_, name="round"),
    path("<str:code>/", public.village, name="village"),
]
