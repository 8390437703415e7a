"""What waits for people among what must be public: to decide, to mend what came back, and what is open at a unit."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format

from ppid.desk.status import Status
from ppid.desk.waiting.cases import NO_TERM
from ppid.desk.waiting.kind import Kind, Task
from ppid.flows.fulfilling import to_decide
from ppid.obligations.models import DutyText, Fulfilment, Gap, Statement
from ppid.obligations.permissions import DECIDER, KEEPER, OF_UNIT
from ppid.organisation.models import Unit
from ppid.organisation.puppets import in_hands_of
from ppid.shelf.models import ShownDuty
from ppid.shelf.obligations import CITY, CITY_NAME


class _ToDecide(Kind):
    group, icon = "kewajiban", "clipboard-document-check"
    model: type[Statement] | type[Fulfilment] | type[DutyText]

    def rows(self, reader):
        if not reader.holds(DECIDER):
            return self.model.objects.none()
        return (
            self.model.objects.waiting().exclude(written_by__in=in_hands_of(reader.user)).order_by("written_at", "pk")
        )

    def task(self, row, *, of: str, title: str, url: str, wants: str, **more) -> Task:
        since = f"Diajukan {row.written_name}, {date_format(row.written_at, 'l, j F Y')}"
        return Task(
            of=of, title=title, url=url, wants=wants, came_from=since, status=NO_TERM, since=row.written_at, **more
        )


class StatementToApprove(_ToDecide):
    """«Nihil» or «tidak wajib», stated by a unit."""

    key, model = "statement", Statement

    def tasks(self, rows, reader):
        rows = list(rows)
        names, units = _duties(rows), _units({row.unit_code for row in rows})
        for row in rows:
            yield self.task(
                row,
                of=f"{row.get_kind_display()}, {units.get(row.unit_code, row.unit_code)}{row.in_period}",
                title=names.get(row.duty_code, row.duty_code),
                url=reverse("desk:statement-approve", args=[row.pk]),
                wants=row.because[:200],
                is_secret=False,
            )


class FulfilmentToApprove(_ToDecide):
    """An item that is public and shall fill a duty; what goes with a publication is decided there."""

    key, icon, model = "fulfilment", "link", Fulfilment

    def waiting(self):
        return to_decide()

    def tasks(self, rows, reader):
        rows = list(rows.select_related("information"))
        names, units = _duties(rows), _units({row.unit_code for row in rows})
        for row in rows:
            yield self.task(
                row,
                of=f"Memenuhi kewajiban {units.get(row.unit_code, row.unit_code)}{row.in_period}",
                title=names.get(row.duty_code, row.duty_code),
                url=reverse("desk:fulfilment-approve", args=[row.pk]),
                wants=f"Apakah «{row.information.title[:150]}» memenuhinya? Setujui atau kembalikan.",
                number=row.information.number,
            )


class DutyToApprove(_ToDecide):
    """A change of the list of duties."""

    key, icon, model = "duty", "queue-list", DutyText

    def tasks(self, rows, reader):
        for row in rows:
            yield self.task(
                row,
                of=f"Daftar kewajiban: {row.code}",
                title=row.name,
                url=reverse("desk:duty", args=[row.code]),
                wants="Baca perubahannya, lalu setujui atau kembalikan.",
                is_secret=False,
            )


class _SentBack(Kind):
    group, icon = "kewajiban", "arrow-uturn-left"
    model: type[Statement] | type[DutyText]
    same: tuple[str, ...] = ("duty_code", "unit_code", "period")

    def rows(self, reader):
        if not reader.holds(KEEPER, *OF_UNIT):
            return self.model.objects.none()
        later = self.model.objects.filter(pk__gt=OuterRef("pk"), **{name: OuterRef(name) for name in self.same})
        back = self.model.objects.filter(~Exists(later), decision="returned", written_by=reader.user)
        return back.order_by("decided_at", "pk")

    def sent_back(self, reader):
        return Q(pk__isnull=False)

    def tasks(self, rows, reader):
        for row in rows:
            is_duty = isinstance(row, DutyText)
            url = (
                reverse("desk:duty-write", args=[row.code])
                if is_duty
                else reverse("desk:duty-cell", args=[row.duty_code, row.unit_code])
            )
            yield Task(
                of="Daftar kewajiban" if is_duty else str(row._meta.verbose_name).capitalize(),
                title=row.name if is_duty else _duties([row]).get(row.duty_code, row.duty_code),
                url=url,
                wants=f"Perbaiki, lalu ajukan lagi: {row.reason[:200]}",
                came_from=f"Dikembalikan {row.decided_name}, {date_format(row.decided_at, 'l, j F Y')}",
                status=NO_TERM,
                since=row.decided_at,
            )


class StatementSentBack(_SentBack):
    """Once an item is linked to the cell instead, there is nothing to be mended any more."""

    key, model = "statement-back", Statement

    def rows(self, reader):
        linked = Fulfilment.objects.live().of(OuterRef("duty_code"), OuterRef("unit_code"), OuterRef("period"))
        return super().rows(reader).filter(~Exists(linked))


class DutySentBack(_SentBack):
    key, model, same = "duty-back", DutyText, ("code",)


class OpenDuties(Kind):
    """What is open at a unit for which the person answers: one row a unit, whatever the number."""

    key, group, icon = "gap", "kewajiban", "table-cells"

    def rows(self, reader):
        codes = Unit.objects.filter(pk__in=reader.units(*OF_UNIT)).values("code")
        mine = Q(unit_code__in=codes)
        if reader.holds(KEEPER):
            mine |= Q(unit_code=CITY)
        elif not reader.holds(*OF_UNIT):
            return Gap.objects.none()
        return Gap.objects.filter(mine).order_by("unit_code")

    def late(self, reader):
        return Q(late__gt=0)

    def tasks(self, rows, reader):
        rows = list(rows)
        units = _units({row.unit_code for row in rows})
        for gap in rows:
            parts = [(gap.missing, "belum ada"), (gap.old, "usang"), (gap.late, "melewati hari yang diminta")]
            told = ", ".join(f"{number} {word}" for number, word in parts if number)
            yield Task(
                is_secret=False,
                of="Kewajiban mengumumkan",
                title=f"{units.get(gap.unit_code, gap.unit_code)}: {told}",
                url=reverse("desk:duties-of-unit", args=[gap.unit_code]),
                wants="Mulai pengumumannya, kaitkan yang sudah ada, atau nyatakan nihil.",
                status=Status("late", "exclamation-circle", "Terlambat") if gap.late else NO_TERM,
                standard=f"Dihitung {date_format(gap.counted_on, 'j F Y')}",
            )


def _duties(rows) -> dict[str, str]:
    return dict(ShownDuty.objects.filter(code__in={row.duty_code for row in rows}).values_list("code", "name"))


def _units(codes: set[str]) -> dict[str, str]:
    found: QuerySet = Unit.objects.filter(code__in=codes)
    return {CITY: CITY_NAME, **dict(found.values_list("code", "short_name"))}
