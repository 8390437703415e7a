"""The acts on one's own second factor, each with a notice to its person: nobody else does one unseen."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ppid.notices.telling import News, tell
from ppid.organisation import second_factor
from ppid.organisation.models import User

Done = TypeVar("Done")


@transaction.atomic
def set_up_app(user: User, sealed: str, code: str, *, replaces: int | None, session: str) -> list[str]:
    return _told(
        user,
        "Aplikasi kode dipasang",
        lambda: second_factor.set_up_app(user, sealed, code, replaces=replaces, session=session),
    )


@transaction.atomic
def add_passkey(user: User, name: str, credential: dict[str, Any]) -> list[str]:
    return _told(user, "Kunci sandi dipasang", lambda: second_factor.add_passkey(user, name, credential))


@transaction.atomic
def renew_codes(user: User, *, session: str) -> list[str]:
    return _told(user, "Kode pemulihan dibuat baru", lambda: second_factor.renew_codes(user, session=session))


@transaction.atomic
def remove(user: User, pk: int, *, session: str) -> str:
    return _told(user, "Langkah kedua dihapus", lambda: second_factor.remove(user, pk, session=session))


def _told(user: User, title: str, act: Callable[[], Done]) -> Done:
    done, at = act(), timezone.now()
    lines = (("Bila bukan Anda", "Ganti kata sandi Anda sekarang juga, dan beri tahu PPID Utama."),)
    key = f"second-factor:{user.pk}:{at.isoformat()}"
    tell(
        News(kind="account", key=key, url=reverse("account_home"), title=title, lines=lines, at=at, is_urgent=True),
        to={user.pk},
    )
    return done
