"""What a request carried: taken out of it, sealed for the page that refuses it, and laid by for the form it belongs to.

Every form of the desk carries the signed mark of who opened it (``{% form_token %}``). Without that mark, or for
anybody else, nothing is kept and nothing is shown. Passwords and files are never kept; files are named.
"""

from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import parse_qsl

from django.core import signing
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from ppid.desk.no_store import DESK
from ppid.desk.typed.models import KEPT_FOR, LONGEST, MOST, TypedDraft
from ppid.web.refusals import Refused

AUTHOR = "penulis"
KEPT = "isian"
MAX_SEALED = 2_000_000  # letters of a sealed text; a form may send 2.5 MB
MAX_AGE = 60 * 60 * 24  # seconds that a sealed text is opened again

_SALT = "ppid.desk.typed"
_OURS = {"csrfmiddlewaretoken", AUTHOR, KEPT}


@dataclass(frozen=True, slots=True)
class Typed:
    """What ``author`` sent to ``path``: names and values in their order, and the names of the files."""

    author: int
    path: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)

    def sealed(self) -> str:
        """Return it signed, for a hidden field; "" when it is too long for one."""
        data = [self.author, self.path, self.fields, self.files]
        text = signing.dumps(data, salt=_SALT, compress=True)
        return text if len(text) <= MAX_SEALED else ""

    def as_data(self) -> QueryDict:
        """Return the fields as a form takes them."""
        return _as_data(self.fields)


def mark_of(user) -> str:
    """Return the mark that a form carries to say who opened it."""
    return signing.Signer(salt=_SALT).sign(str(user.pk))


def opened(sealed: str) -> Typed | None:
    """Read back what ``Typed.sealed`` gave; None when it is too old or not ours."""
    try:
        author, path, fields, files = signing.loads(sealed, salt=_SALT, max_age=MAX_AGE)
    except signing.BadSignature:
        return None
    return Typed(author, path, [(name, value) for name, value in fields], files)


def typed_in(request: HttpRequest) -> Typed | None:
    """Return what somebody typed, as the request brought it; None when there is nothing to keep."""
    if request.method != "POST":
        return None
    sent = request.POST or _unread(request)
    if KEPT in sent:  # the page that already offered it was itself refused
        return opened(sent[KEPT])
    author = _author(sent.get(AUTHOR, ""))
    if not author or request.path.startswith(reverse("account_login").removesuffix("masuk/")):
        return None
    fields = [(name, value) for name, values in sent.lists() if _may_be_kept(name) for value in values]
    files = [upload.name for _, uploads in request.FILES.lists() for upload in uploads]
    return Typed(author, _form_of(request), fields, files) if fields or files else None


def own_typed(request: HttpRequest) -> Typed | None:
    """Return what this person typed, as ``typed_in``. Raises Refused for what somebody else typed."""
    typed = typed_in(request)
    if typed is not None and typed.author != request.user.pk:
        raise Refused(
            "Isian itu tidak disimpan: formulirnya dibuka orang lain. Buka lagi formulirnya, lalu isi atas nama Anda."
        )
    return typed


def desk_address(text: str) -> str:
    """Return the text when it is an address of the desk that a draft may be kept for; "" otherwise."""
    is_ours = text.startswith(DESK) and url_has_allowed_host_and_scheme(text, allowed_hosts=None)
    return text if is_ours and len(text) <= LONGEST else ""


def _form_of(request: HttpRequest) -> str:
    """Return the address of the form that was sent: what is set aside belongs to another one than it is sent to."""
    if request.path != reverse("desk:set-aside"):
        return request.path
    return desk_address(request.GET.get("untuk", "")) or DESK


def lay_by(typed: Typed, *, at: datetime | None = None) -> TypedDraft:
    """Keep the text for its author until the form at its path is sent, on whichever device they sign in."""
    at = at or timezone.now()
    fields = [(name.replace("\0", ""), value.replace("\0", "")) for name, value in typed.fields]  # JSON holds none
    written = {"fields": fields, "files": typed.files, "saved_at": at}
    draft, _ = TypedDraft.objects.update_or_create(person_id=typed.author, path=typed.path, defaults=written)
    theirs = TypedDraft.objects.filter(person_id=typed.author)
    theirs.filter(saved_at__lt=at - KEPT_FOR).delete()
    theirs.filter(pk__in=theirs.order_by("-saved_at", "-pk").values("pk")[MOST:]).delete()
    return draft


def give_back(request: HttpRequest, path: str) -> QueryDict | None:
    """Return the text that lies by for the form at ``path``, and note for the page that it does."""
    if path not in _paths(request):
        return None
    if request.GET.get(KEPT) == "buang":
        forget(request, path)
        return None
    draft = TypedDraft.objects.filter(person=request.user.pk, path=path).first()
    if draft is None:  # sent in another window, since the paths were read
        return None
    request.given_back = {"path": path, "files": draft.files, "saved_at": draft.saved_at}
    return _as_data(draft.fields)


def _paths(request: HttpRequest) -> set[str]:
    """Return the forms for which something of this person lies by; asked once a request, however many forms it has."""
    if not hasattr(request, "drafted"):
        mine = TypedDraft.objects.filter(person=request.user.pk, saved_at__gte=timezone.now() - KEPT_FOR)
        request.drafted = set(mine.values_list("path", flat=True)) if request.user.is_authenticated else set()
    return request.drafted


def forget(request: HttpRequest, path: str) -> None:
    """Let go of the text of a form that was sent, or that its author doesn't want any more."""
    if request.user.is_authenticated:
        TypedDraft.objects.filter(person=request.user.pk, path=path).delete()


def forget_old(*, at: datetime) -> int:
    """Let go of everybody's drafts that were kept long enough; return how many."""
    return TypedDraft.objects.filter(saved_at__lt=at - KEPT_FOR).delete()[0]


def others_at(path: str, *, but: int) -> list[TypedDraft]:
    """Return the drafts of other people at the form, the newest first: that they are typing, never what."""
    since = timezone.now() - KEPT_FOR
    others = TypedDraft.objects.filter(path=path, saved_at__gte=since).exclude(person=but)
    return list(others.select_related("person").only("saved_at", "person__name").order_by("-saved_at")[:5])


def _as_data(fields) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in fields:
        data.appendlist(name, value)
    return data


def _author(mark: str) -> int:
    try:
        return int(signing.Signer(salt=_SALT).unsign(mark))
    except (signing.BadSignature, ValueError):
        return 0


def _may_be_kept(name: str) -> bool:
    return name not in _OURS and "password" not in name and "sandi" not in name


def _unread(request: HttpRequest) -> QueryDict:
    """Read what Django refused to take apart, for being too many fields: there it is in the body already."""
    body = request.__dict__.get("_body", b"")
    if request.content_type != "application/x-www-form-urlencoded" or not body:
        return QueryDict()
    return _as_data(parse_qsl(body.decode(errors="replace"), keep_blank_values=True))
