"""Each thing that an office needs before its first case, judged from what is there; nothing is ticked by hand."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from ppid.desk.setup.backups import last_backup, last_restore_tried, restore_was_tried
from ppid.flows.models import Case
from ppid.organisation.actions import CHIEF, manages_people
from ppid.organisation.deciding import listed
from ppid.organisation.models import Appointment, Role, Unit, User
from ppid.pages.models import PageText
from ppid.shelf.page_kinds import PAGE_KINDS
from ppid.web.moments import in_words
from ppid.worktime.actions import keeps_calendar
from ppid.worktime.models import Holiday
from sop import permissions
from sop.models import UNDECIDED, Performer, PerformerRole, Sop, SopVersion
from sop.own_work import approvers

MACHINE = "bagian teknologi informasi"  # who has the terminal
PUBLICATION, EXCLUSION = Sop.Flow.PUBLICATION, Sop.Flow.EXCLUSION


class Lack(NamedTuple):
    """A part of what is missing, and why it matters."""

    what: str
    why: str


class Way(NamedTuple):
    """A button: where it leads, or with ``is_act`` what it does at once."""

    words: str
    url: str
    is_act: bool = False


@dataclass(frozen=True)
class Line:
    """One thing of the checklist. ``whom`` is who does it when it isn't the reader; ``after`` what comes before it."""

    key: str
    icon: str
    title: str
    is_done: bool
    words: str
    lacks: tuple[Lack, ...] = ()
    ways: tuple[Way, ...] = ()
    whom: str = ""


class Office:
    """The office on a day as ``reader`` sees it: what it has, what it lacks."""

    def __init__(self, reader: User, on: date):
        self.reader, self.on = reader, on

    @cached_property
    def has_begun(self) -> bool:
        """Whether any publication was ever opened: that an exclusion was, concerns those who know of it alone."""
        return Case.objects.filter(flow="publication").exists()

    @cached_property
    def required(self) -> list[Line]:
        return [self.chief(), self.units(), self.officers(PUBLICATION), self.sheet(PUBLICATION), self.calendar()]

    @cached_property
    def advised(self) -> list[Line]:
        return [
            self.officers(EXCLUSION),
            self.sheet(EXCLUSION),
            self.contact(),
            self.pages(),
            self.mail(),
            self.backup(),
        ]

    @property
    def next(self) -> Line | None:
        """The first required thing that the reader can do something about, else the first that isn't done."""
        left = [line for line in self.required if not line.is_done]
        return next((line for line in left if line.ways), left[0] if left else None)

    @property
    def done(self) -> int:
        return sum(line.is_done for line in self.required)

    @property
    def is_ready(self) -> bool:
        """Whether the first case can be opened and walk to its end."""
        return self.done == len(self.required)

    @cached_property
    def manages(self) -> bool:
        return manages_people(self.reader, on=self.on)

    @cached_property
    def keeps(self) -> bool:
        return permissions.keeps_any(self.reader, on=self.on)

    def chief(self) -> Line:
        held = Appointment.objects.in_force(on=self.on).filter(role__code=CHIEF).select_related("user", "role")
        first = held.definitive_first().first()
        words = "Belum ada. Ditunjuk di terminal server dengan «manage.py appoint»."
        if first:
            who = f"Anda, {first.user.name}" if first.user_id == self.reader.pk else first.user.name
            words = f"{who}, {first.acting_as}, sejak {date_format(first.starts_on)}."
        return Line("chief", "user", "PPID Utama ditunjuk", bool(first), words, whom=MACHINE)

    def units(self) -> Line:
        number = Unit.objects.filter(is_active=True).count()
        words = f"{number} perangkat daerah tercatat." if number else "Belum ada unit kerja."
        ways = (Way("Periksa namanya", reverse("desk:units")),) if self.manages else ()
        return Line("units", "building-office-2", "Unit kerja", number > 0, words, ways=ways, whom="PPID Utama")

    def officers(self, flow: str) -> Line:
        lacks = self.unheld(flow)
        title = "Petugas untuk setiap peran" if flow == PUBLICATION else "Petugas pengecualian"
        if lacks:
            words = f"{len(lacks)} peran belum ada orangnya. Tanpa mereka, proses berhenti di langkahnya."
        else:
            words = "Setiap langkah lembar ini ada petugasnya."
        ways = (Way("Tambah petugas", reverse("desk:person-add")),) if self.manages and lacks else ()
        return Line(f"officers-{flow}", "user-plus", title, not lacks, words, lacks=lacks, ways=ways, whom="PPID Utama")

    def unheld(self, flow: str) -> tuple[Lack, ...]:
        """Return the columns of the flow's sheet, or before there is one its roles, that nobody holds."""
        held = Appointment.objects.in_force(on=self.on)
        version = self.newest(flow)
        if version is None:
            roles = Role.objects.filter(code__in=_ROLES[flow]).filter(~Exists(held.filter(role=OuterRef("pk"))))
            return tuple(Lack(role.name, "") for role in roles.order_by("pk"))
        filled = PerformerRole.objects.filter(performer=OuterRef("pk"), role__in=held.values("role"))
        empty = Performer.objects.filter(~Exists(filled), version=version).order_by("position")
        rows = [
            (activity.number, activity.performer_id, activity.last_performer_id)
            for activity in version.activities.all()
        ]
        return tuple(
            Lack(column.label, _steps([number for number, *columns in rows if column.pk in columns]))
            for column in empty
        )

    def newest(self, flow: str) -> SopVersion | None:
        """Return the city's sheet of the flow: the one in force, else the one being prepared."""
        versions = SopVersion.objects.filter(sop__flow=flow, sop__is_master=True).select_related("sop__unit")
        return self.in_force(flow) or versions.filter(state__in=UNDECIDED).order_by("-version").first()

    def in_force(self, flow: str) -> SopVersion | None:
        return runs(flow, on=self.on).filter(sop__is_master=True).select_related("sop__unit").first()

    def sheet(self, flow: str) -> Line:
        what = "pengumuman" if flow == PUBLICATION else "pengecualian"
        version = self.newest(flow)
        line = {"key": f"sheet-{flow}", "icon": "clipboard-document-check", "title": f"SOP {what} yang berlaku"}
        if version is None:
            ways = (
                Way("Ambil kedua lembar bawaan", reverse("desk:setup-sheets"), is_act=True),
                Way("Impor lembar sendiri", reverse("desk:sop-import")),
            )
            words = "Belum ada lembarnya. Dua lembar bawaan siap diambil, atau impor lembar kantor Anda sendiri."
            return Line(**line, is_done=False, words=words, ways=ways if self.keeps else (), whom="PPID Utama")
        ways = (Way("Buka lembar", version.get_absolute_url()),)
        if version.state == SopVersion.State.APPROVED:
            words = (
                f"«{version.sop.title}», versi {version.version}, berlaku sejak {date_format(version.in_force_from)}."
            )
            return Line(**line, is_done=True, words=words, ways=ways)
        return Line(**line, is_done=False, **self.undecided(version))

    def undecided(self, version: SopVersion) -> dict:
        """Say what a sheet still waits for: to be handed in, or to be approved by somebody else."""
        here = version.get_absolute_url()
        if version.state == SopVersion.State.DRAFT:
            words = "Lembarnya masih draf. Baca, lalu ajukan; yang mengajukan tidak menyetujui, jadi perlu dua orang."
            ways = (Way("Baca dan ajukan", here),) if self.keeps else ()
            return {"words": words, "ways": ways, "whom": f"Pengelola SOP {version.sop.unit.name}"}
        deciders = approvers(version, on=self.on)
        words = f"Lembarnya sudah diajukan dan menunggu persetujuan. {deciders.who_instead}"
        if any(each.user_id == self.reader.pk for each in deciders.free):
            approve = reverse("desk:sop-approve", args=[version.sop.slug, version.version])
            return {"words": words, "ways": (Way("Baca dan setujui", approve),)}
        if not deciders.free:
            words += (
                " Orang kedua itu boleh ditunjuk hari ini juga: catat seorang Plh PPID Utama dengan surat perintahnya. "
                "Ia masuk, mengganti kata sandi pertamanya, membaca lembar ini, lalu menyetujuinya."
            )
            add = (Way("Tambah orang kedua", reverse("desk:person-add")),) if self.manages else ()
            return {"words": words, "ways": (*add, Way("Buka lembar", here)), "whom": "PPID Utama"}
        return {"words": words, "whom": listed([each.user.name for each in deciders.free])}

    def calendar(self) -> Line:
        year = self.on.year
        confirmed = Holiday.objects.filter(is_confirmed=True)
        this, following = confirmed.of_year(year).exists(), confirmed.of_year(year + 1).exists()
        words = f"Hari libur {year} " + ("sudah menurut keputusan bersama. " if this else "belum ditetapkan. ")
        words += (
            f"Tahun {year + 1} juga."
            if following
            else f"Tahun {year + 1} masih perkiraan; tenggat yang melewatinya ditandai sementara."
        )
        url = f"{reverse('desk:calendar')}?tahun={year if not this else year + 1}"
        ways = (Way("Periksa kalender", url),) if keeps_calendar(self.reader, on=self.on) else ()
        return Line(
            "calendar", "calendar-days", f"Kalender kerja {year}", this, words, ways=ways, whom="Bidang atau Operator"
        )

    def contact(self) -> Line:
        empty = _missing_contacts()
        words = "Tampil di kaki setiap halaman publik."
        if empty:
            words = f"Belum diisi: {listed(empty)}. Pengaturan ini ditulis di server, di berkas pengaturan portal."
        elif settings.DEMO:
            words = "Berisi alamat peragaan. Kantor yang sesungguhnya menulisnya di berkas pengaturan portal."
        return Line(
            "contact",
            "phone",
            "Alamat, telepon, dan jam layanan PPID",
            not empty,
            words,
            whom=MACHINE,
        )

    def pages(self) -> Line:
        shown = set(PageText.objects.editions().values_list("slug", flat=True))
        missing = [kind.title for kind in PAGE_KINDS if kind.is_required and kind.slug not in shown]
        words = "Semua halaman yang dicari penilai sudah terbit."
        if missing:
            words = (
                f"{len(missing)} halaman yang dicari penilai belum terbit: {listed(missing)}. Rancangannya sudah ada."
            )
        ways = (Way("Buka halaman", reverse("desk:pages")),) if missing else ()
        return Line("pages", "document-text", "Halaman tentang PPID", not missing, words, ways=ways, whom="Bidang")

    def mail(self) -> Line:
        words = "Portal ini belum mengirim surel. Sampai saat itu, yang menunggu terlihat di «Menunggu saya»."
        if settings.EMAIL_HOST:
            words = f"Surel keluar lewat {settings.EMAIL_HOST}, dari {settings.DEFAULT_FROM_EMAIL}."
        return Line("mail", "envelope", "Surel pemberitahuan", bool(settings.EMAIL_HOST), words, whom=MACHINE)

    def backup(self) -> Line:
        made, tried = last_backup(), last_restore_tried()
        words = f"Terakhir dibuat {in_words(made)}, " if made else "Belum pernah dibuat, "
        tried_on = tried and date_format(timezone.localdate(tried))
        words += f"pemulihannya dicoba {tried_on}." if tried else "belum pernah dicoba dipulihkan."
        if not tried:
            command = "ppid-manage verify_backup /var/backups/ppid --trial"
            words += f" Cadangan baru terbukti sesudah dipulihkan: jalankan «{command}» di server."
        return Line("backup", "archive-box", "Cadangan data", restore_was_tried(), words, whom=MACHINE)


# Before there is a sheet, who performs the steps of the two source sheets.
_ROLES = {
    PUBLICATION: ("bidang_layanan", "ppid_pelaksana", "ppid_utama", "operator"),
    EXCLUSION: ("bidang_layanan", "ppid_utama", "opd"),
}
_CONTACT = ("CONTACT_ADDRESS", "CONTACT_HOURS", "CONTACT_PHONE", "CONTACT_EMAIL")


def contact_is_given() -> bool:
    return not _missing_contacts()


def _missing_contacts() -> list[str]:
    return [name for name in _CONTACT if not getattr(settings, name)]


def _steps(numbers: list[int]) -> str:
    return f"langkah {listed(map(str, numbers))}" if numbers else ""


def runs(flow: str, *, on: date) -> "QuerySet[SopVersion]":
    """Return the sheets in force by which cases of the flow are opened."""
    return SopVersion.objects.in_force(on=on).filter(sop__flow=flow, runs=flow)
