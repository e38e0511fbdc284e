"""Addresses of the affected registry, for everybody."""

from django.urls import path

from smartkampung.web.affected import confirming, following, registering

app_name = "affected"
urlpatterns = [
    path("", registering.door, name="door"),
    path("register/", registering.form, name="form"),
    path("register/send/", registering.send, name="send"),
    path("register/<uuid:form_id>/<slug:step>/", registering.screen, name="screen"),
    path("confirm/<code:code>/", confirming.confirm, name="confirm"),
    path("<code:code>/", following.follow, name="follow"),
    path("<code:code>/slip/", following.slip, name="slip"),
]
