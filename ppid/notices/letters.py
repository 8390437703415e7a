"""What a mail says: subject, text and HTML, drawn from a notice alone. Of what is excluded it says the number only."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from ppid.notices.models import Dispatch, Notice
from ppid.web.contact import contact


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail before it is addressed; ``template`` is drawn once as .txt and once as .html.

    ``tells`` are the keys of the rows that were left to the digest and that it tells of, once it is sent.
    """

    subject: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    tells: Collection[int] = ()


# Kinds whose mails another room writes, by their key; None when there is nothing to say any more.
composers: dict[str, Callable[[Notice], Letter | None]] = {}


def letter_of(notice: Notice) -> Letter | None:
    """Return the mail of a notice; None when there is nothing left to say."""
    if notice.kind in composers:
        return composers[notice.kind](notice)
    number = f" ({notice.number})" if notice.number else ""
    urgent = "Segera: " if notice.is_urgent else ""
    context = {
        "opens": notice.opens,
        "said": notice.said,
        "notice": notice,
        "kind": notice.about_kind,
        "place": address(reverse("desk:news-item", args=[notice.pk])),
    }
    return Letter(f"{urgent}{notice.opens}: {_short(notice.said)}{number}", "mail/notice", context)


def message(letter: Letter, dispatch: Dispatch) -> EmailMultiAlternatives:
    """Return the mail, addressed to the person of the notice."""
    person = dispatch.notice.person
    context = letter.context | {
        "person": person,
        "site": settings.SITE_NAME,
        "contact": contact(),
        "switches": address(reverse("desk:news-switches")),
    }
    mail = EmailMultiAlternatives(
        subject=" ".join(letter.subject.split()),
        body=render_to_string(f"{letter.template}.txt", context),
        from_email=settings.EMAIL_FROM,
        to=[person.email],
        headers={
            # The same whenever it is sent: where it arrived already, a mail program shows it once.
            "Message-ID": f"<{dispatch.token}@{settings.EMAIL_FROM_HOST}>",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )
    mail.attach_alternative(render_to_string(f"{letter.template}.html", context), "text/html")
    return mail


def address(path: str) -> str:
    """Return the whole address of a place at the desk; "" while the office has not set its own (SITE_URL)."""
    return f"{settings.SITE_URL}{path}" if settings.SITE_URL else ""


def _short(words: str) -> str:
    return words if len(words) <= 90 else f"{words[:89].rstrip()}…"
