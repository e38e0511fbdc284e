"""Addresses of places and events under protocol, for everybody."""

from django.urls import include, path

from smartkampung.web.protocols import (
    asking,
    celebrating,
    complaining,
    owner,
    public,
)

app_name = "protocols"
register = (
    [
        path("", asking.form, name="form"),
        path("send/", asking.send, name="send"),
        path("<uuid:form_id>/<slug:step>/", asking.screen, name="screen"),
    ],
    "register",
)
event = (
    [
        path("", celebrating.form, name="form"),
        path("send/", celebrating.send, name="send"),
        path("<uuid:form_id>/<slug:step>/", celebrating.screen, name="screen"),
    ],
    "event",
)
urlpatterns = [
    path("", public.door, name="door"),
    path("code/", public.code, name="code"),
    path("v/<str:code>/", public.verify, name="verify"),
    path("place/<int:place_id>/", public.place, name="place"),
    path("place/<int:place_id>/complain/", complaining.complain, name="complain"),
    path("register/", include(register)),
    path("my/<code:code>/", owner.mine, name="mine"),
    path("my/<code:code>/assess/", owner.assess, name="assess"),
    path("my/<code:code>/certificate.pdf", owner.certificate, name="certificate"),
    path("my/<code:code>/poster.pdf", owner.poster, name="poster"),
    path("c/<code:code>/", complaining.follow, name="complaint"),
    path("event/", include(event)),
    path("e/<code:code>/", celebrating.follow, name="follow_event"),
    path("e/<code:code>/letter.pdf", celebrating.letter, name="event_letter"),
    path("letter/<str:mark>/", celebrating.verify, name="verify_event"),
]
