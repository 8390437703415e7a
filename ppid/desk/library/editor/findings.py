"""What the sheet check says about a draft, each finding with the way to the field where it is mended."""

from typing import NamedTuple

from django.urls import reverse

from sop.check import check
from sop.check.rules import Finding
from sop.models import SopVersion
from sop.sheet import LISTS, TEXTS


class Pointer(NamedTuple):
    """A finding and the address of its field in the editor."""

    finding: Finding
    url: str


def findings(version: SopVersion) -> list[Pointer]:
    """Check a version fetched ``with_sheet()``."""
    rows = {activity.number: activity.pk for activity in version.activities.all()}
    return [Pointer(finding, _address(version, finding, rows)) for finding in check(version)]


def _address(version: SopVersion, finding: Finding, rows: dict[int, int]) -> str:
    def page(name):
        return reverse("desk:sop-edit", args=[version.sop.slug, version.version, name])

    if finding.number in rows:
        pk = rows[finding.number]
        return f"{page('aktivitas')}?baris={pk}#id_activity.{pk}.{finding.field}"
    if finding.field.startswith("carries."):
        return f"{page('langkah')}#id_{finding.field}"
    if finding.field == "doubts":
        return f"{page('identitas')}#keraguan"
    if finding.field in TEXTS:
        return f"{page('identitas')}#id_{finding.field}"
    if finding.field in LISTS:
        return f"{page('daftar')}#{finding.field}"
    return page("pelaksana" if finding.field.startswith("performer") else "aktivitas")
