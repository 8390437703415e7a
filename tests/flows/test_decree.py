"""The decree decides on this test: it holds the test's digest, keeps to the calendar, and a reopened test voids it."""

from datetime import date, timedelta

import pgtrigger
import pytest
from django.db import connection
from django.db.utils import DatabaseError
from django.utils import timezone

from ppid.flows.actions import take_step
from ppid.flows.consequence import fill_test, record_decree
from ppid.flows.documents import add_document
from ppid.flows.steps import StepOutOfOrder, StepUnmet
from ppid.information.classification import ClassificationDecree, ConsequenceTest, VoidedDecree
from ppid.information.models import Exclusion
from tests import make
from tests.flows.test_guards import forged_row

pytestmark = pytest.mark.django_db

TODAY, DAY = timezone.localdate(), timedelta(days=1)


def waits_for_decree(**fields):
    """Return an exclusion that waits for its decree, with this lembar uji."""
    case, opd = make.exclusion(at="testing"), make.demo("opd")
    fill_test(case, make.test(**fields), [make.participant()], actor=opd)
    return make.walk(make.again(case), to="adopting")


def record(case, **fields) -> ClassificationDecree:
    return record_decree(make.again(case), make.decree(**fields), actor=make.demo("bidang"))


def adopt(case):
    bidang = make.demo("bidang")
    return take_step(make.again(case), "adopt", actor=bidang, evidence=make.evidence(case, bidang))


def refused(act, match: str):
    with pytest.raises(DatabaseError, match=match), make.savepoint():
        act()


class TestDigest:
    def test_the_decree_holds_the_digest_of_the_test_with_its_participants(self):
        case = waits_for_decree()
        digest = record(case).test_digest
        assert digest == case.exclusion.test.digest
        assert len(digest) == 64
        other = waits_for_decree()
        assert record(other).test_digest != digest, "another filling in, another digest"

    def test_another_test_than_the_one_decided_on_is_not_adopted(self):
        case = waits_for_decree()
        record(case)
        with pgtrigger.ignore():
            ConsequenceTest.objects.update(subject="Berkas lain")
        with pytest.raises(StepUnmet, match="memutuskan lembar uji yang lain"):
            adopt(case)

    def test_nobody_who_took_part_is_added_later_unseen(self):
        case = waits_for_decree()
        record(case)
        with pgtrigger.ignore():
            case.exclusion.test.participants.update(name="Orang lain")
        with pytest.raises(StepUnmet, match="memutuskan lembar uji yang lain"):
            adopt(case)


class TestWhatItNeeds:
    def test_a_publication_has_neither_test_nor_decree(self):
        case, bidang = make.publication(), make.demo("bidang")
        with pytest.raises(StepOutOfOrder, match="bukan proses pengecualian"):
            fill_test(case, make.test(), [make.participant()], actor=bidang)
        with pytest.raises(StepOutOfOrder, match="bukan proses pengecualian"):
            record_decree(case, make.decree(), actor=bidang)

    def test_without_a_test_nothing_is_decreed(self):
        case = waits_for_decree()
        with pgtrigger.ignore():  # taken away past the portal
            ConsequenceTest.objects.filter(exclusion=case.exclusion).delete()
        with pytest.raises(StepUnmet, match="Lembar uji konsekuensi belum diisi"):
            record(case)

    @pytest.mark.parametrize("wrong", [{"date": TODAY + DAY}, {"approved_on": TODAY - DAY}])
    def test_with_a_date_that_can_not_be_nothing_is_adopted(self, wrong):
        case = waits_for_decree()
        record(case)
        with pgtrigger.ignore():  # written past the portal
            ClassificationDecree.objects.update(**wrong)
        with pytest.raises(StepUnmet, match="tidak cocok dengan tanggal pengujian atau belum tiba"):
            adopt(case)


class TestVoiding:
    def test_a_document_added_after_the_decree_voids_it_and_it_stays_readable(self):
        case = waits_for_decree()
        decree = record(case, number="188.4/7/PPID/2026")
        add_document(make.again(case), make.pdf(), title="Susulan", actor=make.demo("opd"))
        assert not ClassificationDecree.objects.exists()
        voided = VoidedDecree.objects.get()
        assert (voided.words["number"], voided.recorded_name) == ("188.4/7/PPID/2026", make.demo("bidang").name)
        assert (voided.recorded_at, voided.voided_name) == (decree.recorded_at, make.demo("opd").name)
        assert "Susulan" in voided.because

    def test_after_it_the_case_needs_a_decree_again(self):
        case = waits_for_decree()
        record(case)
        add_document(make.again(case), make.pdf(), title="Susulan", actor=make.demo("opd"))
        case = make.step(make.again(case), "test_consequences", actor="opd")
        case = make.step(case, "accept", actor="utama")
        with pytest.raises(StepUnmet, match="nomor dan tanggal surat penetapan"):
            adopt(case)

    def test_a_decree_recorded_again_leaves_the_earlier_one_in_the_ledger(self):
        case = waits_for_decree()
        first = record(case, number="A")
        second = make.decree(number="B")
        second.recorded_at = first.recorded_at
        record_decree(make.again(case), second, actor=make.demo("bidang"))
        assert ClassificationDecree.objects.get().number == "B"
        assert VoidedDecree.objects.get().words["number"] == "A"

    def test_the_database_voids_no_decree_without_its_row_and_keeps_the_row(self):
        case = waits_for_decree()
        decree = record(case)
        refused(lambda: ClassificationDecree.objects.all().delete(), "voided by its row")
        refused(lambda: ClassificationDecree.objects.update(number="0"), "never changes")
        refused(lambda: ConsequenceTest.objects.update(subject="Lain"), "never changes")
        refused(lambda: case.exclusion.test.participants.all().delete(), "never changes")
        row = {
            "exclusion": case.exclusion,
            "words": {**decree.words, "number": "lain"},
            "test_digest": decree.test_digest,
            "recorded_by": decree.recorded_by,
            "recorded_at": decree.recorded_at,
            "voided_by": decree.recorded_by,
            "voided_at": timezone.now(),
            "because": "Coba.",
        }
        refused(lambda: VoidedDecree.objects.create(**row), "the decree that stood")
        VoidedDecree.objects.create(**row | {"words": decree.words})
        refused(make.at_the_end, "counts no more")
        refused(lambda: VoidedDecree.objects.update(because="Lain."), "Cannot update or delete")
        refused(lambda: VoidedDecree.objects.all().delete(), "Cannot update or delete")
        ClassificationDecree.objects.all().delete()

    def test_the_database_lets_no_case_go_back_with_its_decree(self):
        case = waits_for_decree()
        record(case)

        def back_by_sql():
            with connection.cursor() as cursor:
                cursor.execute("UPDATE flows_case SET state = 'testing' WHERE id = %s", [case.pk])

        with pgtrigger.ignore("flows.Case:case_moves_with_its_ledger", "flows.Case:case_walks_along_its_sheet"):
            refused(back_by_sql, "has no decree")


class TestCalendar:
    @pytest.mark.parametrize(
        ("fields", "field", "sentence"),
        [
            ({"date": TODAY - 3 * DAY, "approved_on": TODAY - 3 * DAY}, "date", "tidak boleh bertanggal sebelum itu"),
            ({"date": TODAY + DAY}, "date", "tidak boleh sesudah hari ini"),
        ],
    )
    def test_a_decree_keeps_to_it(self, fields, field, sentence):
        case = waits_for_decree(tested_on=TODAY - 2 * DAY)
        with pytest.raises(StepUnmet, match=sentence) as refusal:
            record(case, **fields)
        assert field in refusal.value.fields

    def test_on_the_day_of_the_test_itself_it_may_be_decided(self):
        assert record(waits_for_decree(tested_on=TODAY), date=TODAY, approved_on=TODAY).pk

    def test_a_test_that_is_still_to_come_is_not_written_down(self):
        with pytest.raises(StepUnmet, match="catat uji yang sudah dilakukan"):
            waits_for_decree(tested_on=TODAY + DAY)

    @pytest.mark.parametrize(
        ("start", "end", "fits"),
        [
            (date(2026, 11, 20), date(2056, 11, 20), True),
            (date(2026, 11, 20), date(2056, 11, 21), False),
            (date(2024, 2, 29), date(2054, 2, 28), True),
            (date(2024, 2, 29), date(2054, 3, 1), False),
        ],
    )
    def test_letter_a_lasts_thirty_years_at_most_also_from_code(self, start, end, fits):
        words = {"grounds": ["a", "h"], "tested_on": start, "ends_on": end}
        case, opd = make.exclusion(at="testing"), make.demo("opd")
        if not fits:
            with pytest.raises(StepUnmet, match="huruf a paling lama 30 tahun"):
                fill_test(case, make.test(**words), [make.participant()], actor=opd)
            row = make.test(**words, exclusion=case.exclusion, filled_by=opd, filled_at=timezone.now())
            refused(row.save, "letter a lasts 30 years at most")
        else:
            assert fill_test(case, make.test(**words), [make.participant()], actor=opd).ends_on == end

    def test_another_letter_may_last_longer(self):
        assert waits_for_decree(grounds=["h"], ends_on=TODAY.replace(year=TODAY.year + 40)).state == "adopting"

    def test_a_term_that_is_over_can_not_be_adopted(self):
        case = waits_for_decree(tested_on=TODAY - 9 * DAY, ends_on=TODAY - DAY)
        record(case, date=TODAY - 5 * DAY, approved_on=TODAY - 5 * DAY)
        with pytest.raises(StepUnmet, match="sudah berakhir, jadi tidak ada lagi yang dikecualikan"):
            adopt(case)

    def test_on_its_last_day_it_can(self):
        case = waits_for_decree(tested_on=TODAY - 9 * DAY, ends_on=TODAY)
        record(case)
        adopt(case)
        assert Exclusion.objects.in_force(on=TODAY).exists()

    def test_the_database_says_the_same(self):
        case = waits_for_decree(tested_on=TODAY - 2 * DAY)
        digest, bidang, now = case.exclusion.test.digest, make.demo("bidang"), timezone.now()
        sound = {"exclusion": case.exclusion, "test_digest": digest, "recorded_by": bidang, "recorded_at": now}
        for fields, match in [
            ({"date": TODAY - 3 * DAY, "approved_on": TODAY - 3 * DAY}, "decides on this test, and after it"),
            ({"approved_on": TODAY - 3 * DAY}, "decides on this test, and after it"),
            ({"test_digest": "0" * 64}, "decides on this test"),
            ({"date": TODAY + DAY}, "not signed yet"),
        ]:
            refused(lambda fields=fields: make.decree(**sound | fields).save(), match)
        early = make.exclusion(at="testing")
        row = make.test(exclusion=early.exclusion, filled_by=bidang, filled_at=now, tested_on=TODAY + DAY)
        refused(row.save, "not held yet")

    def test_it_adopts_nothing_whose_term_is_over_or_whose_decree_is_of_another_test(self):
        over = waits_for_decree(tested_on=TODAY - 9 * DAY, ends_on=TODAY - DAY)
        record(over, date=TODAY - 5 * DAY, approved_on=TODAY - 5 * DAY)
        refused(lambda: self.adopt_by_sql(over, ends_on=TODAY - DAY), "a term that is over excludes nothing")
        other = waits_for_decree()
        record(other)
        with pgtrigger.ignore():
            ConsequenceTest.objects.filter(exclusion=other.exclusion).update(digest="0" * 64)
        refused(lambda: self.adopt_by_sql(other), "a decree decides on this test")

    def adopt_by_sql(self, case, *, ends_on=None):
        case = make.again(case)
        row = forged_row(case, "adopt", "adopted")
        Exclusion.objects.filter(pk=case.exclusion_id).update(adopted_at=row.done_at, ends_on=ends_on)
