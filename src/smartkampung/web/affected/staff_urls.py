"""Addresses of the affected registry, for staff."""

from django.urls import path

from smartkampung.web.affected import (
    assist,
    figures,
    follow_up,
    letters,
    listing,
    lists,
    matching,
    record,
)

app_name = "affected_staff"
urlpatterns = [
    path("", listing.records, name="records"),
    path("register/", assist.assist, name="assist"),
    path("figures/", figures.figures, name="figures"),
    path("<int:affected_id>/", record.record, name="record"),
    path("<int:affected_id>/act/", record.act, name="act"),
    path("<int:affected_id>/letter.pdf", letters.letter, name="letter"),
    path("<int:affected_id>/photos/<uuid:upload_id>/", record.photo, name="photo"),
    path("lists/", lists.bring, name="lists"),
    path("lists/<int:list_id>/", lists.one_list, name="list"),
    path("lists/<int:list_id>/decide/", lists.decide_list, name="decide_list"),
    path("lists/<int:list_id>/rejected.xlsx", lists.rejected, name="rejected"),
    path("unmatched/<int:registration_id>/", matching.match, name="match"),
    path("looks/<int:follow_up_id>/", follow_up.follow_up, name="follow_up"),
]
