"""What is known of bytes or of a short address: what it is, and whether it is in force. One query, whatever it is."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, JSONObject
from django.urls import reverse
from django.utils import timezone

from ppid.portal.pages import on_shelf
from ppid.shelf.models import (
    EditionFile,
    KnownBytes,
    LedgerMark,
    PublishedEdition,
    PublishedFile,
    PublishedItem,
    PublishedRegister,
    PublishedSop,
    PublishedSopFile,
    Tombstone,
)

MOST = 10  # things that the same bytes may be
_LONGEST = 400  # what is looked at of what was pasted
_HEX = re.compile(r"^[0-9a-f]{64}$")
EMPTY, TOO_LONG, WRONG_LENGTH, NO_HEX = "empty", "too_long", "wrong_length", "no_hex"
SENTENCES = {
    TOO_LONG: "Yang ditempel terlalu panjang. Sidik SHA-256 terdiri atas 64 angka dan huruf a sampai f.",
    WRONG_LENGTH: "Sidik SHA-256 terdiri atas tepat 64 angka dan huruf a sampai f; yang ditempel {} huruf. Salin lagi "
    "seluruh barisnya.",
    NO_HEX: "Sidik SHA-256 hanya terdiri atas angka dan huruf a sampai f. Salin lagi, tanpa nama berkasnya.",
}


def asked_hash(typed: str) -> tuple[str, str]:
    """Return the SHA-256 that was typed or pasted, "" where there is none, and a sentence where it is no SHA-256.

    Blanks, colons, capitals and «SHA256:» in front don't matter, nor does a file's name behind, as tools print it.
    """
    if not typed.strip():
        return "", ""
    if len(typed) > _LONGEST:
        return "", SENTENCES[TOO_LONG]
    text = typed.strip().lower()
    text = re.sub(r"^sha-?256\s*[:=]?\s*", "", text)
    if found := re.match(r"^\\?([0-9a-f]{64})(?:\s.*)?$", text, re.DOTALL):
        return found[1], ""
    text = re.sub(r"[\s:\-]", "", text)
    if not re.fullmatch(r"[0-9a-f]*", text):
        return "", SENTENCES[NO_HEX]
    if not _HEX.match(text):
        return "", SENTENCES[WRONG_LENGTH].format(len(text))
    return text, ""


@dataclass(frozen=True, slots=True)
class Proof:
    """What is told of a thing that is or was public.

    ``state`` is "in_force", "replaced", "withdrawn", "excluded", "reopened" or "gone"; ``title`` and ``file`` are ""
    where they may not be named. ``link`` leads to what can be read of it, ``now`` to what took its place.
    """

    kind: str
    state: str
    title: str
    number: str
    edition: int
    published_at: datetime
    file: str = ""
    unit: str = ""
    said: str = ""
    ended_on: date | None = None
    link: str = ""
    now: str = ""
    now_words: str = ""
    mark: dict[str, Any] | None = None

    @property
    def edition_word(self) -> str:
        return "Versi" if self.kind == "sop" else "Edisi"

    @property
    def what(self) -> str:
        return {
            "item": "Berkas informasi publik" if self.file else "Informasi publik",
            "announcement": "Lembar pengumuman informasi publik",
            "sop": "Lembar SOP",
            "annex": "Lampiran surat keputusan penetapan daftar",
        }[self.kind]


def known(sha256: str) -> list[Proof]:
    """Return what these bytes are or were, the newest first."""
    rows = on_shelf(KnownBytes).filter(sha256=sha256).annotate(**_file_names(), **_around())
    return [_proof(row, row.why, row.ended_at) for row in rows[:MOST]]


def of_short_address(rows: QuerySet[Any]) -> Proof | None:
    """Return what the short address leads to, None where there is no such address."""
    for row in rows.annotate(**_around())[:1]:
        return _proof(row, "", None)
    return None


def _around() -> dict[str, Any]:
    """Return, in SQL, what stands around the row of a thing: itself as it is now, what it was, what is left of it."""
    number, edition = OuterRef("number"), OuterRef("edition")
    is_item = Q(_kind__in=["item", "announcement"])
    item = PublishedItem.objects.annotate(_kind=_outer("kind")).filter(is_item, number=number)
    past = PublishedEdition.objects.annotate(_kind=_outer("kind")).filter(is_item, number=number, edition=edition)
    stone = Tombstone.objects.annotate(_kind=_outer("kind")).filter(is_item, number=number)
    sop = PublishedSop.objects.annotate(_kind=_outer("kind")).filter(_kind="sop", slug=number)
    register = PublishedRegister.objects.annotate(_kind=_outer("kind")).filter(_kind="annex", register=number)
    day_after = LedgerMark.objects.filter(day__gt=Cast(OuterRef("published_at"), LedgerMark._meta.get_field("day")))
    stood = JSONObject(title="title", edition="edition", unit="unit_name", on="published_at")
    version = JSONObject(
        title="title", version="version", unit="unit_name", status="status", ended_on="ended_on", number="number"
    )
    return {
        "stands": Subquery(item.values(said=stood)[:1]),
        "was": Subquery(past.values(said=JSONObject(title="title", unit="unit_name", ended_at="ended_at"))[:1]),
        "stone": Subquery(
            stone.values(
                said=JSONObject(
                    title="title",
                    kind="kind",
                    why="why",
                    reason="reason",
                    at="taken_off_at",
                    ends_on="ends_on",
                    reopened_on="reopened_on",
                    successor="successor",
                )
            )[:1]
        ),
        "sheet": Subquery(sop.filter(version=edition).values(said=version)[:1]),
        "sheet_now": Subquery(sop.filter(status="in_force").values("version")[:1]),
        "register": Subquery(
            register.filter(number=edition).values(said=JSONObject(decree="decree_number", year="year"))[:1]
        ),
        "register_now": Subquery(register.order_by("-number").values("number")[:1]),
        "mark": Subquery(
            day_after.order_by("day").values(said=JSONObject(day="day", position="position", hash="hash"))[:1]
        ),
    }


def _outer(name: str):
    return Cast(OuterRef(name), CharField())


def _file_names() -> dict[str, Any]:
    """Return, in SQL, what the file is called where it may be named: as long as it stands somewhere."""
    wanted = {"item__number": OuterRef("number"), "item__edition": OuterRef("edition"), "sha256": OuterRef("sha256")}
    at = JSONObject(title="title", key="key", filename="filename")
    of_sheet = PublishedSopFile.objects.filter(
        sop__slug=OuterRef("number"), sop__version=OuterRef("edition"), sha256=OuterRef("sha256")
    )
    return {
        "file_now": Subquery(PublishedFile.objects.filter(key=OuterRef("key"), **wanted).values(said=at)[:1]),
        "file_then": Subquery(EditionFile.objects.filter(key=OuterRef("key"), **wanted).values(said=at)[:1]),
        "form": Subquery(of_sheet.values("kind")[:1]),
    }


def _proof(row: Any, why: str, ended_at: datetime | None) -> Proof:
    common = {"kind": row.kind, "number": row.number, "edition": row.edition, "published_at": row.published_at}
    common["mark"] = row.mark and {**row.mark, "day": date.fromisoformat(row.mark["day"])}
    common["file"] = getattr(row, "key", "")
    if row.kind == "sop":
        return _of_sheet(row, why, common)
    if row.kind == "annex":
        return _of_annex(row, why, common)
    return _of_item(row, why, ended_at, common)


def _of_item(row: Any, why: str, ended_at: datetime | None, common: dict[str, Any]) -> Proof:
    page = reverse("portal:item", args=[row.number])
    edition_page = reverse("portal:edition", args=[row.number, row.edition])
    file = getattr(row, "file_now", None) or getattr(row, "file_then", None) or {}
    common |= {"file": file.get("title", "")}
    if row.stands and row.stands["edition"] == row.edition:
        return Proof(state="in_force", title=row.stands["title"], unit=row.stands["unit"], link=page, **common)
    now = {"now": page, "now_words": f"Edisi {row.stands['edition']}, yang sekarang"} if row.stands else {}
    if row.was:
        ended_on = _day(row.was["ended_at"])
        if not row.stands and row.stone and row.stone["successor"]:
            now = {"now": page, "now_words": "Yang menggantikannya"}
        return Proof(
            state="replaced",
            title=row.was["title"],
            unit=row.was["unit"],
            link=edition_page,
            ended_on=ended_on,
            **now,
            **common,
        )
    if row.stone:
        return _by_stone(row, row.stone, page, common)
    if why == KnownBytes.Why.EXCLUDED:  # opened and public again, in a later edition: of this one nothing is told
        said = "Edisi ini pernah dikecualikan. Informasinya kemudian dibuka kembali dan diumumkan lagi."
        return Proof(state="reopened", title="", said=said, **now, **common)
    said = "Edisi ini tidak dapat dibaca lagi."
    return Proof(state="gone", title="", said=said, ended_on=_day(ended_at), **now, **common)


def _by_stone(row: Any, stone: dict[str, Any], page: str, common: dict[str, Any]) -> Proof:
    """Say what the tombstone says, and nothing else."""
    told = {"title": stone["title"], "said": stone["reason"], "ended_on": _day(stone["at"]), "link": page}
    if stone["kind"] == Tombstone.Kind.WITHDRAWN:
        told["unit"] = getattr(row, "unit_name", "")
        return Proof(state="withdrawn", **told, **common)
    ends_on = stone["ends_on"] and date.fromisoformat(stone["ends_on"])
    since = (stone["reopened_on"] and date.fromisoformat(stone["reopened_on"])) or (
        ends_on + timedelta(days=1) if ends_on else None
    )
    if since is not None and since <= timezone.localdate():
        return Proof(state="reopened", **told | {"ended_on": since}, **common)
    return Proof(state="excluded", **told, **common)


def _of_sheet(row: Any, why: str, common: dict[str, Any]) -> Proof:
    sheet = row.sheet or {}
    forms = dict(PublishedSopFile.Kind.choices)
    common |= {"file": forms.get(getattr(row, "form", None) or "", "PDF lembar" if common["file"] else "")}
    told = {
        "title": sheet.get("title", ""),
        "unit": sheet.get("unit", ""),
        "said": f"Nomor {sheet['number']}" if sheet.get("number") else "",
        "link": reverse("portal:sop_version", args=[row.number, row.edition]),
    }
    if row.sheet_now is not None and row.sheet_now != row.edition:
        told["now"] = reverse("portal:sop_version", args=[row.number, row.sheet_now])
        told["now_words"] = f"Versi {row.sheet_now}, yang berlaku"
    if not sheet:
        return Proof(state="gone", **told | {"link": ""}, **common)
    states = {"in_force": "in_force", "superseded": "replaced", "retired": "withdrawn"}
    state = states[sheet["status"]]
    if why and state == "in_force":
        state = "replaced"
    ended_on = sheet["ended_on"] and date.fromisoformat(sheet["ended_on"])
    return Proof(state=state, ended_on=ended_on or None, **told, **common)


def _of_annex(row: Any, why: str, common: dict[str, Any]) -> Proof:
    register = row.register or {}
    part = f", bagian {common['file']}" if common["file"] not in ("", "1") else ""
    told = {
        "title": f"{row.number.upper()} {register.get('year', '')}, SK nomor {register.get('decree', '–')}{part}",
        "link": reverse("portal:register_edition", args=[row.number, row.edition]),
    }
    common |= {"file": ""}
    if row.register_now is not None and row.register_now != row.edition:
        told["now"] = reverse("portal:register_edition", args=[row.number, row.register_now])
        told["now_words"] = f"Edisi {row.register_now}, yang terbaru"
        return Proof(state="replaced", **told, **common)
    if why:
        told["said"] = "Lampiran ini dicetak ulang karena sebuah barisnya ditutup atau diralat sesudah ditetapkan."
        return Proof(state="replaced", **told, **common)
    return Proof(state="in_force", **told, **common)


def _day(moment: datetime | str | None) -> date | None:
    if moment is None:
        return None
    return timezone.localdate(datetime.fromisoformat(moment) if isinstance(moment, str) else moment)
