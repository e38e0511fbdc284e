"""Addresses of proxies."""

from django.urls import path

from smartkampung.web.aid_proxies import views

app_name = "aid_proxies"
urlpatterns = [
    path("person/<int:person_id>/", views.of_person, name="person"),
    path("<int:proxy_id>/", views.proxy, name="proxy"),
    path("<int:proxy_id>/end/", views.end, name="end"),
]
