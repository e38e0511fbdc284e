"""Addresses of complaints without a name."""

from django.urls import path

from smartkampung.web.aid_complaints import telling

app_name = "complaint"
urlpatterns = [
    path("", telling.form, name="form"),
    path("send/", telling.send, name="send"),
    path("follow/", telling.find, name="find"),
    path("<str:code>/", telling.follow, name="follow"),
]
