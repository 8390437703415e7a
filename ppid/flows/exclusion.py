"""The five lawful steps of exclusion, in the order of the source sheet."""

from functools import cached_property

from django.db.models import Exists, OuterRef

from ppid.flows import decrees, participation, shelving
from ppid.flows.approval import is_as_approved
from ppid.flows.head_approval import HeadApproval
from ppid.flows.ledger import StepRecord
from ppid.flows.models import Case
from ppid.flows.reopened import decided_openings
from ppid.flows.states import RUNNING
from ppid.flows.states import ExclusionState as State
from ppid.flows.steps import Kind, Requirement, ending, reopening, returning, sending_back, step
from ppid.information.classification import ClassificationDecree, ConsequenceTest, Participant
from ppid.organisation.deciding import listed

HAS_TEST: Requirement["ExclusionCase"] = Requirement(
    "Isi lembar uji konsekuensi.",
    lambda case: case.test,
    place="test",
)
HAS_PARTICIPANTS: Requirement["ExclusionCase"] = Requirement(
    "Catat sekurang-kurangnya satu peserta pengujian pada lembar uji konsekuensi.",
    lambda case: not case.test or case.test.participants.all(),
    place="test",
)
PARTICIPANTS_HAVE_CONFIRMED: Requirement["ExclusionCase"] = Requirement(
    "Lembar uji ini masih menunggu konfirmasi {missing}, masing-masing dengan akunnya sendiri. Siapa yang tidak dapat: "
    "keluarkan dari peserta, atau tulis namanya tanpa akun.",
    lambda case: not case.still_to_confirm,
    place="test",
    names=lambda case: {"missing": listed(each.name for each in case.still_to_confirm)},
)
TEST_EXCLUDES: Requirement["ExclusionCase"] = Requirement(
    "Hasil uji menyatakan informasi terbuka, jadi tidak dapat dikecualikan. Akhiri proses ini dengan hasil uji itu.",
    lambda case: not case.test or case.test.conclusion != ConsequenceTest.Conclusion.OPEN,
    place="test",
    advises=("conclude_open", "withdraw"),
)
HAS_HEAD_APPROVAL: Requirement["ExclusionCase"] = Requirement(
    "Mintakan persetujuan pimpinan: Atasan PPID menyetujuinya di mejanya sendiri, atau pindaian persetujuannya "
    "diunggah (PP 61/2010 pasal 3; syarat hukum di luar SOP).",
    lambda case: case.head_approval,
    place="head",
)
HAS_DECREE: Requirement["ExclusionCase"] = Requirement(
    "Catat nomor dan tanggal surat penetapan klasifikasi (PP 61/2010 pasal 3; syarat hukum di luar SOP).",
    lambda case: case.decree,
    place="decree",
)
DECREE_IS_OF_THIS_TEST: Requirement["ExclusionCase"] = Requirement(
    "Surat penetapan yang dicatat memutuskan lembar uji yang lain daripada yang sekarang. Catat surat penetapan yang "
    "memutuskan hasil uji ini.",
    lambda case: not (case.decree and case.test) or case.decree.test_digest == case.test.reckon_digest(),
    place="decree",
)
DECREE_KEEPS_TO_THE_CALENDAR: Requirement["ExclusionCase"] = Requirement(
    "Tanggal surat penetapan atau persetujuan pimpinan tidak cocok dengan tanggal pengujian atau belum tiba. Perbaiki "
    "catatannya.",
    lambda case: not (case.decree and case.test) or not decrees.wrong_dates(case.decree, case.test, on=case.act.day),
    place="decree",
)
TERM_IS_AHEAD: Requirement["ExclusionCase"] = Requirement(
    "Jangka waktu pengecualian menurut lembar uji sudah berakhir, jadi tidak ada lagi yang dikecualikan. Kembalikan "
    "proses ini ke pengujian, atau tarik dengan alasan itu.",
    lambda case: not case.test or case.test.ends_on is None or case.test.ends_on >= case.act.day,
    place="test",
    advises=("send_back", "withdraw"),
)
TEST_SAYS_OPEN: Requirement["ExclusionCase"] = Requirement(
    "Lembar uji tidak menyimpulkan terbuka, jadi tidak dapat diakhiri begini. Terima hasil ujinya, atau kembalikan.",
    lambda case: not case.test or case.test.conclusion == ConsequenceTest.Conclusion.OPEN,
    place="test",
    advises=("return_to_testing", "send_back"),
)
KNOWS_WHAT_WAS_OPENED: Requirement["ExclusionCase"] = Requirement(
    "Sesudah lembar uji ini diisi, pengecualian yang lama dibuka kembali oleh keputusan. Kembalikan proses ini ke "
    "pengujian supaya diuji dengan mempertimbangkannya, atau tarik.",
    lambda case: not (case.test and decided_openings(case.information_id, since=case.test.filled_at).exists()),
    place="test",
    advises=("send_back", "withdraw"),
)
IS_AS_APPROVED: Requirement["ExclusionCase"] = Requirement(
    "Dokumen, keterangan, atau lembar ujinya tidak lagi sama dengan yang diterima pada langkah {decides}. Kembalikan "
    "proses ini ke langkah {prepares}.",
    is_as_approved,
    place="documents",
    advises=("send_back",),
)


class ExclusionCase(Case, flow="exclusion"):
    """The five-step exclusion flow («pendokumentasian informasi yang dikecualikan»)."""

    class Meta:
        proxy = True

    def words_to_approve(self):
        """Return the description and the whole lembar uji."""
        return {**self.information.description, "test": self.test.words if self.test else None}

    @cached_property
    def test(self) -> ConsequenceTest | None:
        """The lembar uji with its participants, once it is written."""
        tests = ConsequenceTest.objects.filter(exclusion=self.exclusion_id)
        return tests.prefetch_related("participants").first()

    @cached_property
    def taking_part(self) -> list[participation.TakesPart]:
        """The participants of the test, each with their own word for it."""
        return participation.taking_part(self, self.test)

    @property
    def still_to_confirm(self) -> list[Participant]:
        """The participants whose confirmation is missing; whoever takes the step signs by taking it."""
        return [each for each in participation.awaited(self, self.test) if each.person_id != self.act.actor.pk]

    @cached_property
    def decree(self) -> ClassificationDecree | None:
        """The decree with the head's approval, once it is recorded."""
        return ClassificationDecree.objects.filter(exclusion=self.exclusion_id).first()

    def void_decree(self) -> None:
        """Void the decree, because the test on which it decided is open again."""
        if self.exclusion:
            because = f"Proses dikembalikan: {self.act.note}"
            decrees.void(self.exclusion, actor=self.act.actor, at=self.act.at, because=because)

    @cached_property
    def head_approval(self) -> HeadApproval | None:
        """The head's newest approval of this test, while the case has stood where it was given."""
        since = StepRecord.objects.standing().filter(case=OuterRef("case"), sequence__gt=OuterRef("moves"))
        left = Exists(since.exclude(to_state__in=[State.ADOPTING, State.ADOPTED]))
        newest = self.head_approvals.standing().annotate(was_left=left).order_by("-pk").first()
        if newest is None or newest.was_left or self.test is None or newest.test_digest != self.test.digest:
            return None
        return newest

    @step(
        "Pengumpulan",
        asks="Kumpulkan yang diusulkan dikecualikan, lalu teruskan.",
        source=State.COLLECTING,
        target=State.SCREENING,
    )
    def collect(self):
        """1 · Mengumpulkan informasi yang akan dikecualikan."""

    @step(
        "Pembahasan tim",
        asks="Putuskan apakah informasi ini layak diuji.",
        source=State.SCREENING,
        target=State.TESTING,
    )
    def screen(self):
        """2 · Layak diuji: handed to the OPD for the test."""

    @returning("Tidak layak diuji, dikembalikan", source=State.SCREENING, target=State.COLLECTING)
    def return_to_collecting(self):
        """2 → 1 · Tidak layak diuji."""

    @step(
        "Uji konsekuensi",
        asks="Isi lembar uji konsekuensi bersama pesertanya, lalu teruskan.",
        source=State.TESTING,
        target=State.REVIEWING,
        requires=[HAS_TEST, HAS_PARTICIPANTS, PARTICIPANTS_HAVE_CONFIRMED],
    )
    def test_consequences(self):
        """3 · Uji konsekuensi by the OPD, with its lembar pengujian, which each participant has confirmed."""
        participation.sign_by_step(self, self.test)

    @step(
        "Penerimaan hasil uji",
        asks="Terima hasil ujinya, atau kembalikan bila belum lengkap.",
        source=State.REVIEWING,
        target=State.ADOPTING,
        requires=[HAS_TEST, TEST_EXCLUDES],
    )
    def accept(self):
        """4 · Hasil lengkap: PPID Utama accepts these bytes."""

    @returning("Hasil uji belum lengkap, dikembalikan", source=State.REVIEWING, target=State.TESTING)
    def return_to_testing(self):
        """4 → 3 · Hasil belum lengkap."""

    @step(
        "Penetapan pedoman",
        asks="Lengkapi surat penetapannya, lalu tetapkan pengecualiannya.",
        source=State.ADOPTING,
        target=State.ADOPTED,
        requires=[
            HAS_HEAD_APPROVAL,
            HAS_DECREE,
            DECREE_IS_OF_THIS_TEST,
            DECREE_KEEPS_TO_THE_CALENDAR,
            TEST_EXCLUDES,
            TERM_IS_AHEAD,
            KNOWS_WHAT_WAS_OPENED,
            IS_AS_APPROVED,
        ],
    )
    def adopt(self):
        """5 · The exclusion is in force: on the DIK, and off the shelf."""
        if self.test and self.decree:  # both are required, so that they are there
            shelving.exclude(self, self.test, self.decree)

    @ending(Kind.TAKEOVER, "Pindahan", source=State.COLLECTING, target=State.ADOPTED, requires=[TERM_IS_AHEAD])
    def take_over(self):
        """Put on the DIK what a list that was signed elsewhere excludes: no step of the sheet is taken."""
        if self.test and self.decree:
            shelving.exclude(self, self.test, self.decree)

    @reopening(
        "Kembali ke pengujian karena dokumen berubah",
        source=[State.REVIEWING, State.ADOPTING],
        target=State.TESTING,
    )
    def reopen(self):
        """4–5 → 3 · A document was added or changed; what was decided on the test counts no more."""
        self.void_decree()

    @sending_back("Dikembalikan", steps=RUNNING["exclusion"], achieved=State.ADOPTED)
    def send_back(self):
        """Back to any earlier row of the sheet; once the test is open again, what was decided on it counts no more."""
        if self.state == State.ADOPTING and self.state_awaited_at(self.act.inputs["to"]) != State.ADOPTING:
            self.void_decree()

    @ending(
        Kind.CONCLUSION,
        "Hasil uji: terbuka",
        source=State.REVIEWING,
        target=State.TESTED_OPEN,
        requires=[HAS_TEST, HAS_PARTICIPANTS, TEST_SAYS_OPEN],
    )
    def conclude_open(self):
        """4 · The test says that the information is open: what an earlier exclusion closed is opened by it."""
        shelving.open_after_test(self)

    @ending(Kind.WITHDRAWAL, "Ditarik", source=RUNNING["exclusion"], target=State.WITHDRAWN)
    def withdraw(self):
        """Give the case up before its end."""
