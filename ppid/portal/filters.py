"""What a reader asked to see, from the address. What does not fit is left out, with a sentence."""

import re
from dataclasses import dataclass
from datetime import date

from django import forms
from django.db.models import Q

from ppid.shelf.models import Category

# The classes as they stand in addresses.
CATEGORY_IN_ADDRESS = {
    "berkala": Category.PERIODIC,
    "serta-merta": Category.IMMEDIATE,
    "setiap-saat": Category.ON_DEMAND,
}
_NUMBER = re.compile(r"^\d{4}-\d{3,8}$")
_FIRST_YEAR = 2008  # of UU 14/2008


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, and the address of the same list without it."""

    label: str
    value: str
    url: str


class Filter(forms.Form):
    """The filters that every list has: words, unit, year."""

    q = forms.CharField(
        label="Kata kunci",
        required=False,
        max_length=200,
        error_messages={"max_length": "Kata pencarian paling banyak 200 huruf; saringan ini diabaikan."},
        widget=forms.TextInput(attrs={"type": "search", "class": "form-control", "autocomplete": "off"}),
    )
    unit = forms.ChoiceField(
        label="Unit",
        required=False,
        error_messages={"invalid_choice": "Unit yang diminta tidak ada dalam daftar ini; saringan ini diabaikan."},
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    tahun = forms.ChoiceField(
        label="Tahun",
        required=False,
        error_messages={"invalid_choice": "Tahun yang diminta tidak ada dalam daftar ini; saringan ini diabaikan."},
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    def __init__(self, data, *, units, oldest, today: date):
        """``units`` are (code, name); ``oldest`` is the first year with something in it."""
        super().__init__(data, auto_id="saring-%s")
        self.fields["unit"].choices = [("", "Semua unit"), *units]
        years = [str(year) for year in range(today.year, max(oldest or today.year, _FIRST_YEAR) - 1, -1)]
        self.fields["tahun"].choices = [("", "Semua tahun"), *((year, year) for year in years)]
        for validator in self.fields["q"].validators:
            if validator.code == "null_characters_not_allowed":
                validator.message = "Kata pencarian memuat tanda yang tidak dikenal; saringan ini diabaikan."
        self.full_clean()

    @property
    def chosen(self) -> dict[str, str]:
        """The filters in force: name and value."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def sentences(self) -> list[str]:
        """What was left out, in sentences."""
        return [error for errors in self.errors.values() for error in errors]

    def chips(self) -> list[Chip]:
        return [Chip(self.fields[name].label, self._shown(name), self._without(name)) for name in self.chosen]

    def query(self) -> str:
        """Return the filters in force as the end of an address, to be kept by a link."""
        kept = self.data.copy()
        for name in list(kept):
            if name not in self.chosen:
                del kept[name]
        return kept.urlencode()

    def _shown(self, name: str) -> str:
        value = self.chosen[name]
        return f"“{value}”" if name == "q" else dict(self.fields[name].choices)[value]

    def _without(self, name: str) -> str:
        rest = self.data.copy()
        rest.pop(name, None)
        rest.pop("halaman", None)
        return f"?{rest.urlencode()}"


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
            items = items.filter(number=words) if _NUMBER.match(words) else items.matching(words)
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
        for word in chosen.get("q", "").split()[:10]:
            entries = entries.filter(
                Q(information__icontains=word) | Q(legal_basis__icontains=word) | Q(number__iexact=word)
            )
        return entries
