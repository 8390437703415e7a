"""The life of an adopted exclusion: lifted by two people and a letter, extended by a new test, or ended by its term."""

from datetime import date, timedelta

import pgtrigger
import pytest
from django.db import connection
from django.db.utils import DatabaseError
from django.utils import timezone

from ppid.flows import lifting
from ppid.flows.actions import open_exclusion, take_step
from ppid.flows.afterwards import Amendment, ExclusionOpening
from ppid.flows.amendments import decide, propose
from ppid.flows.consequence import fill_test, record_decree
from ppid.flows.dik import dik_words
from ppid.flows.knowing import held_by
from ppid.flows.lifting import (
    GROUNDS,
    lapse_due,
    last_day_to_declare,
    near_their_end,
    open_waiting_publications,
)
from ppid.flows.models import Case
from ppid.flows.steps import StepOutOfOrder, StepUnmet
from ppid.information.models import Exclusion
from ppid.shelf.models import DikEntry, ReopenedEntry, Tombstone
from ppid.worktime.calendar import calendar
from tests import make
from tests.flows.test_guards import forged_row

pytestmark = pytest.mark.django_db

NOW, TODAY, DAY = timezone.now(), timezone.localdate(), timedelta(days=1)
UNIT = "disdukcapil"


def proposed(case, ground="ruling_ki", *, actor="bidang", letter_date=TODAY, number="12/PTS-A/KI/2026", **more):
    return propose(
        make.again(case),
        "lift_exclusion",
        actor=make.demo(actor),
        after={"state": "dibuka kembali"},
        reason="Diputus terbuka.",
        ground=ground,
        letter_number=number,
        letter_date=letter_date,
        document=more.pop("document", make.pdf("putusan.pdf")),
        **more,
    )


def lift(case, ground="ruling_ki", *, at=None, **more) -> None:
    decide(proposed(case, ground, at=at, **more), approve=True, actor=make.demo("utama"), at=at)


def lapse(days: int = 1) -> list[ExclusionOpening]:
    """Run the daily job so many days from now."""
    found = list(lapse_due(at=NOW + days * DAY))
    open_waiting_publications(at=NOW + days * DAY)
    return found


def publication_of(case) -> Case | None:
    return Case.objects.filter(information=case.information, flow="publication").order_by("-pk").first()


def on_dik(on=TODAY) -> list[str]:
    return list(DikEntry.objects.in_force(on=on).values_list("number", flat=True))


def reopened(on=TODAY) -> list[str]:
    return list(ReopenedEntry.objects.reopened(on=on).values_list("number", flat=True))


def refused(act, match: str):
    def act_and_commit():
        act()
        make.at_the_end()

    with pytest.raises(DatabaseError, match=match), make.savepoint():
        act_and_commit()


class TestLifting:
    def test_a_ruling_opens_it_from_this_day_on_and_the_ledger_says_by_whom(self):
        case = make.adopted(days_ago=2)
        lift(case)
        opening = ExclusionOpening.objects.get()
        assert (opening.ground, opening.opened_on) == ("ruling_ki", TODAY)
        assert (opening.amendment.proposed_by, opening.amendment.decided_by) == (
            make.demo("bidang"),
            make.demo("utama"),
        )
        assert not Exclusion.objects.in_force(on=TODAY).exists()
        assert make.again(case).state_label == "Dibuka kembali"

    def test_the_dik_row_goes_to_the_list_of_what_is_open_again(self):
        case = make.adopted(days_ago=2)
        lift(case)
        assert (on_dik(), reopened()) == ([], [case.number])
        entry = ReopenedEntry.objects.get()
        assert (entry.since, entry.item_number) == (TODAY, case.information.number)
        day = f"{TODAY.day} November {TODAY.year}" if TODAY.month == 11 else ""
        assert entry.because.startswith(f"putusan Komisi Informasi nomor 12/PTS-A/KI/2026 tanggal {day}")

    def test_its_tombstone_says_so(self):
        item = make.publication(at="published", unit=UNIT).information
        case = make.adopted(days_ago=2, of=item)
        lift(case)
        stone = Tombstone.objects.get(number=item.number)
        assert not stone.is_excluded(on=TODAY)
        assert (stone.open_since, stone.reopened_because[:25]) == (TODAY, "putusan Komisi Informasi ")

    def test_a_publication_stands_at_step_one_opened_by_nobody(self):
        case = make.adopted(days_ago=2)
        lift(case)
        publication = publication_of(case)
        assert (publication.state, publication.step, publication.opened_by) == ("updating", 1, None)
        assert publication.opened_because.startswith(f"Pengecualian {case.number} terbuka sejak")

    def test_before_the_decision_it_stays_closed_and_refused_too(self):
        case = make.adopted(days_ago=2)
        amendment = proposed(case)
        assert on_dik() == [case.number]
        decide(amendment, approve=False, actor=make.demo("utama"), note="Putusannya belum berkekuatan hukum tetap.")
        assert on_dik() == [case.number]
        assert publication_of(case) is None

    @pytest.mark.parametrize("ground", ["ruling_ki", "ruling_court", "consent", "declared"])
    def test_each_ground_opens_what_the_law_lets_it(self, ground):
        case = make.adopted(days_ago=2, grounds=["g", "h"], ends_on=TODAY + 90 * DAY)
        lift(case, ground)
        assert ExclusionOpening.objects.get().ground == ground

    def test_those_are_all_grounds(self):
        assert {str(ground) for ground in GROUNDS} == {"declared", "ruling_ki", "ruling_court", "consent"}

    @pytest.mark.parametrize("grounds", [["h", "j"], ["b"], ["i"]])
    def test_consent_opens_letters_g_and_h_alone(self, grounds):
        case = make.adopted(days_ago=2, grounds=grounds, ends_on=TODAY + 90 * DAY)
        with pytest.raises(StepUnmet, match="hanya membuka pengecualian menurut huruf g dan h"):
            proposed(case, "consent")

    def test_ppid_declares_open_what_has_a_term(self):
        with pytest.raises(StepUnmet, match="tidak berjangka waktu"):
            proposed(make.adopted(days_ago=2, ends_on=None), "declared")

    @pytest.mark.parametrize(
        ("fields", "field", "sentence"),
        [
            ({"number": " "}, "letter_number", "Tulis nomor surat"),
            ({"letter_date": None}, "letter_date", "Isi tanggal surat"),
            ({"document": None}, "document", "Unggah hasil pindaian"),
            ({"letter_date": TODAY + DAY}, "letter_date", "tidak boleh sesudah hari ini"),
            ({"letter_date": TODAY - 3 * DAY}, "letter_date", "yang membukanya tidak mungkin lebih dahulu"),
            ({"ground": "firasat"}, "ground", "Pilih dasar pembukaannya"),
        ],
    )
    def test_it_rests_on_a_letter_that_is_there_and_not_older_than_the_decree(self, fields, field, sentence):
        with pytest.raises(StepUnmet, match=sentence) as refusal:
            proposed(make.adopted(days_ago=2), **fields)
        assert field in refusal.value.fields

    def test_the_consent_itself_is_never_public(self):
        item = make.publication(at="published", unit=UNIT).information
        case = make.adopted(days_ago=2, of=item)
        lift(case, "consent", number="SURAT-BUDI-77", document=make.pdf("persetujuan budi.pdf"))
        entry, stone = ReopenedEntry.objects.get(), Tombstone.objects.get()
        assert entry.because == stone.reopened_because == "persetujuan tertulis pemilik data"
        letter = ExclusionOpening.objects.get().amendment.document
        assert (letter.purpose, letter.exclusion) == ("evidence", case.exclusion)
        assert "BUDI" not in publication_of(case).opened_because.upper()

    def test_what_is_open_is_neither_lifted_again_nor_corrected(self):
        case = make.adopted(days_ago=2)
        words = {**dik_words(case, case.exclusion.test), "information": "Data akta", "hides_former": False}
        waiting = propose(case, "correct_dik", actor=make.demo("bidang"), after=words, reason="Salah ketik.")
        lift(case)
        with pytest.raises(StepOutOfOrder, match="terbuka sejak"):
            proposed(case)
        with pytest.raises(StepOutOfOrder, match="terbuka sejak"):
            decide(waiting, approve=True, actor=make.demo("utama"))
        decide(waiting, approve=False, actor=make.demo("utama"), note="Sudah terbuka.")
        assert reopened() == [case.number]

    def test_a_new_exclusion_needs_a_test_that_knows_of_it(self):
        case = make.adopted(days_ago=2)
        again = make.exclusion(information=case.information, at="adopting", unit=UNIT)
        record_decree(again, make.decree(), actor=make.demo("bidang"))
        lift(case)
        assert publication_of(case) is None, "another case of the item runs"
        bidang = make.demo("bidang")
        with pytest.raises(StepUnmet, match="pengecualian yang lama dibuka kembali"):
            take_step(make.again(again), "adopt", actor=bidang, evidence=make.evidence(again, bidang))
        take_step(make.again(again), "withdraw", actor=make.demo("utama"), note="Putusan KI.")
        assert publication_of(case).state == "updating", "now it runs no more"


class TestNewTestThatSaysOpen:
    def with_open_result(self, item) -> Case:
        case = make.exclusion(information=item, at="testing", unit=UNIT)
        open_test = make.test(conclusion="open", grounds=[], ends_on=None)
        fill_test(case, open_test, [make.participant()], actor=make.demo("opd"))
        return make.step(case, "test_consequences", actor="opd")

    def test_ppid_utama_ends_the_case_with_it_and_the_exclusion_is_open(self):
        old = make.adopted(days_ago=2)
        case = self.with_open_result(old.information)
        take_step(case, "conclude_open", actor=make.demo("utama"), note="Sesuai hasil uji.")
        opening = ExclusionOpening.objects.get()
        assert (opening.ground, opening.by_case_id, opening.exclusion) == ("new_test", case.pk, old.exclusion)
        assert make.again(case).state == "tested_open"
        assert reopened() == [old.number]
        assert publication_of(old).state == "updating"

    def test_a_first_test_may_end_so_too_and_opens_nothing(self):
        case = self.with_open_result(make.information(unit=UNIT))
        take_step(case, "conclude_open", actor=make.demo("utama"), note="Sesuai hasil uji.")
        assert make.again(case).state_label == "Diuji, hasilnya terbuka"
        assert not ExclusionOpening.objects.exists()

    def test_a_test_that_excludes_does_not_end_so(self):
        case = make.exclusion(at="reviewing")
        with pytest.raises(StepUnmet, match="tidak menyimpulkan terbuka"):
            take_step(case, "conclude_open", actor=make.demo("utama"), note="Coba.")


class TestExtending:
    def test_a_new_test_continues_it_without_a_days_gap(self):
        item = make.publication(at="published", unit=UNIT).information
        old = make.adopted(days_ago=2, of=item, ends_on=TODAY + 9 * DAY)
        since = Tombstone.objects.get().taken_off_at
        new = make.adopted(days_ago=2, of=item, ends_on=TODAY + 400 * DAY)
        for day in (TODAY, TODAY + 9 * DAY, TODAY + 10 * DAY, TODAY + 400 * DAY):
            assert list(Exclusion.objects.in_force(on=day)) == [new.exclusion], day
            assert on_dik(day) == [new.number], "one row in force"
        assert DikEntry.objects.get().continues == old.number
        assert Exclusion.objects.get(case=old).continued_by == new.exclusion
        stone = Tombstone.objects.get()
        assert (stone.taken_off_at, stone.ends_on) == (since, TODAY + 400 * DAY)
        assert make.again(old).state_label == "Diperpanjang dengan uji baru"

    def test_it_ends_no_more_by_its_old_term(self):
        old = make.adopted(days_ago=2, ends_on=TODAY + DAY)
        make.adopted(of=old.information, ends_on=TODAY + 400 * DAY)
        assert lapse(30) == []
        assert on_dik(TODAY + 30 * DAY) != []

    def test_what_was_extended_is_changed_through_the_new_one(self):
        old = make.adopted(days_ago=2, ends_on=TODAY + DAY)
        new = make.adopted(days_ago=2, of=old.information, ends_on=TODAY + 400 * DAY)
        with pytest.raises(StepOutOfOrder, match=f"sudah diperpanjang.*{new.number}"):
            proposed(old)
        lift(new)
        assert reopened() == [new.number]


class TestTheEndOfTheTerm:
    def test_on_the_day_after_it_is_open_by_law(self):
        case = make.adopted(days_ago=2, ends_on=TODAY)
        assert lapse(0) == []
        (opening,) = lapse(1)
        assert (opening.ground, opening.opened_on) == ("term", TODAY + DAY)
        assert (opening.amendment, opening.by_case) == (None, None)
        entry = ReopenedEntry.objects.get()
        assert entry.reopened_because == "ketentuan PP 61/2010, karena jangka waktunya berakhir"
        publication = publication_of(case)
        assert (publication.step, publication.opened_by) == (1, None)
        assert "ketentuan PP 61/2010" in publication.opened_because

    def test_the_job_may_run_twice_and_may_miss_a_week(self):
        case = make.adopted(days_ago=2, ends_on=TODAY)
        assert len(lapse(8)) == 1
        assert ExclusionOpening.objects.get().opened_on == TODAY + DAY, "open since its day, not since the job's"
        assert lapse(8) == lapse(9) == []
        assert Case.objects.filter(information=case.information, flow="publication").count() == 1

    def test_what_people_read_is_true_also_when_the_job_did_not_run(self):
        item = make.publication(at="published", unit=UNIT).information
        case = make.adopted(days_ago=2, of=item, ends_on=TODAY)
        tomorrow = TODAY + DAY
        assert (on_dik(TODAY), reopened(TODAY)) == ([case.number], [])
        assert (on_dik(tomorrow), reopened(tomorrow)) == ([], [case.number])
        entry = ReopenedEntry.objects.get()
        assert (entry.since, entry.because[:22]) == (tomorrow, "ketentuan PP 61/2010, ")
        assert not Tombstone.objects.get().is_excluded(on=tomorrow)
        assert not Exclusion.objects.in_force(on=tomorrow).exists()

    def test_while_an_extension_stands_at_step_four_it_lapses_openly_and_the_publication_waits(self):
        old = make.adopted(days_ago=2, ends_on=TODAY)
        new = make.exclusion(information=old.information, at="reviewing", unit=UNIT)
        assert len(lapse(1)) == 1
        assert reopened(TODAY + DAY) == [old.number]
        assert publication_of(old) is None
        take_step(new, "withdraw", actor=make.demo("utama"), note="Tidak perlu lagi.", at=NOW + 2 * DAY)
        assert publication_of(old).state == "updating"

    def test_or_the_extension_is_adopted_late_and_is_a_fresh_exclusion(self):
        old = make.adopted(days_ago=2, ends_on=TODAY)
        new = make.exclusion(information=old.information, at="adopting", unit=UNIT)
        record_decree(new, make.decree(), actor=make.demo("bidang"))
        bidang, late = make.demo("bidang"), NOW + 2 * DAY
        take_step(make.again(new), "adopt", actor=bidang, evidence=make.evidence(new, bidang), at=late)
        assert ExclusionOpening.objects.get().exclusion == old.exclusion, "the job had not run: it is written down now"
        assert Exclusion.objects.get(case=old).continued_by is None
        assert DikEntry.objects.get(number=new.number).continues == ""
        assert reopened(TODAY + 2 * DAY) == [old.number]
        open_waiting_publications(at=NOW + 3 * DAY)
        assert publication_of(old) is None

    def test_a_batch_that_fails_keeps_no_other_closed(self, monkeypatch):
        good, bad = make.adopted(days_ago=2, ends_on=TODAY), make.adopted(days_ago=2, ends_on=TODAY)
        whole = lifting.lapse

        def some_fail(cases, *, at):
            if bad.pk in {case.pk for case in cases}:
                raise RuntimeError("Coba.")
            return whole(cases, at=at)

        monkeypatch.setattr(lifting, "lapse", some_fail)
        with pytest.raises(lifting.LapseFailed, match="1 terms"):
            list(lapse_due(at=NOW + DAY))
        assert ExclusionOpening.objects.get().exclusion == good.exclusion


class TestTheTask:
    def test_ppid_declares_at_the_latest_thirty_working_days_before(self):
        # 30 working days after 12 March 2026 is 4 May 2026 (domain facts, section 2).
        assert last_day_to_declare(date(2026, 5, 4), calendar()) == date(2026, 3, 12)

    def test_it_stands_with_those_concerned_until_it_ends(self):
        working = calendar()
        soon = working.add_working_days(TODAY, 30)
        near = make.adopted(days_ago=2, ends_on=soon)
        make.adopted(days_ago=2, ends_on=working.add_working_days(TODAY, 41))
        for who, cases in {"utama": [near], "opd": [near], "atasan": [near], "operator": [], "dinsos": []}.items():
            found = near_their_end(held_by(make.demo(who), on=TODAY), on=TODAY, working=working)
            assert [case.number for case in found] == [case.number for case in cases], who
        after = near_their_end(held_by(make.demo("utama"), on=TODAY), on=soon + DAY, working=working)
        assert near not in after, "then it is open"
        lift(near)
        assert not near_their_end(held_by(make.demo("utama"), on=TODAY), on=TODAY, working=working).exists()


class TestDatabase:
    def test_no_exclusion_is_opened_without_its_row(self):
        case = make.adopted(days_ago=2, ends_on=TODAY + DAY)
        rows = Exclusion.objects.filter(pk=case.exclusion_id)
        refused(lambda: rows.update(opened_on=TODAY), "with its row of the ledger only")
        refused(lambda: rows.update(continued_by=make.exclusion(at="adopting").exclusion), "continued by another")

    def test_no_row_is_written_without_its_opening_its_letter_or_its_day(self):
        case = make.adopted(days_ago=2, ends_on=TODAY + 5 * DAY, grounds=["h", "j"])
        row = {"exclusion": case.exclusion, "recorded_at": timezone.now()}
        for fields, match in [
            ({"ground": "term", "opened_on": TODAY + 6 * DAY}, "what is in force is opened"),
            ({"ground": "term", "opened_on": TODAY}, "what is in force is opened"),
            ({"ground": "ruling_ki", "opened_on": TODAY}, "opening_has_its_ground"),
            ({"ground": "ruling_ki", "opened_on": TODAY, "amendment": proposed(case)}, "approved amendment"),
            ({"ground": "new_test", "opened_on": TODAY, "by_case": case}, "what it found open"),
        ]:
            refused(lambda fields=fields: ExclusionOpening.objects.create(**row, **fields), match)

    def test_a_row_of_an_opening_opens(self):
        case = make.adopted(days_ago=2, ends_on=TODAY - DAY)
        row = {"exclusion": case.exclusion, "ground": "term", "opened_on": TODAY, "recorded_at": timezone.now()}
        refused(lambda: ExclusionOpening.objects.create(**row), "without its opening")

    def test_neither_what_was_opened_nor_continued_nor_is_over_is_opened(self):
        opened, continued = make.adopted(days_ago=2), make.adopted(days_ago=2)
        over = make.adopted(days_ago=2, ends_on=TODAY - DAY)
        lift(opened)
        make.adopted(of=continued.information)
        for case in (opened, make.again(continued), over):
            row = {"exclusion": case.exclusion, "opened_on": TODAY, "recorded_at": timezone.now(), "by_case": case}
            refused(
                lambda row=row: ExclusionOpening.objects.create(ground="new_test", **row), "what is in force is opened"
            )

    def test_consent_opens_letters_g_and_h_alone(self):
        case = make.adopted(days_ago=2, grounds=["h", "j"])
        amendment, at = proposed(case), timezone.now()
        with pgtrigger.ignore():  # as if the domain had taken it
            Amendment.objects.filter(pk=amendment.pk).update(
                ground="consent", decision="approved", decided_by=make.demo("utama"), decided_name="U", decided_at=at
            )
        row = {"exclusion": case.exclusion, "amendment": amendment, "opened_on": TODAY, "recorded_at": at}
        refused(lambda: ExclusionOpening.objects.create(ground="consent", **row), "consent opens what letters g and h")

    def test_nothing_is_continued_by_what_was_not_adopted(self):
        old, new = make.adopted(days_ago=2), make.exclusion()

        def continue_it():
            with pgtrigger.ignore():
                Exclusion.objects.filter(pk=old.exclusion_id).update(continued_by=new.exclusion)

        refused(continue_it, "continued by one that was adopted")

    def test_what_was_opened_stays_so_and_is_written_once(self):
        case = make.adopted(days_ago=2)
        lift(case)
        rows = Exclusion.objects.filter(pk=case.exclusion_id)
        refused(lambda: rows.update(opened_on=None), "ends once")
        refused(lambda: ExclusionOpening.objects.update(ground="term"), "Cannot update or delete")
        refused(lambda: ExclusionOpening.objects.all().delete(), "Cannot update or delete")

        def empty():
            with connection.cursor() as cursor:
                cursor.execute("TRUNCATE flows_exclusionopening CASCADE")

        make.at_the_end()
        refused(empty, "never emptied")

    def test_an_item_has_one_exclusion_in_force(self):
        old = make.adopted(days_ago=2)
        new = open_exclusion(old.information, actor=make.demo("bidang"))
        with pgtrigger.ignore():
            refused(
                lambda: Exclusion.objects.filter(pk=new.exclusion_id).update(adopted_at=NOW),
                "one_exclusion_of_an_item_in_force",
            )

    def test_what_a_decision_opened_is_not_excluded_by_an_older_test(self):
        old = make.adopted(days_ago=2)
        again = make.exclusion(information=old.information, at="adopting")
        record_decree(again, make.decree(), actor=make.demo("bidang"))
        lift(old)

        def adopt_by_sql():
            row = forged_row(make.again(again), "adopt", "adopted")
            Exclusion.objects.filter(pk=again.exclusion_id).update(adopted_at=row.done_at)

        refused(adopt_by_sql, "by a newer test only")

    @pytest.mark.parametrize("end", [lift, lambda case: make.adopted(of=case.information)], ids=["lifted", "continued"])
    def test_what_is_not_in_force_is_not_amended(self, end):
        case = make.adopted(days_ago=2)
        waiting = propose(
            case,
            "correct_dik",
            actor=make.demo("bidang"),
            after={**dik_words(case, case.exclusion.test), "information": "Data akta", "hides_former": False},
            reason="Salah ketik.",
        )
        end(case)
        decided = {"decided_by": make.demo("utama"), "decided_name": "U", "decided_at": timezone.now()}
        rows = Amendment.objects.filter(pk=waiting.pk)
        refused(lambda: rows.update(decision="approved", **decided), "not in force is not amended")
