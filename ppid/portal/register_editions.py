"""The dated editions of the DIP and the DIK: each readable as it was set, and compared with any other."""

from dataclasses import replace
from functools import cached_property
from itertools import zip_longest

from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.utils import timezone
from django.utils.formats import date_format
from django.views.generic import TemplateView, View

from ppid.portal import files
from ppid.portal.of_edition import of_edition
from ppid.portal.pages import OpenPage, ShelfList, ShelfPaginator, on_shelf
from ppid.portal.registers import ListFile, forms_at
from ppid.shelf.models import PublishedAnnex, PublishedItem, PublishedRegister, PublishedRegisterRow, Tombstone
from ppid.shelf.register_compare import COMPARISON, Comparison, Kind, compare
from ppid.shelf.register_fields import DIP, FIELDS, NAMES, SUBJECT, Row
from ppid.shelf.register_models import columns_of
from ppid.web.ordering import Order, OrderedFilter
from ppid.web.paged import PagedList

_CELLS = {"number": "partials/cells/edition_number.html"}
_SUBJECT_CELL = "partials/cells/edition_subject.html"


class EditionFilter(OrderedFilter):
    """The filters of an edition's rows."""

    orders = {"nomor": Order("Nomor, yang lama dahulu", "Nomor, yang baru dahulu", ("key",))}
    usual = "Menurut lampiran SK"
    tahun = None  # an edition is of one year
    field_order = ["q", "unit", "urut"]

    def __init__(self, data, *, register: str, **units):
        self.register = register
        super().__init__(data, **units, today=timezone.localdate())

    def apply(self, rows):
        """Return the rows that fit, in the order of the edition unless another was asked for."""
        if unit := self.chosen.get("unit"):
            rows = rows.filter(unit_code=unit)
        return self.ordered(rows.filter(self.found(self._holds, of_units=lambda codes: Q(unit_code__in=codes))))

    def _holds(self, word: str) -> Q:
        return Q(*((f"values__{field.key}__icontains", word) for field in FIELDS[self.register]), _connector=Q.OR)


class OfRegister(OpenPage):
    """Mixin: what is about the editions of one register."""

    @property
    def register(self) -> str:
        return self.kwargs["register"]

    @property
    def section(self) -> str:
        return self.register

    @cached_property
    def editions(self) -> list[PublishedRegister]:
        """All editions of the register, the newest first: they are few."""
        return [each for each in of_edition(self.request).registers if each.register == self.register]

    def find(self, number: int) -> PublishedRegister:
        found = next((each for each in self.editions if each.number == number), None)
        if found is None:
            raise Http404
        return found

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"register": self.register, "name": NAMES[self.register]} | kwargs)


class RegisterEditions(OfRegister, TemplateView):
    template_name = "portal/register_editions.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(editions=list(zip_longest(self.editions, self.editions[1:])), **kwargs)


class OfEdition(OfRegister):
    """Mixin: what is about one edition."""

    @cached_property
    def edition(self) -> PublishedRegister:
        return self.find(self.kwargs["edition"])

    @cached_property
    def filter(self) -> EditionFilter:
        units = of_edition(self.request).units_of(self.edition)
        named = [(code, name) for code, name, _ in units]
        spoken = [(code, names) for code, _, names in units]
        return EditionFilter(self.request.GET, register=self.register, units=named, spoken=spoken)

    def shelf(self):
        rows = on_shelf(PublishedRegisterRow).filter(edition=self.edition).order_by("position")
        if self.register != DIP:
            return rows
        here = {"number": OuterRef("key")}
        item, stone = on_shelf(PublishedItem).filter(**here), on_shelf(Tombstone).filter(**here)
        return rows.annotate(leads_on=Exists(item) | Exists(stone))

    @property
    def filename(self) -> str:
        return f"{self.register}-edisi-{self.edition.number}"


class EditionPaginator(ShelfPaginator):
    counted = 20_000


class RegisterEdition(OfEdition, ShelfList):
    model = PublishedRegisterRow
    template_name = "portal/register_edition.html"
    paginate_by = 50
    paginator_class = EditionPaginator

    def get_paginator(self, queryset, per_page, **kwargs):
        paginator = super().get_paginator(queryset, per_page, **kwargs)
        if not {"q", "unit"} & self.filter.chosen.keys():
            paginator.found = self.edition.size
        return paginator

    def get_context_data(self, **kwargs):
        place = self.editions.index(self.edition)
        columns = [
            column.drawn_by(_SUBJECT_CELL if field.key == SUBJECT[self.register] else _CELLS.get(field.key, ""))
            for field, column in zip(FIELDS[self.register], columns_of(self.register), strict=True)
        ]
        return super().get_context_data(
            edition=self.edition,
            before=next(iter(self.editions[place + 1 :]), None),
            after=self.editions[place - 1] if place else None,
            others=[each for each in self.editions if each != self.edition],
            columns=columns,
            forms=forms_at("register_edition", self.register, self.edition.number),
            **kwargs,
        )


class RegisterEditionFile(OfEdition, ListFile):
    """The edition in a form to take away, whole, with the filters of the address."""

    @property
    def sheet(self) -> str:
        return self.register.upper()

    @property
    def title(self) -> tuple[str, ...]:
        return tuple(title(self.edition))

    def columns(self):
        return columns_of(self.register)

    def rows(self):
        return self.filter.apply(self.shelf()).iterator(chunk_size=1000)


class RegisterAnnex(OfEdition, View):
    """A part of the annex of the decree as PDF; nothing while it is being printed."""

    def get(self, request, part, **kwargs):
        annex = on_shelf(PublishedAnnex).filter(edition=self.edition, part=part).first()
        if annex is None:
            raise Http404
        name = f"{self.filename}-bagian-{part}.pdf" if len(self.edition.parts) > 1 else f"{self.filename}.pdf"
        return files.send(request, annex.sha256, media_type="application/pdf", filename=name)


class Comparing(OfRegister):
    """Mixin: two editions, the other one first."""

    @cached_property
    def pair(self) -> tuple[PublishedRegister, PublishedRegister]:
        after, before = self.find(self.kwargs["edition"]), self.find(self.kwargs["other"])
        if after == before:
            raise Http404
        return before, after

    @cached_property
    def comparison(self) -> Comparison:
        return of_edition(self.request).compared(*self.pair, self.compare)

    def compare(self) -> Comparison:
        before, after = self.pair
        # The database leaves out what both say alike: most of the rows.
        of_either = on_shelf(PublishedRegisterRow).filter(edition__in=self.pair)
        alike = of_either.exclude(edition=OuterRef("edition"))
        alike = alike.filter(key=OuterRef("key"), values=OuterRef("values"))
        rows = of_either.filter(~Exists(alike)).order_by("position").values_list("edition", "key", "values")
        found: dict[int, list[Row]] = {before.pk: [], after.pk: []}
        for edition, key, values in rows:
            found[edition].append(Row(key, values))
        comparison = compare(self.register, found[before.pk], found[after.pk])
        return replace(comparison, same=after.size - comparison.of(Kind.ADDED) - comparison.of(Kind.CHANGED))

    @property
    def kind(self) -> str:
        asked = self.request.GET.get("jenis", "")
        return asked if asked in set(Kind) else ""

    def found(self):
        return [each for each in self.comparison.differences if not self.kind or each.kind == self.kind]

    @property
    def filename(self) -> str:
        before, after = self.pair
        return f"{self.register}-edisi-{before.number}-ke-{after.number}"


class RegisterComparison(Comparing, PagedList):
    template_name = "portal/register_comparison.html"
    paginate_by = 50

    def get_queryset(self):
        return self.found()

    def get_context_data(self, **kwargs):
        before, after = self.pair
        return super().get_context_data(
            before=before,
            after=after,
            comparison=self.comparison,
            kind=self.kind,
            forms=forms_at("register_comparison", self.register, after.number, before.number),
            **kwargs,
        )


class RegisterComparisonFile(Comparing, ListFile):
    """What differs between two editions, in a form to take away."""

    sheet = "Perubahan"

    @property
    def title(self) -> tuple[str, ...]:
        before, after = self.pair
        of = f"Edisi {before.number} dibandingkan dengan edisi {after.number}"
        return f"Perubahan {NAMES[self.register]}", of

    def columns(self):
        return COMPARISON

    def rows(self):
        return self.found()


def title(edition: PublishedRegister) -> list[str]:
    """Return the lines that stand over an edition that is taken away."""
    return [
        f"{edition.name}, edisi {edition.number} tahun {edition.year}",
        f"Ditetapkan dengan SK nomor {edition.decree_number} tanggal {date_format(edition.decree_date)}, keadaan per "
        f"{date_format(edition.as_of)}",
    ]
