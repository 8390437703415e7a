"""The forms of the working calendar."""

from datetime import date

from crispy_forms.layout import Div
from django import forms

from ppid.desk.forms import DayInput, DeskForm, DeskModelForm, crispy
from ppid.worktime.actions import YEARS
from ppid.worktime.models import Holiday


class HolidayForm(DeskModelForm):
    """A day that is not worked. ``seen`` marks what the row said when the form was drawn."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)

    class Meta:
        model = Holiday
        fields = ["date", "name", "kind", "source", "is_confirmed"]
        widgets = {"date": DayInput, "source": forms.Textarea({"rows": 2}), "kind": forms.RadioSelect}
        labels = {"is_confirmed": "Sudah ditetapkan dengan keputusan"}
        help_texts = {
            "source": "Nomor dan judul keputusannya, misalnya Keputusan Bersama. Wajib bila sudah ditetapkan.",
            "is_confirmed": "Biarkan kosong selama masih perkiraan.",
        }
        error_messages = {
            "date": {
                "required": "Pilih tanggalnya.",
                "unique": "Tanggal ini sudah ada dalam kalender. Ubah baris yang sudah ada.",
            },
            "name": {"required": "Tulis nama hari liburnya."},
            "kind": {"required": "Pilih jenisnya."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = Holiday.Kind.choices
        if self.instance.pk:
            self.initial.setdefault("seen", self.instance.mark)
        day = Div("date", "name", css_class="side-by-side")
        self.helper = crispy("seen", day, "kind", "is_confirmed", "source")

    def clean_date(self):
        day: date = self.cleaned_data["date"]
        if day.year not in YEARS:
            raise forms.ValidationError(f"Tahun harus antara {YEARS[0]} dan {YEARS[-1]}.")
        return day


class PredictForm(DeskForm):
    tahun = forms.IntegerField(
        label="Tahun",
        error_messages=dict.fromkeys(["required", "invalid"], f"Tahun harus antara {YEARS[0]} dan {YEARS[-1]}."),
    )
