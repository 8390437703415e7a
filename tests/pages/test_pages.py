"""The office's own pages and announcements: one writes, another approves, and what was approved stays for ever."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from ppid.chain.models import Link
from ppid.notices.models import Notice
from ppid.pages import acts
from ppid.pages.acts import PageChanged, PageForbidden, PageRefused
from ppid.pages.first_texts import first_text
from ppid.pages.models import Announcement, PageText
from ppid.shelf.models import PublishedAnnouncement, PublishedPage
from ppid.shelf.page_kinds import PAGE_KINDS
from ppid.web.markup import bad_links
from tests import make
from tests.pages import pages

pytestmark = pytest.mark.django_db

TODAY, DAY = timezone.localdate(), timedelta(days=1)


def test_the_pages_that_an_assessor_looks_for():
    assert [(kind.slug, kind.is_required) for kind in PAGE_KINDS] == [
        ("profil", True),
        ("tugas-dan-fungsi", True),
        ("struktur", True),
        ("maklumat-pelayanan", True),
        ("meminta-informasi", True),
        ("mengajukan-keberatan", True),
        ("biaya", True),
        ("jam-layanan-dan-kontak", True),
        ("aksesibilitas", True),
        ("english", False),
    ]


@pytest.mark.parametrize("kind", PAGE_KINDS, ids=lambda kind: kind.slug)
def test_each_page_begins_with_a_draft_that_cannot_go_out_as_it_is(settings, kind):
    text = first_text(kind.slug)
    assert len(text) > 100
    assert "{" not in text
    assert bad_links(text) == []
    if kind.slug != "english":  # all of it is known to the settings, or the same everywhere
        with pytest.raises(PageRefused, match="Masih ada yang perlu diisi"):
            pages.handed_in(kind.slug, text)
    settings.CONTACT_EMAIL = ""
    assert "{" not in first_text(kind.slug)


def test_a_text_becomes_an_edition_when_another_person_approves_it():
    first = pages.handed_in(note="Pertama.")
    assert PublishedPage.objects.count() == 0
    approved = acts.approve(first, actor=make.demo("utama"))
    assert (approved.number, approved.decision, approved.decided_name) == (1, "approved", make.demo("utama").name)
    pages.shown(body="Kantor kami pindah.", note="Pindah.")
    pages.shown("biaya", "Gratis.")
    rows = PublishedPage.objects.order_by("slug", "edition").values_list("slug", "edition", "body", "note")
    assert list(rows) == [
        ("biaya", 1, "Gratis.", ""),
        ("profil", 1, pages.BODY, "Pertama."),
        ("profil", 2, "Kantor kami pindah.", "Pindah."),
    ]


@pytest.mark.parametrize("who", ["utama", "operator", "dinsos", "pengelola", "atasan"])
def test_only_the_bureau_writes(who):
    with pytest.raises(PageForbidden, match="Bidang Pengelolaan"):
        acts.hand_in("profil", "Isi.", actor=make.demo(who), seen=None)
    with pytest.raises(PageForbidden, match="Bidang Pengelolaan"):
        acts.announce("Isi.", ends_on=TODAY, actor=make.demo(who))


@pytest.mark.parametrize("who", ["bidang", "operator", "dinsos", "pengelola", "atasan"])
@pytest.mark.parametrize("made", [pages.handed_in, pages.announced])
def test_only_ppid_utama_decides(made, who):
    proposal = made()
    with pytest.raises(PageForbidden, match="PPID Utama"):
        acts.approve(proposal, actor=make.demo(who))
    with pytest.raises(PageForbidden, match="PPID Utama"):
        acts.send_back(proposal, actor=make.demo(who), reason="Keliru.")


@pytest.mark.parametrize("made", [pages.handed_in, pages.announced])
def test_nobody_decides_on_their_own_words_also_when_holding_both_offices(made):
    make.appoint(make.demo("bidang"), "ppid_utama", unit="diskominfo", kind="plh")
    proposal = made()
    for act in (acts.approve, lambda proposal, actor: acts.send_back(proposal, actor=actor, reason="x")):
        with pytest.raises(PageForbidden, match="tidak seorang pun menyetujui pekerjaannya sendiri"):
            act(proposal, actor=make.demo("bidang"))
    now, bidang = timezone.now(), make.demo("bidang")
    decided = {"decided_by": bidang, "decided_name": "B", "decided_as": "Plh", "decided_at": now, "reason": "x"}
    for decision, number in (("approved", 1), ("returned", None)):
        with pytest.raises(DatabaseError, match="nobody decides on their own work"), make.savepoint():
            type(proposal).objects.filter(pk=proposal.pk).update(decision=decision, number=number, **decided)


def test_the_database_lets_only_the_writer_withdraw():
    text, utama = pages.handed_in(), make.demo("utama")
    decided = {"decided_by": utama, "decided_name": "U", "decided_as": "PPID Utama", "decided_at": timezone.now()}
    with pytest.raises(DatabaseError, match="nobody decides"), make.savepoint():
        PageText.objects.filter(pk=text.pk).update(decision="withdrawn", **decided)


def test_what_comes_back_has_its_reason_and_may_be_handed_in_again():
    text = pages.handed_in()
    with pytest.raises(PageRefused, match="Tulis apa yang perlu diperbaiki"):
        acts.send_back(text, actor=make.demo("utama"), reason="  ")
    back = acts.send_back(text, actor=make.demo("utama"), reason="Sebut SK-nya.")
    assert (back.decision, back.reason, back.number) == ("returned", "Sebut SK-nya.", None)
    told = Notice.objects.get(person=make.demo("bidang"), kind="returned")
    assert ["Alasan", "Sebut SK-nya."] in told.facts
    assert pages.shown(body="SK 12/2026.").number == 1


def test_who_decides_is_told_that_something_waits_and_the_writer_how_it_went():
    pages.shown()
    pages.on_top()
    told = set(Notice.objects.filter(kind="arrived").values_list("person__email", flat=True))
    assert "utama@demo.example" in told
    assert not told & {"bidang@demo.example", "operator@demo.example", "atasan@demo.example"}
    waits = Notice.objects.filter(kind="arrived", person=make.demo("utama")).values_list("title", flat=True)
    assert set(waits) == {"Halaman: Profil PPID", "Pengumuman di atas halaman: Kantor tutup 24 Desember."}
    titles = Notice.objects.filter(kind="decided", person=make.demo("bidang")).values_list("title", flat=True)
    assert set(titles) == {"Halaman: Profil PPID, edisi 1", "Pengumuman di atas halaman: Kantor tutup 24 Desember."}


def test_who_holds_both_offices_is_not_told_of_their_own_words():
    make.appoint(make.demo("bidang"), "ppid_utama", unit="diskominfo", kind="plh")
    pages.handed_in()
    pages.announced()
    assert not Notice.objects.filter(kind="arrived", person=make.demo("bidang")).exists()
    assert Notice.objects.filter(kind="arrived", person=make.demo("utama")).count() == 2


def test_what_a_text_changes_is_told_in_300_letters():
    with pytest.raises(PageRefused, match="paling banyak 300 huruf") as refused:
        pages.handed_in(note="a" * 301)
    assert list(refused.value.fields) == ["note"]
    assert pages.handed_in(note=f" {'a' * 300} ").note == "a" * 300


def test_one_text_of_a_page_waits_and_a_colleagues_is_never_overwritten_unseen():
    first = pages.handed_in()
    with pytest.raises(PageChanged, match="masih menunggu persetujuan"):
        pages.handed_in(body="Lain.")
    with pytest.raises(PageForbidden, match="oleh penulisnya sendiri"):
        acts.withdraw(first, actor=make.person("bidang_layanan"))
    acts.withdraw(first, actor=make.demo("bidang"))
    with pytest.raises(PageChanged, match="sejak Anda mulai menulis"):
        acts.hand_in("profil", "Lain.", actor=make.demo("bidang"), seen=None)
    with pytest.raises(PageChanged, match="sudah ditarik penulisnya"):
        acts.approve(first, actor=make.demo("utama"))


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("  \n ", "Tulis isi halamannya"),
        ("** **", None),
        ("[x](javascript:alert(1))", "Tautan «javascript:alert(1)» tidak dapat dipakai"),
        ("[x](//jahat.example)", "tidak dapat dipakai"),
        ("[x](data:text/html,a)", "tidak dapat dipakai"),
        ("a" * 20_001, "paling panjang 20000 huruf"),
        ("Nomor [[isi: SK]].", "Masih ada yang perlu diisi"),
        ("|a|\n|-|\n", None),
    ],
)
def test_a_text_is_refused_with_a_sentence_beside_its_field(body, sentence):
    if sentence is None:
        assert pages.handed_in(body=body).is_waiting
        return
    with pytest.raises(PageRefused) as refused:
        pages.handed_in(body=body)
    assert sentence in str(refused.value)
    assert refused.value.fields == ("body",)


def test_the_same_text_is_no_new_edition():
    pages.shown()
    with pytest.raises(PageRefused, match="sama dengan yang sudah terbit"):
        pages.handed_in()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"text": ""}, "paling banyak 200 huruf"),
        ({"text": "a" * 201}, "paling banyak 200 huruf"),
        ({"link": "https://lain.example/"}, "hanya boleh menuju halaman portal ini"),
        ({"link": "//lain.example/"}, "hanya boleh menuju halaman portal ini"),
        ({"link": "/meja/kasus/"}, "Meja kerja tidak terbuka"),
        ({"link": "/a b"}, "hanya boleh menuju halaman portal ini"),
        ({"ends_on": TODAY - DAY}, "sudah lewat"),
        ({"ends_on": TODAY + 367 * DAY}, "paling lama satu tahun"),
    ],
)
def test_an_announcement_is_refused_with_a_sentence(given, sentence):
    filled = {"text": "Kantor tutup.", "ends_on": TODAY, **given}
    with pytest.raises(PageRefused, match=sentence):
        acts.announce(actor=make.demo("bidang"), **filled)


def test_an_announcement_stands_to_the_end_of_its_last_day_or_until_one_person_ends_it():
    pages.on_top("Satu.", days=0)
    two = pages.on_top("Dua.", days=1)
    texts = PublishedAnnouncement.objects.in_force
    assert [each.text for each in texts(on=TODAY)] == ["Dua.", "Satu."]
    assert [each.text for each in texts(on=TODAY + DAY)] == ["Dua."]
    assert [each.text for each in texts(on=TODAY + 2 * DAY)] == []
    with pytest.raises(PageForbidden):
        acts.end(two, actor=make.demo("operator"), reason="Selesai.")
    with pytest.raises(PageRefused, match="mengapa"):
        acts.end(two, actor=make.demo("bidang"), reason=" ")
    ended = acts.end(two, actor=make.demo("bidang"), reason="Selesai.")
    assert (ended.ended_name, ended.ended_because) == (make.demo("bidang").name, "Selesai.")
    assert [each.text for each in texts(on=TODAY)] == ["Satu."]
    with pytest.raises(PageChanged, match="sudah mengakhiri"):
        acts.end(two, actor=make.demo("utama"), reason="Lagi.")
    for change in (
        {"ended_because": "Lain."},
        {"ended_at": None, "ended_by": None, "ended_name": "", "ended_because": ""},
    ):
        with pytest.raises(DatabaseError, match="Cannot update"), make.savepoint():
            Announcement.objects.filter(pk=two.pk).update(**change)


def test_no_more_than_three_stand_on_top_and_none_whose_day_has_passed():
    for text in ("Satu.", "Dua.", "Tiga."):
        pages.on_top(text)
    fourth = pages.announced("Empat.")
    with pytest.raises(PageRefused, match="Sudah ada 3 pengumuman"):
        acts.approve(fourth, actor=make.demo("utama"))
    decided = {"decided_by": make.demo("utama"), "decided_name": "U", "decided_as": "P", "decided_at": timezone.now()}
    with pytest.raises(DatabaseError, match="so many announcements"), make.savepoint():
        Announcement.objects.filter(pk=fourth.pk).update(decision="approved", number=4, **decided)
    late = pages.announced("Lewat.", days=0)
    with pytest.raises(PageRefused, match="sudah lewat"):
        acts.approve(late, actor=make.demo("utama"), at=timezone.now() + DAY)


FROZEN = [
    ("pages_pagetext", "body"),
    ("pages_pagetext", "written_name"),
    ("pages_pagetext", "decided_name"),
    ("pages_pagetext", "reason"),
    ("pages_announcement", "text"),
    ("pages_announcement", "decided_name"),
    ("shelf_publishedpage", "body"),
    ("shelf_publishedannouncement", "text"),
]


@pytest.mark.parametrize(("table", "column"), FROZEN)
def test_nothing_of_what_was_approved_is_changed(table, column):
    pages.shown()
    pages.on_top()
    with pytest.raises(DatabaseError), make.savepoint(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = 'lain'")


@pytest.mark.parametrize("table", ["pages_pagetext", "pages_announcement", "shelf_publishedpage"])
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_nothing_of_it_is_deleted_or_emptied(table, statement):
    pages.shown()
    pages.on_top()
    make.at_the_end()
    with pytest.raises(DatabaseError, match="delete rows|never emptied"), make.savepoint():
        connection.cursor().execute(statement.format(table))


def test_editions_follow_one_another_in_the_office_and_on_the_shelf():
    pages.shown()
    text, utama = pages.handed_in(body="Dua."), make.demo("utama")
    decided = {"decided_by": utama, "decided_name": "U", "decided_as": "P", "decided_at": timezone.now()}
    for number in (1, 3):
        with pytest.raises(DatabaseError), make.savepoint():
            PageText.objects.filter(pk=text.pk).update(decision="approved", number=number, **decided)
    with pytest.raises(DatabaseError, match="follow one another"), make.savepoint():
        PublishedPage.objects.create(slug="profil", edition=3, body="x", published_at=timezone.now())


def test_nothing_is_handed_in_as_decided():
    text = pages.handed_in()
    acts.withdraw(text, actor=make.demo("bidang"))
    with pytest.raises(DatabaseError, match="waits for its decision"), make.savepoint():
        make.twin(PageText.objects.get(pk=text.pk))


def test_each_act_has_its_link_in_the_chain():
    acts.end(pages.on_top(), actor=make.demo("utama"), reason="Selesai.")
    pages.shown()
    make.at_the_end()
    found = Link.objects.filter(ledger__in=["pages_pagetext", "pages_announcement"]).values_list("ledger", "part")
    assert sorted(found) == [
        ("pages_announcement", "decided"),
        ("pages_announcement", "ended"),
        ("pages_announcement", "written"),
        ("pages_pagetext", "decided"),
        ("pages_pagetext", "written"),
    ]


def test_the_same_announcement_waits_once():
    pages.announced("Kantor tutup lusa.")
    with pytest.raises(PageChanged, match="sudah mengajukan pengumuman yang sama"):
        pages.announced("  Kantor  tutup lusa. ")
    assert pages.announced("Kantor tutup besok.").is_waiting


def test_what_does_not_stand_on_top_is_not_ended():
    over = pages.on_top("Kemarin.", days=0)
    for announcement, at in ((pages.announced("Menunggu."), None), (over, timezone.now() + DAY)):
        with pytest.raises(PageChanged, match="tidak tampil di atas halaman"):
            acts.end(announcement, actor=make.demo("bidang"), reason="Selesai.", at=at)
    assert not Announcement.objects.filter(ended_at__isnull=False).exists()


def test_who_left_the_office_withdraws_no_more():
    stand_in = make.person("operator")
    make.appoint(stand_in, "bidang_layanan", unit="diskominfo", kind="plh", ends_on=TODAY + 3 * DAY)
    text = pages.handed_in(actor=stand_in)
    with pytest.raises(PageForbidden, match="penulisnya sendiri"):
        acts.withdraw(text, actor=stand_in, at=timezone.now() + 5 * DAY)
    assert acts.withdraw(text, actor=stand_in).decision == "withdrawn"
