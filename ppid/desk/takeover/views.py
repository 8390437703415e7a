"""The pages of taking over a list. The rules are in ``ppid.takeover``."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.views.generic import View

from ppid.desk.account.weighty import Weighty
from ppid.desk.acts import ActPage
from ppid.desk.forms import DeskForm
from ppid.desk.kept_files import SendsKeptFile
from ppid.desk.pages import AppointedPage
from ppid.desk.takeover.forms import DecreeForm, FilesForm, MappingForm, NoteForm, RegisterForm, TableForm
from ppid.flows.models import Case
from ppid.information.classification import ConsequenceTest
from ppid.jobs import somebody_works
from ppid.organisation.models import Unit
from ppid.takeover import deciding, moving, preparing, working
from ppid.takeover.columns import Columns, propose
from ppid.takeover.edition import awaits_edition
from ppid.takeover.files import add_files, let_go
from ppid.takeover.matching import matches_of
from ppid.takeover.models import Register, State, Takeover
from ppid.takeover.permissions import approves_as, lists_seen_by, own_work_on, scope_of, sees
from ppid.takeover.rows import DOUBTS
from ppid.takeover.store import takeover_store
from ppid.web.dates import with_last_day
from ppid.web.paged import PagedList
from ppid.web.parameters import text, whole

MOST_TOLD, MOST_SHOWN = 10, 200
# What becomes of the rows, as who proposes the list reads it.
ONCE_APPROVED = {
    Register.DIP: "Sesudah disetujui, setiap baris tampil di portal. Paspornya menyebut SK ini, dan bahwa langkah SOP "
    "tidak dijalankan di portal ini.",
    Register.DIK: "Sesudah disetujui, setiap baris tercantum dalam DIK yang dibaca publik, dengan surat penetapannya "
    "sendiri atau, bila tabel tidak menyebutnya, dengan SK ini. Lembar ujinya menyebut bahwa uji konsekuensinya tidak "
    "dijalankan di portal ini.",
}
# What the list of rows can be narrowed to: ?tampil= → words, and which rows those are.
SHOWN = {
    "": ("Semua", lambda rows: rows),
    "keliru": ("Keliru", lambda rows: rows.exclude(problems=[])),
    "berkas": ("Dengan berkas", lambda rows: rows.taken().filter(file__isnull=False)),
    "ragu": ("Perlu diperiksa", lambda rows: rows.taken().exclude(doubt_kinds=[])),
    "tidak-diambil": ("Tidak diambil", lambda rows: rows.filter(left_out=True)),
    "gagal": ("Tertinggal", lambda rows: rows.held_back()),
    "ditinggalkan": ("Ditinggalkan", lambda rows: rows.exclude(left_behind="")),
}


@dataclass(frozen=True, slots=True)
class ExcludedWords:
    """What a row of a DIK says, as its page prints it."""

    legal_basis: str
    if_open: str
    if_closed: str
    scope: str
    term: str
    decree: str

    @classmethod
    def of(cls, values: dict) -> "ExcludedWords":
        """Return the words of a row's values; of a row without any, none."""
        test = ConsequenceTest(
            grounds=values.get("grounds", []),
            other_statute=values.get("other_statute", ""),
            conclusion=values.get("scope", ""),
        )
        day, number = _day(values.get("decree_date")), values.get("decree_number", "")
        return cls(
            legal_basis=test.legal_basis if test.grounds else "",
            if_open=values.get("if_open", ""),
            if_closed=values.get("if_closed", ""),
            scope=values.get("scope_said") or test.get_conclusion_display(),
            term=with_last_day(values.get("term", ""), _day(values.get("ends_on"))),
            decree=f"{number}, {date_format(day)}" if day else number,
        )


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


class TakeoverPage(AppointedPage):
    section = "takeovers"

    @cached_property
    def kinds(self) -> list[str]:
        """The registers that the person takes over."""
        return [kind for kind in Register.values if scope_of(self.request.user, on=self.today, kind=kind)]

    @cached_property
    def takeover(self) -> Takeover:
        all_of_them = Takeover.objects.select_related("table", "scan", "default_unit", "uploaded_by", "edition")
        found = get_object_or_404(all_of_them, pk=self.kwargs["pk"])
        if not sees(self.request.user, found, on=self.today):
            raise Http404
        return found

    @property
    def closed(self):
        """The rows whose item is excluded by now, or may come to be, and is not this reader's to know of."""
        secret = Case.objects.secret(on=self.today).exclude(pk__in=self.visible.values("pk"))
        return self.takeover.rows.filter(information__in=secret.values("information"))


class Takeovers(TakeoverPage, PagedList):
    """The lists that were taken over or are being so."""

    template_name = "desk/takeover/takeovers.html"
    context_object_name = "takeovers"
    paginate_by = 30

    def get_queryset(self):
        return lists_seen_by(self.request.user, on=self.today).select_related("table")

    def get_context_data(self, **kwargs):
        both = len(self.kinds) > 1
        return super().get_context_data(may=bool(self.kinds), both=both, why_not=moving.NOT_YOURS, **kwargs)


class Overview(TakeoverPage, PagedList):
    """One list: what was read, what is to be looked at, and how far it is."""

    template_name = "desk/takeover/takeover.html"
    context_object_name = "rows"
    paginate_by = 50

    @cached_property
    def shown(self) -> str:
        asked = text(self.request.GET, "tampil")
        return asked if asked in SHOWN else ""

    def get_queryset(self):
        rows = self.takeover.rows.exclude(pk__in=self.closed.values("pk"))
        return SHOWN[self.shown][1](rows.select_related("case", "information", "file"))

    def paginate_queryset(self, queryset, page_size):
        pages = super().paginate_queryset(queryset, page_size)
        names = dict(Unit.objects.values_list("code", "short_name"))
        for row in pages[1].object_list:
            row.unit_name = names.get(row.values.get("unit", ""), row.values.get("unit_called", ""))
            if self.takeover.kind == Register.DIK:
                row.excluded = ExcludedWords.of(row.values)
        return pages

    def get_context_data(self, **kwargs):
        takeover = self.takeover
        asked = takeover.state in (State.PROPOSED, State.DONE)
        chief = approves_as(self.request.user, on=self.today) if asked else None
        doubts = preparing.open_doubts(takeover) if takeover.state == State.DRAFT else []
        return super().get_context_data(
            takeover=takeover,
            tally=takeover.rows.tally(),
            doubts=doubts,
            settled=takeover.settled.filter(settled_at__gte=takeover.read_at) if takeover.read_at else (),
            tabs=[
                (key, words) for key, (words, _) in SHOWN.items() if key != "berkas" or takeover.kind == Register.DIP
            ],
            shown=self.shown,
            approves=chief is not None,
            own_work=own_work_on(takeover, self.request.user) if chief else "",
            ledger=takeover.ledger.all(),
            because=working.moved_because(takeover) if takeover.sk_date else "",
            unplaced=len(matches_of(takeover).why_not) if takeover.state == State.DRAFT else 0,
            edition=takeover.edition,
            awaits_edition=awaits_edition(takeover),
            nobody_works=takeover.state == State.RUNNING and not somebody_works(),
            **kwargs,
        )


class Upload(TakeoverPage, ActPage):
    template_name = "desk/takeover/upload.html"
    not_yours = moving.NOT_YOURS
    beside = "file"
    done = "Tabel terbaca sebagai {result.register}. Periksa arti setiap kolomnya."

    def may(self):
        return bool(self.kinds)

    def get_form_class(self):
        return RegisterForm if len(self.kinds) > 1 else TableForm

    @property
    def back(self):
        return reverse("desk:takeovers")

    def act(self, form):
        kind = form.cleaned_data.get("kind", self.kinds[0])
        return preparing.upload(form.cleaned_data["file"], kind=kind, actor=self.request.user, at=self.now)

    def get_context_data(self, **kwargs):
        return super().get_context_data(both=len(self.kinds) > 1, **kwargs)

    def onward(self, result):
        return reverse("desk:takeover-columns", args=[result.pk])


class TakeoverAct(TakeoverPage, ActPage):
    """An act on one list."""

    template_name = "desk/takeover/act.html"
    heading = ""
    means: tuple[str, ...] = ()
    button = ""
    tone = "primary"

    @property
    def back(self):
        return self.takeover.get_absolute_url()

    def get_context_data(self, **kwargs):
        about = {"heading": self.heading, "means": self.means, "button": self.button, "tone": self.tone}
        return super().get_context_data(takeover=self.takeover, **about | kwargs)


class Mapping(TakeoverAct):
    """What each column is; sent, the table is read by it."""

    template_name = "desk/takeover/columns.html"
    form_class = MappingForm

    @cached_property
    def tables(self):
        return preparing.tables_of(self.takeover)

    @cached_property
    def place(self) -> int:
        taken = next((n for n, each in enumerate(self.tables) if each.head_row == self.takeover.head_row), 0)
        return whole(self.request.GET, "tabel", otherwise=taken, most=len(self.tables) - 1)

    @property
    def table(self):
        return self.tables[self.place]

    @cached_property
    def columns(self) -> Columns:
        proposed, kept = propose(self.table), self.takeover.targets
        if kept and self.table.head_row == self.takeover.head_row:
            proposed.targets |= {int(column): target for column, target in kept.items()}
        return proposed

    def get_form_kwargs(self):
        scope = scope_of(self.request.user, on=self.today, kind=self.takeover.kind)
        about = {"takeover": self.takeover, "table": self.table, "columns": self.columns, "scope": scope}
        return super().get_form_kwargs() | about

    def act(self, form):
        return preparing.dry_run(
            self.takeover,
            actor=self.request.user,
            place=self.place,
            targets=form.targets,
            way=form.cleaned_data["way"],
            default_unit=form.cleaned_data["default_unit"],
            unit_names=self.takeover.unit_names | form.unit_names,
            at=self.now,
        )

    def told(self, result):
        tally = result.rows.tally()
        read = f"{tally['all']} baris dibaca: {tally['taken']} dapat diambil, {tally['bad']} keliru."
        return f"{read} Belum ada yang diambil."

    def get_context_data(self, **kwargs):
        names = [(n, each.name, len(each.rows)) for n, each in enumerate(self.tables)]
        said = [*self.table.sheet.said, *self.table.said, *self.columns.personal.values()]
        if -1 in self.columns.doubts:
            said.append(self.columns.doubts[-1])
        return super().get_context_data(tables=names, place=self.place, said=said, **kwargs)


class Settle(TakeoverAct):
    """Look at all doubts of a kind, and let the rows be taken as they are."""

    template_name = "desk/takeover/settle.html"
    form_class = DeskForm
    done = "Dicatat sebagai sudah diperiksa."

    @cached_property
    def kind(self) -> str:
        if self.kwargs["kind"] not in DOUBTS:
            raise Http404
        return self.kwargs["kind"]

    def act(self, form):
        return preparing.settle(self.takeover, self.kind, actor=self.request.user, at=self.now)

    def get_context_data(self, **kwargs):
        rows = self.takeover.rows.taken().filter(doubt_kinds__contains=[self.kind])
        sentences = [said for row in rows[:200] for kind, said in row.doubts if kind == self.kind]
        about = {"kind_name": DOUBTS[self.kind], "sentences": sentences, "count": rows.count()}
        return super().get_context_data(**about | kwargs)


class LeaveOut(TakeoverAct):
    """Leave a row out, or take it after all."""

    button = "Simpan"

    @cached_property
    def row(self):
        return get_object_or_404(self.takeover.rows, pk=self.kwargs["row"])

    @property
    def heading(self):
        return f"Ambil lagi baris {self.row.number}" if self.row.left_out else f"Jangan ambil baris {self.row.number}"

    @property
    def means(self):
        what = self.row.values.get("title") or "(tanpa judul)"
        return (f"«{what}»", *self.row.doubt_sentences, "Tabel yang diunggah tidak berubah.")

    def act(self, form):
        return preparing.leave_out(
            self.takeover, [self.row.pk], actor=self.request.user, out=not self.row.left_out, at=self.now
        )

    done = "Disimpan."


class Files(TakeoverAct):
    """The files that come with the list: which row has which, and what fits nowhere."""

    template_name = "desk/takeover/files.html"
    form_class = FilesForm
    beside = "files"

    def guard(self):
        if self.takeover.kind == Register.DIK:
            raise Http404

    def act(self, form):
        return add_files(self.takeover, form.cleaned_data["files"], actor=self.request.user, at=self.now)

    def onward(self, result):
        return self.request.path

    def told(self, result):
        for sentence in result.said[:MOST_TOLD]:
            messages.warning(self.request, sentence)
        if more := result.said[MOST_TOLD:]:
            messages.warning(self.request, f"Dan {len(more)} kalimat lagi seperti itu.")
        return f"{result.files} berkas diterima. Sekarang {result.rows} baris mempunyai berkas."

    def get_context_data(self, **kwargs):
        takeover = self.takeover
        why_not = matches_of(takeover).why_not
        unplaced = takeover.files.filter(pk__in=list(why_not)[:MOST_SHOWN])
        lacking = takeover.rows.taken().filter(doubt_kinds__contains=["file"])
        about = {
            "unplaced": [(file, why_not[file.pk]) for file in unplaced],
            "unplaced_count": len(why_not),
            "lacking": lacking[:MOST_SHOWN],
            "lacking_count": lacking.count(),
            "with_file": takeover.rows.taken().filter(file__isnull=False).count(),
        }
        return super().get_context_data(**about | kwargs)


class LetGo(TakeoverAct):
    """Let the file of a row go."""

    button = "Lepaskan berkas"
    done = "Berkas dilepaskan dari barisnya."

    @cached_property
    def row(self):
        return get_object_or_404(
            self.takeover.rows.select_related("file").filter(file__isnull=False), pk=self.kwargs["row"]
        )

    @property
    def heading(self):
        return f"Lepaskan berkas baris {self.row.number}"

    @property
    def means(self):
        return (f"«{self.row.file.filename}» tidak lagi menjadi berkas «{self.row.values['title']}».",)

    def act(self, form):
        return let_go(self.takeover, self.row, actor=self.request.user, at=self.now)


class KeepEdition(TakeoverAct):
    button = "Simpan sebagai edisi"
    done = "Disimpan sebagai edisi {result.register}."

    @property
    def heading(self):
        return f"Simpan sebagai edisi {self.takeover.register}"

    @property
    def means(self):
        edition = f"edisi {self.takeover.register} dengan SK daftar ini"
        return (f"Baris-baris yang diambil disimpan sebagai {edition}, dan tampil di portal.",)

    def act(self, form):
        return working.keep_as_edition(self.takeover, actor=self.request.user, at=self.now)


class Begin(TakeoverAct):
    heading = "Jadikan proses"
    means = (
        "Setiap baris yang dapat diambil menjadi proses pengumuman yang menunggu di langkah 1 menurut SOP unitnya.",
        "Pekerjaan ini berjalan di latar; kalau terputus, dilanjutkan tanpa ada yang berulang.",
    )
    button = "Jadikan proses"
    done = "Pekerjaan dimulai."

    def act(self, form):
        return deciding.begin(self.takeover, actor=self.request.user, at=self.now)


class Propose(TakeoverAct):
    form_class = DecreeForm
    heading = "Ajukan pindahan"
    button = "Ajukan kepada PPID Utama"
    done = "Diajukan kepada PPID Utama."

    @property
    def means(self):
        return (
            "PPID Utama menyetujui daftar ini sebagai satu kesatuan. Yang mengunggah, mengajukan, atau memeriksanya "
            "tidak dapat menyetujuinya.",
            ONCE_APPROVED[self.takeover.kind],
        )

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"register": self.takeover.register}

    def act(self, form):
        return deciding.propose(self.takeover, actor=self.request.user, at=self.now, **form.cleaned_data)


class Approve(Weighty, TakeoverAct):
    template_name = "desk/takeover/approve.html"
    heading = "Setujui pindahan"
    button = "Setujui pindahan"
    done = "Disetujui. Baris-barisnya mulai dikerjakan."

    def may(self):
        return approves_as(self.request.user, on=self.today) is not None

    not_yours = "Yang menyetujui pindahan adalah PPID Utama yang penugasannya berlaku."

    def act(self, form):
        return deciding.approve(self.takeover, actor=self.request.user, at=self.now)

    def get_context_data(self, **kwargs):
        more = {"tally": self.takeover.rows.tally(), "because": working.moved_because(self.takeover)}
        return super().get_context_data(own_work=own_work_on(self.takeover, self.request.user), **more | kwargs)


class SendBack(TakeoverAct):
    form_class = NoteForm
    heading = "Kembalikan daftar"
    means = ("Daftar ini kembali disiapkan, dengan alasan Anda.",)
    button = "Kembalikan"
    beside = "note"
    done = "Dikembalikan."

    def act(self, form):
        return deciding.send_back(self.takeover, actor=self.request.user, note=form.cleaned_data["note"], at=self.now)


class GiveUp(TakeoverAct):
    heading = "Batalkan ambil alih"
    means = ("Tidak ada yang diambil dari tabel ini. Riwayat dan tabelnya tetap tersimpan.",)
    button = "Batalkan"
    tone = "danger"
    done = "Ambil alih dibatalkan."

    def act(self, form):
        return deciding.give_up(self.takeover, actor=self.request.user, at=self.now)


class CarryOn(TakeoverAct):
    """Do some rows now, where no worker is about."""

    heading = "Kerjakan sekarang"
    means = ("Tidak ada pekerja latar yang berjalan. Paling banyak 100 baris dikerjakan setiap kali.",)
    button = "Kerjakan 100 baris"

    def act(self, form):
        return working.carry_on(self.takeover.pk, most=100)

    def told(self, result):
        return "Masih ada baris yang menunggu." if result else "Semua baris sudah dikerjakan."


class TryAgain(TakeoverAct):
    heading = "Coba lagi yang tertinggal"
    means = ("Baris yang belum dapat dikerjakan dicoba sekali lagi.",)
    button = "Coba lagi"
    done = "Dicoba lagi."

    def act(self, form):
        return deciding.try_again(self.takeover, actor=self.request.user, at=self.now)


class LeaveBehind(TakeoverAct):
    """End a list without the rows that could not be done."""

    form_class = NoteForm
    heading = "Tinggalkan yang tertinggal"
    button = "Tinggalkan baris itu"
    tone = "danger"
    beside = "note"
    done = "Baris itu ditinggalkan. Daftar ini selesai tanpa dia."
    not_yours = "Baris yang tertinggal ditinggalkan oleh PPID Utama yang penugasannya berlaku."

    def may(self):
        return approves_as(self.request.user, on=self.today) is not None

    @property
    def means(self):
        rows = self.takeover.rows.held_back()
        named = [f"Baris {row.number}, «{row.values['title']}»: {row.failed}" for row in rows[:MOST_TOLD]]
        if more := rows.count() - len(named):
            named.append(f"Dan {more} baris lagi.")
        if self.takeover.is_moved:
            named.append(
                "Daftar ini tersimpan sebagai edisi tanpa baris itu; edisinya menyebut berapa yang tidak ikut."
            )
        return (*named, "Baris itu tidak dicoba lagi. Alasan Anda tercatat dalam riwayat.")

    def act(self, form):
        return deciding.leave_behind(
            self.takeover, actor=self.request.user, note=form.cleaned_data["note"], at=self.now
        )


class File(TakeoverPage, SendsKeptFile, View):
    """The table, the scan of its decree, or a file that came with the list."""

    def get(self, request, pk, file):
        kept = next((each for each in (self.takeover.table, self.takeover.scan) if each and each.pk == file), None)
        kept = kept or get_object_or_404(self.takeover.files.filter(is_content=True), pk=file)
        # The table and the decree name every row.
        closed = self.closed.filter(file=kept) if kept.is_content else self.closed
        if closed.exists():
            raise Http404
        return self.send(takeover_store(), kept.sha256, media_type=kept.media_type, filename=kept.filename)
