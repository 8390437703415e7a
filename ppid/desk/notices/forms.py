"""The forms of news: how one wants to be told, and whose mails came back."""

from django import forms

from ppid.desk.forms import DeskForm
from ppid.notices.kinds import HOW_LABELS, SWITCHED, How
from ppid.organisation.models import User

_CHOICES = [(str(how), HOW_LABELS[how]) for how in How]


class SwitchesForm(DeskForm):
    """One choice for each kind of news."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for kind in SWITCHED:
            self.fields[kind.key] = forms.ChoiceField(label=kind.label, choices=_CHOICES, required=False)


class CameBackForm(DeskForm):
    """Whose mails came back to the office."""

    person = forms.ModelChoiceField(
        label="Surel siapa yang kembali",
        queryset=User.objects.filter(is_active=True),
        empty_label="Pilih orang",
        error_messages={"required": "Pilih orangnya."},
    )
