"""The index says exactly what the shelf says: after each of its acts, and whatever is done to its tables by hand."""

from datetime import date

import pytest
from django.conf import settings
from django.db import ProgrammingError, connection
from django.utils import timezone

from ppid.shelf import actions
from ppid.shelf.models import DikEntry, DocumentPage, DocumentText, PublishedItem, PublishedSop, Tombstone
from ppid.shelf.search import index
from ppid.shelf.search.documents import Page, put_text
from ppid.shelf.search.models import Kind, SearchEntry, SearchWord
from tests import make
from tests.portal import shelf_rows as shelf

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture(autouse=True)
def empty_shelf(settings, tmp_path, db):
    settings.PUBLIC_FILES = tmp_path / "public"
    PublishedSop.objects.all().delete()


def keys(kind: str) -> set[str]:
    return set(SearchEntry.objects.filter(kind=kind).values_list("key", flat=True))


def known() -> set[str]:
    return set(SearchWord.objects.values_list("word", flat=True))


def right() -> bool:
    """Whether the index is exactly right, and the vocabulary counts exactly its entries."""
    assert list(index.faults()) == []
    counted: dict[str, int] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT word, count(*) FROM shelf_searchentry, unnest(tsvector_to_array(ts_filter(words, '{a,b}'))) word
            WHERE kind <> 'page' AND word ~ '^[^0-9=]{4,40}$' GROUP BY word
            """
        )
        counted = dict(cursor.fetchall())
    assert dict(SearchWord.objects.values_list("word", "entries")) == counted
    return True


def read_item(**fields) -> tuple[PublishedItem, str]:
    """Put an item whose document has been read."""
    file = shelf.file(b"%PDF-1.7 " + str(fields).encode())
    item = shelf.item(files=[file], **fields)
    put_text(file.sha256, [Page(1, "Halaman 1", "retribusi parkir"), Page(2, "Halaman 2", "tarif")], state="read")
    return item, file.sha256


def corrected(item, **words):
    actions.correct(
        item.number,
        words=words,
        correction={"on": "2026-11-20", "note": "salah ketik", "changes": [["Judul", "a", "b"]]},
    )


ACTS = {
    "put": lambda item: None,
    "put again": lambda item: shelf.item(number=item.number, title="Judul baru"),
    "put again with its file": lambda item: again(item),
    "correct": lambda item: corrected(item, title="Laporan yang dibetulkan"),
    "tell": lambda item: actions.tell(item.number, passport=[]),
    "withdraw": lambda item: actions.withdraw(item.number, reason="Keliru", at=NOW),
    "withdraw as wrong": lambda item: actions.withdraw(item.number, reason="X", at=NOW, why="wrongly_published"),
    "exclude": lambda item: actions.exclude(item.number, called="Data pribadi", reason="X", at=NOW, ends_on=None),
    "call": lambda item: excluded_and_called(item),
    "reopen": lambda item: reopened(item),
    "pass unit on": lambda item: actions.pass_unit_on(item.unit_code, to="dinkes"),
    "put DIK": lambda item: shelf.dik(),
    "put DIK again": lambda item: shelf.dik(number=shelf.dik().number, information="Kata baru"),
    "drop DIK": lambda item: actions.drop_dik(shelf.dik().number),
    "put SOP": lambda item: shelf.sop(steps="Memeriksa"),
    "put next SOP": lambda item: (shelf.sop(), shelf.sop(version=2, title="JUDUL BARU")),
    "retire SOP": lambda item: (shelf.sop(), actions.retire_sop("pengumuman-uji", on=NOW.date(), reason="X")),
    "bind SOP": lambda item: (shelf.sop(), actions.bind_sop("pengumuman-uji", flow="publication", is_master=True)),
    "put text": lambda item: put_text(item.files.get().sha256, [Page(1, "Halaman 1", "lain")], state="read"),
}


def again(item):
    file = item.files.get()
    approved = actions.ApprovedFile(
        file.key, file.title, file.filename, file.media_type, file.size, file.sha256, shelf.private_store()
    )
    shelf.item(number=item.number, files=[approved])
    assert len(keys(Kind.PAGE)) == 2


def excluded_and_called(item):
    actions.exclude(item.number, called="Data pribadi", reason="X", at=NOW, ends_on=None)
    actions.call(item.number, "Data keluarga")


def reopened(item):
    entry = shelf.dik()
    actions.exclude(item.number, called="Data pribadi", reason="X", at=NOW, ends_on=None)
    actions.reopen([actions.Reopened(entry.number, item.number, date(2026, 11, 1), "Putusan 1/2026")])


@pytest.mark.parametrize("act", ACTS)
def test_after_each_act_it_is_exactly_right(act):
    item, _ = read_item()
    ACTS[act](item)
    assert right()


@pytest.mark.parametrize("act", ["withdraw", "exclude"])
def test_what_leaves_is_found_by_none_of_its_words_and_pages(act):
    item, sha256 = read_item(title="Laporan zamrud khatulistiwa")
    assert "zamrud" in known()
    ACTS[act](item)
    assert keys(Kind.ITEM) == keys(Kind.PAGE) == set()
    assert ("zamrud" in known()) == (act == "withdraw")  # whose tombstone keeps the title
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert not DocumentPage.objects.filter(sha256=sha256).exists()
    assert not DocumentText.objects.filter(sha256=sha256).exists()


BY_HAND = {
    "DELETE FROM shelf_publishedfile; DELETE FROM shelf_publisheditem": {Kind.ITEM, Kind.PAGE},
    "TRUNCATE shelf_publisheditem CASCADE": {Kind.ITEM, Kind.PAGE},
    "DELETE FROM shelf_publishedfile": {Kind.ITEM, Kind.PAGE},
    "TRUNCATE shelf_publishedfile": {Kind.ITEM, Kind.PAGE},
    "UPDATE shelf_publishedfile SET sha256 = 'x'": {Kind.ITEM, Kind.PAGE},
    "UPDATE shelf_publisheditem SET title = 'x'": {Kind.ITEM},
    "UPDATE shelf_publisheditem SET summary = 'x'": {Kind.ITEM},
    "DELETE FROM shelf_dikentry": {Kind.DIK},
    "TRUNCATE shelf_dikentry": {Kind.DIK},
    "UPDATE shelf_dikentry SET information = 'x'": {Kind.DIK},
    "DELETE FROM shelf_publishedsop": {Kind.SOP},
    "TRUNCATE shelf_publishedsop CASCADE": {Kind.SOP},
    "UPDATE shelf_publishedsop SET steps = 'x'": {Kind.SOP},
    "DELETE FROM shelf_tombstone": {Kind.TOMBSTONE},
    "TRUNCATE shelf_tombstone": {Kind.TOMBSTONE},
    "UPDATE shelf_tombstone SET title = 'x'": {Kind.TOMBSTONE},
}


@pytest.mark.parametrize("statement", BY_HAND)
def test_what_is_changed_by_hand_is_found_no_more(statement):
    everything()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement)
    gone = {kind for kind in Kind if not keys(kind)}
    assert gone == BY_HAND[statement]
    index.mend()
    assert right()


# What an entry was written from, column by column; whatever changes there leaves no entry that says the former words.
WRITTEN_FROM = {
    "publisheditem": (Kind.ITEM, ("number", "title", "summary", "unit_name", "responsible")),
    "dikentry": (
        Kind.DIK,
        (
            *("number", "information", "legal_basis", "consequence_if_open", "consequence_if_closed", "unit_name"),
            *("decree_number", "reopened_because", "item_number"),
        ),
    ),
    "publishedsop": (Kind.SOP, ("slug", "title", "number", "steps", "theme", "unit_name")),
}


@pytest.mark.parametrize(
    ("table", "column"), [(table, column) for table, (_, columns) in WRITTEN_FROM.items() for column in columns]
)
def test_whatever_word_of_it_changes_by_hand_it_is_found_no_more(table, column):
    everything()
    DikEntry.objects.update(reopened_on=NOW.date(), reopened_because="Putusan", item_number="2026-0009")
    index.mend()
    kind, _ = WRITTEN_FROM[table]
    assert keys(kind)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE shelf_{table} SET {column} = 'x'")
    assert keys(kind) == set()


@pytest.mark.parametrize(
    ("table", "change", "kind", "entry"),
    [
        ("dikentry", "ends_on = '2030-05-01'", Kind.DIK, {"open_since": date(2030, 5, 2)}),
        ("dikentry", "decree_date = '2025-05-01'", Kind.DIK, {"day": date(2025, 5, 1)}),
        ("dikentry", "unit_code = 'dinkes'", Kind.DIK, {"unit_code": "dinkes"}),
        ("publisheditem", "published_at = '2026-01-31 18:00+00'", Kind.ITEM, {"day": date(2026, 2, 1)}),
        ("publisheditem", "published_at = '2026-01-31 18:00+00'", Kind.PAGE, {"day": date(2026, 2, 1)}),
        ("publisheditem", "unit_code = 'dinkes'", Kind.PAGE, {"unit_code": "dinkes"}),
        ("publishedsop", "in_force_from = '2025-02-01'", Kind.SOP, {"day": date(2025, 2, 1)}),
        ("publishedsop", "status = 'retired', ended_on = '2026-02-01'", Kind.SOP, {"is_current": False}),
    ],
)
def test_its_marks_follow_whoever_changes_them(table, change, kind, entry):
    everything()
    before = keys(kind)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE shelf_{table} SET {change}")
    assert keys(kind) == before
    assert set(SearchEntry.objects.filter(kind=kind).values_list(*entry)) == {tuple(entry.values())}
    assert right()


def test_the_text_of_a_file_stays_while_another_item_shows_it():
    item, sha256 = read_item()
    other = shelf.item(files=[shelf.file(b"%PDF-1.7 {}")], title="Salinan")
    assert other.files.get().sha256 == sha256
    assert len(keys(Kind.PAGE)) == 4
    actions.withdraw(item.number, reason="Keliru", at=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert {key.partition("/")[0] for key in keys(Kind.PAGE)} == {other.number}
    assert DocumentPage.objects.filter(sha256=sha256).count() == 2
    assert right()


def test_no_word_inside_a_document_is_one_of_the_vocabulary_whatever_its_weight():
    everything()
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO shelf_searchentry (kind, key, number, file_key, filename, sha256, page, title, text,
                   unit_code, unit_name, category, formats, day, is_current, words, digest)
               VALUES ('page', 'x', 'x', 'k', 'f', 'h', 1, '', '', '', '', '', '{}', '2026-01-01', true,
                   '''zamrud'':1A', '')"""
        )
    assert "zamrud" not in known()


def everything():
    item, _ = read_item()
    shelf.dik()
    shelf.sop()
    gone = shelf.item()
    actions.withdraw(gone.number, reason="Keliru", at=NOW)
    return item


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("DELETE FROM shelf_searchentry WHERE kind = 'item'", "missing"),
        ("DELETE FROM shelf_searchentry WHERE kind = 'page'", "missing"),
        ("UPDATE shelf_searchentry SET day = '2001-01-01' WHERE kind = 'item'", "wrong"),
        ("UPDATE shelf_searchentry SET is_current = false WHERE kind = 'dik'", "wrong"),
        ("UPDATE shelf_searchentry SET filename = 'x' WHERE kind = 'page'", "wrong"),
        (
            """INSERT INTO shelf_searchentry (kind, key, number, file_key, filename, sha256, title, text, unit_code,
                   unit_name, category, formats, day, is_current, words, digest)
               VALUES ('item', 'x', 'x', '', '', '', 'rahasia', '', '', '', '', '{}', '2026-01-01', true,
                   '''rahasia'':1A', '')""",
            "extra",
        ),
    ],
)
def test_what_is_wrong_is_told_and_mended(statement, what):
    everything()
    with connection.cursor() as cursor:
        cursor.execute(statement)
    found = list(index.faults())
    assert {each.what for each in found} == {what}
    assert index.mend() == len(found)
    assert right()


def test_an_entry_is_written_anew_and_never_changed():
    everything()
    for column in ("title", "text", "key", "words"):
        with pytest.raises(ProgrammingError, match="Cannot update|not changed"), make.savepoint():
            SearchEntry.objects.filter(kind=Kind.SOP).update(**{column: "x"})


def test_emptying_the_index_empties_the_vocabulary():
    everything()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE shelf_searchentry")
    assert known() == set()
    index.mend()
    assert right()


def test_a_renamed_unit_moves_its_entries_without_a_word_being_written_anew():
    item = everything()
    before = SearchEntry.objects.get(kind=Kind.ITEM, key=item.number).pk
    actions.pass_unit_on("dinsos", to="dinkes")
    entry = SearchEntry.objects.get(kind=Kind.ITEM, key=item.number)
    assert (entry.pk, entry.unit_code) == (before, "dinkes")
    assert "'=dinkes'" in str(entry.words)
    assert "=dinsos" not in str(entry.words)


def test_the_portal_reads_the_index_and_writes_none_of_it():
    everything()
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {settings.PORTAL_ROLE}")
        cursor.execute("SELECT count(*) FROM shelf_searchentry")
        assert cursor.fetchone()[0] > 3
        cursor.execute("RESET ROLE")
    assert DikEntry.objects.count() == Tombstone.objects.count() == 1
