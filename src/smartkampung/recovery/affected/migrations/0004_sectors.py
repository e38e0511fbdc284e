"""The branches that people name, with the division of KBLI 2020 each lies in.

KBLI: BPS Regulation 2 of 2020. Divisions keep the letter of their section in front.
"""

from django.db import migrations

TOURISM = (
    ("guide", "Pemandu wisata", "Tour guide", "N79"),
    ("tour_agency", "Biro perjalanan dan paket wisata", "Travel agency, tours", "N79"),
    ("boat", "Perahu dan kapal wisata", "Tourist boat", "H50"),
    ("tourist_transport", "Jip, sewa mobil dan motor", "Jeep, car or bike hire", "N77"),
    ("homestay", "Homestay dan pondok wisata", "Homestay", "I55"),
    ("hotel", "Hotel dan vila", "Hotel or villa", "I55"),
    ("restaurant", "Restoran dan kafe", "Restaurant or café", "I56"),
    ("attraction", "Tempat wisata dan rekreasi", "Attraction or recreation", "R93"),
    ("performing_arts", "Seni pertunjukan", "Performing arts", "R90"),
    ("souvenir", "Cendera mata dan oleh-oleh", "Souvenirs", "G47"),
)
OTHERS = (
    ("fisheries", "Perikanan", "Fisheries", "A03"),
    ("fish_processing", "Pengolahan ikan", "Fish processing", "C10"),
    ("farming", "Pertanian dan peternakan", "Farming", "A01"),
    ("food_stall", "Warung dan pedagang makanan", "Food stall", "I56"),
    ("trade", "Perdagangan dan toko", "Trade and shops", "G47"),
    ("transport", "Angkutan darat", "Land transport", "H49"),
    ("ride_hailing", "Ojek dan kurir", "Motorcycle taxi or courier", "H49"),
    ("construction", "Bangunan", "Construction", "F"),
    ("industry", "Pabrik dan industri rumahan", "Factory or home industry", "C"),
    ("batik", "Batik dan busana", "Batik and clothing", "C14"),
    ("events", "Hajatan, acara dan sewa tenda", "Events and tents", "N82"),
    ("education", "Pendidikan dan kursus", "Education", "P85"),
    ("personal_services", "Salon, pijat dan jasa pribadi", "Personal services", "S96"),
    ("household_work", "Pekerja rumah tangga", "Domestic work", "T97"),
    ("other", "Lainnya", "Other", "S"),
)


def fill(apps, _schema):
    sector = apps.get_model("affected", "Sector")
    sector.objects.bulk_create(
        sector(code=code, name=name, name_en=english, kbli=kbli, tourism=tourism)
        for rows, tourism in ((TOURISM, True), (OTHERS, False))
        for code, name, english, kbli in rows
    )


class Migration(migrations.Migration):
    dependencies = [("affected", "0003_row_level_security")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
