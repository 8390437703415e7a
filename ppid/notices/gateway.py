"""The office's own gateway, to WhatsApp or Telegram: each notice as signed JSON, never a word of what is excluded."""

import hashlib
import hmac
import json
import time
import urllib.error
import urllib.request

from django.conf import settings
from django.urls import reverse

from ppid.notices.letters import address
from ppid.notices.models import Dispatch
from ppid.notices.outcomes import Later, Refused

_TIMEOUT = 10  # seconds


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None


_opener = urllib.request.build_opener(_NoRedirect)


def signature(secret: str, moment: str, body: bytes) -> str:
    """Return what ``X-PPID-Signature`` says: HMAC-SHA256 over the moment, a point, and the body."""
    return hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()


def body_of(dispatch: Dispatch) -> bytes:
    """Return what the gateway is told: to whom, what, where and until when."""
    notice = dispatch.notice
    told = {
        "id": str(dispatch.token),
        "kind": notice.kind,
        "says": notice.opens,
        "number": notice.number,
        "title": notice.title,
        "url": address(reverse("desk:news-item", args=[notice.pk])),
        "due_at": notice.due_at.isoformat() if notice.due_at else None,
        "urgent": notice.is_urgent,
        "at": notice.at.isoformat(),
        "person": {"id": notice.person_id, "name": notice.person.name},
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True).encode()


def call(dispatch: Dispatch) -> None:
    """Tell the gateway; it knows a repetition by its ``id``. Raises Later or Refused."""
    body, moment = body_of(dispatch), str(int(time.time()))
    request = urllib.request.Request(settings.WEBHOOK_URL, data=body, method="POST")  # noqa: S310 - http(s), env.py
    request.add_header("Content-Type", "application/json; charset=utf-8")
    request.add_header("X-PPID-Timestamp", moment)
    request.add_header("X-PPID-Signature", f"sha256={signature(settings.WEBHOOK_SECRET, moment, body)}")
    try:
        with _opener.open(request, timeout=_TIMEOUT) as answer:
            answer.read(1024)
    except urllib.error.HTTPError as error:
        why = f"Gerbang menjawab {error.code}."
        raise (Later(why) if error.code >= 500 or error.code in (408, 429) else Refused(why)) from error
    except OSError as error:
        reason = getattr(error, "reason", None) or error
        raise Later(f"Gerbang tidak dapat dihubungi ({reason}).", is_everywhere=True) from error
