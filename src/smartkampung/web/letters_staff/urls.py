"""Addresses of the work on letters. No name and no number of a person is in any."""

from django.urls import path

from smartkampung.web.letters_staff import acting, lists, reading

app_name = "letters_staff"
urlpatterns = [
    path("", lists.requests, name="requests"),
    path("<int:request_id>/", reading.request, name="request"),
    path("<int:request_id>/draft.pdf", reading.preview, name="preview"),
    path("<int:request_id>/read/", reading.read, name="read"),
    path("<int:request_id>/photos/<int:file_id>/", reading.photo, name="photo"),
    path("<int:request_id>/do/<str:name>/", acting.act, name="act"),
]
