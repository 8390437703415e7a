"""What the import doubted, each with the way to the field where it is settled."""

from collections.abc import Collection

from django.urls import reverse

from sop.drafts.doubts import OpenDoubt
from sop.models import SopVersion
from sop.sheet import LISTS, TEXTS


def shown(doubts: list[OpenDoubt], draft: SopVersion, on_page: Collection[str]) -> list[dict]:
    """Return the doubts for the list beside the form; ``url`` is "" where the list alone shows and settles one."""
    rows = set(draft.activities.values_list("pk", flat=True))
    return [
        {"doubt": each.doubt, "alone": [each.doubt], "place": each.place, "url": _url(each, draft, rows, on_page)}
        for each in doubts
    ]


def of_row(key: str) -> int | None:
    """Return the activity that a doubt is about."""
    kind, _, rest = key.partition(".")
    return int(rest.partition(".")[0]) if kind == "activity" else None


def _url(each: OpenDoubt, draft: SopVersion, rows: set[int], on_page: Collection[str]) -> str:
    key, anchor = each.doubt.key, f"#keraguan-{each.doubt.pk}"
    if key in on_page:
        return anchor
    pk = of_row(key)
    if pk in rows and key.count(".") == 2:
        page, query = "aktivitas", f"?baris={pk}"
    elif key in TEXTS or key in LISTS:
        page, query = "identitas" if key in TEXTS else "daftar", ""
    else:
        return ""
    return f"{reverse('desk:sop-edit', args=[draft.sop.slug, draft.version, page])}{query}{anchor}"
