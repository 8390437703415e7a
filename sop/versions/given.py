"""The two source sheets that come with the product: which the library lacks, and taking them as drafts in one act."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core import serializers
from django.db import transaction
from django.utils import timezone

from ppid.organisation.models import Unit, User
from sop.guards import SopChanged, SopRefused, require_keeper
from sop.models import Sop, SopVersion
from sop.versions.followed import hold_bindings

_FILE = settings.BASE_DIR / "fixtures" / "sop.json"
# Of which field of a row its SOP is the first part of the natural key.
_OF = {
    "sop.sop": "slug",
    "sop.sopversion": "sop",
    "sop.performer": "version",
    "sop.activity": "version",
    "sop.performerrole": "performer",
}


def missing_flows() -> list[str]:
    """Return the flows for which the library holds no sheet of the city, in the order of the source sheets."""
    there = set(Sop.objects.filter(is_master=True).values_list("flow", flat=True))
    return [flow for flow in Sop.Flow.values if flow not in there]


@transaction.atomic
def take_source_sheets(*, actor: User, at: datetime | None = None) -> list[SopVersion]:
    """Take the source sheets that are missing as drafts, word for word; return them.

    They are nobody's work yet: whoever hands one in doesn't approve it. Raises SopRefused.
    """
    at = at or timezone.now()
    hold_bindings(to_change=True)
    flows = missing_flows()
    rows = json.loads(_FILE.read_text())
    sheets = {row["fields"]["slug"]: row["fields"] for row in rows if row["model"] == "sop.sop"}
    wanted = {slug for slug, fields in sheets.items() if fields["flow"] in flows}
    if not wanted:
        raise SopChanged("Kedua lembar bawaan sudah ada di pustaka.")
    if taken := Sop.objects.filter(slug__in=wanted).first():
        raise SopRefused(f"Pustaka sudah punya SOP «{taken.title}» di alamat lembar bawaan. Ikat SOP itu ke alurnya.")
    for slug in sorted(wanted):
        code = sheets[slug]["unit"][0]
        if (unit := Unit.objects.filter(code=code, is_active=True).first()) is None:
            raise SopRefused(f"Unit «{code}», pemilik lembar bawaan, tidak ada. Impor lembar Anda sendiri.")
        require_keeper(actor, unit, at)
    _write(row for row in rows if _slug(row) in wanted)
    return list(SopVersion.objects.filter(sop__slug__in=wanted).order_by("pk"))


def _slug(row: dict[str, Any]) -> str:
    of = row["fields"][_OF[row["model"]]]
    return of if isinstance(of, str) else of[0]


def _write(rows: Iterable[dict[str, Any]]) -> None:
    for row in serializers.deserialize("python", rows):
        row.save()
