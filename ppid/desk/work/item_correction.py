"""Proposing the ralat of a published item's description. Rules: ``ppid.flows.item_correction``."""

from django import forms

from ppid.desk.forms import crispy
from ppid.desk.work.amendment_forms import ProposalForm
from ppid.desk.work.amendments import Proposes
from ppid.desk.work.forms import DescriptionForm
from ppid.flows.item_correction import CORRECTION, HIDES_FORMER
from ppid.information.models import Information


class CorrectionForm(ProposalForm):
    """The description as it is read, to be corrected."""

    hides_former = forms.BooleanField(
        label="Sembunyikan kata lama dari publik",
        required=False,
        help_text="Pilih hanya bila kata lama tidak boleh dibaca lagi. Pemutus melihat pilihan ini.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        words = forms.fields_for_model(
            Information,
            fields=Information.DESCRIPTION_FIELDS,
            widgets=DescriptionForm.Meta.widgets,
            help_texts=DescriptionForm.Meta.help_texts,
            labels=DescriptionForm.Meta.labels,
        )
        for field in words.values():
            field.required = False  # the rule answers, with its own sentence
        reason = self.fields.pop("reason")
        reason.label, reason.help_text = "Catatan ralat", "Dibaca publik bersama kata yang lama, dan oleh pemutus."
        hides = self.fields.pop(HIDES_FORMER)
        self.fields |= {**words, HIDES_FORMER: hides, "reason": reason}
        self.helper = crispy(*self.fields)

    def after(self):
        return {name: self.cleaned_data[name] for name in (*Information.DESCRIPTION_FIELDS, HIDES_FORMER)}


class CorrectItem(Proposes):
    kind = CORRECTION
    form_class = CorrectionForm
    template_name = "desk/work/correct_item.html"
