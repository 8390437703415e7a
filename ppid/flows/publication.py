"""The seven lawful steps of publication, in the order of the source sheet."""

from ppid.flows import shelving
from ppid.flows.approval import is_as_approved
from ppid.flows.models import Case
from ppid.flows.states import DECIDES, RUNNING
from ppid.flows.states import PublicationState as State
from ppid.flows.steps import Kind, Requirement, announcing_first, ending, reopening, returning, sending_back, step
from ppid.shelf.models import Category, PublishedItem, Tombstone

HAS_DOCUMENT: Requirement["PublicationCase"] = Requirement(
    "Tambahkan sekurang-kurangnya satu dokumen informasi: itulah yang akan dibaca publik. Bila informasi ini hanya ada "
    "sebagai hardcopy atau diberikan atas permintaan, hapus centang softcopy pada keterangannya.",
    lambda case: case.content or not case.information.has_softcopy,
    place="documents",
)
DOCUMENTS_ARE_A_SOFTCOPY: Requirement["PublicationCase"] = Requirement(
    "Ada dokumen yang akan diumumkan, padahal keterangannya tidak menyebut softcopy. Centang softcopy pada keterangan, "
    "atau keluarkan dokumennya.",
    lambda case: case.information.has_softcopy or not case.content,
    place="description",
)
DOCUMENTS_WERE_READ: Requirement["PublicationCase"] = Requirement(
    "Dokumennya belum selesai dibaca untuk mencari data pribadi. Tunggu sebentar, lalu kirim lagi; "
    "bila tetap begini, ganti berkasnya atau minta petugas TI memeriksanya.",
    lambda case: all(document.pk in case.readings for document in case.content),
    place="findings",
    by_the_act=True,
)
FINDINGS_ARE_ANSWERED: Requirement["PublicationCase"] = Requirement(
    "Dokumennya tampaknya memuat data pribadi atau bagian yang tidak terbaca. Ganti berkasnya, atau tulis pada setiap "
    "temuan mengapa ia boleh diumumkan apa adanya.",
    lambda case: all(finding.answer for each in case.readings.values() for finding in each.found),
    place="findings",
)
# Step 3 asks for both already; whatever came in past it goes no further.
GOES_ON_READ: Requirement["PublicationCase"] = Requirement(
    "Ada dokumen yang belum dibaca untuk mencari data pribadi, atau temuan di dalamnya yang belum beralasan. "
    "Kembalikan proses ini ke langkah {prepares}.",
    lambda case: DOCUMENTS_WERE_READ.test(case) and FINDINGS_ARE_ANSWERED.test(case),
    place="documents",
    advises=("return_for_repair", "send_back"),
)
HAS_DIP_FIELDS: Requirement["PublicationCase"] = Requirement(
    "Lengkapi keterangan informasi (kolom DIP): ringkasan, penanggung jawab, tempat dan waktu pembuatan, bentuk, "
    "dan retensi.",
    lambda case: not case.information.missing_dip_fields,
    place="description",
)
HAS_CATEGORY: Requirement["PublicationCase"] = Requirement(
    "Pilih jenis informasi: berkala, serta merta, atau setiap saat.",
    lambda case: case.act.inputs.get("category") in Category.values,
    field="category",
)
IS_AS_APPROVED: Requirement["PublicationCase"] = Requirement(
    "Dokumen atau keterangannya tidak lagi sama dengan yang disetujui pada langkah {decides}. Kembalikan "
    "proses ini ke langkah {prepares}.",
    is_as_approved,
    place="documents",
    advises=("send_back",),
)
URGENCY_IS_ANSWERED: Requirement["PublicationCase"] = Requirement(
    "Proses ini ditandai serta merta. Pilih jenis serta merta, atau tulis pada catatan mengapa tidak lagi mendesak.",
    lambda case: (
        not case.is_urgent or case.act.inputs.get("category") in ("", None, Category.IMMEDIATE) or case.act.note.strip()
    ),
    field="note",
)
IS_URGENT: Requirement["PublicationCase"] = Requirement(
    "Hanya yang serta merta diumumkan lebih dahulu. Tandai proses ini serta merta, dengan alasannya.",
    lambda case: case.is_urgent,
    place="urgency",
)
IS_NOT_EXCLUDED: Requirement["PublicationCase"] = Requirement(
    "Informasi ini dikecualikan dan tidak boleh diumumkan selama pengecualiannya berlaku.",
    lambda case: not case.information.exclusions.in_force(on=case.act.day).exists(),
)
STANDS_ON_THE_SHELF: Requirement["PublicationCase"] = Requirement(
    "Informasi ini sudah tidak ada di portal, jadi tidak ada yang dapat dicabut. Riwayatnya ada pada proses yang "
    "lebih baru dari informasi yang sama.",
    lambda case: PublishedItem.objects.filter(number=case.information.number).exists(),
)
IS_WHAT_STANDS_THERE: Requirement["PublicationCase"] = Requirement(
    "Yang sekarang di portal berasal dari proses yang lebih baru. Cabut lewat proses itu.",
    lambda case: case.followed_by != State.PUBLISHED,
)
HAS_WHY: Requirement["PublicationCase"] = Requirement(
    "Pilih sebabnya: salah terbit, digantikan informasi lain, atau ditarik.",
    lambda case: case.act.inputs.get("why", Tombstone.Why.WITHDRAWN) in Tombstone.Why.values,
    field="why",
)
HAS_SUCCESSOR: Requirement["PublicationCase"] = Requirement(
    "Tulis nomor informasi di portal yang menggantikannya, misalnya 2026-0007.",
    lambda case: case.act.inputs.get("why") != Tombstone.Why.REPLACED or _stands_elsewhere(case),
    field="successor",
)


def _stands_elsewhere(case: "PublicationCase") -> bool:
    number = case.act.inputs.get("successor", "")
    return number != case.information.number and PublishedItem.objects.filter(number=number).exists()


# Why a case is urgent that nobody had marked before its class was chosen.
BY_ITS_CLASS = "Jenisnya ditetapkan serta merta pada langkah {decides}."
# What the public reads where something announced first is diverted: not why, which may tell what is to be excluded.
BEING_TESTED = "Sedang diperiksa apakah isinya perlu dikecualikan."


class PublicationCase(Case, flow="publication"):
    """The seven-step publication flow («pengumuman informasi publik»)."""

    class Meta:
        proxy = True

    def words_to_approve(self):
        """Return the description with its class: the one that the act chooses while step 4 is taken."""
        return {**self.information.description, "category": self._chosen()}

    def what_stands(self, move):
        """Return what step 4 overwrites, beside what every flow keeps."""
        if move.key != DECIDES["publication"]:
            return super().what_stands(move)
        since = self.urgent_since
        return {
            "category": self.information.category,
            "is_urgent": self.is_urgent,
            "urgent_because": self.urgent_because,
            "urgent_since": since and since.isoformat(),
        }

    def _chosen(self):
        if self.announces_first:
            return Category.IMMEDIATE
        act = vars(self).get("act")
        act = act if self.decides or self.is_taken_over else None
        return act.inputs.get("category") if act else self.information.category

    @step(
        "Pembaruan konten",
        asks="Lengkapi apa yang akan diumumkan, lalu teruskan.",
        source=State.UPDATING,
        target=State.COORDINATING,
    )
    def update_content(self):
        """1 · Updating konten informasi publik."""

    @step(
        "Koordinasi pengumpulan",
        asks="Minta dokumennya kepada unit yang menguasainya.",
        source=State.COORDINATING,
        target=State.PREPARING,
    )
    def coordinate(self):
        """2 · Mengkoordinasikan pengumpulan."""

    @step(
        "Penyiapan",
        asks="Unggah dokumennya dan isi keterangan untuk DIP, lalu teruskan.",
        source=State.PREPARING,
        target=State.CLARIFYING,
        requires=[
            HAS_DOCUMENT,
            DOCUMENTS_ARE_A_SOFTCOPY,
            HAS_DIP_FIELDS,
            DOCUMENTS_WERE_READ,
            FINDINGS_ARE_ANSWERED,
        ],
    )
    def prepare(self):
        """3 · Menyiapkan informasi publik."""

    @step(
        "Klarifikasi",
        asks="Tentukan jenisnya dan setujui, atau kembalikan.",
        source=State.CLARIFYING,
        target=State.RELEASING,
        requires=[
            HAS_CATEGORY,
            URGENCY_IS_ANSWERED,
            HAS_DOCUMENT,
            DOCUMENTS_ARE_A_SOFTCOPY,
            GOES_ON_READ,
            IS_NOT_EXCLUDED,
        ],
    )
    def clarify(self):
        """4 · Mengklarifikasi jenis informasi: PPID Utama approves these bytes and chooses the class."""
        self.information.category = self.act.inputs["category"]
        self.information.save(update_fields=["category"])
        is_immediate = self.information.category == Category.IMMEDIATE
        if is_immediate and not self.is_urgent:
            self.urgent_because, self.urgent_since = BY_ITS_CLASS.format(**self.rows_in_words), self.act.at
        self.is_urgent = is_immediate

    @returning("Dikembalikan untuk perbaikan", source=State.CLARIFYING, target=State.PREPARING)
    def return_for_repair(self):
        """4 → 3 · Perlu perbaikan."""

    @ending(Kind.DIVERSION, "Dialihkan ke pengecualian", source=State.CLARIFYING, target=State.DIVERTED)
    def divert(self):
        """4 · The item turns out to need the exclusion flow, which opens at its step 1; it is public no longer."""
        if self.published_first_at is not None:
            shelving.take_off(self, reason=BEING_TESTED)

    @step(
        "Koordinasi publikasi",
        asks="Lepaskan yang sudah disetujui untuk diumumkan.",
        source=State.RELEASING,
        target=State.RENEWING,
        requires=[IS_AS_APPROVED],
    )
    def release(self):
        """5 · Mengkoordinasikan dan mempublikasikan: the hand-over to the operator."""

    @step(
        "Pembaruan berkala",
        asks="Siapkan pengumumannya dari yang sudah disetujui.",
        source=State.RENEWING,
        target=State.PUBLISHING,
        requires=[IS_AS_APPROVED],
    )
    def renew(self):
        """6 · Memperbaharui informasi publik secara berkala."""

    @step(
        "Publikasi",
        asks="Umumkan di portal.",
        source=State.PUBLISHING,
        target=State.PUBLISHED,
        requires=[IS_AS_APPROVED, IS_NOT_EXCLUDED, HAS_DIP_FIELDS],
    )
    def publish(self):
        """7 · Mempublikasikan: the item is on the shelf from here on."""
        shelving.publish(self)

    @reopening(
        "Kembali ke penyiapan karena dokumen berubah",
        source=[State.CLARIFYING, State.RELEASING, State.RENEWING, State.PUBLISHING],
        target=State.PREPARING,
    )
    def reopen(self):
        """4–7 → 3 · A document was added or changed."""

    @sending_back("Dikembalikan", steps=RUNNING["publication"], achieved=State.PUBLISHED)
    def send_back(self):
        """Back to any earlier row of the sheet."""

    @announcing_first(
        "Diumumkan lebih dahulu",
        source=RUNNING["publication"],
        requires=[
            IS_URGENT,
            HAS_DOCUMENT,
            DOCUMENTS_ARE_A_SOFTCOPY,
            HAS_DIP_FIELDS,
            DOCUMENTS_WERE_READ,
            FINDINGS_ARE_ANSWERED,
            IS_NOT_EXCLUDED,
        ],
    )
    def publish_first(self):
        """Make public at once what must not be delayed; the rows of the sheet follow."""
        self.published_first_at = self.act.at
        self.information.category = Category.IMMEDIATE
        self.information.save(update_fields=["category"])
        shelving.publish_first(self)

    @ending(Kind.WITHDRAWAL, "Ditarik", source=RUNNING["publication"], target=State.WITHDRAWN)
    def withdraw(self):
        """Give the case up before its end; what was announced first is public no longer, and the reason is."""
        if self.published_first_at is not None:
            shelving.take_off(self, reason=self.act.note)

    @ending(
        Kind.RETRACTION,
        "Dicabut dari portal",
        source=State.PUBLISHED,
        target=State.RETRACTED,
        requires=[STANDS_ON_THE_SHELF, IS_WHAT_STANDS_THERE, HAS_WHY, HAS_SUCCESSOR],
    )
    def retract(self):
        """Take the published item off the shelf."""
        shelving.retract(self)

    @ending(
        Kind.TAKEOVER,
        "Pindahan",
        source=State.UPDATING,
        target=State.PUBLISHED,
        requires=[HAS_CATEGORY, HAS_DOCUMENT, DOCUMENTS_ARE_A_SOFTCOPY, IS_NOT_EXCLUDED],
    )
    def take_over(self):
        """Put on the shelf what was public elsewhere by a list that was signed: no step of the sheet is taken."""
        self.information.category = self.act.inputs["category"]
        self.information.save(update_fields=["category"])
        shelving.take_over(self)
