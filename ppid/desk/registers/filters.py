"""What a register is narrowed to, from its address."""

from datetime import date, datetime, timedelta

from django import forms
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from ppid.flows.claims import Claim
from ppid.flows.knowing import held_by
from ppid.flows.models import Case
from ppid.flows.remarks import Remark
from ppid.flows.states import CONTINUED, LIFTED, TERM_IS_OVER, ExclusionState, PublicationState
from ppid.information.models import Exclusion
from ppid.organisation.models import User
from ppid.shelf.models import PublishedItem
from ppid.web.filters import Filter, choice

# The ends of each flow as they stand in addresses.
ENDS = {
    "publication": {
        "diumumkan": PublicationState.PUBLISHED,
        "dicabut": PublicationState.RETRACTED,
        "dialihkan": PublicationState.DIVERTED,
        "ditarik": PublicationState.WITHDRAWN,
    },
    "exclusion": {
        "ditetapkan": ExclusionState.ADOPTED,
        "diuji-terbuka": ExclusionState.TESTED_OPEN,
        "ditarik": ExclusionState.WITHDRAWN,
    },
}
_CONTINUED = Q(exclusion__continued_by__isnull=False)


def _of_units(codes: set[str]) -> Q:
    return Q(unit__code__in=codes)


def _over(day: date) -> Q:
    return Q(exclusion__ends_on__lt=day) & ~_CONTINUED & ~_lifted(day)


def _lifted(day: date) -> Q:
    before_its_end = Q(exclusion__ends_on__isnull=True) | Q(exclusion__opened_on__lte=F("exclusion__ends_on"))
    return Q(exclusion__opened_on__isnull=False) & before_its_end


# What became of an adopted exclusion by a day, as it stands in addresses.
EXCLUSION_ENDS = {
    "ditetapkan": lambda day: ~_over(day) & ~_lifted(day) & ~_CONTINUED,
    "jangka-berakhir": _over,
    "dibuka-kembali": _lifted,
    "diperpanjang": lambda day: _CONTINUED,
}


class StateFilter(Filter):
    """Every register's filters: words, state, unit, year. Each register names its own states."""

    field_order = ["q", "keadaan", "unit", "tahun"]


def _state(*states: tuple[str, str]) -> forms.ChoiceField:
    return choice("Keadaan", "Keadaan yang diminta tidak dikenal; saringan ini diabaikan.", choices=states)


def _case_state(flow: str) -> forms.ChoiceField:
    ends = [(slug, state.label) for slug, state in ENDS[flow].items()]
    if flow == "publication":
        ends.insert(1, ("tidak-lagi", "Digantikan atau dikecualikan sesudah diumumkan"))
    else:
        ends[1:1] = [("jangka-berakhir", TERM_IS_OVER), ("dibuka-kembali", LIFTED), ("diperpanjang", CONTINUED)]
    return _state(("", "Semua"), ("berjalan", "Berjalan"), ("terlambat", "Terlambat"), ("selesai", "Selesai"), *ends)


DUE = [
    ("", "Kapan pun"),
    ("lewat", "Sudah lewat"),
    ("hari-ini", "Hari ini"),
    ("minggu-ini", "Dalam 7 hari"),
    ("tanpa", "Tanpa batas waktu"),
]
MINE, ANYBODY, NOBODY = "saya", "siapa-pun", "belum"


def _person(label: str) -> forms.ChoiceField:
    return choice(label, "Orang yang diminta tidak ada dalam daftar ini; saringan ini diabaikan.")


class CaseFilter(StateFilter):
    """The filters of a list of cases; its year is the one in which a case was opened.

    ``tenggat`` is when the awaited row is due, ``menunggu`` for whom it waits, ``dikerjakan`` who took it up: these
    keep what runs.
    """

    flow = ""
    field_order = ["q", "keadaan", "unit", "tahun", "tenggat", "menunggu", "dikerjakan"]
    tenggat = choice("Tenggat", "Tenggat yang diminta tidak dikenal; saringan ini diabaikan.", choices=DUE)
    menunggu = _person("Menunggu")
    dikerjakan = _person("Sedang dikerjakan")

    def __init__(self, data, *, people=(), reader=None, **told):
        """``people`` are those for whom cases may wait; ``reader`` is who «saya» is."""
        self.reader = reader
        named = [(str(person.pk), person.name) for person in people]
        waiting = [("", "Siapa pun"), (MINE, "Saya"), *named]
        at_work = [("", "Semua"), (MINE, "Oleh saya"), (ANYBODY, "Oleh siapa pun"), (NOBODY, "Belum ada"), *named]
        super().__init__(data, menunggu=waiting, dikerjakan=at_work, **told)

    def apply(self, cases, *, now: datetime):
        """Return the cases that fit."""
        chosen = self.chosen
        cases = self._in_state(cases, chosen.get("keadaan"), now)
        cases = self._due(cases, chosen.get("tenggat"), now)
        if who := self._who(chosen.get("menunggu")):
            cases = cases.awaiting_with(held_by(who, on=timezone.localdate(now)))
        cases = self._claimed(cases, chosen.get("dikerjakan"), now)
        if unit := chosen.get("unit"):
            cases = cases.filter(unit__code=unit)
        if year := chosen.get("tahun"):
            cases = cases.filter(opened_at__year=int(year))
        return cases.filter(self.found(self._holds, of_units=_of_units))

    def _who(self, chosen: str | None) -> User | None:
        return self.reader if chosen == MINE else User.objects.filter(pk=chosen).first() if chosen else None

    @staticmethod
    def _due(cases, chosen, now):
        if not chosen:
            return cases
        running, today = cases.running(), timezone.localdate(now)
        if chosen == "lewat":
            return cases.overdue(at=now)
        if chosen == "tanpa":
            return running.filter(due_at=None)
        last = today if chosen == "hari-ini" else today + timedelta(days=7)
        return running.filter(due_at__date__gte=today, due_at__date__lte=last)

    def _claimed(self, cases, chosen, now):
        if not chosen:
            return cases
        claims = Claim.objects.standing(at=now).order_by()
        if chosen == NOBODY:
            return cases.running().exclude(pk__in=claims.values("case"))
        if chosen != ANYBODY:
            claims = claims.filter(actor=self._who(chosen))
        return cases.running().filter(pk__in=claims.values("case"))

    @staticmethod
    def _holds(word: str) -> Q:
        item = Q(information__title__icontains=word) | Q(information__number__iexact=word)
        return item | Q(number__iexact=word)

    def _in_state(self, cases, state, now):
        if state == "berjalan":
            return cases.running()
        if state == "terlambat":
            return cases.overdue(at=now)
        if state == "selesai":
            return cases.filter(ended_at__isnull=False)
        if state == "diumumkan":
            return cases.on_the_shelf()
        if state == "tidak-lagi":
            return cases.off_the_shelf()
        if state in EXCLUSION_ENDS:
            return cases.filter(EXCLUSION_ENDS[state](timezone.localdate(now)), state=ExclusionState.ADOPTED)
        return cases.filter(state=ENDS[self.flow][state]) if state else cases


class RunningFilter(CaseFilter):
    """The filters of all running cases, of both flows."""

    tahun = None
    field_order = ["q", "alur", "keadaan", "unit", "tenggat", "menunggu", "dikerjakan"]
    alur = choice(
        "Alur",
        "Alur yang diminta tidak dikenal; saringan ini diabaikan.",
        choices=[("", "Semua"), ("pengumuman", "Pengumuman"), ("pengecualian", "Pengecualian")],
    )
    keadaan = _state(
        ("", "Semua"),
        ("serta-merta", "Serta merta"),
        ("dikembalikan", "Dikembalikan"),
        ("bertanya", "Ada pertanyaan terbuka"),
    )

    def _in_state(self, cases, state, now):
        flows = {"pengumuman": "publication", "pengecualian": "exclusion"}
        if flow := flows.get(self.chosen.get("alur", "")):
            cases = cases.filter(flow=flow)
        if state == "serta-merta":
            return cases.filter(is_urgent=True)
        if state == "dikembalikan":
            return cases.sent_back()
        if state == "bertanya":
            return cases.filter(pk__in=Remark.objects.open().order_by().values("case"))
        return cases


class PublicationFilter(CaseFilter):
    flow = "publication"
    keadaan = _case_state("publication")


class ExclusionFilter(CaseFilter):
    flow = "exclusion"
    keadaan = _case_state("exclusion")


class DipFilter(StateFilter):
    """The filters of the working DIP; its year is the one in which the information was made."""

    keadaan = _state(
        ("", "Di portal"),
        ("belum", "Belum di portal"),
        ("perlu", "Perlu diperbarui"),
        ("semua", "Semua yang tidak dikecualikan"),
    )

    def apply(self, items, *, now: datetime):
        """Return the items that fit; whatever is excluded never stands on the DIP."""
        chosen, state = self.chosen, self.chosen.get("keadaan")
        on_shelf = PublishedItem.objects.filter(number=OuterRef("number"))
        if state == "perlu":
            on_shelf = on_shelf.filter(renew_by__lt=timezone.localdate(now))
        if state != "semua":
            items = items.filter(~Exists(on_shelf) if state == "belum" else Exists(on_shelf))
        excluded = Exclusion.objects.in_force(on=timezone.localdate(now)).values("information")
        being_excluded = Case.objects.running().filter(flow="exclusion").values("information")
        items = items.exclude(pk__in=excluded).exclude(Q(pk__in=being_excluded) & ~Exists(on_shelf))
        if unit := chosen.get("unit"):
            items = items.filter(unit__code=unit)
        if year := chosen.get("tahun"):
            items = items.filter(made_from__year__lte=int(year), made_to__year__gte=int(year))
        return items.filter(self.found(self._holds, of_units=_of_units))

    @staticmethod
    def _holds(word: str) -> Q:
        return Q(title__icontains=word) | Q(summary__icontains=word) | Q(number__iexact=word)


class DikFilter(StateFilter):
    """The filters of the working DIK; its year is that of the decree."""

    keadaan = _state(
        ("", "Yang berlaku"),
        ("segera", "Berakhir dalam 30 hari kerja"),
        ("lewat", "Dibuka kembali, atau jangka waktunya berakhir"),
        ("semua", "Semua, juga yang dibuka kembali"),
    )

    def apply(self, entries, *, now: datetime, soon):
        """Return the entries that fit. ``soon`` is the day up to which a term counts as ending soon."""
        chosen, state, today = self.chosen, self.chosen.get("keadaan"), timezone.localdate(now)
        if state == "lewat":
            entries = entries.reopened(on=today)
        elif state != "semua":
            entries = entries.in_force(on=today)
        if state == "segera":
            entries = entries.filter(ends_on__lte=soon)
        if unit := chosen.get("unit"):
            entries = entries.filter(unit_code=unit)
        if year := chosen.get("tahun"):
            entries = entries.filter(decree_date__year=int(year))
        return entries.filter(self.found(self._holds, of_units=lambda codes: Q(unit_code__in=codes)))

    @staticmethod
    def _holds(word: str) -> Q:
        text = Q(information__icontains=word) | Q(legal_basis__icontains=word)
        return text | Q(number__iexact=word) | Q(decree_number__icontains=word)
