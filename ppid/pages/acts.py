"""What is done with the office's own pages and announcements: hand in, withdraw, approve, send back, end.

Every act holds the one lock of all of them and looks only then, so two people never pass each other by.
"""

import re
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from ppid.organisation.deciding import Deciders
from ppid.organisation.models import Appointment, User
from ppid.organisation.proposed import Proposed, decide, deciders, next_number, write_end, written
from ppid.pages import permissions, telling
from ppid.pages.models import MAX_NOTE, MAX_TEXT, Announcement, PageText
from ppid.shelf import put_pages
from ppid.shelf.written_pages import MOST_ANNOUNCED
from ppid.web.markup import LONGEST, bad_links, is_safe, plain
from ppid.web.refusals import ChangedMeanwhile, Forbidden, Refused

# What a prepared text leaves to be filled in: «[[isi: nomor SK]]».
BLANK = re.compile(r"\[\[.{0,200}?\]\]", re.DOTALL)

LONGEST_ON_TOP = timedelta(days=366)

Given = TypeVar("Given", PageText, Announcement)


class PageRefused(Refused):
    """An act on a page or an announcement was refused."""


class PageForbidden(PageRefused, Forbidden):
    """It is not this person's to do."""


class PageChanged(PageRefused, ChangedMeanwhile):
    """Somebody else handed in or decided meanwhile."""


def newest(slug: str) -> PageText | None:
    """Return the text of the page that was handed in last, whatever was decided on it."""
    return PageText.objects.filter(slug=slug).order_by("-pk").first()


@transaction.atomic
def hand_in(
    slug: str, body: str, *, actor: User, note: str = "", seen: int | None, at: datetime | None = None
) -> PageText:
    """Hand in a text of the page, to be approved by somebody else. Raises PageRefused.

    ``seen`` is the key of the text that was the last one when this one was begun, None when there was none.
    """
    at = at or timezone.now()
    _one_at_a_time()
    appointment = _writer(actor, at)
    last = newest(slug)
    if last and last.is_waiting:
        raise PageChanged(
            f"Naskah {last.written_name} untuk halaman ini masih menunggu persetujuan. Tunggu putusannya, atau minta "
            "penulisnya menariknya."
        )
    if (last.pk if last else None) != seen:
        who = last.written_name if last else "Seseorang"
        raise PageChanged(
            f"{who} mengajukan naskah lain sejak Anda mulai menulis. Isian Anda masih ada di bawah: "
            "bandingkan dengan naskah itu, lalu kirim lagi bila tetap ini yang dimaksud."
        )
    body = body.replace("\r\n", "\n").strip()
    _refuse_bad_body(slug, body)
    if last and last.decision == PageText.Decision.APPROVED and last.body == body:
        raise PageRefused("Naskah ini sama dengan yang sudah terbit, jadi tidak ada yang disetujui.", fields=["body"])
    if len(note.strip()) > MAX_NOTE:
        raise PageRefused(f"Tulis yang berubah paling banyak {MAX_NOTE} huruf.", fields=["note"])
    text = PageText.objects.create(slug=slug, body=body, note=note.strip(), **written(appointment, at))
    telling.handed_in(text, at=at)
    return text


@transaction.atomic
def announce(text: str, *, ends_on: date, actor: User, link: str = "", at: datetime | None = None) -> Announcement:
    """Hand in an announcement for the top of every page, to be approved by somebody else. Raises PageRefused."""
    at = at or timezone.now()
    _one_at_a_time()
    appointment = _writer(actor, at)
    text, link = " ".join(text.split()), link.strip()
    if not text or len(text) > MAX_TEXT:
        raise PageRefused(f"Tulis satu atau dua kalimat, paling banyak {MAX_TEXT} huruf.", fields=["text"])
    if link and not (link.startswith("/") and is_safe(link) and len(link) <= MAX_TEXT):
        raise PageRefused(
            "Tautan hanya boleh menuju halaman portal ini: tulis alamatnya dari garis miring, misalnya /halaman/.",
            fields=["link"],
        )
    if link.startswith("/meja/"):
        raise PageRefused("Meja kerja tidak terbuka untuk publik. Pilih halaman portal.", fields=["link"])
    if ends_on < timezone.localdate(at):
        raise PageRefused("Hari terakhirnya sudah lewat. Pilih hari ini atau sesudahnya.", fields=["ends_on"])
    if ends_on > timezone.localdate(at) + LONGEST_ON_TOP:
        raise PageRefused("Pengumuman tampil paling lama satu tahun. Pilih hari yang lebih dekat.", fields=["ends_on"])
    if (same := Announcement.objects.waiting().filter(text=text).first()) is not None:
        raise PageChanged(f"{same.written_name} sudah mengajukan pengumuman yang sama.")
    made = Announcement.objects.create(text=text, link=link, ends_on=ends_on, **written(appointment, at))
    telling.handed_in(made, at=at)
    return made


@transaction.atomic
def withdraw(proposal: Given, *, actor: User, at: datetime | None = None) -> Given:
    """Take one's own text back while it waits. Raises PageRefused."""
    at = at or timezone.now()
    held = _waiting(proposal)
    appointment = permissions.writes(actor, on=timezone.localdate(at))
    if appointment is None or held.written_by_id != actor.pk:
        raise PageForbidden("Naskah ditarik kembali oleh penulisnya sendiri.")
    return decide(held, Proposed.Decision.WITHDRAWN, appointment, at=at)


@transaction.atomic
def send_back(proposal: Given, *, actor: User, reason: str, at: datetime | None = None) -> Given:
    """Send the text back to its writer, with the reason. Raises PageRefused."""
    at = at or timezone.now()
    held = _waiting(proposal)
    appointment = _decider(held, actor, "mengembalikan naskah ini", at)
    if not reason.strip():
        raise PageRefused("Tulis apa yang perlu diperbaiki.", fields=["reason"])
    sent = decide(held, Proposed.Decision.RETURNED, appointment, at=at, reason=reason.strip())
    telling.decided(sent, at=at)
    return sent


@transaction.atomic
def approve(proposal: Given, *, actor: User, at: datetime | None = None) -> Given:
    """Approve the text: the public reads it from now on. Raises PageRefused."""
    at = at or timezone.now()
    held = _waiting(proposal)
    appointment = _decider(held, actor, "menyetujui naskah ini", at)
    today = timezone.localdate(at)
    if isinstance(held, Announcement):
        if held.ends_on < today:
            raise PageRefused(
                f"Hari terakhirnya, {date_format(held.ends_on)}, sudah lewat. Kembalikan kepada penulisnya."
            )
        if Announcement.objects.on_top(on=today).count() >= MOST_ANNOUNCED:
            raise PageRefused(
                f"Sudah ada {MOST_ANNOUNCED} pengumuman di atas halaman. Akhiri salah satunya dahulu, supaya yang ini "
                "terbaca."
            )
    number = next_number(_series(held))
    approved = decide(held, Proposed.Decision.APPROVED, appointment, at=at, number=number)
    if isinstance(approved, Announcement):
        put_pages.put_announcement(number, text=approved.text, link=approved.link, ends_on=approved.ends_on, at=at)
    else:
        put_pages.put_page(approved.slug, edition=number, body=approved.body, note=approved.note, at=at)
    telling.decided(approved, at=at)
    return approved


@transaction.atomic
def end(announcement: Announcement, *, actor: User, reason: str, at: datetime | None = None) -> Announcement:
    """Take the announcement off the pages before its last day. Raises PageRefused."""
    at = at or timezone.now()
    _one_at_a_time()
    held = Announcement.objects.get(pk=announcement.pk)
    if permissions.ends(actor, on=timezone.localdate(at)) is None:
        raise PageForbidden("Pengumuman diakhiri oleh Bidang Pengelolaan dan Layanan Informasi atau PPID Utama.")
    if held.decision != Proposed.Decision.APPROVED or held.ends_on < timezone.localdate(at):
        raise PageChanged("Pengumuman ini tidak tampil di atas halaman.")
    if held.ended_at is not None:
        raise PageChanged(f"{held.ended_name} sudah mengakhiri pengumuman ini.")
    if not reason.strip():
        raise PageRefused("Tulis mengapa pengumuman ini diakhiri.", fields=["reason"])
    write_end(held, actor, because=reason.strip(), at=at)
    put_pages.end_announcement(held.number)
    return held


def may_decide(proposal: Proposed, *, on: date) -> Deciders:
    """Return who holds the office that decides, each with whether the words are theirs."""
    return deciders(proposal, permissions.DECIDER, "PPID Utama", on=on)


def _refuse_bad_body(slug: str, body: str) -> None:
    if not plain(body).strip():
        raise PageRefused("Tulis isi halamannya.", fields=["body"])
    if len(body) > LONGEST:
        raise PageRefused(f"Naskah paling panjang {LONGEST} huruf; ini {len(body)} huruf.", fields=["body"])
    if found := bad_links(body):
        raise PageRefused(
            f"Tautan «{found[0][:80]}» tidak dapat dipakai. Tautan dimulai dengan https://, http://, mailto:, tel:, "
            "atau garis miring untuk halaman portal ini.",
            fields=["body"],
        )
    if blank := BLANK.search(body):
        raise PageRefused(
            f"Masih ada yang perlu diisi: {blank[0][:120]}. Gantilah dengan keterangan kantor Anda.", fields=["body"]
        )


def _one_at_a_time() -> None:
    """Hold all pages and announcements until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('ppid.pages'))")


def _waiting(proposal: Given) -> Given:
    """Return it as it stands under the lock. Raises PageChanged once it was decided on."""
    _one_at_a_time()
    held = type(proposal).objects.get(pk=proposal.pk)
    if not held.is_waiting:
        raise PageChanged(
            f"Naskah ini sudah {held.get_decision_display().lower()} ({held.decided_name}), jadi tidak ada lagi yang "
            "diputuskan padanya."
        )
    return held


def _writer(actor: User, at: datetime) -> Appointment:
    appointment = permissions.writes(actor, on=timezone.localdate(at))
    if appointment is None:
        raise PageForbidden("Halaman dan pengumuman ditulis oleh Bidang Pengelolaan dan Layanan Informasi Publik.")
    return appointment


def _decider(held: Proposed, actor: User, act: str, at: datetime) -> Appointment:
    today = timezone.localdate(at)
    appointment = permissions.decides(actor, on=today)
    if appointment is None:
        raise PageForbidden("Naskah disetujui atau dikembalikan oleh PPID Utama.")
    if refusal := may_decide(held, on=today).refusal_of(actor, act):
        raise PageForbidden(refusal)
    return appointment


def _series(held: PageText | Announcement) -> "QuerySet[Any]":
    """Return the rows that are numbered together with this one."""
    return PageText.objects.filter(slug=held.slug) if isinstance(held, PageText) else Announcement.objects.all()
