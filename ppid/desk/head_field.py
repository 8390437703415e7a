"""The field of a form that asks which head signed an approval: chosen among the appointments, never typed."""

from django import forms

from ppid.flows.head_approval import HEAD
from ppid.flows.papers import people
from ppid.organisation.models import Appointment, AppointmentQuerySet


class HeadField(forms.ModelChoiceField):
    """Whose approval it was; the form says which of the appointments may be chosen."""

    def __init__(self):
        super().__init__(
            Appointment.objects.none(),
            label="Pimpinan yang menyetujui",
            empty_label="Pilih",
            error_messages={
                "required": "Pilih pimpinan yang menandatangani persetujuannya.",
                "invalid_choice": "Pilih pejabat yang memegang penugasan Atasan PPID.",
            },
        )

    @staticmethod
    def held() -> AppointmentQuerySet:
        """Return all appointments of heads, whenever they held."""
        return Appointment.objects.filter(role__code=HEAD).select_related("user", "role", "unit")

    def label_from_instance(self, appointment: Appointment) -> str:
        return people.in_words(appointment)
