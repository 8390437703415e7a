"""The shelf shows what the desk made public: after the flows it does, and what is changed behind their back is told."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from ppid.shelf.models import DikEntry, PublishedFile, PublishedItem, PublishedSop
from ppid.upkeep.agreeing import disagreements
from tests import make

pytestmark = pytest.mark.django_db


def told() -> list[str]:
    return list(disagreements(on=timezone.localdate()))


@pytest.fixture
def published():
    return make.publication(at="published")


def number_of(case) -> str:
    return case.information.number


def test_after_the_flows_shelf_and_desk_agree(published):
    make.adopted()
    make.publication(at="clarifying")
    make.lifted(make.adopted(of=make.publication(at="published", unit="disdukcapil").information))
    assert told() == []
    call_command("compare_shelf")


def test_an_item_that_is_missing_is_told(published):
    PublishedItem.objects.filter(number=number_of(published)).delete()
    assert told() == [
        f"Informasi {number_of(published)} diumumkan proses {published.number}, tetapi tidak ada di portal."
    ]
    with pytest.raises(CommandError, match="1 perbedaan"):
        call_command("compare_shelf")


def test_an_item_that_nobody_published_is_told(published):
    make.twin(PublishedItem.objects.get(number=number_of(published)), number="INF-9999-0001")
    assert told() == ["Informasi INF-9999-0001 ada di portal, tetapi tidak ada proses yang mengumumkannya."]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title": "Judul lain"}, "judul di portal lain dari di meja."),
        ({"summary": "x", "responsible": "y"}, "ringkasan isi, penanggung jawab"),
        ({"rhythm": 1}, "diperbarui setiap"),
        ({"unit_code": "bkd"}, "unitnya di portal bkd, di meja dinsos."),
    ],
)
def test_an_items_words_are_compared(published, changed, said):
    PublishedItem.objects.filter(number=number_of(published)).update(**changed)
    (sentence,) = told()
    assert sentence.startswith(f"Informasi {number_of(published)}: ")
    assert said in sentence


def test_words_that_a_later_process_may_be_changing_are_no_difference(published):
    make.publication(at="coordinating", information=published.information)
    PublishedItem.objects.filter(number=number_of(published)).update(title="Judul lain")
    assert told() == []


@pytest.mark.parametrize("fault", ["bytes", "address", "gone"])
def test_an_items_files_are_compared(published, fault):
    files = PublishedFile.objects.filter(item__number=number_of(published))
    if fault == "gone":
        files.delete()
    else:
        files.update(**({"sha256": "0" * 64} if fault == "bytes" else {"key": "lain"}))
    (sentence,) = told()
    assert "berkasnya di portal lain dari yang disetujui proses" in sentence
    assert sentence.endswith("(0 lebih, 1 kurang)." if fault == "gone" else "(1 lebih, 1 kurang).")


def test_the_dik_is_compared_both_ways(published):
    case = make.adopted()
    DikEntry.objects.filter(number=case.number).update(term="lima tahun")
    assert told() == [f"Pengecualian {case.number}: DIK di portal lain dari di meja (term)."]
    DikEntry.objects.filter(number=case.number).update(number="PGC-9999-0001")
    assert told() == [
        f"Pengecualian {case.number} berlaku, tetapi tidak tercantum dalam DIK di portal.",
        "DIK di portal memuat PGC-9999-0001, tetapi pengecualian itu tidak berlaku di meja.",
    ]


def test_what_was_opened_again_is_compared(published):
    case = make.lifted(make.adopted())
    assert told() == []
    DikEntry.objects.filter(number=case.number).update(reopened_on="2020-01-02")
    assert told() == [f"Pengecualian {case.number}: hari terbukanya kembali di portal lain dari di meja."]


def test_what_is_excluded_and_still_shown_is_told():
    published = make.publication(at="published", unit="disdukcapil")
    item = PublishedItem.objects.get(number=number_of(published))
    case = make.adopted(of=published.information)
    make.twin(item, edition=item.edition + 1)
    said = told()
    assert f"Informasi {item.number} ada di portal, tetapi tidak ada proses yang mengumumkannya." in said
    assert f"Informasi {item.number} dikecualikan {case.number}, tetapi masih ada di portal." in said


def test_sheets_are_compared_both_ways():
    sop = PublishedSop.objects.in_force().first()
    PublishedSop.objects.filter(pk=sop.pk).update(pdf_sha256="0" * 64)
    assert told() == [f"SOP {sop.slug} versi {sop.version} berlaku, tetapi di portal lain berkasnya."]
    PublishedSop.objects.filter(pk=sop.pk).update(version=99)
    assert told() == [
        f"SOP {sop.slug} versi {sop.version} berlaku, tetapi di portal tidak ada.",
        f"SOP {sop.slug} versi 99 ada di portal sebagai yang berlaku, tetapi tidak berlaku di pustaka.",
    ]
