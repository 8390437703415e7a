"""What a reader asked to see, from the address. What does not fit is left out, with a sentence."""

import re

from django import forms
from django.db.models import Q

from ppid.shelf.models import Category, PublishedSop
from ppid.web.filters import Filter, ThemeFilter
from ppid.web.spoken import Spoken

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


def _of_units(codes: set[str]) -> Q:
    return Q(unit_code__in=codes)


def _searched(rows, words: str, spoken: Spoken):
    """Return the rows that hold the words, and those of the unit that the words name («capil akta»)."""
    codes, left = spoken.meant(words)
    return rows.matching(words, also=_of_units(codes), with_words=left) if codes else rows.matching(words)


class ItemFilter(Filter):
    """The filters of published information and of the DIP."""

    jenis = forms.ChoiceField(
        label="Jenis",
        required=False,
        choices=[("", "Semua jenis"), *((slug, category.label) for slug, category in CATEGORY_IN_ADDRESS.items())],
        error_messages={"invalid_choice": "Jenis informasi yang diminta tidak dikenal; saringan ini diabaikan."},
        widget=forms.Select(attrs={"class": "form-select"}),
    )
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
            items = items.filter(number=words) if _NUMBER.match(words) else _searched(items, words, self.spoken)
        return items


class DikFilter(Filter):
    """The filters of the list of excluded information; its year is that of the decree."""

    def apply(self, entries):
        """Return the entries that fit, newest first."""
        chosen = self.chosen
        if unit := chosen.get("unit"):
            entries = entries.filter(unit_code=unit)
        if year := chosen.get("tahun"):
            entries = entries.filter(decree_date__year=int(year))
        return entries.filter(self.found(self._holds, of_units=_of_units))

    @staticmethod
    def _holds(word: str) -> Q:
        return Q(information__icontains=word) | Q(legal_basis__icontains=word) | Q(number__iexact=word)


class ReopenedFilter(Filter):
    """The filters of what is open again; its year is the one since which it is."""

    def apply(self, entries):
        """Return the entries that fit, the newest first."""
        chosen = self.chosen
        if unit := chosen.get("unit"):
            entries = entries.filter(unit_code=unit)
        if year := chosen.get("tahun"):
            entries = entries.filter(open_since__year=int(year))
        return entries.filter(self.found(self._holds, of_units=_of_units))

    @staticmethod
    def _holds(word: str) -> Q:
        words = Q(information__icontains=word) | Q(reopened_because__icontains=word)
        return words | Q(number__iexact=word) | Q(item_number__iexact=word)


class SopFilter(ThemeFilter):
    """The filters of the SOP library; its year is the one since which a sheet is in force."""

    keadaan = forms.ChoiceField(
        label="Keadaan",
        required=False,
        choices=[
            ("", "Yang berlaku"),
            *((slug, status.label) for slug, status in STATUS_IN_ADDRESS.items()),
            ("semua", "Semua versi"),
        ],
        error_messages={"invalid_choice": "Keadaan yang diminta tidak dikenal; saringan ini diabaikan."},
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    tahun = forms.ChoiceField(
        label="Berlaku sejak",
        required=False,
        error_messages={"invalid_choice": "Tahun yang diminta tidak ada dalam daftar ini; saringan ini diabaikan."},
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    field_order = ["q", "unit", "tema", "keadaan", "tahun"]

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
        if words := chosen.get("q"):
            sops = _searched(sops, words, self.spoken)
        return sops
