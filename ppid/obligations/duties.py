"""The list of duties is changed by two people: one hands the words in, PPID Utama approves them. Nothing is deleted.

A duty that holds no longer is ended with its day and reason, so that what was published for it keeps its place.
"""

import json
import re
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from ppid.obligations import deciding, permissions, telling
from ppid.obligations.models import DutyText
from ppid.obligations.refusals import DutyChanged, DutyForbidden, DutyRefused
from ppid.organisation.models import Unit, User
from ppid.organisation.proposed import Proposed, decide, next_number, written
from ppid.shelf.lock import one_writer_at_a_time
from ppid.shelf.models import ShownDuty
from ppid.shelf.obligation_actions import show_duty
from ppid.shelf.obligations import DutyWords, Scope, keys_of_parts

MAX_PARTS = 40
_CODE = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
_WORDS = [field.name for field in DutyWords._meta.fields if field.name != "code"]


@cache
def prepared() -> dict[str, dict[str, Any]]:
    """Return the duties that come with the portal, by their code; nobody has confirmed their articles."""
    return {each["code"]: each for each in json.loads((settings.BASE_DIR / "fixtures" / "duties.json").read_text())}


def newest(code: str) -> DutyText | None:
    """Return the text of the duty that was handed in last, whatever was decided on it."""
    return DutyText.objects.filter(code=code).order_by("-pk").first()


def first_words(code: str) -> dict[str, Any]:
    """Return what the editor begins with: the last text, else what the public reads, with the article as prepared."""
    return _words_of(newest(code), code)


def _words_of(text: DutyText | None, code: str) -> dict[str, Any]:
    if text is not None:
        return {**text.words, "code": code, "law_checked": text.law_checked}
    shown = ShownDuty.objects.filter(code=code).first()
    if shown is None:
        return {}
    words = {name: getattr(shown, name) for name in _WORDS}
    words["law"] = shown.law or prepared().get(code, {}).get("law", "")
    return {**words, "code": code, "law_checked": bool(shown.law)}


@transaction.atomic
def hand_in(code: str, *, actor: User, seen: int | None, at: datetime | None = None, **words: Any) -> DutyText:
    """Hand in the words of a duty, new or changed, to be approved by PPID Utama. Raises DutyRefused.

    ``seen`` is the key of the text that was the last one when this one was begun, None when there was none.
    """
    at = at or timezone.now()
    one_writer_at_a_time()
    appointment = permissions.keeps(actor, on=timezone.localdate(at))
    if appointment is None:
        raise DutyForbidden("Daftar kewajiban disusun oleh Bidang Pengelolaan dan Layanan Informasi Publik.")
    last = newest(code)
    if last and last.is_waiting:
        raise DutyChanged(f"Usul {last.written_name} untuk kewajiban ini masih menunggu persetujuan PPID Utama.")
    if (last.pk if last else None) != seen:
        who = last.written_name if last else "Seseorang"
        raise DutyChanged(
            f"{who} mengajukan perubahan lain sejak Anda mulai. Isian Anda masih ada di bawah: bandingkan, lalu kirim "
            "lagi bila tetap ini yang dimaksud."
        )
    text = DutyText(code=code, **words, **written(appointment, at))
    _refuse_bad_words(text)
    text.clean_fields(exclude={field.name for field in DutyText._meta.fields} - {"code", *_WORDS})
    current = _words_of(DutyText.objects.editions().filter(code=code).first(), code)
    if current and current == {**text.words, "code": code, "law_checked": text.law_checked}:
        raise DutyRefused("Tidak ada yang berubah, jadi tidak ada yang diajukan.")
    text.save(force_insert=True)
    telling.handed_in(text, at=at)
    return text


@transaction.atomic
def approve(text: DutyText, *, actor: User, at: datetime | None = None) -> DutyText:
    """Approve the words: the public's matrix is reckoned by them from now on. Raises DutyRefused.

    The article is shown only where its writer compared it with the law's own text; who approves says the same.
    """
    at = at or timezone.now()
    held = deciding.held_waiting(text)
    appointment = deciding.decider(held, actor, "menyetujui kewajiban ini", at)
    number = next_number(DutyText.objects.filter(code=held.code))
    approved = decide(held, Proposed.Decision.APPROVED, appointment, at=at, number=number)
    shown = {**approved.words, "law": approved.law if approved.law_checked else ""}
    show_duty(approved.code, **shown, law_confirmed_on=timezone.localdate(at) if approved.law_checked else None)
    telling.decided(approved, at=at)
    return approved


@transaction.atomic
def send_back(text: DutyText, *, actor: User, reason: str, at: datetime | None = None) -> DutyText:
    """Send the words back to their writer, with the reason. Raises DutyRefused."""
    return deciding.returned(text, actor=actor, reason=reason, at=at or timezone.now())


@transaction.atomic
def withdraw(text: DutyText, *, actor: User, at: datetime | None = None) -> DutyText:
    """Take one's own words back while they wait. Raises DutyRefused."""
    at = at or timezone.now()
    return deciding.withdrawn(text, permissions.keeps(actor, on=timezone.localdate(at)), actor=actor, at=at)


def _refuse_bad_words(text: DutyText) -> None:
    if not _CODE.match(text.code) or len(text.code) > 50:
        raise DutyRefused(
            "Kode terdiri atas huruf kecil dan angka dengan tanda hubung, misalnya ss-agenda.", fields=["code"]
        )
    if not text.name.strip():
        raise DutyRefused("Tulis apa yang wajib diumumkan.", fields=["name"])
    if text.law_checked and not text.law.strip():
        raise DutyRefused("Tulis pasal yang Anda cocokkan dengan naskah resminya.", fields=["law"])
    if len(text.parts) > MAX_PARTS:
        raise DutyRefused(f"Bagian sebuah kewajiban paling banyak {MAX_PARTS}.", fields=["parts"])
    if len(set(text.parts)) < len(text.parts):
        raise DutyRefused("Tulis setiap bagian satu kali.", fields=["parts"])
    shown = ShownDuty.objects.filter(code=text.code).first()
    if shown and len(text.parts) < len(shown.parts):
        raise DutyRefused(
            "Bagian yang sudah ada dapat diperbaiki kata-katanya dan ditambah sesudahnya, tetapi tidak dihapus: yang "
            "sudah diumumkan menunjuk kepadanya.",
            fields=["parts"],
        )
    if shown and keys_of_parts(text.parts, shown.parts, shown.part_keys) is None:
        raise DutyRefused(
            "Bagian mana menjadi bagian mana tidak dapat dikenali, padahal yang sudah diumumkan menunjuk kepadanya. "
            "Perbaiki kata-katanya pada tempatnya, atau pindahkan bagian dengan kata-kata yang sama; jangan keduanya "
            "sekaligus.",
            fields=["parts"],
        )
    if (text.ended_on is None) != (not text.ended_because.strip()):
        raise DutyRefused("Isi hari berakhirnya beserta alasannya, atau kosongkan keduanya.", fields=["ended_because"])
    if text.scope == Scope.SOME and set(text.unit_codes) - set(Unit.objects.values_list("code", flat=True)):
        raise DutyRefused("Pilih unit dari daftar.", fields=["unit_codes"])
