"""What a list is narrowed to, from its address.

Nothing that anybody types breaks a page: what does not fit is left out, with a sentence.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django import forms
from django.db.models import Q
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from ppid.web.drawn import digest
from ppid.web.spoken import Spoken

_FIRST_YEAR = 2008  # of UU 14/2008


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, and the address of the same list without it."""

    label: str
    value: str
    url: str


class PlainSelect(forms.Select):
    """A list of choices without groups, written at once: Django draws a template for each of a hundred choices."""

    def render(self, name, value, attrs=None, renderer=None):
        options = _options(tuple(self.choices), tuple(self.format_value(value)))
        return format_html(
            "<select{}>{}</select>", flatatt({"name": name} | self.build_attrs(self.attrs, attrs)), options
        )


@lru_cache(maxsize=200)
def _options(choices: tuple[tuple[str, str], ...], chosen: tuple[str, ...]) -> SafeString:
    return format_html_join(
        "\n",
        '<option value="{}"{}>{}</option>',
        ((key, _SELECTED if str(key) in chosen else "", label) for key, label in choices),
    )


_SELECTED = mark_safe(" selected")


class PlainText(forms.TextInput):
    """A field for words, written at once."""

    def render(self, name, value, attrs=None, renderer=None):
        said = {"type": self.input_type, "name": name}
        if (shown := self.format_value(value)) is not None:
            said["value"] = shown
        return format_html("<input{}>", flatatt(said | self.build_attrs(self.attrs, attrs)))


def choice(label: str, wrong: str, choices: Iterable[tuple[str, str]] = ()) -> forms.ChoiceField:
    """Return a field of a filter that narrows to one of the choices; ``wrong`` says that another was left out."""
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=list(choices),
        error_messages={"invalid_choice": wrong},
        widget=PlainSelect(attrs={"class": "form-select"}),
    )


class Filter(forms.Form):
    """The filters that every list has: words, unit, year."""

    q = forms.CharField(
        label="Kata kunci",
        required=False,
        max_length=200,
        error_messages={"max_length": "Kata pencarian paling banyak 200 huruf; saringan ini diabaikan."},
        widget=PlainText(attrs={"type": "search", "class": "form-control", "autocomplete": "off"}),
    )
    unit = choice("Unit", "Unit yang diminta tidak ada dalam daftar ini; saringan ini diabaikan.")
    tahun = choice("Tahun", "Tahun yang diminta tidak ada dalam daftar ini; saringan ini diabaikan.")

    def __init__(self, data, *, units=(), today: date, oldest: int | None = None, said=(), spoken=(), **choices):
        """``units`` are (code, name); ``oldest`` is the first year with something in it, for lists that have years.

        ``choices`` are those of further fields, by the field's name; ``said`` are sentences about what was asked;
        ``spoken`` are the codes of units, each with what people call it, also in the words that they search.
        """
        self.said = list(said)
        self.spoken = Spoken(spoken)
        super().__init__(data, auto_id="saring-%s")
        for name, found in choices.items():
            self.fields[name].choices = found
        if "unit" in self.fields:
            self.fields["unit"].choices = [("", "Semua unit"), *units]
        if "tahun" in self.fields:
            years = [str(year) for year in range(today.year, max(oldest or today.year, _FIRST_YEAR) - 1, -1)]
            self.fields["tahun"].choices = [("", "Semua tahun"), *((year, year) for year in years)]
        for validator in self.fields["q"].validators:
            if validator.code == "null_characters_not_allowed":
                validator.message = "Kata pencarian memuat tanda yang tidak dikenal; saringan ini diabaikan."
        self.full_clean()

    @property
    def digest(self) -> str:
        """The digest of all that its fields print: what can be chosen, and what was."""
        said = [
            (name, getattr(field, "choices", ()), field.widget.value_from_datadict(self.data, self.files, name))
            for name, field in self.fields.items()
        ]
        return digest(type(self), said)

    @property
    def chosen(self) -> dict[str, str]:
        """The filters in force: name and value."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def sentences(self) -> list[str]:
        """What was left out, or is called otherwise by now, in sentences."""
        return self.said + [error for errors in self.errors.values() for error in errors]

    def found(self, holds: Callable[[str], Q], *, of_units: Callable[[set[str]], Q]) -> Q:
        """Return what holds all the words that are searched, or the rest of them and is of a unit that they name.

        ``holds`` says what holds a word, ``of_units`` what is of the units with these codes.
        """
        words = self.chosen.get("q", "")
        codes, left = self.spoken.meant(words)
        found = _all_of(words, holds)
        return found | of_units(codes) & _all_of(left, holds) if codes else found

    def chips(self) -> list[Chip]:
        return [
            Chip(self.fields[name].label, self._shown(name, value), self._without(name))
            for name, value in self.chosen.items()
        ]

    def query(self) -> str:
        """Return the filters in force as the end of an address, to be kept by a link."""
        kept = self.data.copy()
        for name in list(kept):
            if name not in self.chosen:
                del kept[name]
        return kept.urlencode()

    def _shown(self, name: str, value: str) -> str:
        choices = getattr(self.fields[name], "choices", None)
        return f"“{value}”" if choices is None else dict(choices).get(value, value)

    def _without(self, name: str) -> str:
        rest = self.data.copy()
        rest.pop(name, None)
        rest.pop("halaman", None)
        return f"?{rest.urlencode()}"


def _all_of(words: str, holds: Callable[[str], Q]) -> Q:
    found = Q()
    for word in words.split()[:10]:
        found &= holds(word)
    return found


class ThemeFilter(Filter):
    """The filters that a list of SOP sheets has: also their theme."""

    tema = choice("Tema", "Tema yang diminta tidak ada dalam pustaka ini; saringan ini diabaikan.")

    def __init__(self, data, *, themes: Iterable[str], **more):
        super().__init__(data, tema=[("", "Semua tema"), *((theme, theme) for theme in themes)], **more)
