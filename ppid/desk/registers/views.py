"""The registers. Each shows what its reader may see, narrowed by its address, as pages, as CSV and as a print."""

from functools import cached_property

from django.db.models import Exists, Min, OuterRef, Q
from django.http import StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone

from ppid.desk.pages import DeskPage
from ppid.desk.registers.columns import (
    CASES_CSV,
    CASES_PAGE,
    DIK_CSV,
    DIK_PAGE,
    DIP_CSV,
    DIP_PAGE,
)
from ppid.desk.registers.dip import all_dip_rows, dip_items, dip_rows
from ppid.desk.registers.filters import DikFilter, DipFilter, ExclusionFilter, PublicationFilter, RunningFilter
from ppid.desk.registers.together import ACTS
from ppid.desk.unit_choices import asked_of
from ppid.information.models import Information
from ppid.organisation.models import Appointment, Role, Unit, User
from ppid.shelf.models import DikEntry
from ppid.web.csv_lines import csv_lines
from ppid.web.paged import PagedList
from ppid.worktime.calendar import calendar


class Register(DeskPage, PagedList):
    """A register: ``rows`` before its filters, ``filter_class``, ``columns`` of its page and ``csv_columns``.

    ``what`` is what it counts; ``section`` names its address too, where ``address`` doesn't.
    """

    address = ""

    paginate_by = 25
    printed = 2000  # rows on the print page; more than that leave as CSV
    filter_class = None
    columns = ()
    csv_columns = ()
    title = caption = what = ""

    @cached_property
    def units(self):
        return Unit.objects.visible_to(self.request.user, on=self.today)

    @cached_property
    def filter(self):
        asked, told = asked_of(self.request.GET, self.units.open().order_by("name").with_spoken())
        return self.filter_class(asked, oldest=self.oldest(), today=self.today, **told, **self.narrows_by())

    def narrows_by(self) -> dict:
        """Return what else the filter is told."""
        return {}

    def get_queryset(self):
        return self.filter.apply(self.rows(), now=self.now)

    def get_paginate_by(self, queryset):
        return self.printed if "cetak" in self.request.GET else self.paginate_by

    def get_context_data(self, **kwargs):
        context = {
            "filter": self.filter,
            "printing": "cetak" in self.request.GET,
            "columns": self.columns,
            "title": self.title,
            "caption": self.caption,
            "what": self.what,
            "here": reverse(f"desk:{self.address or self.section}"),
            "csv": reverse(f"desk:{self.address or self.section}-csv"),
        }
        context = super().get_context_data(**(context | kwargs))
        return {"rows": context["page_obj"].object_list} | context

    def lines(self):
        """Return all rows that fit, as the CSV's columns read them."""
        return self.get_queryset().iterator(chunk_size=500)


class AsCsv:
    """Mixin: the same register as CSV, whole, with the filters of the address."""

    def get(self, request):
        response = StreamingHttpResponse(
            csv_lines(self.csv_columns, self.lines()), content_type="text/csv; charset=utf-8"
        )
        response["Content-Disposition"] = (
            f'attachment; filename="{self.address or self.section}-{self.today:%Y-%m-%d}.csv"'
        )
        return response


class CaseRegister(Register):
    """A register of cases, which are narrowed also by whom they wait for and who is at them."""

    columns = CASES_PAGE
    csv_columns = CASES_CSV
    what = "proses"

    def narrows_by(self):
        held = Appointment.objects.in_force(on=self.today).filter(unit__in=self.units)
        city = Appointment.objects.in_force(on=self.today).filter(role__scope=Role.Scope.CITY)
        people = User.objects.filter(Q(pk__in=held.values("user")) | Q(pk__in=city.values("user")))
        return {"people": people.only("name").order_by("name", "pk"), "reader": self.request.user}


class Publications(CaseRegister):
    section = "publications"
    flow = "publication"
    title = "Register pengumuman"
    caption = "Proses pengumuman informasi publik yang dapat Anda lihat, yang terbaru lebih dahulu"
    template_name = "desk/registers/cases.html"
    filter_class = PublicationFilter

    def rows(self):
        return self.visible.filter(flow=self.flow).for_register(at=self.now)

    def oldest(self):
        first = self.visible.filter(flow=self.flow).aggregate(first=Min("opened_at"))["first"]
        return first and timezone.localdate(first).year


class Running(CaseRegister):
    """The running cases of the unit, or of the city, of which several alike may be acted on at once."""

    section, address = "unit", "cases"
    caption = "Proses berjalan yang dapat Anda lihat, yang paling mendesak lebih dahulu"
    template_name = "desk/registers/running.html"
    filter_class = RunningFilter

    @property
    def title(self):
        return self.unit_name

    def rows(self):
        return self.visible.running().for_register(at=self.now).most_urgent_first()

    def oldest(self):
        return None

    def get_context_data(self, **kwargs):
        return super().get_context_data(acts=ACTS, **kwargs)


class Exclusions(Publications):
    section = "exclusions"
    flow = "exclusion"
    title = "Register pengecualian"
    caption = "Proses pengecualian informasi yang dapat Anda lihat, yang terbaru lebih dahulu"
    template_name = "desk/registers/exclusions.html"
    filter_class = ExclusionFilter


class Dip(Register):
    section = "dip"
    title, what = "Daftar Informasi Publik (DIP)", "informasi"
    caption = "Daftar Informasi Publik"
    template_name = "desk/registers/dip.html"
    paginate_by = 50
    filter_class = DipFilter
    columns = DIP_PAGE
    csv_columns = DIP_CSV

    def rows(self):
        return dip_items(self.visible).filter(unit__in=self.units)

    def oldest(self):
        first = Information.objects.filter(unit__in=self.units).aggregate(first=Min("made_from"))["first"]
        return first and first.year

    def lines(self):
        return all_dip_rows(self.get_queryset())

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"rows": dip_rows(context["page_obj"])}


class Dik(Register):
    section = "dik"
    title, what = "Daftar Informasi yang Dikecualikan (DIK)", "informasi yang dikecualikan"
    caption = "Daftar Informasi yang Dikecualikan"
    template_name = "desk/registers/dik.html"
    paginate_by = 50
    filter_class = DikFilter
    columns = DIK_PAGE
    csv_columns = DIK_CSV

    @cached_property
    def soon(self):
        """The day up to which PPID has to declare an ending exclusion public (PP 61/2010: 30 working days before)."""
        return calendar().add_working_days(self.today, 30)

    def rows(self):
        entries = DikEntry.objects.filter(unit_code__in=self.units.values_list("code", flat=True))
        return entries.leading_on().annotate(open_to_me=Exists(self.visible.filter(number=OuterRef("number"))))

    def get_queryset(self):
        return self.filter.apply(self.rows(), now=self.now, soon=self.soon)

    def oldest(self):
        first = self.rows().aggregate(first=Min("decree_date"))["first"]
        return first and first.year

    def get_context_data(self, **kwargs):
        return super().get_context_data(soon=self.soon, today=self.today, **kwargs)


class PublicationsCsv(AsCsv, Publications):
    """The register of publications as CSV."""


class RunningCsv(AsCsv, Running):
    """The running cases as CSV."""


class ExclusionsCsv(AsCsv, Exclusions):
    """The register of exclusions as CSV."""


class DipCsv(AsCsv, Dip):
    """The working DIP as CSV."""


class DikCsv(AsCsv, Dik):
    """The working DIK as CSV."""
