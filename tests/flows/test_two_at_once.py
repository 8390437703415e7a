"""What two people do to one case, or to its item, at the same moment. Each test falls without its lock."""

from datetime import time, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from ppid.flows import dik
from ppid.flows.actions import confirm_row, open_exclusion, open_publication, register_information, take_step
from ppid.flows.afterwards import Amendment, ExclusionOpening
from ppid.flows.amendments import decide, propose, withdraw
from ppid.flows.consequence import fill_test, record_decree
from ppid.flows.documents import add_document, add_evidence, describe, remove_document, replace_document
from ppid.flows.ledger import MovedDeadline, StepRecord
from ppid.flows.lifting import lapse_due
from ppid.flows.models import Case
from ppid.flows.papers.kinds import KINDS
from ppid.flows.papers.models import PaperNumber
from ppid.flows.papers.numbering import number_paper
from ppid.flows.steps import StepForbidden, StepOutOfOrder, StepUnmet
from ppid.information.classification import ClassificationDecree, ConsequenceTest
from ppid.information.documents import private_store
from ppid.information.media_types import UploadRefused
from ppid.information.models import Document
from ppid.organisation.models import User
from ppid.shelf.models import DikEntry, PublishedItem
from ppid.web.refusals import ChangedMeanwhile
from ppid.worktime import actions as holidays
from ppid.worktime.actions import CalendarRefused
from ppid.worktime.calendar import calendar
from ppid.worktime.durations import Duration
from ppid.worktime.models import Holiday, SpecialDay, SpecialHours
from tests import make, make_sheets
from tests.make_sheets import row
from tests.together import two_at_once

BYTES = b"%PDF-1.7\n% the very same bytes\n%%EOF\n"


def same_file() -> SimpleUploadedFile:
    return SimpleUploadedFile("laporan.pdf", BYTES, "application/pdf")


def correct_dik(case: Case, *, actor: User | None = None) -> Amendment:
    after = dik.dik_words(case, case.exclusion.test) | {"information": "Data akta kelahiran", "hides_former": False}
    return propose(case, "correct_dik", actor=actor or make.demo("bidang"), after=after, reason="Salah ketik.")


def refusal_of(answer, kind: type[Exception]) -> str:
    assert isinstance(answer, kind), repr(answer)
    return " ".join(answer.sentences)


class TestSteps:
    def test_a_step_taken_by_two_people_at_once_is_taken_by_the_first(self, committed_database):
        case, bidang = make.publication(), make.demo("bidang")
        other = make.person("bidang_layanan")

        first, second = two_at_once(
            lambda: take_step(case, "update_content", actor=bidang),
            lambda: take_step(case, "update_content", actor=other),
        )

        assert isinstance(first, StepRecord)
        assert "Langkah ini sudah selesai" in refusal_of(second, StepOutOfOrder)

    def test_two_people_of_one_column_confirm_it_once(self, committed_database):
        rows = [row("bidang", 1, 2, to="operator"), row("pelaksana", 3), row("utama", 4), row("operator", 5, 6, 7)]
        make_sheets.in_force(make_sheets.sheet(rows))
        case, other = (
            open_publication(make.information(unit="dinkes"), actor=make.demo("bidang")),
            make.person("operator"),
        )

        first, second = two_at_once(
            lambda: confirm_row(case, actor=make.demo("operator")), lambda: confirm_row(case, actor=other)
        )

        assert [confirmed.actor for confirmed in first] == [make.demo("operator")]
        assert "sudah dikonfirmasi" in refusal_of(second, StepOutOfOrder)

    def test_what_a_colleague_takes_out_meanwhile_proves_nothing(self, committed_database):
        case, siti, colleague = make.publication(at="preparing"), make.demo("dinsos"), make.person("ppid_pelaksana")
        gone = add_document(case, make.pdf(), title="Keliru", actor=siti)
        add_document(case, make.pdf(), title="Laporan", actor=siti)
        evidence = {"requirement": gone, "output": gone}

        _, second = two_at_once(
            lambda: remove_document(case, gone, actor=siti),
            lambda: take_step(case, "prepare", actor=colleague, evidence=evidence),
        )

        assert "bukan dokumen yang berlaku" in refusal_of(second, StepUnmet)

    def test_an_older_case_takes_nothing_off_that_a_newer_one_just_put_there(self, committed_database):
        older = make.publication(at="published")
        newer = make.publication(information=older.information, at="publishing")
        operator, utama = make.demo("operator"), make.demo("utama")
        older, evidence = make.again(older), make.evidence(newer, operator)

        _, second = two_at_once(
            lambda: take_step(newer, "publish", actor=operator, evidence=evidence),
            lambda: take_step(older, "retract", actor=utama, note="Berkas keliru."),
        )

        assert "berasal dari proses yang lebih baru" in refusal_of(second, StepUnmet)
        assert PublishedItem.objects.filter(number=newer.information.number).exists()


class TestOpening:
    def test_one_item_gets_one_running_case(self, committed_database):
        item, bidang, other = make.information(), make.demo("bidang"), make.person("bidang_layanan")

        first, second = two_at_once(
            lambda: open_publication(item, actor=bidang),
            lambda: open_exclusion(item, actor=other),
        )

        assert isinstance(first, Case)
        assert first.number in refusal_of(second, StepUnmet)

    def test_two_items_written_down_at_once_get_two_numbers(self, committed_database):
        unit, bidang = make.unit("dinsos"), make.demo("bidang")

        first, second = two_at_once(
            lambda: register_information(unit=unit, actor=bidang, title="Satu"),
            lambda: register_information(unit=unit, actor=bidang, title="Dua"),
        )

        assert (first.title, second.title) == ("Satu", "Dua")
        assert int(second.number[-4:]) == int(first.number[-4:]) + 1


class TestDocuments:
    def test_a_document_replaced_by_two_people_is_replaced_by_the_first(self, committed_database):
        case, siti, colleague = make.publication(at="preparing"), make.demo("dinsos"), make.person("ppid_pelaksana")
        old = add_document(case, make.pdf(), title="Laporan", actor=siti)

        first, second = two_at_once(
            lambda: replace_document(case, old, make.pdf(), title="Pertama", actor=siti),
            lambda: replace_document(case, old, make.pdf(), title="Kedua", actor=colleague),
        )

        assert "sudah diganti atau dikeluarkan" in refusal_of(second, StepUnmet)
        assert list(case.information.documents.current().content()) == [first]

    def test_what_a_colleague_removed_is_not_replaced_back_in(self, committed_database):
        case, siti, colleague = make.publication(at="preparing"), make.demo("dinsos"), make.person("ppid_pelaksana")
        old = add_document(case, make.pdf(), title="Laporan", actor=siti)

        _, second = two_at_once(
            lambda: remove_document(case, old, actor=siti),
            lambda: replace_document(case, old, make.pdf(), title="Kedua", actor=colleague),
        )

        assert "sudah diganti atau dikeluarkan" in refusal_of(second, StepUnmet)
        assert not case.information.documents.current().content().exists()

    def test_a_document_removed_by_two_people_is_removed_by_the_first(self, committed_database):
        case, siti, colleague = make.publication(at="preparing"), make.demo("dinsos"), make.person("ppid_pelaksana")
        old = add_document(case, make.pdf(), title="Laporan", actor=siti)

        _, second = two_at_once(
            lambda: remove_document(case, old, actor=siti),
            lambda: remove_document(case, old, actor=colleague),
        )

        assert "sudah diganti atau dikeluarkan" in refusal_of(second, StepUnmet)
        assert Document.objects.get(pk=old.pk).removed_by == siti

    def test_the_same_file_added_twice_is_added_once(self, committed_database):
        case, siti, colleague = make.publication(at="preparing"), make.demo("dinsos"), make.person("ppid_pelaksana")

        first, second = two_at_once(
            lambda: add_document(case, same_file(), title="Laporan", actor=siti),
            lambda: add_document(case, same_file(), title="Laporan lagi", actor=colleague),
        )

        assert isinstance(second, UploadRefused)
        assert list(case.information.documents.current().content()) == [first]

    def test_the_same_proof_sent_twice_is_one_document(self, committed_database):
        case, bidang, other = make.publication(at="coordinating"), make.demo("bidang"), make.person("bidang_layanan")

        first, second = two_at_once(
            lambda: add_evidence(case, same_file(), actor=bidang),
            lambda: add_evidence(case, same_file(), actor=other),
        )

        assert first == second
        assert case.information.documents.count() == 1

    def test_no_proof_is_added_to_a_step_that_was_just_taken(self, committed_database):
        case, bidang, other = make.publication(at="coordinating"), make.demo("bidang"), make.person("bidang_layanan")
        evidence = make.evidence(case, bidang)

        _, second = two_at_once(
            lambda: take_step(case, "coordinate", actor=bidang, evidence=evidence),
            lambda: add_evidence(case, make.pdf(), actor=other),
        )

        assert "Hanya petugas langkah yang sedang ditunggu" in refusal_of(second, StepForbidden)

    def test_bytes_that_another_row_is_about_to_name_stay_when_an_upload_fails(self, committed_database):
        here, there = make.publication(at="preparing"), make.publication(at="preparing")
        siti, stranger = make.demo("dinsos"), make.demo("disdukcapil")

        first, second = two_at_once(
            lambda: add_document(here, same_file(), title="A", actor=siti),
            lambda: add_document(there, same_file(), title="B", actor=stranger),
        )

        assert isinstance(second, StepForbidden)
        assert private_store().path(first.sha256).read_bytes() == BYTES


class TestDescription:
    def test_a_description_written_meanwhile_is_not_overwritten_unseen(self, committed_database):
        case, siti, colleague = make.publication(at="preparing"), make.demo("dinsos"), make.person("ppid_pelaksana")
        seen = case.information.description_mark

        _, second = two_at_once(
            lambda: describe(case, {"summary": "Pertama."}, actor=siti, seen=seen),
            lambda: describe(case, {"summary": "Kedua."}, actor=colleague, seen=seen),
        )

        assert "diubah rekan Anda" in refusal_of(second, ChangedMeanwhile)
        assert make.again(case).information.summary == "Pertama."

    def test_a_description_is_not_written_once_it_was_handed_over(self, committed_database):
        case, siti, colleague = make.publication(at="preparing"), make.demo("dinsos"), make.person("ppid_pelaksana")
        make.supply(case, "prepare", siti)
        evidence = make.evidence(case, siti)

        _, second = two_at_once(
            lambda: take_step(case, "prepare", actor=siti, evidence=evidence),
            lambda: describe(case, {"summary": "Kedua."}, actor=colleague),
        )

        assert "sudah disiapkan untuk persetujuan" in refusal_of(second, StepOutOfOrder)


class TestPapersOfAnExclusion:
    def test_a_lembar_uji_written_by_two_people_is_the_first_ones(self, committed_database):
        case, opd, other = make.exclusion(at="testing"), make.demo("opd"), make.person("opd", unit="disdukcapil")

        first, second = two_at_once(
            lambda: fill_test(case, make.test(), [make.participant()], actor=opd),
            lambda: fill_test(case, make.test(subject="Lain"), [], actor=other),
        )

        assert isinstance(first, ConsequenceTest)
        assert opd.name in refusal_of(second, ChangedMeanwhile)
        assert ConsequenceTest.objects.get(exclusion=case.exclusion).participants.count() == 1

    def test_a_decree_recorded_by_two_people_is_the_first_ones(self, committed_database):
        case, bidang, other = make.exclusion(at="adopting"), make.demo("bidang"), make.person("bidang_layanan")

        first, second = two_at_once(
            lambda: record_decree(case, make.decree(number="1/PPID"), actor=bidang),
            lambda: record_decree(case, make.decree(number="2/PPID"), actor=other),
        )

        assert isinstance(first, ClassificationDecree)
        assert bidang.name in refusal_of(second, ChangedMeanwhile)
        assert ClassificationDecree.objects.get(exclusion=case.exclusion).number == "1/PPID"

    def test_a_decree_is_not_recorded_once_the_exclusion_is_adopted(self, committed_database):
        case, bidang, other = make.exclusion(at="adopting"), make.demo("bidang"), make.person("bidang_layanan")
        make.supply(case, "adopt", bidang)
        evidence = make.evidence(case, bidang)

        _, second = two_at_once(
            lambda: take_step(case, "adopt", actor=bidang, evidence=evidence),
            lambda: record_decree(case, make.decree(), actor=other),
        )

        assert "Surat penetapan dicatat pada langkah 5" in refusal_of(second, StepOutOfOrder)


class TestCalendar:
    """The first step of an exclusion has one day, so a holiday on the next working day moves it."""

    def holiday(self) -> Holiday:
        day = calendar().add_working_days(timezone.localdate(), 1)
        return Holiday(date=day, name="Pemilihan ulang", kind="local")

    def due(self, case: Case, days: int):
        return calendar().due(case.received_at, Duration(days, "day"))

    def test_a_case_opened_while_a_holiday_is_added_is_due_by_the_new_calendar(self, committed_database):
        item, bidang, operator, holiday = make.information(), make.demo("bidang"), make.demo("operator"), self.holiday()

        case, moved = two_at_once(
            lambda: open_exclusion(item, actor=bidang),
            lambda: holidays.add(holiday, actor=operator),
        )

        assert moved == 1
        assert make.again(case).due_at == self.due(case, 1) > case.due_at

    def test_a_case_opened_just_after_waits_for_the_new_calendar(self, committed_database):
        item, bidang, operator, holiday = make.information(), make.demo("bidang"), make.demo("operator"), self.holiday()

        _, case = two_at_once(
            lambda: holidays.add(holiday, actor=operator),
            lambda: open_exclusion(item, actor=bidang),
        )

        assert make.again(case).due_at == self.due(case, 1)

    def test_a_step_taken_while_a_holiday_is_added_is_due_by_the_new_calendar(self, committed_database):
        case, bidang, operator, holiday = make.exclusion(), make.demo("bidang"), make.demo("operator"), self.holiday()
        evidence = make.evidence(case, bidang)

        _, moved = two_at_once(
            lambda: take_step(case, "collect", actor=bidang, evidence=evidence),
            lambda: holidays.add(holiday, actor=operator),
        )

        after = make.again(case)
        assert (moved, after.state) == (1, "screening")
        assert after.due_at == self.due(after, 1)
        assert MovedDeadline.objects.get(case=case).moves == 1

    def test_a_step_taken_just_after_waits_for_the_new_calendar(self, committed_database):
        case, bidang, operator, holiday = make.exclusion(), make.demo("bidang"), make.demo("operator"), self.holiday()
        evidence = make.evidence(case, bidang)

        _, record = two_at_once(
            lambda: holidays.add(holiday, actor=operator),
            lambda: take_step(case, "collect", actor=bidang, evidence=evidence),
        )

        after = make.again(case)
        assert record.due_at > case.due_at
        assert after.due_at == self.due(after, 1)

    def test_a_case_diverted_while_a_holiday_is_added_does_not_block_it(self, committed_database):
        case, utama, operator, holiday = (
            make.publication(at="clarifying"),
            make.demo("utama"),
            make.demo("operator"),
            self.holiday(),
        )

        _, record = two_at_once(
            lambda: holidays.add(holiday, actor=operator),
            lambda: take_step(case, "divert", actor=utama, note="Memuat data pribadi."),
        )

        exclusion = Case.objects.get(diverted_from=case)
        assert record.to_state == "diverted"
        assert exclusion.due_at == self.due(exclusion, 1)

    def test_a_holiday_changed_by_two_people_is_changed_by_the_first(self, committed_database):
        holiday, bidang, operator = self.holiday(), make.demo("bidang"), make.demo("operator")
        holidays.add(holiday, actor=bidang)
        mine, yours = Holiday.objects.get(pk=holiday.pk), Holiday.objects.get(pk=holiday.pk)
        mine.name, yours.name, seen = "Pertama", "Kedua", holiday.mark

        _, second = two_at_once(
            lambda: holidays.change(mine, actor=bidang, seen=seen),
            lambda: holidays.change(yours, actor=operator, seen=seen),
        )

        assert "Pertama" in refusal_of(second, ChangedMeanwhile)
        assert Holiday.objects.get(pk=holiday.pk).name == "Pertama"

    def test_a_holiday_removed_or_added_by_two_people_is_so_by_the_first(self, committed_database):
        holiday, bidang, operator = self.holiday(), make.demo("bidang"), make.demo("operator")
        again = self.holiday()

        _, second = two_at_once(
            lambda: holidays.add(holiday, actor=bidang), lambda: holidays.add(again, actor=operator)
        )
        assert "sudah ada dalam kalender" in refusal_of(second, CalendarRefused)

        _, second = two_at_once(
            lambda: holidays.remove(holiday, actor=bidang), lambda: holidays.remove(holiday, actor=operator)
        )
        assert "sudah dihapus orang lain" in refusal_of(second, CalendarRefused)

    def test_who_saw_what_moves_by_another_calendar_looks_again(self, committed_database):
        bidang, operator, seen = make.demo("bidang"), make.demo("operator"), holidays.mark()
        theirs = self.holiday()
        mine = Holiday(date=calendar().add_working_days(theirs.date, 1), name="Kedua", kind="local")

        _, second = two_at_once(
            lambda: holidays.make(holidays.adding(theirs), actor=bidang, standing=seen),
            lambda: holidays.make(holidays.adding(mine), actor=operator, standing=seen),
        )

        assert "diubah rekan Anda sesudah Anda melihat apa yang bergeser" in refusal_of(second, ChangedMeanwhile)
        assert not Holiday.objects.filter(name="Kedua").exists()

    def test_special_hours_set_by_two_people_are_those_of_the_first(self, committed_database):
        bidang, operator, day = make.demo("bidang"), make.demo("operator"), timezone.localdate()

        def hours(name: str):
            week = [SpecialDay(weekday=n, starts=time(8), ends=time(15)) for n in range(5)]
            return holidays.setting_hours(SpecialHours(name=name, first=day, last=day, source="SE 1"), week)

        _, second = two_at_once(
            lambda: holidays.make(hours("Pertama"), actor=bidang), lambda: holidays.make(hours("Kedua"), actor=operator)
        )

        assert "sudah punya jam kerja khusus lain" in refusal_of(second, CalendarRefused)
        assert [each.name for each in SpecialHours.objects.all()] == ["Pertama"]

    def test_a_year_filled_by_two_people_is_filled_once(self, committed_database):
        bidang, operator = make.demo("bidang"), make.demo("operator")

        first, second = two_at_once(
            lambda: holidays.predict(2031, actor=bidang), lambda: holidays.predict(2031, actor=operator)
        )

        assert first.added == Holiday.objects.of_year(2031).count() > 0
        assert second.added == 0


class TestAmendments:
    def test_one_of_two_decisions_holds(self, committed_database):
        amendment = correct_dik(make.exclusion(at="adopted"))
        utama, head = make.demo("utama"), make.person("atasan_ppid", unit="diskominfo")

        first, second = two_at_once(
            lambda: decide(amendment, approve=True, actor=utama),
            lambda: decide(amendment, approve=False, actor=head, note="Tidak perlu."),
        )

        assert first.decision == "approved"
        assert isinstance(second, StepOutOfOrder), repr(second)

    def test_one_of_two_proposals_waits(self, committed_database):
        case, bidang, opd = make.exclusion(at="adopted"), make.demo("bidang"), make.demo("opd")

        first, second = two_at_once(lambda: correct_dik(case, actor=bidang), lambda: correct_dik(case, actor=opd))

        assert isinstance(first, Amendment)
        assert isinstance(second, StepOutOfOrder), repr(second)

    def test_a_proposal_withdrawn_meanwhile_is_not_approved(self, committed_database):
        amendment, bidang, utama = correct_dik(make.exclusion(at="adopted")), make.demo("bidang"), make.demo("utama")

        _, second = two_at_once(
            lambda: withdraw(amendment, actor=bidang), lambda: decide(amendment, approve=True, actor=utama)
        )

        assert isinstance(second, StepOutOfOrder), repr(second)
        assert DikEntry.objects.get().corrections == []


class TestLifeOfAnExclusion:
    def excluded(self, **test) -> Case:
        case, opd = make.exclusion(at="testing"), make.demo("opd")
        fill_test(case, make.test(**test), [make.participant()], actor=opd)
        return make.walk(make.again(case), to="adopted")

    def lift_of(self, case: Case) -> Amendment:
        return propose(
            case,
            "lift_exclusion",
            actor=make.demo("bidang"),
            after={"state": "dibuka kembali"},
            reason="Putusan.",
            ground="ruling_ki",
            letter_number="1/KI/2026",
            letter_date=timezone.localdate(),
            document=same_file(),
        )

    def extension_of(self, case: Case) -> tuple[Case, dict]:
        new, bidang = make.exclusion(information=case.information, at="adopting"), make.demo("bidang")
        record_decree(new, make.decree(), actor=bidang)
        new = make.again(new)
        return new, make.evidence(new, bidang)

    def test_a_lift_approved_first_leaves_nothing_to_extend(self, committed_database):
        case, bidang, utama = self.excluded(), make.demo("bidang"), make.demo("utama")
        (new, evidence), lift = self.extension_of(case), self.lift_of(case)

        _, second = two_at_once(
            lambda: decide(lift, approve=True, actor=utama),
            lambda: take_step(new, "adopt", actor=bidang, evidence=evidence),
        )

        assert "pengecualian yang lama dibuka kembali" in refusal_of(second, StepUnmet)
        assert not DikEntry.objects.in_force(on=timezone.localdate()).exists()

    def test_an_extension_adopted_first_leaves_the_old_one_nothing_to_lift(self, committed_database):
        case, bidang, utama = self.excluded(), make.demo("bidang"), make.demo("utama")
        (new, evidence), lift = self.extension_of(case), self.lift_of(case)

        _, second = two_at_once(
            lambda: take_step(new, "adopt", actor=bidang, evidence=evidence),
            lambda: decide(lift, approve=True, actor=utama),
        )

        assert f"Yang berlaku sekarang: {new.number}" in refusal_of(second, StepOutOfOrder)
        assert [entry.number for entry in DikEntry.objects.in_force(on=timezone.localdate())] == [new.number]

    def test_the_daily_job_that_runs_twice_at_once_writes_one_row(self, committed_database):
        case = self.excluded(ends_on=timezone.localdate() + timedelta(days=1))
        later = timezone.now() + timedelta(days=2)

        first, second = two_at_once(lambda: list(lapse_due(at=later)), lambda: list(lapse_due(at=later)))

        assert (len(first), second) == (1, [])
        assert ExclusionOpening.objects.get().exclusion_id == case.exclusion_id
        assert Case.objects.filter(information=case.information_id, flow="publication").count() == 1

    def test_what_lapses_meanwhile_is_not_lifted(self, committed_database):
        case, utama = self.excluded(ends_on=timezone.localdate() + timedelta(days=1)), make.demo("utama")
        lift, later = self.lift_of(case), timezone.now() + timedelta(days=2)

        _, second = two_at_once(
            lambda: list(lapse_due(at=later)), lambda: decide(lift, approve=True, actor=utama, at=later)
        )

        assert "terbuka sejak" in refusal_of(second, StepOutOfOrder)


class TestPapers:
    def number(self, case: Case, number: str = "005/7/2026"):
        letter, day = KINDS["coordination_letter"], timezone.localdate()
        return lambda: number_paper(case, letter, number=number, date=day, actor=make.demo("bidang"))

    def test_one_number_is_given_to_one_letter_though_two_cases_ask_at_once(self, committed_database):
        one, other = make.publication(at="coordinating"), make.publication(at="coordinating")

        first, second = two_at_once(self.number(one), self.number(other))

        assert isinstance(first, PaperNumber)
        assert "sudah dipakai" in refusal_of(second, StepUnmet)

    def test_a_letter_is_numbered_once(self, committed_database):
        case = make.publication(at="coordinating")

        first, second = two_at_once(self.number(case), self.number(case, "005/8/2026"))

        assert isinstance(first, PaperNumber)
        assert "sudah bernomor 005/7/2026" in refusal_of(second, StepOutOfOrder)
