"""Addresses of what is told to residents."""

from django.urls import path

from smartkampung.web.news import public

app_name = "news_public"
urlpatterns = [
    path("", public.archive, name="archive"),
    path("<int:pk>/", public.one, name="one"),
    path("<int:pk>/files/<int:file_id>/", public.attachment, name="file"),
]
