"""Addresses of the kiosk and of the three faces."""

from django.urls import path

from smartkampung.web.letters_service import kiosk

app_name = "letters_kiosk"
urlpatterns = [
    path("", kiosk.door, name="door"),
    path("thanks/", kiosk.faces, name="faces"),
    path("end/", kiosk.end, name="end"),
    path("<str:code>/", kiosk.home, name="home"),
    path("<str:code>/letters/", kiosk.kinds, name="kinds"),
    path("<str:code>/letters/<slug:kind>/", kiosk.slip, name="slip"),
]
