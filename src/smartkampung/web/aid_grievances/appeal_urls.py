"""Addresses on letters of refusal."""

from django.urls import path

from smartkampung.web.aid_grievances import appeals

app_name = "appeal"
urlpatterns = [
    path("", appeals.door, name="door"),
    path("<int:number>/<str:code>/", appeals.appeal, name="appeal"),
    path("<int:number>/<str:code>/letter.pdf", appeals.letter, name="letter"),
]
