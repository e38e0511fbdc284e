"""Addresses of places and events under protocol, for staff."""

from django.urls import path

from smartkampung.web.protocols import (
    answering,
    deciding,
    inspecting,
    keeping,
    versions,
)

app_name = "protocols_staff"
urlpatterns = [
    path("", keeping.places, name="places"),
    path("add/", keeping.add, name="add"),
    path("<int:place_id>/", keeping.place, name="place"),
    path("<int:place_id>/decide/", keeping.decide, name="decide"),
    path("<int:place_id>/close/", keeping.close, name="close"),
    path("<int:place_id>/code/", keeping.renew, name="renew"),
    path("<int:place_id>/phone/", keeping.phone, name="phone"),
    path("<int:place_id>/certificate.pdf", keeping.certificate, name="certificate"),
    path("photos/<uuid:upload_id>/", keeping.photo, name="photo"),
    path("<int:place_id>/inspect/", inspecting.inspect, name="inspect"),
    path("<int:place_id>/suspend/", inspecting.suspend, name="suspend"),
    path("suspensions/<int:suspension_id>/", inspecting.suspension, name="suspension"),
    path("suspensions/<int:suspension_id>/lift/", inspecting.lift, name="lift"),
    path("complaints/", answering.complaints, name="complaints"),
    path("complaints/<int:complaint_id>/", answering.complaint, name="complaint"),
    path("events/", deciding.events, name="events"),
    path("events/<int:event_id>/", deciding.event, name="event"),
    path("events/<int:event_id>/phone/", deciding.phone, name="event_phone"),
    path("lists/", versions.versions, name="versions"),
    path("lists/<slug:kind>/write/", versions.write, name="write"),
    path("lists/<int:version>/confirm/", versions.confirm, name="confirm"),
]
