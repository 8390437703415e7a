"""What the flows tell the library: names that people read, and the lawful steps as the two source sheets have them."""

from ppid.flows.shape import shape


def test_a_flow_has_the_name_of_its_sheet_and_its_lawful_steps():
    publication, exclusion = shape("publication"), shape("exclusion")
    assert [publication.name, *map(str, publication.steps)] == [
        "Pengumuman informasi publik",
        "1 «Pembaruan konten»",
        "2 «Koordinasi pengumpulan»",
        "3 «Penyiapan»",
        "4 «Klarifikasi»",
        "5 «Koordinasi publikasi»",
        "6 «Pembaruan berkala»",
        "7 «Publikasi»",
    ]
    assert [exclusion.name, *map(str, exclusion.steps)] == [
        "Pengecualian informasi",
        "1 «Pengumpulan»",
        "2 «Pembahasan tim»",
        "3 «Uji konsekuensi»",
        "4 «Penerimaan hasil uji»",
        "5 «Penetapan pedoman»",
    ]
    assert [(flow.prepares, flow.decides) for flow in (publication, exclusion)] == [(3, 4), (3, 4)]
