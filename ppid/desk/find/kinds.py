"""The kinds of things that the search finds, each only as far as its reader may see it. A new kind is one class.

What is searched is narrowed to what may be seen first, so neither a hit, a count nor a suggestion knows of anything
else. Words are stemmed as the portal does it; the last one may be a beginning.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.postgres.search import SearchQuery
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from ppid.desk.find.asked import Asked
from ppid.desk.status import Status, case_status
from ppid.flows.knowing import Held
from ppid.flows.models import Case, CaseQuerySet
from ppid.flows.papers.kinds import KINDS as PAPERS
from ppid.flows.papers.models import PaperNumber
from ppid.information.models import Document, Information
from ppid.organisation.actions import KEEPERS
from ppid.organisation.models import Appointment, Unit, User
from ppid.shelf.models import PublishedItem
from ppid.worktime.calendar import WorkingCalendar
from sop.models import Sop, SopVersion
from sop.versions import library


@dataclass
class Seeker:
    """Who searches, for what, at which moment; ``visible`` are the cases that they may see."""

    user: User
    offices: list[Held]
    visible: CaseQuerySet
    asked: Asked
    spoken: tuple[set[str], str]
    now: datetime
    working: WorkingCalendar

    @cached_property
    def today(self):
        return timezone.localdate(self.now)

    @cached_property
    def keeps_people(self) -> bool:
        return any(each.code in KEEPERS for each in self.offices)

    @cached_property
    def items(self) -> QuerySet[Information]:
        """The items that may be seen: those with a case that may be, and at one's units those that have none."""
        of_items = Case.objects.filter(information=OuterRef("pk"))
        without = Q(~Exists(of_items))
        if not any(each.is_city_wide for each in self.offices):
            without &= Q(unit__in={each.unit for each in self.offices if each.is_of_a_unit})
        return Information.objects.filter(Exists(self.visible.order_by().filter(information=OuterRef("pk"))) | without)

    @cached_property
    def words(self) -> SearchQuery | None:
        """What all of the words ask for; None without words."""
        return query_of(self.asked.words)

    def holding(self, rows: QuerySet[Information]) -> QuerySet[Information]:
        """Keep the items that hold all the words, and those of a unit that the words name that hold the rest."""
        if self.words is None:
            return rows.none()
        codes, left = self.spoken
        found = rows.holding(self.words)
        if codes:
            rest = query_of(tuple(left.split()))
            of_units = rows.filter(unit__code__in=codes)
            also = of_units.holding(rest) if rest else of_units
            found = rows.filter(Q(pk__in=found.values("pk")) | Q(pk__in=also.values("pk")))
        return found


def query_of(words: Iterable[str]) -> SearchQuery | None:
    """Return the question for all the words, the last of which may be a beginning."""
    *all_but, last = [*words] or [""]
    if not last:
        return None
    parts = [SearchQuery(word, config="indonesian", search_type="plain") for word in all_but]
    parts.append(SearchQuery(f"'{last}':*" if len(last) > 2 else f"'{last}'", config="indonesian", search_type="raw"))
    question = parts[0]
    for part in parts[1:]:
        question = question & part
    return question


@dataclass(frozen=True)
class Found:
    """A row of what was found: where it leads, what it is called, what it is."""

    url: str
    title: str
    about: list[str] = field(default_factory=list)
    status: Status | None = None
    words: str = ""


class Kind:
    """A kind of thing. ``rows`` are those that hold the words, ``exact`` those whose number was typed."""

    key: ClassVar[str]
    name: ClassVar[str]
    icon: ClassVar[str]

    def rows(self, seeker: Seeker) -> QuerySet[Any]:
        raise NotImplementedError

    def exact(self, seeker: Seeker) -> QuerySet[Any] | None:
        """Return what bears the typed number; None when no number of this kind was typed."""
        return None

    def found(self, rows: Iterable[Any], seeker: Seeker) -> list[Found]:
        raise NotImplementedError


class _Cases(Kind):
    flow: ClassVar[str]

    def rows(self, seeker):
        items = seeker.holding(Information.objects.all()).order_by().values("pk")
        return seeker.visible.filter(flow=self.flow, information__in=items).order_by("-opened_at", "-pk")

    def exact(self, seeker):
        if not seeker.asked.numbers:
            return None
        return seeker.visible.filter(flow=self.flow, number__in=seeker.asked.numbers)

    def found(self, rows, seeker):
        return [
            Found(
                case.get_absolute_url(),
                case.information.title,
                [case.number, case.unit_of_its_day["short_name"]],
                case_status(case, now=seeker.now, working=seeker.working),
                case.state_label if case.is_running else "",
            )
            for case in rows.for_list()
        ]


class Publications(_Cases):
    key, name, icon, flow = "pengumuman", "Pengumuman", "megaphone", "publication"


class Exclusions(_Cases):
    key, name, icon, flow = "pengecualian", "Pengecualian", "lock-closed", "exclusion"


class Items(Kind):
    key, name, icon = "informasi", "Informasi", "document-text"

    def rows(self, seeker):
        return seeker.holding(seeker.items).order_by("-created_at", "-pk")

    def exact(self, seeker):
        return seeker.items.filter(number__in=seeker.asked.numbers) if seeker.asked.numbers else None

    def found(self, rows, seeker):
        newest = Prefetch("cases", seeker.visible.order_by("-opened_at", "-pk"))
        items = list(rows.select_related("unit").prefetch_related(newest))
        public = PublishedItem.objects.filter(number__in=[each.number for each in items])
        shown = set(public.values_list("number", flat=True))
        return [_item(each, each.number in shown) for each in items]


def _item(item: Information, is_public: bool) -> Found:
    case = next(iter(item.cases.all()), None)
    url = case.get_absolute_url() if case else f"{reverse('desk:dip')}?keadaan=semua&q={item.number}"
    status = Status("ok", "eye", "Di portal") if is_public else Status("plain", "eye-slash", "Tidak di portal")
    return Found(url, item.title, [item.number, item.unit.short_name], status, item.summary)


class Documents(Kind):
    """Documents of the cases that may be seen, by their title or by the SHA-256 of their bytes."""

    key, name, icon = "dokumen", "Dokumen", "paper-clip"

    def _seen(self, seeker):
        cases = seeker.visible.order_by().filter(information=OuterRef("information"))
        of_case = cases.filter(exclusion=OuterRef("exclusion"))
        return Document.objects.filter(Exists(cases) & Q(exclusion=None) | Exists(of_case))

    def rows(self, seeker):
        if seeker.words is None:
            return Document.objects.none()
        return self._seen(seeker).current().holding(seeker.words).order_by("-uploaded_at", "-pk")

    def exact(self, seeker):
        return self._seen(seeker).filter(sha256=seeker.asked.sha256) if seeker.asked.sha256 else None

    def found(self, rows, seeker):
        newest = Prefetch("information__cases", seeker.visible.order_by("-opened_at", "-pk"))
        found = []
        for document in rows.select_related("information__unit").prefetch_related(newest):
            cases = document.information.cases.all()
            if of := [each for each in cases if document.exclusion_id in (None, each.exclusion_id)]:
                url = reverse("desk:document", args=[of[0].number, document.pk])
                about = [document.kind, of[0].number, document.information.unit.short_name]
                found.append(Found(url, document.title or document.filename, about, words=document.information.title))
        return found


class Letters(Kind):
    """Papers of the cases that may be seen, by the number that they were given, or its beginning."""

    key, name, icon = "surat", "Surat", "envelope"

    def _seen(self, seeker):
        return PaperNumber.objects.filter(case__in=seeker.visible.order_by().values("pk"))

    def rows(self, seeker):
        letter = seeker.asked.letter
        found = self._seen(seeker).filter(number__istartswith=letter) if letter else PaperNumber.objects.none()
        return found.order_by("-recorded_at", "-pk")

    def exact(self, seeker):
        return self._seen(seeker).filter(number__iexact=seeker.asked.letter) if seeker.asked.letter else None

    def found(self, rows, seeker):
        return [
            Found(
                f"{paper.case.get_absolute_url()}#surat",
                f"{PAPERS[paper.kind].title} nomor {paper.number}",
                [paper.case.number, paper.case.unit.short_name, date_format(paper.date)],
                Status("plain", "x-circle", "Dibatalkan") if paper.cancelled_at else None,
                paper.case.information.title,
            )
            for paper in rows.select_related("case__information", "case__unit")
        ]


class Sheets(Kind):
    key, name, icon = "sop", "SOP", "clipboard-document-check"

    def rows(self, seeker):
        if not seeker.asked.words:
            return Sop.objects.none()
        codes, left = seeker.spoken
        words = " ".join(seeker.asked.words)
        return library.matching(Sop.objects.all(), words, of_units=codes, with_words=left).order_by("title", "pk")

    def found(self, rows, seeker):
        listed = library.for_list(Sop.objects.filter(pk__in=list(rows.values_list("pk", flat=True))))
        return [_sheet(sop) for sop in listed]


def _sheet(sop: Sop) -> Found:
    versions = list(sop.versions.all())
    shown = next((each for each in versions if each.state == SopVersion.State.APPROVED), next(iter(versions), None))
    url = reverse("desk:sop-version", args=[sop.slug, shown.version]) if shown else reverse("desk:sops")
    about = [sop.unit.short_name, f"versi {shown.version}"] if shown else [sop.unit.short_name]
    return Found(url, sop.title, about, Status("plain", "document-text", shown.get_state_display()) if shown else None)


class People(Kind):
    """People by name or address; by NIP for those who keep people."""

    key, name, icon = "orang", "Orang", "user"

    def rows(self, seeker):
        if not seeker.asked.words:
            return User.objects.none()
        found = User.objects.all()
        for word in seeker.asked.words:
            found = found.filter(Q(name__icontains=word) | Q(email__icontains=word))
        return found.order_by("-is_active", "name", "pk")

    def exact(self, seeker):
        if not (seeker.asked.nip and seeker.keeps_people):
            return None
        return User.objects.filter(nip=seeker.asked.nip)

    def found(self, rows, seeker):
        held = Appointment.objects.in_force(on=seeker.today).select_related("role", "unit").definitive_first()
        return [
            Found(
                reverse("desk:person", args=[person.pk]),
                person.name,
                [str(each) for each in person.holding],
                None if person.is_active else Status("plain", "user-minus", "Akun tidak aktif"),
            )
            for person in rows.prefetch_related(Prefetch("appointments", held, "holding"))
        ]


class Units(Kind):
    key, name, icon = "unit", "Unit kerja", "building-office"

    def rows(self, seeker):
        if not seeker.asked.words:
            return Unit.objects.none()
        return Unit.objects.called(" ".join(seeker.asked.words)).order_by("-is_active", "name", "pk")

    def found(self, rows, seeker):
        return [
            Found(
                reverse("desk:unit", args=[unit.code]),
                unit.name,
                [unit.short_name, *unit.everyday_names],
                None if unit.is_active else Status("plain", "x-circle", "Sudah ditutup"),
            )
            for unit in rows
        ]


KINDS: tuple[Kind, ...] = (
    Publications(),
    Exclusions(),
    Items(),
    Documents(),
    Letters(),
    Sheets(),
    People(),
    Units(),
)
