"""What a reader asked to see, from the address. What does not fit is left out, with a sentence."""

import re
from typing import Any

from django import forms
from django.utils.functional import cached_property

from ppid.shelf.models import Category, PublishedSop
from ppid.shelf.search.question import Question, read, widened
from ppid.web.filters import Filter, ThemeFilter, choice
from ppid.web.ordering import Order, OrderedFilter

# The classes as they stand in addresses.
CATEGORY_IN_ADDRESS = {
    "berkala": Category.PERIODIC,
    "serta-merta": Category.IMMEDIATE,
    "setiap-saat": Category.ON_DEMAND,
}
# What a sheet's status is called in addresses; without any, the list shows what is in force.
STATUS_IN_ADDRESS = {
    "digantikan": PublishedSop.Status.SUPERSEDED,
    "dicabut": PublishedSop.Status.RETIRED,
}
_NUMBER = re.compile(r"^\d{4}-\d{3,8}$")


def of_class(label: str = "Jenis") -> forms.ChoiceField:
    """Return the field of a filter that narrows to one of the classes of public information."""
    return choice(
        label,
        "Jenis informasi yang diminta tidak dikenal; saringan ini diabaikan.",
        choices=[("", "Semua jenis"), *((slug, category.label) for slug, category in CATEGORY_IN_ADDRESS.items())],
    )


class Asks:
    """Mixin of a filter whose words are asked of the search («capil akta», «bansos»).

    ``families`` are words that mean the same; ``units`` and ``spoken`` as every filter has them.
    """

    def __init__(self, data, *, families=(), units=(), spoken=(), **more):
        names = dict(units)
        self._families, self._units = families, [(code, names.get(code, code), said) for code, said in spoken]
        super().__init__(data, units=units, spoken=spoken, **more)

    @cached_property
    def question(self) -> Question:
        """What the words ask for, with all that is meant by them."""
        return widened(read(self.chosen.get("q", "")), self._families, self._units)


class ItemFilter(Asks, Filter):
    """The filters of published information and of the DIP."""

    jenis = of_class()
    field_order = ["q", "jenis", "unit", "tahun"]

    def apply(self, items):
        """Return the items that fit: best first for words, else newest first."""
        chosen, items = self.chosen, items.newest_first()
        if category := CATEGORY_IN_ADDRESS.get(chosen.get("jenis")):
            items = items.filter(category=category)
        if unit := chosen.get("unit"):
            items = items.filter(unit_code=unit)
        if year := chosen.get("tahun"):
            items = items.filter(published_at__year=int(year))
        if words := chosen.get("q"):
            items = items.filter(number=words) if _NUMBER.match(words) else items.matching(self.question)
        return items

    @property
    def counted(self) -> dict[str, Any]:
        """What is asked for besides words, as the shelf counts its items (``ppid.portal.of_edition``)."""
        chosen = self.chosen
        category = CATEGORY_IN_ADDRESS.get(chosen.get("jenis"), "")
        return {"category": category, "unit": chosen.get("unit", ""), "year": int(chosen.get("tahun") or 0)}


_BY_NUMBER = Order("Nomor, yang lama dahulu", "Nomor, yang baru dahulu", ("number",))
_BY_UNIT = Order("Unit, A–Z", "Unit, Z–A", ("unit_name", "number"))


class DipFilter(OrderedFilter, ItemFilter):
    """The filters of the DIP, which can be put in order."""

    orders = {
        "nomor": _BY_NUMBER,
        "judul": Order("Judul, A–Z", "Judul, Z–A", ("title", "number")),
        "unit": _BY_UNIT,
        "jenis": Order("Jenis, A–Z", "Jenis, Z–A", ("category", "-published_at", "-pk")),
    }
    usual = "Terbaru dahulu"
    field_order = [*ItemFilter.field_order, "urut"]

    def apply(self, items):
        """Return the items that fit, in the order that was asked for."""
        return self.ordered(super().apply(items))


class DikFilter(Asks, OrderedFilter):
    """The filters of the list of excluded information; its year is that of the decree."""

    orders = {
        "nomor": _BY_NUMBER,
        "unit": _BY_UNIT,
        "sk": Order("SK, yang lama dahulu", "SK, yang baru dahulu", ("decree_date", "number")),
        "berakhir": Order("Berakhir, yang dekat dahulu", "Berakhir, yang jauh dahulu", ("ends_on", "number")),
    }
    usual = "Terbaru dahulu"
    field_order = ["q", "unit", "tahun", "urut"]

    def apply(self, entries):
        """Return the entries that fit, newest first."""
        chosen = self.chosen
        if unit := chosen.get("unit"):
            entries = entries.filter(unit_code=unit)
        if year := chosen.get("tahun"):
            entries = entries.filter(decree_date__year=int(year))
        return self.ordered(entries.found_by(self.question) if chosen.get("q") else entries)


class ReopenedFilter(Asks, OrderedFilter):
    """The filters of what is open again; its year is the one since which it is."""

    orders = {"nomor": _BY_NUMBER, "unit": _BY_UNIT}
    usual = "Terbaru dahulu"
    field_order = ["q", "unit", "tahun", "urut"]

    def apply(self, entries):
        """Return the entries that fit, the newest first."""
        chosen = self.chosen
        if unit := chosen.get("unit"):
            entries = entries.filter(unit_code=unit)
        if year := chosen.get("tahun"):
            entries = entries.filter(open_since__year=int(year))
        return self.ordered(entries.found_by(self.question) if chosen.get("q") else entries)


class SopFilter(Asks, OrderedFilter, ThemeFilter):
    """The filters of the SOP library; its year is the one since which a sheet is in force."""

    orders = {
        "nama": Order("Nama, A–Z", "Nama, Z–A", ("name", "pk")),
        "unit": Order("Unit, A–Z", "Unit, Z–A", ("unit_name", "name", "pk")),
        "berlaku": Order("Berlaku, yang lama dahulu", "Berlaku, yang baru dahulu", ("in_force_from", "pk")),
    }

    keadaan = choice(
        "Keadaan",
        "Keadaan yang diminta tidak dikenal; saringan ini diabaikan.",
        choices=[
            ("", "Yang berlaku"),
            *((slug, status.label) for slug, status in STATUS_IN_ADDRESS.items()),
            ("semua", "Semua versi"),
        ],
    )
    tahun = choice("Berlaku sejak", "Tahun yang diminta tidak ada dalam daftar ini; saringan ini diabaikan.")
    field_order = ["q", "unit", "tema", "keadaan", "tahun", "urut"]

    def apply(self, sops):
        """Return the sheets that fit: best first for words, else by title."""
        chosen, sops = self.chosen, sops.by_title()
        state = chosen.get("keadaan")
        if state != "semua":
            sops = sops.filter(status=STATUS_IN_ADDRESS.get(state, PublishedSop.Status.IN_FORCE))
        if unit := chosen.get("unit"):
            sops = sops.filter(unit_code=unit)
        if theme := chosen.get("tema"):
            sops = sops.filter(theme=theme)
        if year := chosen.get("tahun"):
            sops = sops.filter(in_force_from__year=int(year))
        if chosen.get("q"):
            sops = sops.matching(self.question)
        return self.ordered(sops)
