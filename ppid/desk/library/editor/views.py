"""The pages of the editor. Every button saves what was typed and then does what it says, both or neither."""

from django.contrib import messages
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from django_htmx.http import HttpResponseClientRedirect

from ppid.desk.acts import ActPage
from ppid.desk.library.editor import carrying, forms
from ppid.desk.library.editor.doubts import of_row, shown
from ppid.desk.library.editor.findings import findings
from ppid.desk.pages import AppointedPage
from ppid.web.parameters import number, whole
from sop import permissions
from sop.drafts import editing
from sop.drafts.changes import ACTIVITY, Snapshot
from sop.drafts.doubts import OpenDoubt, open_doubts, settle
from sop.drawing.drawn import draw
from sop.guards import SopRefused
from sop.models import LegalBasis, Sop, SopVersion
from sop.sheet import LISTS

NOT_YOURS = "Menyunting lembar SOP adalah tugas Pengelola SOP perangkat daerahnya dan PPID Utama."
PAGES = {"identitas": "Identitas", "daftar": "Daftar", "pelaksana": "Pelaksana", "aktivitas": "Aktivitas"}
# The page of a sheet that runs a flow.
LAWFUL = {"langkah": "Langkah hukum"}


class DraftPage(AppointedPage):
    """A page about one draft, for those who keep the sheets of its unit. The rule is in ``sop.permissions``."""

    section = "sops"

    @cached_property
    def draft(self) -> SopVersion:
        drafts = SopVersion.objects.select_related("sop__unit", "changed_by")
        return get_object_or_404(drafts, sop__slug=self.kwargs["slug"], version=self.kwargs["version"])

    def may(self) -> bool:
        return permissions.keeps(self.request.user, self.draft.sop.unit, on=self.today)

    def get(self, request, *args, **kwargs):
        if self.draft.state != SopVersion.State.DRAFT:
            state = self.draft.get_state_display().lower()
            messages.info(request, f"Versi {self.draft.version} {state}, jadi tidak dapat disunting.")
            return redirect(self.draft)
        return super().get(request, *args, **kwargs)


class EditPage(DraftPage, TemplateView):
    """A page of the editor. A button's value is what to do, and to which row or column: «naik:7»."""

    page = ""

    def dispatch(self, request, *args, **kwargs):
        if self.appointments and not self.may():
            raise PermissionDenied(NOT_YOURS)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def current(self) -> Snapshot:
        return Snapshot(self.draft)

    @cached_property
    def typed(self) -> QueryDict | None:
        """What was typed here before it could be saved."""
        return self.given_back()

    @cached_property
    def form(self) -> forms.DraftForm:
        data = self.request.POST.copy() if self.request.method == "POST" else self.typed
        form = forms.DraftForm(self.form_fields(), self.current, self.draft.revision, data)
        form.show_doubts(self.doubts)
        return form

    @cached_property
    def doubts(self) -> list[OpenDoubt]:
        return open_doubts(self.draft, self.current)

    def post(self, request, *args, **kwargs):
        act, _, which = request.POST.get("aksi", "simpan").partition(":")
        try:
            with transaction.atomic():
                told = self.settle(number(which)) if act == "tuntas" else self.perform(act, which)
        except SopRefused as refusal:
            self.form.refuse(refusal)
            return self.render_to_response(self.get_context_data(), status=refusal.status)
        self.tell(told)
        return self.go(which) if act == "ke" else redirect(self.address())

    def go(self, address: str) -> HttpResponse:
        """Lead on to another part of this draft, now that this one is saved."""
        onward = address if address.startswith(self.draft.get_absolute_url()) else self.address()
        return HttpResponseClientRedirect(onward) if "HX-Request" in self.request.headers else redirect(onward)

    def perform(self, act: str, which: str) -> list[editing.Saved]:
        return [self.save()]

    def settle(self, doubt: int) -> list[editing.Saved]:
        """Save what was typed, and settle a doubt of the import: it may have been typed just for that."""
        told = [self.save()]
        return [*told, settle(self.draft, [doubt], actor=self.request.user, seen=self.form.seen)]

    def save(self) -> editing.Saved:
        return editing.save(self.draft, self.form.typed(), actor=self.request.user, seen=self.form.seen)

    def tell(self, told: list[editing.Saved]) -> None:
        if told[-1].revision > max(self.form.seen, 0):
            messages.success(self.request, "Tersimpan.")
        for sentence in dict.fromkeys(sentence for saved in told for sentence in saved.notices):
            messages.warning(self.request, sentence)
        for edit in told[0].others:
            at = timezone.localtime(edit.at)
            changes = "; ".join(_in_words(change) for change in edit.changes[:8])
            words = f"Sementara itu {edit.actor.name} (pukul {at:%H.%M}) menyunting juga, dan itu tetap ada: {changes}."
            messages.info(self.request, words)

    def address(self, **query) -> str:
        return reverse("desk:sop-edit", args=[self.draft.sop.slug, self.draft.version, self.page], query=query or None)

    def here(self) -> str:
        """Return the address of what is on the page, as a finding's way there names it."""
        return EditPage.address(self)

    def get_context_data(self, **kwargs):
        drawn = SopVersion.objects.with_sheet().get(pk=self.draft.pk)
        return super().get_context_data(
            draft=drawn,
            form=self.form,
            problems=self.form.problems(),
            page=self.page,
            pages=(PAGES | (LAWFUL if self.current.lawful else {})).items(),
            current=self.current,
            findings=findings(drawn),
            doubts=shown(self.doubts, self.draft, set(self.form.fields)),
            here=self.here(),
            sheet=draw(drawn.sheet()),
            told=get_messages(self.request),
            **kwargs | {"messages": ()},
        )


def _in_words(change: dict) -> str:
    was, now = change["said"]
    label = change["label"][0].lower() + change["label"][1:]
    if change["what"] == "changed":
        return f"{label} menjadi «{now or 'kosong'}»"
    happened = {"added": "ditambahkan", "removed": "dihapus", "moved": f"pindah ke {now}"}
    return f"{label} {happened[change['what']]}"


class Identity(EditPage):
    page = "identitas"
    template_name = "desk/library/editor/identity.html"

    def form_fields(self):
        return forms.identity_fields()


class Lists(EditPage):
    """The six lists. Moving an item is a change of its list like any other."""

    page = "daftar"
    template_name = "desk/library/editor/lists.html"

    def form_fields(self):
        return forms.list_fields()

    def perform(self, act, which):
        place, _, name = which.partition(".")
        if name in LISTS:
            self.form.set(name, _moved(self.form.data.getlist(name), act, number(place)))
        return [self.save()]

    def get_context_data(self, **kwargs):
        bases = LegalBasis.objects.exclude(status=LegalBasis.Status.REVOKED)[:500]
        return super().get_context_data(lists=[self.form[name] for name in LISTS], bases=bases, **kwargs)


def _moved(items: list[str], act: str, place: int) -> list[str]:
    """Return the items with the one at ``place`` moved or taken out."""
    items = list(items)
    if place >= len(items) or act not in ("naik", "turun", "hapus"):
        return items
    item = items.pop(place)
    if act != "hapus":
        items.insert(max(0, place + (1 if act == "turun" else -1)), item)
    return items


class Performers(EditPage):
    page = "pelaksana"
    template_name = "desk/library/editor/performers.html"

    def form_fields(self):
        return forms.performer_fields(self.current)

    def perform(self, act, which):
        told, which = [self.save()], number(which)
        who = {"actor": self.request.user, "seen": self.form.seen}
        order = [performer.pk for performer in self.current.performers]
        if act == "tambah":
            told.append(editing.add_performer(self.draft, **who))
        elif act in ("naik", "turun") and which in order:
            place = order.index(which) + 1
            told.append(editing.move_performer(self.draft, which, to=place + (1 if act == "turun" else -1), **who))
        elif act == "hapus":
            heir = whole(self.request.POST, f"pindah.{which}")
            told.append(editing.delete_performer(self.draft, which, heir=heir, **who))
        return told

    def get_context_data(self, **kwargs):
        order = [performer.pk for performer in self.current.performers]
        rows = []
        for performer in self.current.performers:
            steps = [each for each in self.current.activities if performer.pk in editing.columns(each, order)]
            rows.append(
                {
                    "performer": performer,
                    "name": self.current.performer_words(performer.pk),
                    "fields": self.form.part(f"performer.{performer.pk}.label", f"performer.{performer.pk}.roles"),
                    "steps": editing.steps_in_words(steps) if steps else "",
                    "heirs": [(pk, self.current.performer_words(pk)) for pk in order if pk != performer.pk],
                }
            )
        return super().get_context_data(rows=rows, most=editing.MAX_PERFORMERS, **kwargs)


class Activities(EditPage):
    """The rows, one of them open. The open row is saved before anything else happens."""

    page = "aktivitas"
    template_name = "desk/library/editor/activities.html"
    opened = None

    @cached_property
    def open_pk(self) -> int:
        sent = self.request.POST or self.typed or self.request.GET
        pk = whole(sent, "baris") or whole(self.request.GET, "baris")
        # A row that somebody deleted meanwhile stays on the page of who was writing it.
        return pk if self.request.method == "POST" or self.typed or pk in self.current.by_number.values() else 0

    def form_fields(self):
        return forms.activity_fields(self.open_pk, self.current) if self.open_pk else {}

    def perform(self, act, which):
        who, which = {"actor": self.request.user, "seen": self.form.seen}, number(which)
        if act == "jadikan-baru":
            bare = {key.rpartition(".")[2]: value for key, value in self.form.typed().items()}
            return [editing.insert_activity(self.draft, typed=bare, **who)]
        if act == "pakai" and (proposed := forms.proposed_duration(self.open_pk, self.current)):
            self.form.set(f"activity.{self.open_pk}.duration_value", proposed.value)
            self.form.set(f"activity.{self.open_pk}.duration_unit", proposed.unit)
        told = [] if act == "buang" or (act == "hapus" and which == self.open_pk) else [self.save()]
        return told + self.act_on_row(act, which, who)

    def settle(self, doubt):
        self.opened = self.open_pk or None
        return super().settle(doubt)

    def act_on_row(self, act, which, who) -> list[editing.Saved]:
        place = {pk: number for number, pk in self.current.by_number.items()}.get(which, 0)
        self.opened = {"buka": which, "pakai": self.open_pk, "simpan": self.open_pk}.get(act)
        if act in ("sisip-atas", "sisip-bawah", "tambah"):
            added = editing.insert_activity(self.draft, near=which or None, above=act == "sisip-atas", **who)
            self.opened = added.pk
            return [added]
        if act in ("naik", "turun"):
            self.opened = self.open_pk or None
            return [editing.move_activity(self.draft, which, to=place + (1 if act == "turun" else -1), **who)]
        if act == "hapus":
            self.opened = self.open_pk if self.open_pk != which else None
            return [editing.delete_activity(self.draft, which, **who)]
        return [editing.Saved(self.draft.revision)] if act == "buang" else []

    def address(self, **query):
        if self.opened:
            return f"{super().address(baris=self.opened)}#langkah-{self.opened}"
        if self.open_pk in self.current.by_number.values():
            return f"{super().address(tutup=self.open_pk)}#langkah-{self.open_pk}"
        return super().address()

    def here(self):
        return EditPage.address(self, **({"baris": self.open_pk} if self.open_pk else {}))

    def get_context_data(self, **kwargs):
        pk = self.open_pk
        is_gone = bool(pk) and pk not in self.current.by_number.values()
        order = [performer.pk for performer in self.current.performers]
        rows = [
            {
                "activity": activity,
                "performers": [self.current.performer_words(each) for each in editing.columns(activity, order)],
                "doubts": sum(of_row(each.doubt.key) == activity.pk for each in self.doubts),
            }
            for activity in self.current.activities
        ]
        return super().get_context_data(
            rows=rows,
            open_pk=pk,
            is_gone=is_gone,
            closed_pk=whole(self.request.GET, "tutup"),
            row={name: self.form[f"activity.{pk}.{name}"] for name in ACTIVITY} if pk else None,
            proposed=forms.proposed_duration(pk, self.current),
            most=editing.MAX_ACTIVITIES,
            **kwargs,
        )


class LawfulSteps(EditPage):
    """Which row carries which lawful step. A proposal is only shown; it is kept by whoever takes it."""

    page = "langkah"
    template_name = "desk/library/editor/lawful.html"

    def form_fields(self):
        return forms.carrying_fields(self.current)

    def perform(self, act, which):
        if act == "usulan":
            # What the page proposed when it was read, not what would be proposed now.
            for key in [f"carries.{number(which)}"] if which else list(self.form.fields):
                if row := whole(self.request.POST, f"usulan.{key}"):
                    self.form.set(key, row)
        return [self.save()]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**carrying.shown(self.draft, self.current, self.form), **kwargs)


_VIEWS = {view.page: view.as_view() for view in (Identity, Lists, Performers, Activities, LawfulSteps)}


def edit(request, slug, version, page):
    """Lead to the page of the editor that the address names."""
    if page not in _VIEWS:
        raise Http404
    return _VIEWS[page](request, slug=slug, version=version)


class StartSop(AppointedPage, ActPage):
    section = "sops"
    form_class = forms.StartForm
    template_name = "desk/library/editor/start.html"
    not_yours = NOT_YOURS
    done = "Draf «{result.title}» dibuat. Isi lembarnya halaman demi halaman."

    @cached_property
    def units(self):
        return permissions.keeps_units(self.request.user, on=self.today)

    def may(self):
        return bool(self.units)

    @property
    def back(self):
        return reverse("desk:sops")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"units": self.units}

    def act(self, form):
        typed = {name: form.cleaned_data[name] or "" for name in ("title", "theme")}
        return editing.start_sop(**typed, unit=form.cleaned_data["unit"], actor=self.request.user)

    def onward(self, result):
        return reverse("desk:sop-edit", args=[result.sop.slug, result.version, "identitas"])

    def get_context_data(self, **kwargs):
        themes = Sop.objects.exclude(theme="").order_by("theme").values_list("theme", flat=True).distinct()
        return super().get_context_data(themes=themes, **kwargs)


class DeleteDraft(DraftPage, ActPage):
    template_name = "desk/library/editor/delete.html"
    form_class = forms.DeleteForm
    not_yours = NOT_YOURS

    @property
    def back(self):
        return self.draft.get_absolute_url()

    def get_initial(self):
        return {"revisi": self.draft.revision}

    def act(self, form):
        return editing.delete_draft(self.draft, actor=self.request.user, seen=form.cleaned_data["revisi"] or 0)

    def overtaken(self, form):
        form.data = form.data | {"revisi": SopVersion.objects.values_list("revision", flat=True).get(pk=self.draft.pk)}
        return {}

    def told(self, result):
        return f"Draf versi {self.draft.version} «{self.draft.title}» dihapus."

    def onward(self, result):
        newest = result.versions.order_by("-version").first() if result else None
        return newest.get_absolute_url() if newest else reverse("desk:sops")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs | {"version": self.draft})
