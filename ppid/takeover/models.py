"""A list that an office takes over: the file, its rows as they were read, who settled what, and what became of each."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from ppid.chain.triggers import chained, chained_later
from ppid.editions.models import RegisterEdition
from ppid.flows.models import Case
from ppid.information.models import Information
from ppid.organisation.models import Appointment, Unit, User
from ppid.organisation.people_ledger import hands_of
from ppid.takeover.rows import DOUBTS
from ppid.triggers import kept, never_emptied, refuses


class Register(models.TextChoices):
    DIP = "dip", "DIP: Daftar Informasi Publik"
    DIK = "dik", "DIK: Daftar Informasi yang Dikecualikan"


class Way(models.TextChoices):
    CASES = "cases", "Sebagai proses: setiap baris menjadi proses pengumuman di langkah 1"
    MOVED = "moved", "Pindahan: sudah ditetapkan dengan SK, langsung tampil di portal sesudah disetujui"


MOVED_TO_DIK = "Pindahan: sudah ditetapkan dengan SK, langsung tercantum dalam DIK sesudah disetujui"


class State(models.TextChoices):
    DRAFT = "draft", "Disiapkan"
    PROPOSED = "proposed", "Menunggu persetujuan"
    RUNNING = "running", "Sedang dikerjakan"
    DONE = "done", "Selesai"
    GIVEN_UP = "given_up", "Dibatalkan"


MOVES = [
    (State.DRAFT, State.PROPOSED),
    (State.PROPOSED, State.DRAFT),
    (State.PROPOSED, State.RUNNING),
    (State.DRAFT, State.RUNNING),
    (State.RUNNING, State.DONE),
    (State.DONE, State.RUNNING),
    (State.DRAFT, State.GIVEN_UP),
    (State.PROPOSED, State.GIVEN_UP),
]
# What was prepared and is proposed, and stays as it was proposed.
_PREPARED = ["way", "default_unit", "sheet", "head_row", "targets", "unit_names", "read_at"]
_PREPARED += ["sk_number", "sk_date", "scan", "proposed_by", "proposed_at"]
_BEGUN = ["kind", "table", "uploaded_by", "uploaded_name", "uploaded_at"]
_READ = ["number", "values", "problems", "doubts", "doubt_kinds", "left_out"]


class TakeoverFile(models.Model):
    """A file of a takeover in its store: the table, the scan of the SK, or one that belongs to a row."""

    takeover = models.ForeignKey("Takeover", models.PROTECT, null=True, related_name="files")
    filename = models.CharField("nama berkas", max_length=200)
    media_type = models.CharField("jenis berkas", max_length=120)
    size = models.PositiveBigIntegerField("ukuran", help_text="bytes")
    sha256 = models.CharField(max_length=64, db_index=True)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="diunggah oleh")
    uploaded_at = models.DateTimeField("diunggah pada")
    is_content = models.BooleanField("isi baris", default=False)

    class Meta:
        verbose_name = "berkas ambil alih"
        ordering = ["pk"]
        triggers = [
            pgtrigger.ReadOnly(name="file_stays", exclude=["takeover"]),
            chained(leaving=["takeover"]),
            pgtrigger.Protect(name="file_is_kept", operation=pgtrigger.Delete),
            never_emptied(),
            refuses(
                "file_leaves_a_draft_only",
                "a file leaves its list while that is a draft and no row has it",
                """
                    OLD.takeover_id IS NOT NULL AND (
                        NOT EXISTS (SELECT 1 FROM takeover_takeover WHERE id = OLD.takeover_id AND state = 'draft')
                        OR EXISTS (SELECT 1 FROM takeover_takeoverrow WHERE file_id = OLD.id)
                    )
                """,
                on=pgtrigger.Update,
                condition=pgtrigger.AnyChange("takeover"),
            ),
        ]

    def __str__(self):
        return self.filename


class Takeover(models.Model):
    """One list taken over. ``targets`` says what each column is, by its place; ``unit_names`` which unit a name means.

    Nothing of it changes once it was proposed, but for what becomes of it; each of its moves has its ledger row.
    """

    kind = models.CharField("daftar", max_length=3, choices=Register, default=Register.DIP)
    way = models.CharField("cara", max_length=5, choices=Way, blank=True)
    default_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="unit untuk baris tanpa unit"
    )
    table = models.OneToOneField(TakeoverFile, models.PROTECT, related_name="+", verbose_name="berkas tabel")
    sheet = models.CharField("lembar", max_length=200, blank=True)
    head_row = models.PositiveIntegerField("baris judul kolom", null=True)
    targets = models.JSONField("arti kolom", default=dict)
    unit_names = models.JSONField("nama unit", default=dict)
    read_at = models.DateTimeField("dibaca pada", null=True)
    sk_number = models.CharField("nomor SK penetapan", max_length=120, blank=True)
    sk_date = models.DateField("tanggal SK", null=True, blank=True)
    scan = models.OneToOneField(
        TakeoverFile, models.PROTECT, null=True, related_name="+", verbose_name="pindaian SK bertanda tangan"
    )
    state = models.CharField("keadaan", max_length=8, choices=State, default=State.DRAFT)
    moves = models.PositiveIntegerField("jumlah gerak", default=0)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="diunggah oleh")
    uploaded_name = models.CharField("nama pengunggah", max_length=150)
    uploaded_at = models.DateTimeField("diunggah pada")
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="diajukan oleh")
    proposed_at = models.DateTimeField("diajukan pada", null=True)
    approved_as = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="disetujui oleh")
    approved_name = models.CharField("nama penyetuju", max_length=150, blank=True)
    approved_at = models.DateTimeField("disetujui pada", null=True)
    edition = models.OneToOneField(
        RegisterEdition, models.PROTECT, null=True, related_name="taken_over_as", verbose_name="edisi"
    )

    class Meta:
        verbose_name = "ambil alih"
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="takeover_way_is_known", condition=Q(way__in=["", *Way.values])),
            models.CheckConstraint(
                name="takeover_kind_is_known", condition=Q(kind="dip") | Q(kind="dik", way__in=["", "moved"])
            ),
            models.CheckConstraint(name="takeover_state_is_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="what_is_moved_has_its_decree",
                condition=~Q(way="moved", state__in=["proposed", "running", "done"])
                | ~Q(sk_number="") & Q(sk_date__isnull=False, scan__isnull=False, proposed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="what_is_moved_was_approved",
                condition=Q(state__in=["running", "done"], way="moved", approved_by__isnull=False)
                & Q(approved_as__isnull=False, approved_at__isnull=False)
                & ~Q(approved_name="")
                | ~Q(state__in=["running", "done"], way="moved")
                & Q(approved_by__isnull=True, approved_at__isnull=True),
            ),
            models.CheckConstraint(
                name="nobody_approves_their_own_list",
                condition=Q(approved_by__isnull=True)
                | ~Q(approved_by=F("uploaded_by")) & ~Q(approved_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="what_runs_has_its_way", condition=Q(state__in=["draft", "given_up"]) | ~Q(way="")
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="takeover_is_kept", operation=pgtrigger.Delete),
            never_emptied(),
            pgtrigger.ReadOnly(name="takeover_keeps_its_table", fields=_BEGUN),
            chained(only=_BEGUN),
            pgtrigger.FSM(name="takeover_moves", field="state", transitions=[(str(a), str(b)) for a, b in MOVES]),
            refuses(
                "takeover_starts_as_a_draft",
                "a takeover starts as a draft",
                "NEW.state <> 'draft' OR NEW.moves <> 0",
            ),
            refuses(
                "takeover_moves_with_its_ledger",
                "a takeover moves with its ledger row only",
                """
                    NEW.moves <> OLD.moves + 1 OR NOT EXISTS (
                        SELECT 1 FROM takeover_takeovermove
                        WHERE takeover_id = OLD.id AND sequence = NEW.moves
                          AND from_state = OLD.state AND to_state = NEW.state
                    )
                """,
                on=pgtrigger.Update,
                condition=pgtrigger.AnyChange("state", "moves", "approved_by", "approved_as", "approved_at"),
            ),
            refuses(
                "what_was_proposed_stays",
                "what was proposed stays as it was",
                "OLD.state <> 'draft'",
                on=pgtrigger.Update,
                condition=pgtrigger.AnyChange(*_PREPARED),
            ),
            refuses(
                "list_is_approved_by_a_stranger_to_it",
                "nobody approves their own work",
                f"""
                    NEW.approved_by_id IS NOT NULL AND (
                        EXISTS (
                            SELECT 1 FROM {hands_of("NEW.approved_by_id")} hand
                            WHERE hand.id IN (NEW.uploaded_by_id, NEW.proposed_by_id) OR EXISTS (
                                SELECT 1 FROM takeover_settleddoubt
                                WHERE takeover_id = NEW.id AND settled_by_id = hand.id
                            ) OR EXISTS (
                                SELECT 1 FROM takeover_takeoverfile
                                WHERE takeover_id = NEW.id AND is_content AND uploaded_by_id = hand.id
                            )
                        ) OR NOT EXISTS (
                            SELECT 1 FROM organisation_appointment held
                            JOIN organisation_role role ON role.id = held.role_id
                            WHERE held.id = NEW.approved_as_id AND held.user_id = NEW.approved_by_id
                              AND role.code = 'ppid_utama'
                        )
                    )
                """,  # noqa: S608 - words of this house
                on=pgtrigger.Update,
                condition=pgtrigger.AnyChange("approved_by", "approved_as"),
            ),
            refuses(
                "list_has_one_edition",
                "a list becomes an edition once, when all of it that was moved is done",
                "OLD.edition_id IS NOT NULL OR NEW.way <> 'moved' OR NEW.state <> 'done'",
                on=pgtrigger.Update,
                condition=pgtrigger.AnyChange("edition"),
            ),
        ]

    def __str__(self):
        return self.table.filename

    def get_absolute_url(self):
        return reverse("desk:takeover", args=[self.pk])

    @property
    def register(self) -> str:
        """What the list is called where it is named: «DIP» or «DIK»."""
        return self.kind.upper()

    @property
    def way_in_words(self) -> str:
        """How the list is taken over, and where its rows stand then."""
        return MOVED_TO_DIK if self.kind == Register.DIK and self.is_moved else self.get_way_display()

    @property
    def is_moved(self) -> bool:
        return self.way == Way.MOVED

    @property
    def settled_kinds(self) -> set[str]:
        """The kinds of doubts that somebody looked at since the table was last read."""
        if self.read_at is None:
            return set()
        return set(self.settled.filter(settled_at__gte=self.read_at).values_list("kind", flat=True))


class TakeoverMove(models.Model):
    """A row of the ledger: who moved the takeover, from where to where, and why."""

    takeover = models.ForeignKey(Takeover, models.PROTECT, related_name="ledger")
    sequence = models.PositiveIntegerField("urutan")
    from_state = models.CharField("dari", max_length=8, choices=State)
    to_state = models.CharField("ke", max_length=8, choices=State)
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="oleh")
    actor_name = models.CharField("nama", max_length=150, blank=True)
    at = models.DateTimeField("pada")
    note = models.TextField("catatan", blank=True)

    class Meta:
        verbose_name = "riwayat ambil alih"
        ordering = ["takeover", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["takeover", "sequence"], name="takeover_moved_once"),
            models.CheckConstraint(
                name="only_the_portal_ends_a_takeover", condition=Q(actor__isnull=False) | Q(to_state="done")
            ),
        ]
        triggers = [
            kept(),
            chained(),
            never_emptied(),
            refuses(
                "move_starts_where_its_takeover_stands",
                "a move starts where its takeover stands",
                """
                    NOT EXISTS (
                        SELECT 1 FROM takeover_takeover
                        WHERE id = NEW.takeover_id AND state = NEW.from_state AND moves = NEW.sequence - 1
                    )
                """,
            ),
            refuses(
                "move_moves_its_takeover",
                "a ledger row without its move",
                "NOT EXISTS (SELECT 1 FROM takeover_takeover WHERE id = NEW.takeover_id AND moves >= NEW.sequence)",
                at_commit=True,
            ),
        ]

    def __str__(self):
        return f"{self.takeover_id}: {self.from_state} → {self.to_state}"


class TakeoverRowQuerySet(models.QuerySet):
    def taken(self):
        """Keep the rows that are taken over: nothing is wrong with them and nobody left them out."""
        return self.filter(problems=[], left_out=False)

    def waiting(self):
        """Keep those of them that are still to be done."""
        return self.taken().filter(done_at__isnull=True, failed="")

    def held_back(self):
        """Keep those that could not be done, and that nobody left behind."""
        return self.taken().filter(done_at__isnull=True, left_behind="").exclude(failed="")

    def waiting_or_held_back(self):
        """Keep those of the rows taken that are still to be done, whatever keeps them."""
        return self.taken().filter(done_at__isnull=True, left_behind="")

    def tally(self) -> dict[str, int]:
        """Return how many rows there are of each kind, in one query."""
        taken, held_back = Q(problems=[], left_out=False), Q(done_at__isnull=True, left_behind="") & ~Q(failed="")
        return self.aggregate(
            all=models.Count("pk"),
            bad=models.Count("pk", filter=~Q(problems=[])),
            out=models.Count("pk", filter=Q(problems=[], left_out=True)),
            doubtful=models.Count("pk", filter=taken & ~Q(doubt_kinds=[])),
            taken=models.Count("pk", filter=taken),
            done=models.Count("pk", filter=Q(done_at__isnull=False)),
            failed=models.Count("pk", filter=held_back),
            left_behind=models.Count("pk", filter=~Q(left_behind="")),
            with_file=models.Count("pk", filter=taken & Q(file__isnull=False)),
        )


class TakeoverRow(models.Model):
    """A row of the list as it was read, and the case that it became; ``failed`` says why it could not, for now.

    ``left_behind`` says why a row that could not be done is not tried any more.
    """

    takeover = models.ForeignKey(Takeover, models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField("baris")
    values = models.JSONField("nilai")
    problems = models.JSONField("kekeliruan", default=list)
    doubts = models.JSONField("keraguan", default=list)
    doubt_kinds = ArrayField(models.CharField(max_length=20), default=list)
    left_out = models.BooleanField("tidak diambil", default=False)
    file = models.ForeignKey(TakeoverFile, models.PROTECT, null=True, related_name="rows", verbose_name="berkas")
    case = models.OneToOneField(Case, models.PROTECT, null=True, related_name="taken_over_as")
    information = models.OneToOneField(Information, models.PROTECT, null=True, related_name="taken_over_as")
    done_at = models.DateTimeField("dikerjakan pada", null=True)
    failed = models.TextField("belum dapat dikerjakan karena", blank=True)
    left_behind = models.TextField("ditinggalkan karena", blank=True)

    objects = TakeoverRowQuerySet.as_manager()

    class Meta:
        verbose_name = "baris ambil alih"
        ordering = ["takeover", "number"]
        constraints = [
            models.UniqueConstraint(fields=["takeover", "number"], name="takeover_row_once"),
            models.CheckConstraint(
                name="done_row_has_its_case",
                condition=Q(done_at__isnull=True, case__isnull=True, information__isnull=True)
                | Q(done_at__isnull=False, case__isnull=False, information__isnull=False, problems=[], left_out=False),
            ),
            models.CheckConstraint(
                name="what_could_not_be_done_is_left_behind",
                condition=Q(left_behind="") | Q(done_at__isnull=True) & ~Q(failed=""),
            ),
        ]
        triggers = [
            never_emptied(),
            chained_later("done", *_READ, "takeover", "file", "case", "information", "done_at", mark="done_at"),
            refuses(
                "row_is_written_in_a_draft",
                "a row is read and left out while its takeover is a draft",
                "NOT EXISTS (SELECT 1 FROM takeover_takeover WHERE id = NEW.takeover_id AND state = 'draft')",
            ),
            refuses(
                "row_stays_as_it_was_proposed",
                "a row is read and left out while its takeover is a draft",
                "NOT EXISTS (SELECT 1 FROM takeover_takeover WHERE id = OLD.takeover_id AND state = 'draft')",
                on=pgtrigger.Update,
                condition=pgtrigger.AnyChange(*_READ, "takeover", "file"),
            ),
            refuses(
                "row_has_a_file_of_its_list",
                "the file of a row was sent for its list",
                """
                    NEW.file_id IS NOT NULL AND NOT EXISTS (
                        SELECT 1 FROM takeover_takeoverfile
                        WHERE id = NEW.file_id AND takeover_id = NEW.takeover_id AND is_content
                    )
                """,
                on=pgtrigger.Insert | pgtrigger.Update,
            ),
            refuses(
                "row_is_forgotten_in_a_draft",
                "a row is forgotten while its takeover is a draft",
                "NOT EXISTS (SELECT 1 FROM takeover_takeover WHERE id = OLD.takeover_id AND state = 'draft')",
                on=pgtrigger.Delete,
            ),
            refuses(
                "row_is_done_once",
                "a row is done once, while its takeover runs",
                """
                    OLD.done_at IS NOT NULL OR NOT EXISTS (
                        SELECT 1 FROM takeover_takeover WHERE id = OLD.takeover_id AND state = 'running'
                    )
                """,
                on=pgtrigger.Update,
                condition=pgtrigger.AnyChange("case", "information", "done_at", "failed"),
            ),
            refuses(
                "row_is_left_behind_once",
                "a row is left behind once, by PPID Utama and with the list's ledger, when the others are done",
                """
                    OLD.left_behind <> '' OR NOT EXISTS (
                        SELECT 1 FROM takeover_takeovermove made
                        JOIN takeover_takeover list ON list.id = made.takeover_id AND list.moves = made.sequence
                        JOIN organisation_appointment held ON held.user_id = made.actor_id AND NOT held.is_void
                        JOIN organisation_role role ON role.id = held.role_id AND role.code = 'ppid_utama'
                        WHERE list.id = OLD.takeover_id AND made.from_state = 'done' AND made.to_state = 'running'
                          AND made.note <> ''
                    )
                """,
                on=pgtrigger.Update,
                condition=pgtrigger.AnyChange("left_behind"),
            ),
        ]

    def __str__(self):
        return f"Baris {self.number}"

    @property
    def doubt_sentences(self) -> list[str]:
        return [sentence for _, sentence in self.doubts]


class SettledDoubt(models.Model):
    """A person looked at all doubts of a kind and lets the rows be taken as they are."""

    takeover = models.ForeignKey(Takeover, models.PROTECT, related_name="settled")
    kind = models.CharField("keraguan", max_length=20, choices=DOUBTS)
    rows = models.PositiveIntegerField("jumlah baris")
    settled_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="diperiksa oleh")
    settled_name = models.CharField("nama pemeriksa", max_length=150)
    settled_at = models.DateTimeField("diperiksa pada")

    class Meta:
        verbose_name = "keraguan yang diperiksa"
        ordering = ["takeover", "pk"]
        triggers = [kept(), chained(), never_emptied()]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.rows} baris"
