"""Every address of the program."""

from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("smartkampung.api.urls")),
    path("", include("smartkampung.web.urls")),
]

handler400 = "smartkampung.web.core.errors.bad_request"
handler403 = "smartkampung.web.core.errors.forbidden"
handler404 = "smartkampung.web.core.errors.not_found"
handler500 = "smartkampung.web.core.errors.server_error"
