"""A version on the public shelf: what it shows there, with its papers."""

from django.conf import settings
from django.utils import timezone

from ppid.content_store import BytesLost
from ppid.shelf.actions import put_sop
from ppid.shelf.models import PublishedSop
from sop.drawing.drawn import draw
from sop.guards import SopRefused
from sop.models import SopVersion
from sop.versions.papers import papers
from sop.versions.store import sheet_store

# What a version's state is called on the shelf; one that is neither approved nor past isn't there.
_SHOWN_AS = {
    SopVersion.State.APPROVED: PublishedSop.Status.IN_FORCE,
    SopVersion.State.SUPERSEDED: PublishedSop.Status.SUPERSEDED,
    SopVersion.State.RETIRED: PublishedSop.Status.RETIRED,
}


def show(version: SopVersion) -> PublishedSop:
    """Put an approved or past version on the shelf, with its papers. Fetch it ``with_sheet()``.

    Do it again when something beside the sheet has changed (a signed sheet was added): the papers stay as they are.
    Raises SopRefused when a kept paper is lost.
    """
    end = version.changes.filter(to_state=version.state).last() if version.state != SopVersion.State.APPROVED else None
    sheet = version.sheet()
    shown = PublishedSop(
        slug=version.sop.slug,
        version=version.version,
        status=_SHOWN_AS[version.state],
        flow=version.sop.flow if version.runs == version.sop.flow else "",
        is_master=version.sop.is_master,
        title=version.sop.title,
        theme=version.sop.theme,
        unit_code=version.sop.unit.code,
        unit_name=version.sop.unit.name,
        number=version.number,
        effective=version.effective,
        in_force_from=version.in_force_from,
        ended_on=end and timezone.localdate(end.at),
        ended_because=end.why if end and version.state == SopVersion.State.RETIRED else "",
        related=version.related,
        steps="\n".join(row.text for row in sheet.rows),
        sheet=draw(sheet),
        pdf_sha256=version.pdf_sha256,
        pdf_size=version.pdf_size,
        approved_at=version.approved_at,
    )
    files = papers(version, sheet, address=foot_of(version), url=address_of(version))
    try:
        return put_sop(shown, files, source=sheet_store())
    except BytesLost as lost:
        raise SopRefused(
            f"Berkas lembar «{version.sop.title}» versi {version.version} hilang atau rusak di tempat penyimpanan, "
            "jadi tidak ada yang berubah. Minta petugas TI memulihkannya dari cadangan, lalu coba lagi."
        ) from lost


def address_of(version: SopVersion) -> str:
    """Return where the portal shows exactly this version, for its QR code; empty without ``SITE_URL``."""
    if not settings.SITE_URL:
        return ""
    return f"{settings.SITE_URL}/sop/{version.sop.slug}/versi/{version.version}/"


def foot_of(version: SopVersion) -> str:
    """Return what stands in the foot of the version's papers: the office, and where its SOP is found."""
    return f"{settings.SITE_NAME} · /sop/{version.sop.slug}/"
