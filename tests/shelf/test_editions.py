"""The editions of an item: readable for ever at addresses of their own, unless it was excluded or wrongly published."""

from datetime import date, timedelta

import pytest
from django.db.utils import DatabaseError, IntegrityError

from ppid.shelf import actions
from ppid.shelf.models import EditionFile, PublishedEdition, PublishedItem, Tombstone
from tests import make
from tests.portal import shelf_rows
from tests.portal.test_files import body_of
from tests.portal.test_items import text_of

pytestmark = pytest.mark.django_db

NUMBER = "2026-0700"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def stores(settings, tmp_path):
    settings.PUBLIC_FILES = tmp_path / "public"


def published(nth: int, *files, **fields) -> PublishedItem:
    """Publish the item once more, a day later each time."""
    at = shelf_rows.NOW + nth * DAY
    return shelf_rows.item(number=NUMBER, title=f"Laporan ke-{nth}", files=files, published_at=at, **fields)


@pytest.fixture
def twice():
    """An item of two editions: one file has a successor in the second, one is only in the first."""
    kept, gone = shelf_rows.file(b"satu", filename="laporan.pdf"), shelf_rows.file(b"lampiran", filename="lampiran.pdf")
    published(1, kept, gone)
    published(2, shelf_rows.file(b"dua", filename="laporan.pdf", key=kept.key))
    return kept, gone


def test_an_item_published_again_keeps_its_earlier_edition(client, twice):
    page = text_of(client.get(f"/informasi/{NUMBER}/"))
    assert "Laporan ke-2" in page
    assert "Edisi terdahulu" in page
    assert "Edisi 1 21 November 2026 sampai 22 November 2026" in page
    first = client.get(f"/informasi/{NUMBER}/edisi/1/")
    assert first.status_code == 200
    assert "Laporan ke-1" in text_of(first)
    assert "diumumkan dari 21 November 2026 sampai 22 November 2026" in text_of(first)


def test_an_edition_has_the_same_address_before_and_after(client, twice):
    address = f"/informasi/{NUMBER}/edisi/2/"
    assert "Laporan ke-2" in text_of(client.get(address))
    published(3)
    assert "Laporan ke-2" in text_of(client.get(address))
    assert "Laporan ke-3" in text_of(client.get(f"/informasi/{NUMBER}/edisi/3/"))
    assert client.get(f"/informasi/{NUMBER}/edisi/4/").status_code == 404
    assert client.get(f"/informasi/{NUMBER}/edisi/0/").status_code == 404


def test_each_file_keeps_its_address_and_each_edition_its_bytes(client, twice):
    kept, gone = twice
    for edition, content in ((1, b"satu"), (2, b"dua")):
        answer = client.get(f"/informasi/{NUMBER}/edisi/{edition}/berkas/{kept.key}/laporan.pdf")
        assert body_of(answer) == content
    assert body_of(client.get(f"/informasi/{NUMBER}/berkas/{kept.key}/laporan.pdf")) == b"dua"
    left = client.get(f"/informasi/{NUMBER}/berkas/{gone.key}/lampiran.pdf", follow=True)
    assert left.redirect_chain == [(f"/informasi/{NUMBER}/edisi/1/berkas/{gone.key}/lampiran.pdf", 302)]
    assert body_of(left) == b"lampiran"
    assert client.get(f"/informasi/{NUMBER}/edisi/2/berkas/{gone.key}/lampiran.pdf").status_code == 404
    answer = client.get(f"/informasi/{NUMBER}/edisi/1/berkas/{gone.key}/lain.pdf")
    assert answer["Location"] == f"/informasi/{NUMBER}/edisi/1/berkas/{gone.key}/lampiran.pdf"


def excluded():
    actions.exclude(NUMBER, called="Data pribadi", reason="Rahasia.", at=shelf_rows.NOW + 9 * DAY, ends_on=None)


def wrong():
    actions.withdraw(NUMBER, reason="Keliru.", at=shelf_rows.NOW + 9 * DAY, why="wrongly_published")


def withdrawn():
    actions.withdraw(NUMBER, reason="Selesai.", at=shelf_rows.NOW + 9 * DAY)


def replaced():
    shelf_rows.item(number="2026-0800", title="Pengganti")
    actions.withdraw(
        NUMBER, reason="Ada yang baru.", at=shelf_rows.NOW + 9 * DAY, why="replaced", successor="2026-0800"
    )


def every_address(kept, gone):
    yield f"/informasi/{NUMBER}/"
    for key, name in ((kept.key, "laporan.pdf"), (gone.key, "lampiran.pdf")):
        yield f"/informasi/{NUMBER}/berkas/{key}/{name}"
        for edition in (1, 2):
            yield f"/informasi/{NUMBER}/edisi/{edition}/berkas/{key}/{name}"
    for edition in (1, 2):
        yield f"/informasi/{NUMBER}/edisi/{edition}/"


# Which editions are readable afterwards, written out by hand.
AFTERWARDS = [(excluded, set()), (wrong, set()), (withdrawn, {1}), (replaced, {1, 2})]


@pytest.mark.parametrize(("take_off", "readable"), AFTERWARDS)
def test_taking_off_leaves_exactly_the_editions_that_the_law_lets_stand(client, twice, take_off, readable):
    kept, gone = twice
    take_off()
    for edition in (1, 2):
        answer = client.get(f"/informasi/{NUMBER}/edisi/{edition}/")
        assert answer.status_code == (200 if edition in readable else 410), edition
        assert (f"Laporan ke-{edition}" in text_of(answer)) == (
            edition in readable or take_off in (wrong, withdrawn) and edition == 2
        )
    for edition, key, content in ((1, kept.key, b"satu"), (2, kept.key, b"dua"), (1, gone.key, b"lampiran")):
        name = "lampiran.pdf" if key == gone.key else "laporan.pdf"
        answer = client.get(f"/informasi/{NUMBER}/edisi/{edition}/berkas/{key}/{name}")
        assert answer.status_code == (200 if edition in readable else 410)
        assert (body_of(answer) == content) == (edition in readable)
    if not readable:
        for address in every_address(kept, gone):
            assert client.get(address, follow=True).status_code == 410, address
        assert not PublishedEdition.objects.filter(number=NUMBER).exists()
        held = {each.sha256 for each in EditionFile.objects.all()}
        assert not [
            name for name in actions.public_store().names() if name not in held and name in (kept.sha256, gone.sha256)
        ]


@pytest.mark.parametrize(("take_off", "readable"), AFTERWARDS)
def test_a_number_of_an_edition_never_comes_twice(client, twice, take_off, readable):
    take_off()
    assert published(10).edition == 3
    for edition in (1, 2):
        answer = client.get(f"/informasi/{NUMBER}/edisi/{edition}/")
        assert answer.status_code == (200 if edition in readable else 410)
        if edition not in readable:
            assert f"Laporan ke-{edition}" not in text_of(answer)
    assert client.get(f"/informasi/{NUMBER}/edisi/3/").status_code == 200


def test_the_tombstone_says_why_and_both_sides_know_of_each_other(client, twice):
    replaced()
    page = text_of(client.get(f"/informasi/{NUMBER}/"))
    assert "Digantikan informasi lain" in page
    assert "Digantikan oleh Pengganti" in page
    assert "Edisi 1 21 November" in page
    successor = text_of(client.get("/informasi/2026-0800/"))
    assert "Menggantikan Laporan ke-2 nomor 2026-0700" in successor
    actions.exclude("2026-0800", called="Rahasia lain", reason="Rahasia.", at=shelf_rows.NOW, ends_on=None)
    page = text_of(client.get(f"/informasi/{NUMBER}/"))
    assert "Pengganti" not in page, "what is excluded is never named"
    assert "informasi nomor 2026-0800" in page


@pytest.mark.parametrize(("take_off", "words"), [(wrong, "Salah terbit"), (withdrawn, "Ditarik")])
def test_the_tombstone_says_which_reason(client, twice, take_off, words):
    take_off()
    assert words in text_of(client.get(f"/informasi/{NUMBER}/"))


def test_nothing_is_replaced_by_what_does_not_stand_there_or_by_itself(twice):
    at = shelf_rows.NOW
    with pytest.raises(actions.NotOnShelf), make.savepoint():
        actions.withdraw(NUMBER, reason="x", at=at, why="replaced", successor="2026-9999")
    for fields in (
        {"why": "replaced"},
        {"why": "replaced", "successor": NUMBER},
        {"why": "wrongly_published", "successor": "1"},
        {},
    ):
        with pytest.raises(IntegrityError), make.savepoint():
            Tombstone.objects.create(
                **{"number": NUMBER, "title": "x", "kind": "withdrawn", "reason": "x", "taken_off_at": at} | fields
            )


def test_an_edition_stays_as_it_was_and_its_number_comes_once(twice):
    with pytest.raises(DatabaseError), make.savepoint():
        PublishedEdition.objects.update(title="Lain")
    with pytest.raises(DatabaseError), make.savepoint():
        EditionFile.objects.update(sha256="0" * 64)
    with pytest.raises(DatabaseError, match="never comes twice"), make.savepoint():
        PublishedItem.objects.filter(number=NUMBER).update(edition=1)


def test_what_continues_an_edition_makes_no_new_one(client, twice):
    item = PublishedItem.objects.get(number=NUMBER)
    fields = {name: getattr(item, name) for name in PublishedItem.words() if name not in ("edition", "corrections")}
    again = actions.put(PublishedItem(**fields | {"title": "Sama", "rhythm": 6}), [], continues=True)
    assert (again.edition, PublishedEdition.objects.filter(number=NUMBER).count()) == (2, 1)
    assert "Sama" in text_of(client.get(f"/informasi/{NUMBER}/edisi/2/"))


def test_the_day_by_which_a_periodic_item_is_renewed_is_reckoned_in_months():
    item = shelf_rows.item(rhythm=3, published_at=shelf_rows.NOW)
    assert item.renew_by == date(2027, 2, 20)
    assert actions.renewal_day(date(2026, 8, 31), 6) == date(2027, 2, 28)
    for category in ("immediate", "on_demand"):
        assert shelf_rows.item(category=category).renew_by is None
    with pytest.raises(IntegrityError, match="nothing_else_is_ever_late"), make.savepoint():
        PublishedItem.objects.filter(category="immediate").update(renew_by=date(2026, 1, 1))
