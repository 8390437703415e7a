"""The registers as they are today: as pages that can be put in order and printed, and in every form to take away."""

from collections.abc import Callable
from dataclasses import replace

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import View

from ppid.portal.bundles import prints
from ppid.portal.filters import DikFilter, DipFilter, ReopenedFilter
from ppid.portal.of_edition import There, of_edition
from ppid.portal.pages import OpenPage, ShelfList, on_shelf
from ppid.portal.sop_views import SopList, sop_filter
from ppid.portal.views import ItemList, excluded_now, item_filter, narrowed
from ppid.shelf import registers
from ppid.shelf.listed_registers import listed_entries, listed_reopened
from ppid.shelf.models import PublishedItem, PublishedSop, ReopenedEntry
from ppid.web.columns import Column, Columns
from ppid.web.takeaway import FORMS, Form, Taken

PRINTED = 500  # rows on a page that is printed; what is longer has several


def open_again():
    """Return what was excluded and is open again today, each with ``is_published``: whether its item can be read."""
    item = on_shelf(PublishedItem).filter(number=OuterRef("item_number"))
    return on_shelf(ReopenedEntry).reopened(on=timezone.localdate()).annotate(is_published=Exists(item))


def reopened_filter(request) -> ReopenedFilter:
    """Return the filters of the address, with the units and years of what is open again."""
    return narrowed(request, of_edition(request).reopened, ReopenedFilter)


def dik_filter(request) -> DikFilter:
    """Return the filters of the address, with the units and years of the excluded information."""
    return narrowed(request, of_edition(request).excluded, DikFilter)


def forms_at(name: str, *address) -> list[tuple[Form, str]]:
    """Return the forms to take away, each with its address, of the list whose addresses are called ``name``."""
    return [(form, reverse(f"portal:{name}_{form.ending}", args=address)) for form in FORMS.values()]


class RegisterPage:
    """Mixin of a register's page: 500 rows of it with ``?cetak``, and where it leaves as files of the same rows.

    ``register`` is its name in the names of addresses.
    """

    register = ""

    @property
    def is_printed(self) -> bool:
        return "cetak" in self.request.GET

    def get_paginate_by(self, queryset):
        return PRINTED if self.is_printed else self.paginate_by

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            forms=forms_at(self.register),
            is_printed=self.is_printed,
            register=self.register,
            prints=prints(of_edition(self.request), self.register, f"{self.register}_today_pdf"),
            **kwargs,
        )


LINK = Column("Tautan", lambda row: row.get_absolute_url(), cell="partials/cells/link.html")
_DIP = Columns((*registers.DIP, LINK))
_DIK, _REOPENED, _SOP = map(Columns, (registers.DIK_PAGE, registers.REOPENED_PAGE, registers.SOP))


class Dip(RegisterPage, ItemList):
    template_name = "portal/dip.html"
    section = register = "dip"
    paginate_by = 50

    @cached_property
    def filter(self):
        return item_filter(self.request, DipFilter)

    has_files = False

    def get_paginator(self, queryset, per_page, **kwargs):
        paginator = super().get_paginator(queryset, per_page, **kwargs)
        paginator.object_list = self.filter.ordered(paginator.object_list)
        return paginator

    def get_context_data(self, **kwargs):
        return super().get_context_data(by=_DIP, columns=_DIP.columns, **kwargs)


class EntryList(RegisterPage, ShelfList):
    """A list of entries of the DIK. ``there`` is what an edition knows of all that it can show."""

    section = "dik"
    paginate_by = 50
    by: Columns
    there: There
    listed: Callable[[QuerySet], list]

    def get_paginator(self, queryset, per_page, **kwargs):
        paginator = super().get_paginator(queryset, per_page, **kwargs)
        if not set(self.filter.chosen) - {"urut"}:
            paginator.found = self.there.count
        return paginator

    def get_context_data(self, **kwargs):
        context = super().get_context_data(by=self.by, columns=self.by.columns, **kwargs)
        found = context["page_obj"].object_list
        return context | {"rows": self.listed(found) if context["paginator"].count else []}


class Dik(EntryList):
    template_name = "portal/dik.html"
    register = "dik"
    by = _DIK
    listed = staticmethod(listed_entries)

    def shelf(self):
        return excluded_now()

    @property
    def there(self):
        return of_edition(self.request).excluded

    @cached_property
    def filter(self):
        return dik_filter(self.request)


class Reopened(EntryList):
    """What was excluded and is open again, when and by which decision."""

    template_name = "portal/reopened.html"
    register = "reopened"
    by = _REOPENED
    listed = staticmethod(listed_reopened)

    def shelf(self):
        return on_shelf(ReopenedEntry).reopened(on=timezone.localdate())

    @property
    def there(self):
        return of_edition(self.request).reopened

    @cached_property
    def filter(self):
        return reopened_filter(self.request)


class Sops(RegisterPage, SopList):
    """The SOP library; with ``?cetak`` as a table that can be printed."""

    register = "sop"

    def get_template_names(self):
        return ["portal/sop_register.html"] if self.is_printed else super().get_template_names()

    def get_paginator(self, queryset, per_page, **kwargs):
        paginator = super().get_paginator(queryset, per_page, **kwargs)
        paginator.object_list = self.filter.ordered(paginator.object_list)
        return paginator

    def get_context_data(self, **kwargs):
        return super().get_context_data(by=_SOP, columns=_SOP.columns, **kwargs)


class ListFile(OpenPage, View):
    """A list in the ``form`` of the address, whole, with its filters: written while it is sent.

    HEAD says what GET would answer, and asks the shelf for nothing.
    """

    form: Form = FORMS["csv"]
    filename = sheet = ""
    title: tuple[str, ...] = ()

    def get(self, request, **kwargs):
        return self.form.answer(Taken(self.sheet, self.title, tuple(self.columns()), self.rows), self.filename)

    def head(self, request, **kwargs):
        nothing = Taken(self.sheet, (), (), tuple)
        return self.form.answer(nothing, self.filename, only_head=True)

    def columns(self):
        """Return the columns of the file."""
        raise NotImplementedError

    def rows(self):
        """Return the rows that fit, to be read once."""
        raise NotImplementedError


class DipFile(ListFile):
    filename, sheet = "dip", "DIP"
    title = ("Daftar Informasi Publik",)

    def columns(self):
        link = replace(LINK, value=lambda item: self.request.build_absolute_uri(LINK.value(item)))
        return *registers.DIP, link, *registers.DIP_DAYS

    def rows(self):
        rows = item_filter(self.request, DipFilter).apply(on_shelf(PublishedItem))
        return rows.defer("passport").iterator(chunk_size=1000)


class DikFile(ListFile):
    filename, sheet = "dik", "DIK"
    title = ("Daftar Informasi yang Dikecualikan",)

    def columns(self):
        return registers.DIK_CSV

    def rows(self):
        return dik_filter(self.request).apply(excluded_now().leading_on()).iterator(chunk_size=1000)


class ReopenedFile(ListFile):
    filename, sheet = "dik-dibuka-kembali", "Dibuka kembali"
    title = ("Informasi yang dibuka kembali",)

    def columns(self):
        return registers.REOPENED_CSV

    def rows(self):
        return reopened_filter(self.request).apply(open_again()).iterator(chunk_size=1000)


class SopListFile(ListFile):
    filename, sheet = "sop", "SOP"
    title = ("Daftar SOP",)

    def columns(self):
        return *registers.SOP_FILE, Column("Tautan", lambda sop: self.request.build_absolute_uri(sop.version_url))

    def rows(self):
        return sop_filter(self.request).apply(on_shelf(PublishedSop)).for_list().iterator(chunk_size=1000)
