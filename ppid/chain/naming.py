"""What a row of a ledger is called when something is wrong with it: its kind, its number, and whose it is."""

from django.apps import apps
from django.db import models

# To which the keys of a row lead, the best name first.
_NAMED = {
    "flows.Case": "number",
    "information.Information": "number",
    "sop.SopVersion": "number",
    "organisation.Unit": "code",
}
_AS_FAR_AS = 3  # keys


def name_of(ledger: str, row_id: int) -> str:
    """Return «Riwayat nomor 12 (proses P-2026-0003)», as much of it as can still be read."""
    model = next((each for each in apps.get_models() if each._meta.db_table == ledger and not each._meta.proxy), None)
    if model is None:
        return f"Baris {row_id} dari {ledger}"
    name = f"{str(model._meta.verbose_name).capitalize()} nomor {row_id}"
    found = where(model, row_id)
    return f"{name} ({', '.join(found)})" if found else name


def where(model: type[models.Model], row_id: int) -> list[str]:
    """Return what the row belongs to, such as «proses P-2026-0003», by the keys that lead there."""
    row = model._base_manager.filter(pk=row_id).first()
    reached: dict[str, str] = {}
    _walk(row, _AS_FAR_AS, reached)
    return [reached[label] for label in _NAMED if label in reached][:1]


def _walk(row: models.Model | None, steps: int, reached: dict[str, str]) -> None:
    if row is None:
        return
    label = row._meta.concrete_model._meta.label
    if label in _NAMED:
        reached.setdefault(label, f"{row._meta.concrete_model._meta.verbose_name} {getattr(row, _NAMED[label])}")
    if not steps or "flows.Case" in reached:
        return
    for field in row._meta.concrete_fields:
        key = field.related_model
        if key is not None and getattr(row, field.attname) is not None and key._meta.label != "organisation.User":
            _walk(key._base_manager.filter(pk=getattr(row, field.attname)).first(), steps - 1, reached)
