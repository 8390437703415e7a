"""Who stands under a paper: whoever took the step, else who holds the office that day. Nobody types a name."""

from collections.abc import Sequence
from datetime import date

from ppid.flows.models import Case
from ppid.flows.papers.description import Signature
from ppid.flows.steps import Kind
from ppid.organisation.models import Appointment

BIDANG = ("bidang_layanan",)
OPERATOR = ("operator",)
UTAMA = ("ppid_utama",)
PELAKSANA = ("ppid_pelaksana",)
TESTERS = ("opd", "ppid_pembantu")
HEAD = ("atasan_ppid",)


def holding(case: Case, roles: Sequence[str], *, on: date) -> list[Appointment]:
    """Return the appointments of these roles that hold for the case's unit on a day, definitive ones first."""
    return [each for each in case.in_office(on=on) if each.role.code in roles]


def in_words(appointment: Appointment) -> str:
    """Return a person in office as papers and ledgers name them: «name, office»."""
    return f"{appointment.user.name}, {appointment.acting_as}"


def signature(case: Case, roles: Sequence[str], *, on: date, key: str = "", lead: str = "") -> Signature:
    """Return the place to sign of whoever took the step ``key``, else of the first who holds one of the roles."""
    taken = (
        case.records.standing().filter(kind=Kind.STEP, key=key).select_related("actor").order_by("-sequence").first()
    )
    if key and taken is not None:
        return Signature(taken.acting_as, taken.actor_name, taken.actor.nip, lead)
    held = next(iter(holding(case, roles, on=on)), None)
    if held is None:
        return Signature("Nama dan jabatan", lead=lead)
    return Signature(held.acting_as, held.user.name, held.user.nip, lead)


def signature_of(words: str, case: Case, roles: Sequence[str], *, on: date) -> Signature:
    """Return the place to sign of the person that ``in_words`` names; the words themselves when nobody is found."""
    for each in holding(case, roles, on=on):
        # Whoever bears another name by now signed under the one of that day.
        for name in (each.user.name, *(former["name"] for former in each.user.former_names)):
            if f"{name}, {each.acting_as}" == words:
                return Signature(each.acting_as, name, each.user.nip)
    return Signature("Pejabat Pengelola Informasi dan Dokumentasi", words)
