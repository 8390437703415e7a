"""What somebody did on a version of a sheet: whoever edited, imported, confirmed or handed it in doesn't approve it.

The database says the same (``StateChange``). Copying the version before into a new draft is nobody's work yet.
"""

from datetime import date

from ppid.organisation.deciding import Deciders, listed
from ppid.organisation.models import Appointment, User
from ppid.organisation.puppets import work_of
from sop.import_records import ImportedFile
from sop.models import SopVersion
from sop.permissions import APPROVER


def worked_on(version: SopVersion, user: User) -> str:
    """Return what the person did on this version, in words that follow their name; "" when nothing.

    The work of an account for which they alone vouch (``ppid.organisation.puppets``) is theirs too.
    """
    return work_of(user, lambda each: _own(version, each))


def _own(version: SopVersion, user: User) -> str:
    found = []
    if imported := ImportedFile.objects.filter(version=version, kept_by=user).first():
        found.append(f"mengimpornya dari «{imported.filename}»")
    elif version.begun_by_id == user.pk:
        found.append("memulainya" if version.origin == SopVersion.Origin.WRITTEN else "mengimpornya")
    keys = {change["key"] for edit in version.edits.filter(actor=user) for change in edit.changes}
    if keys - {"confirmed"}:
        found.append("menyunting drafnya")
    if "confirmed" in keys or version.confirmed_by_id == user.pk:
        found.append("mengonfirmasi pembagian langkahnya")
    if submitter(version) == user:
        found.append("mengajukannya")
    return listed(found)


def submitter(version: SopVersion) -> User | None:
    """Return who handed the version in, the last time."""
    handed_in = version.changes.filter(to_state=SopVersion.State.IN_REVIEW).order_by("-sequence").first()
    return handed_in.actor if handed_in else None


def approvers(version: SopVersion, *, on: date) -> Deciders:
    """Return who could approve the version by their office, each with what they did on it."""
    held = Appointment.objects.in_force(on=on).filter(role__code=APPROVER).select_related("user", "role", "unit")
    return Deciders.among("PPID Utama", held.definitive_first(), lambda person: worked_on(version, person))
