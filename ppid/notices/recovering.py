"""The acts of ``ppid.organisation.recovering``, each with who is told of it, in one transaction."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ppid.notices.telling import News, tell
from ppid.organisation import recovering
from ppid.organisation.models import FactorRecovery, User
from ppid.organisation.recovering import open_recovery as open_recovery
from ppid.web.moments import in_words


@transaction.atomic
def begin(person: User, *, why: str, actor: User, at: datetime | None = None) -> FactorRecovery:
    recovery = recovering.begin(person, why=why, actor=actor, at=at)
    until = in_words(recovery.until)
    lines = (("Oleh", recovery.asked_by_name), ("Menunggu", f"pengelola kedua, sampai {until}"))
    _tell(recovery, "begun", "Pemulihan langkah kedua dimulai", lines, to={recovery.asked_by_id})
    return recovery


@transaction.atomic
def confirm(recovery: FactorRecovery, *, actor: User, at: datetime | None = None) -> FactorRecovery:
    done = recovering.confirm(recovery, actor=actor, at=at)
    lines = (("Oleh", f"{done.asked_by_name} dan {done.ended_by_name}"),)
    _tell(done, "done", "Langkah kedua dilepas; dipasang lagi saat masuk", lines, to={done.asked_by_id, actor.pk})
    return done


@transaction.atomic
def cancel(recovery: FactorRecovery, *, actor: User, at: datetime | None = None) -> FactorRecovery:
    ended = recovering.cancel(recovery, actor=actor, at=at)
    lines = (("Oleh", ended.ended_by_name),)
    _tell(ended, "cancelled", "Pemulihan langkah kedua dihentikan", lines, to={ended.asked_by_id, actor.pk})
    return ended


@transaction.atomic
def take_away_at_the_terminal(person: User, *, at: datetime | None = None) -> int:
    at = at or timezone.now()
    gone = recovering.take_away_at_the_terminal(person, at=at)
    news = News(
        kind="account",
        key=f"second-factor:{person.pk}:terminal:{at.isoformat()}",
        url=reverse("account_home"),
        title="Langkah kedua dilepas; dipasang lagi saat masuk",
        lines=(("Oleh", "petugas TI di terminal server"),),
        at=at,
        is_urgent=True,
    )
    tell(news, to={person.pk})
    return gone


def _tell(recovery: FactorRecovery, what: str, title: str, lines, *, to: set[int]) -> None:
    """Tell the person of their own account, and the keepers whose account it was."""
    key = f"second-factor:{recovery.pk}:{what}"
    at = recovery.ended_at or recovery.asked_at
    mine = News(
        kind="account", key=key, url=reverse("account_home"), title=title, lines=tuple(lines), at=at, is_urgent=True
    )
    page = reverse("desk:person-recovery", args=[recovery.person_id])
    whose = (("Akun", recovery.person.name), *lines)
    theirs = News(kind="account", key=key, url=page, title=f"{title}: {recovery.person.name}", lines=whose, at=at)
    tell(mine, to={recovery.person_id})
    tell(theirs, to=to - {recovery.person_id})
