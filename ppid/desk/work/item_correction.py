"""Proposing the ralat of a published item's description. Rules: ``ppid.flows.item_correction``."""

from django import forms

from ppid.desk.forms import crispy
from ppid.desk.work.amendment_forms import WordsForm
from ppid.desk.work.amendments import Proposes
from ppid.desk.work.forms import DescriptionForm
from ppid.flows.item_correction import CORRECTION, HIDES_FORMER
from ppid.information.models import Information


class CorrectionForm(WordsForm):
    """The description as it is read, to be corrected."""

    words = Information.DESCRIPTION_FIELDS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        words = forms.fields_for_model(
            Information,
            fields=self.words,
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


class CorrectItem(Proposes):
    kind = CORRECTION
    form_class = CorrectionForm
    template_name = "desk/work/correct_item.html"
