"""Addresses of the field app."""

from django.urls import URLPattern, path

from smartkampung.web.field import (
    devices,
    enrolling,
    mending,
    phones,
    rescuing,
    review,
    shell,
)

app_name = "field"
urlpatterns: list[URLPattern] = [
    path("", shell.shell, name="shell"),
    path("sw.js", shell.worker, name="worker"),
    path("words.json", shell.words, name="words"),
    path("manifest.json", shell.manifest, name="manifest"),
    path("enrol/", enrolling.enrol, name="enrol"),
    path("rescue/", rescuing.rescue, name="rescue"),
    path("devices/", devices.devices, name="devices"),
    path("devices/<uuid:device_id>/revoke/", devices.revoke, name="revoke_device"),
    path("mend/", mending.mine, name="mine"),
    path("mend/<int:record_id>/", mending.mend, name="mend"),
    path("review/", review.reviews, name="reviews"),
    path("review/health/", review.health_reviews, name="health_reviews"),
    path("review/<int:record_id>/", review.review, name="review"),
    path("review/health/<int:record_id>/", review.health_review, name="review_health"),
    path("review/<int:record_id>/phone/", phones.phone, name="phone"),
    path(
        "review/health/<int:record_id>/phone/",
        phones.health_phone,
        name="phone_health",
    ),
    path(
        "review/<int:record_id>/photos/<uuid:photo_id>/",
        review.photo,
        name="review_photo",
    ),
]
