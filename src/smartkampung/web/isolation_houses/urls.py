"""Addresses of isolation houses, for staff."""

from django.urls import path

from smartkampung.web.isolation_houses import homes, keeping, meals, moving, standing

app_name = "isolation_houses"
urlpatterns = [
    path("", keeping.houses, name="houses"),
    path("add/", keeping.add, name="add"),
    path("move/<int:reservation_id>/", moving.move, name="move"),
    path("meals/", meals.meals, name="meals"),
    path("meals/homes/<int:party_id>/", homes.home, name="home"),
    path(
        "meals/homes/<int:party_id>/<int:stay_id>/",
        homes.eats_at_home,
        name="eats_at_home",
    ),
    path("<int:house_id>/meals/", meals.eaters, name="eaters"),
    path("<int:house_id>/meals/<int:stay_id>/", meals.eats, name="eats"),
    path("<int:house_id>/", keeping.house, name="house"),
    path("<int:house_id>/change/", keeping.change, name="change"),
    path("<int:house_id>/room/", keeping.room, name="room"),
    path("<int:house_id>/room/<int:room_id>/", keeping.beds, name="beds"),
    path("<int:house_id>/photo/", keeping.photo, name="photo"),
    path(
        "<int:house_id>/photo/<int:photo_id>/drop/",
        keeping.drop_photo,
        name="drop_photo",
    ),
    path("<int:house_id>/inspect/", standing.inspect, name="inspect"),
    path("<int:house_id>/ask/", standing.ask, name="ask"),
    path("<int:house_id>/open/", standing.open_, name="open"),
    path("<int:house_id>/close/", standing.close, name="close"),
    path("<int:house_id>/block/", standing.block, name="block"),
    path("<int:house_id>/block/<int:use_id>/lift/", standing.lift, name="lift"),
]
