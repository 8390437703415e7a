"""What becomes of some of the demo's items after they were published: confirmed, corrected, replaced."""

from datetime import datetime, timedelta

from ppid.flows.actions import take_step
from ppid.flows.amendments import decide, propose
from ppid.flows.item_correction import CORRECTION
from ppid.flows.models import Case
from ppid.flows.renewal import confirm_still_right
from ppid.information.models import Information
from ppid.organisation.models import User
from ppid.shelf.models import Tombstone

STILL_RIGHT = "Rencana kerja Dinas Sosial tahun 2027"
CORRECTED = "Statistik penerbitan dokumen kependudukan semester I 2026"
REPLACED = "Jadwal pelayanan perekaman KTP elektronik semester I 2026"
REPLACED_BY = "Standar pelayanan penerbitan kartu keluarga"


def tell(now: datetime) -> None:
    """Let the items live on, a few days ago."""
    days_ago = [now - timedelta(days=n) for n in range(4)]
    confirm_still_right(_published(STILL_RIGHT), actor=_person("dinsos"), at=days_ago[2])
    _correct(_published(CORRECTED), proposed_at=days_ago[3], decided_at=days_ago[2])
    take_step(
        _published(REPLACED),
        "retract",
        actor=_person("utama"),
        note="Jadwalnya sudah lewat dan kini menjadi bagian dari standar pelayanan.",
        at=days_ago[1],
        why=Tombstone.Why.REPLACED,
        successor=Information.objects.get(title=REPLACED_BY).number,
    )


def _correct(case: Case, *, proposed_at: datetime, decided_at: datetime) -> None:
    item = case.information
    words = {name: getattr(item, name) for name in Information.DESCRIPTION_FIELDS}
    words["summary"] = item.summary.replace("Banyaknya KTP elektronik", "Banyaknya keping KTP elektronik")
    amendment = propose(
        case,
        CORRECTION,
        actor=_person("disdukcapil"),
        after={**words, "hides_former": False},
        reason="Yang dihitung adalah keping KTP elektronik yang dicetak, bukan orangnya.",
        at=proposed_at,
    )
    decide(amendment, approve=True, actor=_person("utama"), at=decided_at)


def _published(title: str) -> Case:
    return Case.objects.on_the_shelf().get(information__title=title)


def _person(key: str) -> User:
    return User.objects.get(email=f"{key}@demo.example")
