"""Addresses: texts, for those who call people back."""

from django.urls import URLPattern, path

from smartkampung.web.texting import answering, full_days

app_name = "texting"
urlpatterns: list[URLPattern] = [
    path("", answering.texts, name="texts"),
    path("full/<int:pk>/", full_days.full_day, name="full_day"),
    path("<int:assist_id>/", answering.assist, name="assist"),
    path("<int:assist_id>/pass-on/", answering.pass_on, name="pass_on"),
    path("<int:assist_id>/phone/", answering.phone, name="phone"),
]
