"""The search over everything public, and what is suggested while typing."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.views.generic import TemplateView, View

from ppid.portal.filters import CATEGORY_IN_ADDRESS, of_class
from ppid.portal.of_edition import of_edition
from ppid.portal.pages import OpenPage
from ppid.shelf.search import nearest
from ppid.shelf.search.finding import Asked, Found, Hit, Narrowed, Result, Shown, Text, texts_of
from ppid.shelf.search.models import Kind
from ppid.shelf.search.passages import Known, Parts, marked, passage
from ppid.shelf.search.question import MOST_LETTERS, MOST_WORDS
from ppid.web.drawn import digest
from ppid.web.filters import Filter, choice
from ppid.web.parameters import text

# The tabs: their address, what they are called, and their icon.
TABS = (
    (Shown.ITEM, "Informasi", "document-text"),
    (Shown.PAGE, "Isi dokumen", "document-magnifying-glass"),
    (Shown.DIK, "Dikecualikan", "lock-closed"),
    (Shown.REOPENED, "Dibuka kembali", "lock-open"),
    (Shown.SOP, "SOP", "clipboard-document-check"),
    (Shown.GONE, "Tidak lagi diumumkan", "archive-box-x-mark"),
)


class SearchFilter(Filter):
    """What the search is narrowed to. The words are cut to what is searched, never refused."""

    q = forms.CharField(
        label="Cari informasi publik",
        required=False,
        widget=forms.TextInput(
            attrs={"type": "search", "class": "form-control", "autocomplete": "off", "maxlength": MOST_LETTERS}
        ),
    )
    jenis = of_class("Jenis informasi")
    bentuk = choice("Bentuk berkas", "Bentuk berkas yang diminta tidak ada di antara hasil; saringan diabaikan.")
    hal = forms.ChoiceField(
        label="Macam hasil",
        required=False,
        choices=[("", "Semua"), *((key, name) for key, name, _ in TABS)],
        error_messages={"invalid_choice": "Macam hasil yang diminta tidak dikenal; semua macam ditampilkan."},
        widget=forms.HiddenInput,
    )
    urut = choice(
        "Urutan",
        "Urutan yang diminta tidak dikenal; yang paling sesuai lebih dahulu.",
        choices=[("", "Paling sesuai"), ("terbaru", "Terbaru")],
    )
    field_order = ["q", "jenis", "unit", "tahun", "bentuk", "urut", "hal"]
    # What each filter counts (``finding.FACETS``).
    FACETS = {"jenis": "category", "unit": "unit", "tahun": "year", "bentuk": "form"}

    @property
    def narrowed(self) -> Narrowed:
        chosen = self.chosen
        return Narrowed(
            kind=chosen.get("hal", ""),
            category=CATEGORY_IN_ADDRESS.get(chosen.get("jenis", ""), ""),
            unit=chosen.get("unit", ""),
            year=chosen.get("tahun", ""),
            form=chosen.get("bentuk", ""),
            newest=bool(chosen.get("urut")),
        )

    def count(self, counts) -> None:
        """Say beside each choice how many results there are; leave out those without, unless chosen."""
        for name, facet in self.FACETS.items():
            if facet not in counts:
                continue
            code = CATEGORY_IN_ADDRESS if name == "jenis" else {}
            (empty, *choices), said = self.fields[name].choices, self.chosen.get(name)
            numbered = [(key, label, counts[facet][code.get(key, key)]) for key, label in choices]
            self.fields[name].choices = [
                empty,
                *((key, f"{label} ({n})") for key, label, n in numbered if n or key == said),
            ]

    def to_narrow(self):
        """Return the fields of the panel beside the results."""
        return [self[name] for name in self.field_order if name not in ("q", "hal")]


@dataclass(frozen=True, slots=True)
class Row:
    """A result as the page prints it, in plain words: what says the same, with the same words marked, is drawn once.

    ``day`` is since when it says this, of what is open again since when it is. ``pages`` are those of its documents
    whose passages are shown, ``rest`` further ones of the ``more`` that there are.
    """

    kind: str
    category: str
    unit: str
    day: date
    entry: Text
    pages: tuple[Text, ...]
    more: int
    rest: tuple[Hit, ...]
    marks: Known

    @property
    def digest(self) -> str:
        """The digest of all that the row prints."""
        said = [getattr(self, name) for name in self.__slots__ if name != "marks"]
        return digest(said, sorted(self.marks.words))

    @property
    def url(self) -> str:
        entry = self.entry
        if entry.kind == Kind.DIK:
            name = "portal:reopened" if self.kind == Shown.REOPENED else "portal:dik"
            return f"{reverse(name)}?q={entry.key}"
        if entry.kind == Kind.SOP:
            return reverse("portal:sop", args=[entry.key.rpartition(":")[0]])
        return reverse("portal:item", args=[entry.number])

    @property
    def title(self) -> SafeString:
        return with_marks(marked(self.entry.title or f"Informasi {self.entry.number}", self.marks))

    @property
    def said(self) -> SafeString:
        return with_marks(passage(self.entry.text, self.marks))

    @property
    def passages(self) -> list[tuple[str, str, SafeString]]:
        """Where in its documents the words stand: address, what it is called, and the text around them."""
        return [(*place_of(page), with_marks(passage(page.said or "", self.marks))) for page in self.pages]

    @property
    def other_places(self) -> list[tuple[str, str]]:
        return [place_of(page) for page in self.rest]

    @property
    def instead(self) -> tuple[str, str] | None:
        """The address and title of what can be read in its place."""
        if self.entry.instead is None:
            return None
        number, title = json.loads(self.entry.instead)
        return reverse("portal:item", args=[number]), title


def place_of(page: Text | Hit) -> tuple[str, str]:
    """Return the address of a page of a document, and what it is called."""
    url = reverse("portal:file", args=[page.number, page.file_key, page.filename])
    if list(page.formats) == ["PDF"]:
        return f"{url}#page={page.page}", f"Hal. {page.page}"
    return url, getattr(page, "place", None) or f"Bagian {page.page}"


def with_marks(parts: Parts) -> SafeString:
    """Write the text with its marked parts."""
    written = (f"<mark>{escape(said)}</mark>" if is_marked else escape(said) for said, is_marked in parts)
    return mark_safe("".join(written))  # noqa: S308 - escaped part by part


class Search(OpenPage, TemplateView):
    template_name = "portal/search.html"
    section = "search"
    paginate_by = 20

    @cached_property
    def typed(self) -> str:
        return text(self.request.GET, "q", most=MOST_LETTERS)

    @cached_property
    def asked(self) -> Asked:
        as_typed = text(self.request.GET, "persis") == "1"
        return of_edition(self.request).asked(self.typed, as_typed=as_typed)

    def filter_of_all(self) -> SearchFilter:
        """Return the filter with all that may be chosen: every unit that the shelf knows, every year and form."""
        data = self.request.GET.copy()
        data["q"] = self.typed
        return SearchFilter(
            data,
            units=sorted(self.asked.units.items(), key=lambda unit: unit[1].casefold()),
            today=timezone.localdate(),
            oldest=_FIRST,
            bentuk=[("", "Semua bentuk"), *((form, form) for form in KNOWN_FORMS)],
        )

    def get_context_data(self, **kwargs):
        question = self.asked.question
        filter = self.filter_of_all()
        found = of_edition(self.request).found(question, filter.narrowed)
        context = {"filter": filter, "typed": self.typed, "question": question, "sentences": self.sentences(filter)}
        if not question:
            return super().get_context_data(**context, **kwargs)
        context |= {"chips": [chip for chip in filter.chips() if chip.label not in _QUIET], "found": found}
        filter.count(found.counts)
        page = Paginator(found.results, self.paginate_by).get_page(self.request.GET.get("halaman"))
        if found.results:
            context |= {"rows": self.rows(page.object_list), "page_obj": page, "tabs": self.tabs(found)}
        elif filter.narrowed:
            context["tabs"] = self.tabs(found)
        else:
            meant, wider = nearest.instead(self.asked.plain, using=settings.PORTAL_DATABASE)
            code = next((each.unit_code for each in (meant, *wider) if each and each.unit_code), "")
            unit = self.named_unit() or (code, self.asked.units.get(code, ""))
            context |= {"meant": meant, "wider": wider, "unit": unit if unit[1] else None}
        return super().get_context_data(**context, **kwargs)

    def sentences(self, filter: SearchFilter) -> list[str]:
        said = filter.sentences
        if len(self.request.GET.get("q", "").strip()) > MOST_LETTERS:
            said = [f"Hanya {MOST_LETTERS} huruf pertama yang dicari.", *said]
        elif len(self.asked.plain.terms) == MOST_WORDS and len(self.typed.split()) > MOST_WORDS:
            said = [f"Hanya {MOST_WORDS} kata pertama yang dicari.", *said]
        return said

    def named_unit(self) -> tuple[str, str] | None:
        """Return the unit that the words name."""
        for wider in self.asked.question.wider:
            for code, name in self.asked.units.items():
                if name in wider.others:
                    return code, name
        return None

    def tabs(self, found: Found) -> list[tuple[str, str, str, int | None]]:
        counts = found.counts.get("kind")
        chosen = self.request.GET.get("hal", "")
        tabs = [(key, name, icon, counts[key] if counts is not None else None) for key, name, icon in TABS]
        return [tab for tab in tabs if tab[3] or tab[3] is None or tab[0] == chosen]

    def rows(self, results: list[Result]) -> list[Row]:
        texts = texts_of(results, using=settings.PORTAL_DATABASE, today=timezone.localdate())
        known = Known(self.asked.question.marked)
        return [self.row(result, texts, known) for result in results]

    def row(self, result: Result, texts: dict[int | str, Text], known: Known) -> Row:
        hit = result.first
        entry = texts[hit.pk] if result.own else texts.get(hit.number) or texts[hit.pk]
        pages = tuple(texts[page.pk] for page in result.places())
        kind = next(key for key, *_ in TABS if key in result.kinds)
        return Row(
            kind=kind,
            category=hit.category,
            unit=self.asked.units.get(entry.unit_code, entry.unit_name),
            day=hit.open_since if kind == Shown.REOPENED and hit.open_since else hit.day,
            entry=entry,
            pages=pages,
            more=len(result.pages) - len(pages),
            rest=tuple(result.other_places()),
            marks=known,
        )


KNOWN_FORMS = ("CSV", "DOCX", "JPG", "ODS", "ODT", "PDF", "PNG", "PPTX", "XLSX", "ZIP")
_FIRST = 2008
_QUIET = ("Cari informasi publik", "Macam hasil", "Urutan")


class Suggestions(OpenPage, View):
    """What the last word may become, and the newest items of that; the page works without it."""

    def get(self, request):
        typed = text(request.GET, "q", most=MOST_LETTERS)
        found = nearest.suggested(typed, using=settings.PORTAL_DATABASE)
        items = [{"title": title, "url": reverse("portal:item", args=[number])} for number, title in found.items]
        return JsonResponse({"questions": found.questions, "items": items})
