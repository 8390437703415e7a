"""The forms that pages hold, read off them as a browser reads them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from django.urls import Resolver404, resolve

from tests.forms.posts import posts

URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form: what the page sends as it stands, and what else it lets a person choose."""

    name: str
    kind: str  # as HTML names it; "select", "textarea"
    stands: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    several: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A form, who sees it on which page, and where it leads."""

    name: str  # of the address that it is sent to
    method: str
    address: str
    encoding: str
    fields: tuple[Field, ...]
    page: str
    who: str | None
    buttons: tuple[tuple[str, str], ...] = ()
    by_script: bool = False

    @property
    def shape(self) -> tuple:
        """What makes it another form than others: rows that differ by number alone count as one.

        What scripts send from nearly every page counts once.
        """
        if self.by_script:
            return self.method, self.name
        return self.method, self.name, frozenset(re.sub(r"\d+", "0", each.name) for each in self.fields)


def forms_on(response, page: str, who: str | None) -> Iterator[Form]:
    """Yield the forms of a page, one for each address to which a button of it leads."""
    if "html" in response.headers.get("Content-Type", ""):
        soup = BeautifulSoup(response.content, "lxml")
        yield from forms_in(soup, page, who)
        yield from _by_scripts(soup, page, who)


def forms_in(soup: BeautifulSoup, page: str, who: str | None) -> Iterator[Form]:
    for tag in soup.find_all("form"):
        own = [each for each in tag.find_all(_FIELDS) if each.get("form") in (None, tag.get("id"))]
        own += soup.find_all(_FIELDS, attrs={"form": tag["id"]}) if tag.get("id") else []
        fields = tuple(_fields(each for each in own if not _is_button(each)))
        leads: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
        for button in [each for each in own if _is_button(each)] or [Tag(name="button")]:
            action = urljoin(page, button.get("formaction") or tag.get("action") or page)
            method = (button.get("formmethod") or tag.get("method") or "get").lower()
            encoding = button.get("formenctype") or tag.get("enctype") or URLENCODED
            names = leads.setdefault((action, method, encoding), [])
            names += [(button["name"], button.get("value", ""))] if button.get("name") else []
        for (action, method, encoding), buttons in leads.items():
            if name := name_of(action):
                yield Form(name, method, action, encoding, fields, page, who, tuple(buttons))


def _by_scripts(soup: BeautifulSoup, page: str, who: str | None) -> Iterator[Form]:
    """Yield what scripts send: a form's fields to an address that stands in a ``data-`` attribute."""
    for tag in soup.find_all(lambda each: any(name.startswith("data-") for name in each.attrs)):
        for key, address in tag.attrs.items():
            name = name_of(address) if key.startswith("data-") and address.startswith("/") else ""
            if name in posts():
                form = tag.find_parent("form") or soup.select_one("main form[method=post]")
                fields = tuple(_fields(form.find_all(_FIELDS))) if form else ()
                yield Form(name, "post", address, URLENCODED, fields, page, who, by_script=True)


def name_of(address: str) -> str:
    """Return the name of the pattern that an address of ours leads to; "" for any other."""
    parts = urlsplit(address)
    if parts.netloc:
        return ""
    try:
        return resolve(parts.path).view_name
    except Resolver404:
        return ""


_FIELDS = ["input", "select", "textarea", "button"]


def _is_button(tag: Tag) -> bool:
    return tag.get("type", "submit") == "submit" if tag.name == "button" else tag.get("type") in ("submit", "image")


def _fields(tags) -> Iterator[Field]:
    """Yield a field for each name; radios and boxes of one name are one field with several choices."""
    found: dict[str, Field] = {}
    for tag in tags:
        name = tag.get("name")
        if not name or tag.name == "button" or tag.get("type") in ("button", "reset") or tag.has_attr("disabled"):
            continue
        kind = tag.get("type", "text") if tag.name == "input" else tag.name
        kind = "hidden" if tag.find_parent(attrs={"aria-hidden": "true"}) else kind  # bait
        choices: tuple[str, ...] = ()
        if tag.name == "select":
            choices = tuple(each.get("value", each.text) for each in tag.find_all("option"))
            stands = tuple(each.get("value", each.text) for each in tag.find_all("option", selected=True))
            stands = stands or (() if tag.has_attr("multiple") else choices[:1])
        elif tag.name == "textarea":
            stands = (tag.text.removeprefix("\n"),)
        elif kind in ("checkbox", "radio"):
            choices = (tag.get("value", "on"),)
            stands = choices if tag.has_attr("checked") else ()
        else:
            stands = () if kind == "file" else (tag.get("value", ""),)
        if listed := tag.get("list"):
            own = tag.find_parent("html").find("datalist", id=listed)
            choices = tuple(each.get("value", each.text) for each in own.find_all("option")) if own else ()
        before = found.get(name)
        several = kind == "checkbox" or tag.has_attr("multiple")
        if before:
            stands, choices = before.stands + stands, before.choices + choices
            several = several or before.several
        found[name] = Field(name, before.kind if before else kind, stands, choices, several)
    yield from found.values()
