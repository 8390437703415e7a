"""A DIK that was set by a signed decree: its rows are exclusions in force once PPID Utama approves it as a whole."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from ppid.flows.actions import take_step
from ppid.flows.amendments import decide, propose
from ppid.flows.consequence import fill_test
from ppid.flows.dik import dik_words
from ppid.flows.ledger import Tally
from ppid.flows.lifting import lapse_due
from ppid.flows.models import Case
from ppid.flows.steps import StepOutOfOrder, StepUnmet
from ppid.flows.taking_over import take_over_exclusion
from ppid.information.classification import ClassificationDecree, ConsequenceTest, Participant
from ppid.information.models import Exclusion, Information
from ppid.organisation.models import Unit
from ppid.shelf.models import DikEntry, PublishedItem
from ppid.takeover import deciding, preparing, working
from ppid.takeover.models import State, Takeover
from ppid.takeover.permissions import approves_as, sees
from ppid.takeover.reading import TakeoverRefused
from ppid.web.refusals import Forbidden
from tests import make
from tests.takeover import office

pytestmark = pytest.mark.django_db

SAID = (
    "Pindahan dari DIK yang ditetapkan dengan SK nomor 12/PPID/2025 tanggal 6 Januari 2025; uji konsekuensinya tidak "
    "dijalankan di portal ini."
)
TODAY = timezone.localdate()


def only_case(*rows: list[str], **changed) -> Case:
    row = office.carried_out_dik(*rows, **changed).rows.get()
    assert row.failed == ""
    return make.again(row.case)


def breaks(said: str):
    return pytest.raises(DatabaseError, match=said)


def one(**changed: str):
    return office.read_dik(office.excluded(**changed)).rows.get()


class TestOnceApproved:
    def test_it_stands_on_the_dik_in_the_lists_words_with_its_own_decree(self):
        case = only_case()
        entry = DikEntry.objects.get(number=case.number)

        assert (entry.information, entry.consequence_if_open) == (office.DIK_ROW[1], office.DIK_ROW[4])
        assert (entry.consequence_if_closed, entry.term) == (office.DIK_ROW[5], office.DIK_ROW[6])
        assert (entry.decree_number, entry.decree_date) == ("7/DIK/2024", date(2024, 2, 5))
        assert (entry.legal_basis, entry.scope) == (
            "Pasal 17 huruf h UU Nomor 14 Tahun 2008",
            "Dikecualikan seluruhnya",
        )
        assert (entry.unit_code, entry.ends_on) == ("dinsos", date(2040, 12, 31))

    def test_its_ledger_has_one_row_and_no_step_is_evaluated(self):
        before = list(Tally.objects.values_list())
        case = only_case()
        record = case.records.get()

        assert (case.state, case.moves, case.step, case.worked_days) == ("adopted", 1, None, None)
        assert (record.kind, record.note, record.actor) == ("takeover", SAID, make.demo("utama"))
        assert record.approved["test"]["public_description"] == office.DIK_ROW[1]
        assert list(Tally.objects.values_list()) == before

    def test_the_test_says_plainly_that_none_was_held_here(self):
        case = only_case()
        test, decree = case.exclusion.test, case.exclusion.decree

        assert (test.taken_over, test.tested_on, test.place, test.public_interest) == (SAID, None, "", "")
        assert not test.participants.exists()
        assert (decree.approved_on, decree.approved_by, decree.decided_by) == (None, "", "")
        assert decree.test_digest == test.digest == test.reckon_digest()

    def test_its_item_is_no_ones_who_need_not_know(self):
        case = only_case()

        assert not PublishedItem.objects.filter(number=case.information.number).exists()
        assert not Case.objects.visible_to(make.demo("operator"), on=TODAY).filter(pk=case.pk).exists()
        assert Case.objects.visible_to(make.demo("utama"), on=TODAY).filter(pk=case.pk).exists()

    def test_rows_without_their_own_decree_have_that_of_the_list(self):
        case = only_case(office.excluded(c7="", c6="5 (lima) tahun", c3="Pasal 17 huruf a UU KIP"), sk_date=TODAY)
        exclusion = case.exclusion

        assert (exclusion.decree.number, exclusion.decree.date) == ("12/PPID/2025", TODAY)
        assert exclusion.ends_on == exclusion.test.ends_on
        assert exclusion.ends_on.year == TODAY.year + 5

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"c6": "6 bulan"}, "Baris 2: jangka waktunya berakhir 6 Juli 2025, jadi informasi ini sudah terbuka"),
            ({"c6": "Sampai 31 Desember 2090", "c3": "Pasal 17 huruf a"}, "Baris 2: pengecualian menurut huruf a"),
        ],
    )
    def test_a_term_that_the_lists_decree_breaks_is_told_before_it_is_proposed(self, changed, said):
        with pytest.raises(TakeoverRefused, match=said) as refused:
            office.proposed_dik(office.excluded(c7="", **changed), office.DIK_ROW)
        assert set(refused.value.fields) == {"sk_date"}
        assert Takeover.objects.get().state == State.DRAFT


class TestAfterwards:
    def test_it_lapses_by_itself_after_its_term(self):
        last = TODAY + timedelta(days=3)
        case = only_case(office.excluded(c6=f"sampai dengan {last:%d-%m-%Y}"))

        assert list(lapse_due(at=timezone.now() + timedelta(days=3))) == []
        assert len(list(lapse_due(at=timezone.now() + timedelta(days=4)))) == 1
        assert make.again(case).exclusion.opened_on == last + timedelta(days=1)
        assert DikEntry.objects.get(number=case.number).reopened_on == last + timedelta(days=1)

    def test_it_is_lifted_by_a_ruling(self):
        case = make.lifted(only_case())

        assert case.exclusion.opened_on == TODAY
        assert DikEntry.objects.get(number=case.number).reopened_on == TODAY

    def test_it_is_extended_by_a_test_that_is_held_here(self):
        case = only_case(office.excluded(c2="Disdukcapil"))
        newer = make.adopted(of=case.information)

        assert Exclusion.objects.get(pk=case.exclusion_id).continued_by == newer.exclusion
        assert not DikEntry.objects.filter(number=case.number).exists()
        assert DikEntry.objects.get(number=newer.number).continues == case.number
        assert newer.exclusion.test.taken_over == ""

    def test_its_words_are_corrected_like_those_of_any_other(self):
        case = only_case()
        words = {**dik_words(case, case.exclusion.test), "information": "Data penerima bansos", "hides_former": False}
        waiting = propose(case, "correct_dik", actor=make.demo("bidang"), after=words, reason="Salah ketik.")
        decide(waiting, approve=True, actor=make.demo("utama"))

        assert DikEntry.objects.get(number=case.number).information == "Data penerima bansos"


class TestTheDryRun:
    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"c6": "Sampai 31 Desember 2020"}, "sudah terbuka dan tidak diambil"),
            ({"c7": "7/DIK/2024"}, "surat penetapan tanpa tanggal"),
            ({"c7": ", 5 Februari 2024"}, "surat penetapan tanpa nomor"),
            ({"c7": "7/DIK/2024, 5 Februari 2099"}, "belum tiba"),
            ({"c3": "Rahasia negara"}, "tidak menyebut huruf a sampai j pasal 17"),
            ({"c3": ""}, "dasar hukum kosong"),
            ({"c3": "Pasal 17 huruf k"}, "tidak menyebut huruf a sampai j pasal 17"),
            ({"c3": "Pasal 17 huruf j UU Nomor 14 Tahun 2008"}, "undang-undang lain yang mendasarinya"),
            ({"c3": "Pasal 17 huruf b", "c6": "Selama diperlukan"}, "menurut huruf a sampai f ada akhirnya"),
            ({"c3": "Pasal 17 huruf a", "c6": "Sampai 31 Desember 2090"}, "paling lama 30 tahun"),
            ({"c7": "7/DIK/2024, 5 Februari 9999", "c6": "5 tahun"}, "belum tiba"),
            ({"c6": "Sampai 31 Desember 9999"}, "lebih dari 200 tahun"),
            ({"c6": "999 tahun"}, "lebih dari 200 tahun"),
            ({"c8": "Barangkali"}, "bukan «seluruhnya» atau «sebagian»"),
            ({"c2": "Dinas Antariksa"}, "tidak dikenal"),
            ({"c1": ""}, "kosong, maka tidak diambil"),
        ],
    )
    def test_a_bad_row_has_its_sentence_and_is_not_taken(self, changed, said):
        assert said in " ".join(one(**changed).problems)

    @pytest.mark.parametrize(
        ("changed", "kind"),
        [
            ({"c7": ""}, "decree"),
            ({"c3": "Pasal 17 huruf h dan huruf k UU KIP"}, "ground"),
            ({"c6": "10 tahun"}, "term"),
            ({"c6": "Selama diperlukan"}, "term"),
            ({"c8": ""}, "scope"),
            ({"c4": ""}, "empty"),
        ],
    )
    def test_what_is_not_certain_is_a_doubt(self, changed, kind):
        row = one(**changed)
        assert (row.problems, row.doubt_kinds) == ([], [kind])

    def test_a_plain_row_has_none(self):
        row = office.read_dik().rows.get()
        assert (row.problems, row.doubts) == ([], [])
        assert (row.values["grounds"], row.values["other_statute"]) == (["h"], "")

    @pytest.mark.parametrize(
        ("basis", "letters", "statute"),
        [
            ("Pasal 17 huruf a, c dan huruf h angka 2 UU KIP", ["a", "c", "h"], ""),
            (
                "Pasal 17 huruf j UU No. 14 Tahun 2008 jo. Pasal 322 KUHP",
                ["j"],
                "Pasal 322 KUHP",
            ),
            (
                "UU Nomor 27 Tahun 2022; Pasal 17 huruf (h) UU 14/2008",
                ["h"],
                "UU Nomor 27 Tahun 2022",
            ),
        ],
    )
    def test_letters_and_other_laws_are_read_from_the_legal_basis(self, basis, letters, statute):
        values = one(c3=basis, c6="Sampai 31 Desember 2040").values
        assert (values["grounds"], values["other_statute"]) == (letters, statute)

    def test_an_item_that_is_public_is_a_doubt_and_of_what_is_secret_nothing_is_said(self):
        make.publication(at="published", title="Daftar aset")
        make.exclusion(unit="dinsos", title="Berkas rahasia")

        rows = office.read_dik(office.excluded(c1="Daftar aset"), office.excluded(c1="Berkas rahasia")).rows.all()
        assert [row.doubt_kinds for row in rows] == [["public"], []]

    def test_what_the_dik_has_already_is_a_doubt(self):
        only_case()
        assert office.read_dik().rows.get().doubt_kinds == ["twice_in_dik"]

    def test_heads_merged_over_dibuka_and_ditutup_are_known(self):
        head = [*office.DIK_HEAD[:3], "Dasar hukum", "Akibat bila dibuka", "Manfaat bila ditutup", *office.DIK_HEAD[6:]]
        assert office.read_dik(head=head).rows.get().values["if_closed"] == "Penerima terlindungi."


class TestWhoMay:
    @pytest.mark.parametrize("who", ["operator", "dinsos", "atasan"])
    def test_nobody_lists_what_they_may_not_see(self, who):
        with pytest.raises(Forbidden, match="Mengambil alih DIK"):
            preparing.upload(office.table(office.DIK_ROW, head=office.DIK_HEAD), kind="dik", actor=make.demo(who))
        assert not sees(make.demo(who), office.read_dik(), on=TODAY)

    def test_who_prepared_it_does_not_approve(self):
        with pytest.raises(Forbidden, match="mengunggah tabel ini"):
            deciding.approve(office.proposed_dik(by="utama"), actor=make.demo("utama"))

    def test_a_dik_becomes_no_cases(self):
        draft = preparing.upload(
            office.table(office.DIK_ROW, head=office.DIK_HEAD), kind="dik", actor=make.demo("bidang")
        )
        with pytest.raises(TakeoverRefused, match="sebagai pindahan"):
            preparing.dry_run(draft, actor=make.demo("bidang"), place=0, way="cases")
        with pytest.raises(TakeoverRefused, match="DIP atau DIK"):
            preparing.upload(office.table(office.DIK_ROW), kind="lain", actor=make.demo("bidang"))

    def test_it_is_asked_for_the_decree_of_the_dik(self):
        with pytest.raises(TakeoverRefused, match="menetapkan DIK ini"):
            deciding.propose(office.read_dik(), actor=make.demo("bidang"), **office.decree(sk_number=""))


class TestTheDatabase:
    def bare(self, **test) -> Case:
        return take_over_exclusion(
            {"title": "Begitu saja", "has_softcopy": False},
            ConsequenceTest(subject="x", public_description="x", grounds=["h"], conclusion="whole", term="x", **test),
            ClassificationDecree(number="1", date=TODAY - timedelta(days=30)),
            unit=Unit.objects.get(code="dinsos"),
            written_by=make.demo("bidang"),
            appointment=approves_as(make.demo("utama"), on=TODAY),
            because=SAID,
            at=timezone.now(),
        )

    def test_a_term_that_is_over_by_then_is_not_taken(self):
        with pytest.raises(StepUnmet, match="sudah berakhir"), transaction.atomic():
            self.bare(ends_on=TODAY - timedelta(days=1))

    def test_takes_over_no_exclusion_without_its_row_in_an_approved_list(self):
        with breaks("a row of a list that was approved"), transaction.atomic():
            self.bare()
            make.at_the_end()
        assert not Information.objects.filter(title="Begitu saja").exists()

    def test_takes_over_no_exclusion_by_a_row_of_a_dip(self):
        takeover = office.approved(office.rows(1)[0])
        with breaks("a row of a list that was approved"), transaction.atomic():
            case = self.bare()
            takeover.rows.update(case=case, information=case.information, done_at=timezone.now())
            make.at_the_end()

    def test_keeps_its_papers_as_they_were_taken_over(self):
        case = only_case()
        make.at_the_end()
        tests, decrees = ConsequenceTest.objects.filter(exclusion=case.exclusion_id), ClassificationDecree.objects
        for act in (
            lambda: tests.update(tested_on=TODAY, taken_over=""),
            lambda: tests.update(taken_over="Lain."),
            lambda: Participant.objects.create(test=tests.get(), name="A", position="B"),
            lambda: decrees.filter(exclusion=case.exclusion_id).update(approved_on=TODAY),
            lambda: tests.delete(),
        ):
            with breaks("never changes but at its step"), transaction.atomic():
                act()

    def test_no_test_that_is_held_here_says_that_it_was_taken_over(self):
        case = make.exclusion(at="testing")
        with breaks("says that it was taken over"), transaction.atomic():
            told = make.test(tested_on=None)
            told.taken_over = SAID
            fill_test(case, told, [make.participant()], actor=make.demo(make.EXCLUSION["test_consequences"]))

    def test_keeps_which_register_a_list_is(self):
        takeover = office.read_dik()
        with pytest.raises(DatabaseError), transaction.atomic():
            Takeover.objects.filter(pk=takeover.pk).update(kind="dip")

    def test_each_row_is_done_once_also_when_broken_off(self):
        rows = [office.excluded(c1=f"Data nomor {n}") for n in range(1, 4)]
        takeover = deciding.approve(office.proposed_dik(*rows), actor=make.demo("utama"))
        assert working.carry_on(takeover.pk, most=2)
        assert office.carried_out(takeover).state == State.DONE
        assert DikEntry.objects.filter(information__startswith="Data nomor").count() == 3


def test_nobody_takes_this_move_by_themselves():
    case = make.exclusion()
    with pytest.raises(StepOutOfOrder):
        take_step(case, "take_over", actor=make.demo("utama"), note="Begitu saja.")
    assert make.again(case).state == "collecting"
