"""Addresses that a code of a booking opens, short enough for an SMS."""

from django.urls import path

from smartkampung.web.isolation_booking import case, confirm, passes

app_name = "stay"
urlpatterns = [
    path("<code:code>/", case.case, name="case"),
    path("<code:code>/slip/", passes.slip, name="slip"),
    path("<code:code>/slip.pdf", passes.slip_pdf, name="slip_pdf"),
    path("<code:code>/cancel/", case.cancel, name="cancel"),
    path("<code:code>/arrival/", case.arrival, name="arrival"),
    path("<code:code>/take/", case.take_up, name="take"),
    path("<code:code>/confirm/", confirm.confirm, name="confirm"),
    path("<code:code>/confirm/code/", confirm.send_code, name="send_code"),
]
