"""What figures are asked for, from the address: a period and a unit. What doesn't fit is left out, with a sentence."""

from collections.abc import Iterable
from datetime import date, timedelta

from django import forms
from django.utils.formats import date_format

from ppid.desk.forms import DayInput
from ppid.flows.figures.period import Period
from ppid.web.filters import choice

_FIRST_YEAR = 2008  # of UU 14/2008
_YEARS = 10  # that the list offers
_NOT_A_DAY = "Tanggal yang diminta tidak dikenal; saringan ini diabaikan."


class Asked(forms.Form):
    """A named stretch (``masa``), or from a day to a day, which goes before; without any, this year."""

    masa = choice("Masa", "Masa yang diminta tidak dikenal; saringan ini diabaikan.")
    dari = forms.DateField(label="Dari", required=False, error_messages={"invalid": _NOT_A_DAY}, widget=DayInput)
    sampai = forms.DateField(label="Sampai", required=False, error_messages={"invalid": _NOT_A_DAY}, widget=DayInput)
    unit = choice("Unit", "Unit yang diminta tidak ada dalam daftar ini; saringan ini diabaikan.")

    def __init__(self, data, *, units: Iterable[tuple[str, str]], today: date):
        super().__init__(data, auto_id="saring-%s")
        self.today, self.said = today, []
        years = [(str(year), f"Tahun {year}") for year in range(today.year - 2, today.year - _YEARS, -1)]
        self.fields["masa"].choices = [("", "Tahun ini"), *_NAMED.items(), *years]
        self.fields["unit"].choices = [("", "Semua unit"), *units]
        for name in ("dari", "sampai"):
            self.fields[name].widget.attrs["class"] = "form-control"
        self.full_clean()
        self.period = self._period()

    @property
    def sentences(self) -> list[str]:
        """What was left out, in sentences."""
        return self.said + [error for errors in self.errors.values() for error in errors]

    @property
    def words(self) -> str:
        """The period as people write it: «1 Januari sampai 31 Desember 2026»."""
        first, last = self.period.first, self.period.last
        if first == last:
            return date_format(first)
        begins = date_format(first, "j F" if first.year == last.year else "j F Y")
        return f"{begins} sampai {date_format(last)}"

    def query(self) -> str:
        """Return what was asked and fits, as the end of an address."""
        kept = self.data.copy()
        for name in list(kept):
            if not self.cleaned_data.get(name):
                del kept[name]
        return kept.urlencode()

    def _period(self) -> Period:
        first, last = self.cleaned_data.get("dari"), self.cleaned_data.get("sampai")
        if first is None and last is None:
            return self._named(self.cleaned_data.get("masa", ""))
        first, last = first or date((last or self.today).year, 1, 1), last or max(self.today, first or self.today)
        if first > last:
            self.said.append("Hari pertama harus sebelum hari terakhir; masa yang diminta diabaikan.")
        elif first.year < _FIRST_YEAR or last.year > self.today.year + 1:
            self.said.append(
                f"Masa harus antara tahun {_FIRST_YEAR} dan {self.today.year + 1}; masa yang diminta diabaikan."
            )
        else:
            return Period(first, last)
        return self._named("")

    def _named(self, name: str) -> Period:
        today, month = self.today, self.today.replace(day=1)
        if name == "bulan-ini":
            return Period(month, _last_of(month))
        if name == "bulan-lalu":
            last = month - timedelta(days=1)
            return Period(last.replace(day=1), last)
        year = {"": today.year, "tahun-lalu": today.year - 1}.get(name) or int(name)
        return Period(date(year, 1, 1), date(year, 12, 31))


_NAMED = {"bulan-ini": "Bulan ini", "bulan-lalu": "Bulan lalu", "tahun-lalu": "Tahun lalu"}


def _last_of(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
