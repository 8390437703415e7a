"""How an act says no: one root for every refusal, with sentences that people act on."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django import forms


class Refused(Exception):
    """An act was refused. ``sentences`` say why and what to do about it, in Indonesian.

    ``fields`` names the form field that each sentence is about, or "". ``status`` is how a page answers it.
    """

    status = 422

    def __init__(self, *sentences: str, fields: Sequence[str] = ()):
        super().__init__(" ".join(sentences))
        self.sentences = sentences
        self.fields = tuple(fields) or ("",) * len(sentences)


class ChangedMeanwhile(Refused):
    """Someone else wrote since this person looked; writing now would undo it unseen."""

    status = 409


class Forbidden(Refused):
    """It is not this person's to do."""

    status = 403


def pour(refusal: Refused, form: "forms.BaseForm", *, beside: str = "") -> None:
    """Set each sentence of the refusal beside its field, or above the form when it has none there.

    ``beside`` is the field of the sentences that name none.
    """
    for sentence, named in zip(refusal.sentences, refusal.fields, strict=True):
        field = named or beside
        form.add_error(field if field in form.fields else None, sentence)
