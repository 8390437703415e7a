"""Keeping a file that is born in a case: what proves a step, a paper signed outside, a letter."""

from datetime import datetime

from ppid.flows.models import Case
from ppid.information import documents
from ppid.information.documents import Arrived
from ppid.information.media_types import UploadRefused
from ppid.information.models import Document
from ppid.organisation.models import User


def keep_evidence(case: Case, arrived: Arrived, *, title: str = "", actor: User, at: datetime) -> Document:
    """Keep the file as evidence of the case, which the caller has locked; in an exclusion it is its paper."""
    return documents.keep(
        arrived,
        information=case.information,
        purpose=Document.Purpose.EVIDENCE,
        title=title,
        actor=actor,
        at=at,
        exclusion=case.exclusion,
    )


def keep_scan(case: Case, arrived: Arrived, *, title: str, actor: User, at: datetime) -> Document:
    """Keep the scan of what was signed, as ``keep_evidence``; raises UploadRefused for a file that the case has."""
    if Document.objects.in_case(case).filter(sha256=arrived.sha256).exists():
        raise UploadRefused(
            "Berkas yang sama persis sudah ada pada proses ini. Unggah hasil pindaian yang sudah ditandatangani."
        )
    return keep_evidence(case, arrived, title=title, actor=actor, at=at)
