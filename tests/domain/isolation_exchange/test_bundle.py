"""One stay in FHIR R4: valid, whole, and the same when it is told again."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from smartkampung.isolation.exchange.checking import faults
from smartkampung.isolation.exchange.rules.bundle import Resource, bundle
from smartkampung.isolation.exchange.rules.facts import (
    Centre,
    Class,
    Facts,
    House,
    InBed,
    Look,
    Person,
    Reading,
)
from smartkampung.kernel.clock import WIB
from tests.isolating import WAYAN_NIK

NIK_SYSTEM = "https://fhir.kemkes.go.id/id/nik"
CAME = datetime(2020, 6, 4, 10, tzinfo=WIB)
LEFT = datetime(2020, 6, 18, 8, tzinfo=WIB)
# Elements of R4 (4.0.1) of the resources that are told; R4B must add none of its own.
R4 = {
    "Organization": "id identifier active name",
    "Location": "id status name mode physicalType address position partOf"
    " managingOrganization",
    "Patient": "id identifier name gender birthDate",
    "EpisodeOfCare": "id status patient managingOrganization period",
    "Encounter": "id status class subject episodeOfCare period location"
    " serviceProvider hospitalization",
    "Condition": "id clinicalStatus code subject encounter onsetDateTime",
    "Observation": "id status category code subject encounter effectiveDateTime"
    " valueQuantity",
    "Task": "id status intent description for encounter owner executionPeriod",
}


def facts(state: str = "released", *, at_home: bool = False) -> Facts:
    """Return the stay of Wayan, ill for a day and moved once."""
    beds = (
        InBed("1", "Kamar 1", "11", "1", date(2020, 6, 4), date(2020, 6, 9)),
        InBed("1", "Kamar 1", "12", "2", date(2020, 6, 9), date(2020, 6, 18)),
    )
    return Facts(
        key="7",
        state=state,
        person=Person("Wayan", "L", date(1990, 3, 12), WAYAN_NIK),
        centre=Centre("P35100901", "Lereng"),
        house=House("3", "Balai Desa", "Jl. Kawah 3", -8.2, 114.3),
        at_home=at_home,
        since=date(2020, 6, 4),
        until=date(2020, 6, 18),
        came_at=None if state in {"expected", "no_show"} else CAME,
        ended_at=None if state in {"expected", "present"} else LEFT,
        beds=() if at_home else beds,
        readings=(Reading("r1", CAME, Decimal("38.2"), 94), Reading("r2", LEFT)),
        classes=(
            Class("c1", "odp", "ODP", date(2020, 6, 5)),
            Class("c2", "finished", "Selesai isolasi", date(2020, 6, 18)),
        ),
        looks=(
            Look("l1", 1, CAME, LEFT, True),
            Look("l2", 2, CAME, LEFT, False),
            Look("l3", 3, CAME, LEFT, None),
        ),
    )


def told(of: Facts, kind: str) -> list[Resource]:
    """Return the resources of one kind."""
    entries = bundle(of)["entry"]
    found = [entry["resource"] for entry in entries]
    return [one for one in found if one["resourceType"] == kind]


@pytest.mark.parametrize("at_home", [False, True], ids=["house", "home"])
@pytest.mark.parametrize(
    "state",
    ["expected", "present", "hospital", "released", "lost", "cancelled", "no_show"],
)
def test_every_stay_is_valid_fhir(state: str, at_home: bool) -> None:
    assert faults(bundle(facts(state, at_home=at_home))) == []


def test_a_fault_is_found_and_its_value_not_repeated() -> None:
    broken = bundle(facts())
    broken["entry"][-1]["resource"]["status"] = {"secret": WAYAN_NIK}
    found = faults(broken)
    assert found
    assert WAYAN_NIK not in " ".join(found)


def test_only_elements_of_r4_are_told() -> None:
    for entry in bundle(facts())["entry"]:
        resource = dict(entry["resource"])
        assert set(resource) - {"resourceType"} <= set(
            R4[resource["resourceType"]].split()
        )


def test_codes_are_those_that_satusehat_reads() -> None:
    (patient,) = told(facts(), "Patient")
    assert patient["identifier"][0]["system"] == NIK_SYSTEM
    assert (patient["gender"], patient["birthDate"]) == ("male", "1990-03-12")
    heat, oxygen = told(facts(), "Observation")
    assert heat["code"]["coding"][0]["code"] == "8310-5"
    assert heat["valueQuantity"]["value"] == 38.2
    assert oxygen["code"]["coding"][0]["code"] == "59408-5"
    assert oxygen["valueQuantity"]["value"] == 94


def test_a_bed_lies_in_a_room_of_the_house_under_the_puskesmas() -> None:
    places = {one["name"]: one for one in told(facts(), "Location")}
    house, room = places["Balai Desa"], places["Kamar 1"]
    assert room["partOf"]["reference"] == f"urn:uuid:{house['id']}"
    assert places["2"]["partOf"]["reference"] == f"urn:uuid:{room['id']}"
    (centre,) = told(facts(), "Organization")
    owner = house["managingOrganization"]["reference"]
    assert owner == f"urn:uuid:{centre['id']}"


def test_the_encounter_tells_each_bed_and_until_when() -> None:
    (stay,) = told(facts(), "Encounter")
    assert (stay["status"], stay["class"]["code"]) == ("finished", "FLD")
    assert stay["period"]["start"] == "2020-06-04T10:00:00+07:00"
    ends = [station["period"]["end"] for station in stay["location"]]
    assert ends == ["2020-06-08T23:59:59+07:00", "2020-06-17T23:59:59+07:00"]
    (home,) = told(facts("present", at_home=True), "Encounter")
    assert (home["status"], home["class"]["code"]) == ("in-progress", "HH")


def test_old_case_classes_are_told_as_they_were_called() -> None:
    first, last = told(facts(), "Condition")
    assert (first["code"]["coding"][0]["code"], first["code"]["text"]) == ("odp", "ODP")
    assert last["code"]["coding"][0]["code"] == "finished"


def test_looks_are_done_missed_or_to_come() -> None:
    tasks = told(facts(), "Task")
    assert [one["status"] for one in tasks] == ["completed", "failed", "requested"]


def test_told_again_it_puts_the_same_things_to_the_same_places() -> None:
    again = bundle(facts())
    assert bundle(facts()) == again
    urls = [entry["request"]["url"] for entry in again["entry"]]
    assert len(urls) == len(set(urls))
    assert WAYAN_NIK not in " ".join(urls)


def test_whoever_has_no_nik_is_told_by_passport_or_by_name() -> None:
    for person, kinds in ((Person("Tom", "L", passport="X1"), 1), (Person("B", ""), 0)):
        stay = Facts(**{**vars(facts()), "person": person})
        (patient,) = told(stay, "Patient")
        assert len(patient.get("identifier", [])) == kinds
        assert faults(bundle(stay)) == []
