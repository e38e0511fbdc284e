"""Addresses: cases, and zones of every RT."""

from django.urls import path

from smartkampung.web.zones import cases, files, overview

app_name = "zones"
urlpatterns = [
    path("", overview.zones, name="zones"),
    path("cases/", cases.cases, name="cases"),
    path("cases/new/", cases.record, name="record"),
    path("cases/none/", cases.none, name="none"),
    path("cases/files/", files.files, name="files"),
    path("cases/files/<int:pk>/", files.file, name="file"),
    path("cases/files/<int:pk>/take/", files.take, name="take"),
    path("cases/files/<int:pk>/leave/", files.leave, name="leave"),
    path("cases/files/<int:pk>/rejected/", files.rejected, name="rejected"),
    path("cases/<int:pk>/", cases.case, name="case"),
    path("cases/<int:pk>/correct/", cases.correct, name="correct"),
    path("cases/<int:pk>/withdraw/", cases.withdraw, name="withdraw"),
    path("cases/<int:pk>/two/", cases.two, name="two"),
    path("cases/<int:pk>/leave/", cases.leave, name="leave_case"),
    path("<str:code>/", overview.place, name="place"),
]
