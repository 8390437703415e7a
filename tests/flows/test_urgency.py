"""Serta merta: due at once, judged by the law in hours, announced first with a reason, and the rows follow.

Moments lie in November 2026, which has no holiday; the 2nd is a Monday, working hours end at 15.45, on Friday 16.15.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.db.models.signals import pre_save
from django.db.utils import DatabaseError
from django.utils import timezone

from ppid.flows.actions import open_publication, take_step
from ppid.flows.documents import add_document, describe, remove_document
from ppid.flows.ledger import MovedDeadline
from ppid.flows.models import Case
from ppid.flows.passport import passport
from ppid.flows.steps import StepForbidden, StepOutOfOrder, StepUnmet
from ppid.flows.urgency import mark_urgent
from ppid.shelf.models import FormerFile, PublishedItem, Tombstone
from ppid.worktime import actions as holidays
from ppid.worktime.models import Holiday
from tests import make

pytestmark = pytest.mark.django_db

ZONE = ZoneInfo("Asia/Pontianak")
WHY = "Pipa induk pecah; warga perlu tahu sekarang."


def wib(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


def urgent(at: datetime, **fields) -> Case:
    """Open an urgent publication, with a document, by Bidang."""
    case = open_publication(make.information(**fields), actor=make.demo("bidang"), at=at, urgent_because=WHY)
    add_document(case, make.pdf(), title="Pemberitahuan", actor=make.demo("bidang"), at=at)
    return make.again(case)


def announce(case: Case, at: datetime, actor="utama", note="Warga harus tahu sekarang.") -> Case:
    take_step(case, "publish_first", actor=make.demo(actor) if isinstance(actor, str) else actor, note=note, at=at)
    return make.again(case)


def on_the_shelf(case: Case) -> PublishedItem:
    return PublishedItem.objects.get(number=case.information.number)


def refused(act, why: str = "."):
    def act_and_commit():
        act()
        make.at_the_end()

    with pytest.raises(DatabaseError, match=why), make.savepoint():
        act_and_commit()


class TestDueAtOnce:
    def test_it_is_due_as_it_is_opened_and_as_each_row_is_received(self):
        case = urgent(wib(2, 9))
        assert (case.is_urgent, case.urgent_because, case.urgent_since, case.due_at) == (
            True,
            WHY,
            wib(2, 9),
            wib(2, 9),
        )
        case = make.step(case, "update_content", actor="bidang", at=wib(2, 9, 10))
        assert (case.received_at, case.due_at) == (wib(2, 9, 10), wib(2, 9, 10))

    def test_it_stands_before_whatever_else_is_overdue(self):
        long_ago = make.publication()
        case = urgent(timezone.now())
        assert list(Case.objects.running().most_urgent_first()) == [case, long_ago]

    @pytest.mark.parametrize(("done", "on_time"), [(wib(2, 9, 5), None), (wib(2, 10), None), (wib(2, 10, 1), False)])
    def test_a_row_is_never_on_time_and_late_after_an_hour_by_the_clock(self, done, on_time):
        make.step(case := urgent(wib(2, 9)), "update_content", actor="bidang", at=done)
        assert case.records.get().on_time is on_time

    def test_it_is_overdue_after_an_hour_also_at_night(self):
        case = urgent(wib(2, 21))
        assert not Case.objects.overdue(at=wib(2, 22)).exists()
        assert list(Case.objects.overdue(at=wib(2, 22, 1))) == [case]

    def test_but_nobody_is_billed_for_the_night(self):
        case = urgent(wib(2, 21))
        make.step(case, "update_content", actor="bidang", at=wib(3, 8))
        record = case.records.get()
        assert (record.on_time, record.held.get().is_late, record.held.get().due_at) == (False, False, wib(3, 8, 15))

    def test_a_new_holiday_moves_nothing_that_is_due_at_once(self):
        case = urgent(wib(2, 9))
        holidays.add(Holiday(date=wib(3).date(), name="Libur", kind="local"), actor=make.demo("bidang"))
        assert make.again(case).due_at == wib(2, 9)


class TestMarking:
    def test_the_opener_marks_a_running_case_with_a_line_and_it_is_due_at_once(self):
        case = make.publication(at="preparing")
        now = timezone.now()
        line = mark_urgent(case, because=f"  {WHY} ", actor=make.demo("bidang"), at=now)
        after = make.again(case)
        assert (after.is_urgent, after.urgent_because, after.urgent_since, after.due_at) == (True, WHY, now, now)
        assert (line.kind, line.because, line.due_before, line.due_after) == ("urgent", WHY, case.due_at, now)
        make.at_the_end()

    def test_so_does_ppid_utama_and_nobody_else(self):
        case = make.publication(at="preparing")
        with pytest.raises(StepForbidden, match="Hanya yang membuka proses ini atau PPID Utama"):
            mark_urgent(case, because=WHY, actor=make.demo("dinsos"))
        mark_urgent(case, because=WHY, actor=make.demo("utama"))

    @pytest.mark.parametrize("because", ["", "  \n ", "a" * 201])
    def test_it_needs_a_reason_in_one_line(self, because):
        with pytest.raises(StepUnmet, match="Tulis dalam satu kalimat"):
            mark_urgent(make.publication(), because=because, actor=make.demo("bidang"))

    def test_twice_an_exclusion_or_an_ended_case_can_t_be_marked(self):
        bidang = make.demo("bidang")
        with pytest.raises(StepOutOfOrder, match="sudah ditandai"):
            mark_urgent(urgent(wib(2, 9)), because=WHY, actor=bidang)
        for case in (make.exclusion(), make.publication(at="published")):
            with pytest.raises(StepOutOfOrder, match="masih berjalan"):
                mark_urgent(case, because=WHY, actor=bidang)

    def test_a_class_that_was_approved_is_chosen_anew_at_step_4(self):
        case = make.publication(at="releasing")
        with pytest.raises(
            StepOutOfOrder, match="Jenisnya sudah ditetapkan berkala. Kembalikan proses ini ke langkah 4"
        ):
            mark_urgent(case, because=WHY, actor=make.demo("utama"))


class TestItsClass:
    def at_step_four(self) -> Case:
        return make.walk(make.again(urgent(wib(2, 9))), to="clarifying")

    def test_it_is_serta_merta_or_somebody_says_why_no_longer(self):
        case = self.at_step_four()
        with pytest.raises(StepUnmet, match="Pilih jenis serta merta, atau tulis pada catatan"):
            make.step(case, "clarify", actor="utama", category="periodic")
        after = make.step(case, "clarify", actor="utama", category="periodic", note="Gangguan sudah teratasi.")
        assert (after.is_urgent, after.urgent_because) == (False, WHY)
        assert after.due_at > after.received_at, "the sheet's time runs again"

    def test_serta_merta_needs_no_word(self):
        assert make.step(self.at_step_four(), "clarify", actor="utama", category="immediate").is_urgent

    def test_a_class_serta_merta_makes_an_unmarked_case_urgent(self):
        case = make.step(make.publication(at="clarifying"), "clarify", actor="utama", category="immediate")
        assert (case.is_urgent, case.urgent_since, case.due_at) == (True, case.received_at, case.received_at)
        assert case.urgent_because == "Jenisnya ditetapkan serta merta pada langkah 4."


class TestAnnouncingFirst:
    def test_the_public_always_reads_until_when_its_rows_follow(self):
        case = announce(urgent(wib(2, 9)), wib(2, 9, 40))
        make.at_the_end()
        assert on_the_shelf(case).follow_by == wib(3, 15, 45), "the end of the next working day"

        def forget():
            PublishedItem.objects.filter(number=case.information.number).update(follow_by=None)
            make.at_the_end()

        with pytest.raises(DatabaseError, match="says until when its rows follow"), make.savepoint():
            forget()

    def test_the_item_is_public_from_then_as_it_stands_and_the_case_stays_where_it_is(self):
        case = announce(urgent(wib(2, 9)), wib(2, 9, 40))
        assert (case.state, case.step, case.received_at, case.moves) == ("updating", 1, wib(2, 9), 1)
        item = on_the_shelf(case)
        assert (item.category, item.published_at, item.first_published_at) == (
            "immediate",
            wib(2, 9, 40),
            wib(2, 9, 40),
        )
        assert [file.title for file in item.files.all()] == ["Pemberitahuan"]
        record = case.records.get()
        assert (record.kind, record.note, record.approved["category"]) == (
            "first",
            "Warga harus tahu sekarang.",
            "immediate",
        )
        assert record.approved["title"] == item.title
        assert [each.part for each in record.evidence.all()] == ["approved"]

    def test_all_rows_follow_within_one_working_day(self):
        case = announce(urgent(wib(5, 9)), wib(5, 9, 40))
        assert case.due_at == wib(6, 16, 15)
        case = make.step(case, "update_content", actor="bidang", at=wib(6, 8))
        assert case.due_at == wib(6, 16, 15), "together, not each"
        case = make.step(case, "coordinate", actor="bidang", at=wib(6, 17))
        assert [record.on_time for record in case.records.filter(kind="step")] == [True, False]

    def test_the_portal_says_which_rows_follow_until_when_and_that_they_are_late(self):
        case = announce(urgent(wib(5, 9)), wib(5, 9, 40))
        by = "Jumat, 6 November 2026, pukul 16.15"
        item = on_the_shelf(case)
        assert item.follow_words(at=wib(5, 10)) == f"Langkah 1 sampai 7 menyusul paling lambat {by}."
        assert item.law_words == "diumumkan dalam 40 menit sejak dibuka"
        make.step(case, "update_content", actor="bidang", at=wib(6, 8))
        assert on_the_shelf(case).follow_words(at=wib(6, 9)) == f"Langkah 2 sampai 7 menyusul paling lambat {by}."
        assert on_the_shelf(case).follow_words(at=wib(9, 9)) == (
            f"Langkah 2 sampai 7 seharusnya menyusul paling lambat {by}, dan sampai sekarang belum."
        )

    def test_a_holiday_moves_what_follows_at_the_desk_and_on_the_portal(self):
        case = announce(urgent(timezone.now()), timezone.now())
        day = timezone.localdate(case.due_at)
        holidays.add(Holiday(date=day, name="Libur", kind="local"), actor=make.demo("bidang"))
        after = make.again(case)
        assert after.due_at > case.due_at
        assert on_the_shelf(case).follow_by == after.due_at

    def test_once_all_have_followed_it_says_so(self):
        case = announce(urgent(wib(2, 9)), wib(2, 9, 40))
        for key, who in make.PUBLICATION.items():
            inputs = {"category": "immediate"} if key == "clarify" else {}
            case = make.step(case, key, actor=who, at=wib(3, 9), **inputs)
        item = on_the_shelf(case)
        assert item.follow_words(at=wib(4, 9)) == "Semua langkah menyusul pada Selasa, 3 November 2026, pukul 09.00."
        assert item.published_at == wib(2, 9, 40), "the same words and bytes: public since then"

    def test_later_changes_are_public_only_from_step_7(self):
        case = announce(urgent(wib(2, 9)), wib(2, 9, 40))
        first = on_the_shelf(case)
        siti = make.demo("dinsos")
        case = make.walk(case, to="preparing")
        describe(case, {"summary": "Pipa sudah diperbaiki."}, actor=siti)
        old = case.information.documents.content().get()
        remove_document(case, old, actor=siti)
        add_document(case, make.pdf(), title="Pemberitahuan kedua", actor=siti)
        case = make.step(make.again(case), "prepare", actor=siti)
        case = make.step(case, "clarify", actor="utama", category="immediate")
        now = on_the_shelf(case)
        assert (now.summary, [file.title for file in now.files.all()]) == (first.summary, ["Pemberitahuan"])
        case = make.walk(case, to="published")
        at_last = on_the_shelf(case)
        assert (at_last.summary, [file.title for file in at_last.files.all()]) == (
            "Pipa sudah diperbaiki.",
            ["Pemberitahuan kedua"],
        )
        assert at_last.published_at == case.received_at > at_last.first_published_at
        assert FormerFile.objects.filter(number=at_last.number, key=old.address_key).exists()

    @pytest.mark.parametrize("who", ["bidang", "dinsos", "operator", "atasan"])
    def test_only_ppid_utama_may(self, who):
        with pytest.raises(StepForbidden, match="Hanya PPID Utama"):
            announce(urgent(wib(2, 9)), wib(2, 10), actor=who)

    def test_not_whoever_prepared_it(self):
        both = make.person("ppid_pelaksana", "ppid_utama", unit="dinsos")
        case = make.walk(urgent(wib(2, 9)), to="preparing")
        case = make.step(case, "prepare", actor=both)
        with pytest.raises(StepForbidden, match="tidak seorang pun menyetujui pekerjaannya sendiri"):
            announce(case, timezone.now(), actor=both)

    def test_not_without_a_reason_a_document_the_dip_or_its_urgency(self):
        case = open_publication(
            make.information(responsible="", retention=""), actor=make.demo("bidang"), at=wib(2, 9), urgent_because=WHY
        )
        with pytest.raises(StepUnmet) as refusal:
            announce(case, wib(2, 10), note=" ")
        said = " ".join(refusal.value.sentences)
        assert "Tuliskan alasannya." in said
        assert "Tambahkan sekurang-kurangnya satu dokumen" in said
        assert "Lengkapi keterangan informasi" in said
        with pytest.raises(StepUnmet, match="Hanya yang serta merta diumumkan lebih dahulu"):
            announce(make.publication(at="clarifying"), timezone.now())

    def test_not_twice_and_not_once_it_is_public(self):
        case = announce(urgent(wib(2, 9)), wib(2, 10))
        with pytest.raises(StepOutOfOrder):
            announce(case, wib(2, 11))
        with pytest.raises(StepOutOfOrder):
            announce(make.publication(at="published"), timezone.now())

    def test_an_item_in_print_alone_needs_no_file(self):
        item = make.information(has_softcopy=False, has_hardcopy=True)
        case = open_publication(item, actor=make.demo("bidang"), at=wib(2, 9), urgent_because=WHY)
        assert not on_the_shelf(announce(case, wib(2, 10))).files.exists()


class TestGivingUp:
    def public(self) -> Case:
        return announce(urgent(wib(2, 9)), wib(2, 9, 40))

    def test_the_opener_can_t_withdraw_what_is_public(self):
        with pytest.raises(StepForbidden, match="mencabutnya dari portal. Minta PPID Utama"):
            take_step(self.public(), "withdraw", actor=make.demo("bidang"), note="Keliru.")

    def test_ppid_utama_withdraws_it_and_takes_it_off_the_shelf_with_the_reason(self):
        case = self.public()
        take_step(case, "withdraw", actor=make.demo("utama"), note="Kabarnya keliru.")
        assert not PublishedItem.objects.filter(number=case.information.number).exists()
        assert Tombstone.objects.get(number=case.information.number).reason == "Kabarnya keliru."

    def test_diverting_takes_it_off_and_tells_the_public_not_why(self):
        case = make.walk(self.public(), to="clarifying")
        take_step(case, "divert", actor=make.demo("utama"), note="Memuat nama anak.")
        tombstone = Tombstone.objects.get(number=case.information.number)
        assert tombstone.reason == "Sedang diperiksa apakah isinya perlu dikecualikan."

    def test_an_earlier_edition_reads_as_replaced_and_is_not_retracted_by_its_own_case(self):
        before = make.publication(at="published")
        case = open_publication(before.information, actor=make.demo("bidang"), urgent_because=WHY)
        announce(case, timezone.now())
        assert make.again(before).state_label == "Digantikan pengumuman yang lebih baru"
        with pytest.raises(StepUnmet, match="Cabut lewat proses itu"):
            take_step(make.again(before), "retract", actor=make.demo("utama"), note="Salah.")


class TestPassport:
    def test_it_is_held_against_the_law_by_the_clock(self):
        case = urgent(wib(6, 15))
        case = make.step(case, "update_content", actor="bidang", at=wib(6, 15, 20))
        make.step(case, "coordinate", actor="bidang", at=wib(9, 8, 5))
        assert [
            (row["used"], row["standard"], row["on_time"], row["urgent"]) for row in passport(make.again(case))
        ] == [
            ("20 menit", "", None, True),
            ("2 hari 16 jam", "", False, True),
        ]

    def test_announcing_first_is_one_of_its_rows(self):
        case = announce(urgent(wib(2, 9)), wib(2, 9, 40))
        (row,) = on_the_shelf(case).passport
        assert (row["kind"], row["text"], row["office"]) == ("first", "Diumumkan lebih dahulu", "PPID Utama")

    def test_what_was_marked_later_tells_both(self):
        case = make.publication(at="clarifying")
        opened = case.opened_at
        mark_urgent(case, because=WHY, actor=make.demo("utama"), at=opened + timedelta(hours=3))
        announce(make.again(case), opened + timedelta(hours=3, minutes=20))
        assert on_the_shelf(case).law_words == (
            "diumumkan dalam 3 jam 20 menit sejak dibuka, 20 menit sejak ditandai serta merta"
        )


class TestDatabase:
    @pytest.mark.parametrize(
        "fields",
        [
            {"is_urgent": False},
            {"urgent_because": "Lain."},
            {"urgent_since": wib(1)},
            {"published_first_at": wib(2, 10)},
            {"due_at": wib(3, 9)},
        ],
        ids=lambda fields: next(iter(fields)),
    )
    def test_urgency_stays_without_its_line(self, fields):
        case = urgent(wib(2, 9))
        refused(lambda: Case.objects.filter(pk=case.pk).update(**fields))

    def test_a_case_does_not_become_urgent_without_its_line(self):
        case = make.publication()
        now = timezone.now()
        fields = {"is_urgent": True, "urgent_because": WHY, "urgent_since": now, "due_at": now}
        refused(lambda: Case.objects.filter(pk=case.pk).update(**fields))

    def test_an_exclusion_is_never_urgent(self):
        case = make.exclusion()
        now = timezone.now()

        def mark():
            MovedDeadline.objects.create(
                case=case, kind="urgent", moves=0, due_before=case.due_at, due_after=now, because=WHY, moved_at=now
            )
            Case.objects.filter(pk=case.pk).update(is_urgent=True, urgent_because=WHY, urgent_since=now, due_at=now)

        refused(mark, "urgency_has_its_reason")

    def test_nothing_stands_on_the_shelf_without_the_row_that_published_it(self):
        case = urgent(wib(2, 9))
        other = on_the_shelf(announce(urgent(wib(2, 9)), wib(2, 10)))
        other.pk, other.number = None, case.information.number
        refused(lambda: other.save(force_insert=True), "only with the ledger row that published it")

    def test_nobody_announces_first_what_they_prepared(self, monkeypatch):
        both = make.person("ppid_pelaksana", "ppid_utama", unit="dinsos")
        case = make.step(make.walk(urgent(wib(2, 9)), to="preparing"), "prepare", actor=both)
        monkeypatch.setattr("ppid.flows.permissions.everybodys_work", lambda case: {})
        refused(lambda: announce(case, timezone.now(), actor=both), "nobody approves their own work")

    def test_a_case_is_not_given_up_while_its_item_stays_public(self, monkeypatch):
        case = announce(urgent(wib(2, 9)), wib(2, 10))
        monkeypatch.setattr("ppid.flows.shelving.take_off", lambda *_, **__: None)
        refused(
            lambda: take_step(case, "withdraw", actor=make.demo("utama"), note="Keliru."),
            "taken off the shelf as its case",
        )

    def test_a_class_other_than_serta_merta_says_why(self, monkeypatch):
        case = make.walk(urgent(wib(2, 9)), to="clarifying")
        monkeypatch.setattr("ppid.flows.actions._unmet", lambda *_: [])
        monkeypatch.setattr("django_fsm.FSMMeta.conditions_met", lambda *_: True)
        refused(lambda: make.step(case, "clarify", actor="utama", category="periodic"), "ceases to be urgent")

    def test_what_ceases_to_be_urgent_keeps_since_when_it_was(self):
        case = make.publication(at="clarifying")
        make.step(case, "clarify", actor="utama", category="immediate")
        take_step(make.again(case), "send_back", actor=make.demo("bidang"), note="Bukan.", to=4)

        def forgets(instance, **_):
            if isinstance(instance, Case) and not instance.is_urgent:
                instance.urgent_since = None

        pre_save.connect(forgets)
        try:
            calmly = {"category": "on_demand", "note": "Tidak lagi mendesak."}
            refused(lambda: make.step(make.again(case), "clarify", actor="utama", **calmly), "ceases to be urgent")
        finally:
            pre_save.disconnect(forgets)

    def test_a_row_by_sql_does_not_make_it_announced(self):
        case = urgent(wib(2, 9))
        sql = "UPDATE flows_case SET published_first_at = now(), moves = moves + 1 WHERE id = %s"
        refused(lambda: connection.cursor().execute(sql, [case.pk]))
