"""What the desk's forms share: days, the sentences of the database's constraints, and texts that are kept as typed."""

from dataclasses import dataclass

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms.utils import ErrorList


class DayInput(forms.DateInput):
    """A day, picked from the browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs=attrs, format="%Y-%m-%d")


@dataclass(frozen=True, slots=True)
class Problem:
    """A line of the error summary: where it leads, the field's name, the sentence."""

    target: str
    label: str
    sentence: str


def problems(*forms_of_page: forms.BaseForm) -> list[Problem]:
    """Return everything that is to be mended on a page, form by form, field by field."""
    return [problem for form in forms_of_page for problem in _problems(form)]


def _problems(form):
    yield from (Problem("", "", sentence) for sentence in form.non_field_errors())
    for field in form:
        # A group of boxes has no label of its own to lead to: its first box is the target.
        target = field.id_for_label or f"{field.auto_id}_0"
        yield from (Problem(target, field.label, sentence) for sentence in field.errors)


def crispy(*layout) -> FormHelper:
    """Return a helper that lays out the fields alone: the page writes the form's tag, its buttons and its errors."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(*layout) if layout else None
    return helper


class TypedForm:
    """Mixin: a form can be shown again with everything that was typed, without judging it yet."""

    @classmethod
    def as_typed(cls, data, **kwargs):
        """Return the form with the texts of ``data`` in its fields, and no errors."""
        blank = cls(**kwargs)
        typed = {
            name: field.widget.value_from_datadict(data, {}, blank.add_prefix(name))
            for name, field in blank.fields.items()
        }
        return cls(**{**kwargs, "initial": {**kwargs.get("initial", {}), **typed}})

    def see(self, mark: str) -> None:
        """From now on ``mark`` counts as seen: sent again, the form overwrites what it marks."""
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = mark


class DeskForm(TypedForm, forms.Form):
    """A form of the desk; without fields of its own it is a confirmation."""

    use_required_attribute = False  # our own sentences, in Indonesian and beside the field

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.helper = crispy()


class ReasonForm(DeskForm):
    """Why something is sent back or ended."""

    reason = forms.CharField(
        label="Alasan",
        max_length=4000,
        widget=forms.Textarea({"rows": 4, "maxlength": 4000}),
        error_messages={"required": "Tulis alasannya."},
    )


class DeskModelForm(TypedForm, forms.ModelForm):
    """A form for a model whose constraints speak, each beside the field that its ``violation_error_code`` names."""

    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        for field in self.fields.values():
            if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = "Kolom ini perlu diisi."
        self.helper = crispy()

    def full_clean(self):
        """Judge the form. Constraints over fields left empty on purpose hold too; Django's own form skips those."""
        super().full_clean()
        if not self.is_bound:
            return
        broken = self.errors.pop(NON_FIELD_ERRORS, ErrorList()).as_data()
        elsewhere = {field.name for field in self.instance._meta.fields} - set(self.fields)
        try:
            self.instance.validate_constraints(exclude=elsewhere | set(self.errors))
        except ValidationError as error:
            broken += error.error_dict.get(NON_FIELD_ERRORS, [])
        for each in {error.message: error for error in broken}.values():
            self.add_error(each.code if each.code in self.fields else None, each)
