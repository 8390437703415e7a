"""Every page of the desk that does something answers alike: it asks, refuses, was overtaken, or is not yours."""

import pytest
from django.urls import get_resolver, reverse

from ppid.desk.acts import ActPage, OneClick
from tests import make
from tests.desk.pages import error_links, soup, text

pytestmark = pytest.mark.django_db


def views_of_the_desk() -> set:
    resolver = next(each for each in get_resolver().url_patterns if getattr(each, "namespace", "") == "desk")
    return {getattr(each.callback, "view_class", None) for each in resolver.url_patterns} - {None}


def test_whatever_posts_a_form_is_an_act_page_or_named_here():
    """Steps, decisions and the working screen share the page of their case; two acts only keep texts.

    Several cases have a result each.
    A new secret address is shown by the answer itself, and what a secret link leads to is opened and taken by POST.
    """
    posts = {
        view for view in views_of_the_desk() if hasattr(view, "post") and not issubclass(view, (ActPage, OneClick))
    }
    assert {view.__name__ for view in posts} == {
        *("CaseStep", "DecisionPage", "GiveBack", "SetAside", "Together", "WorkPage"),
        *("NewCalendarAddress", "Opened", "TakenPdf", "TakenZip"),
        "Preview",  # keeps nothing
    }
    assert len([view for view in views_of_the_desk() if issubclass(view, ActPage)]) > 25


def test_an_empty_form_is_refused_with_422_and_links_to_its_fields(sign_in):
    utama = sign_in("utama")
    person = make.person("ppid_pelaksana")
    asked = [
        ("desk:open-publication", []),
        ("desk:open-exclusion", []),
        ("desk:person-add", []),
        ("desk:appoint", [person.pk]),
        ("desk:appointment-end", [person.appointments.get().pk]),
        ("desk:holiday-add", []),
        ("desk:sop-new", []),
        ("desk:sop-import", []),
        ("desk:legal-basis-add", []),
        ("desk:sop-numbering", ["dinsos"]),
    ]
    for name, args in asked:
        response = utama.post(reverse(name, args=args))
        assert response.status_code == 422, name
        assert error_links(response) or soup(response).select(".errors li"), name
        assert soup(response).title.text.startswith("Perlu diperbaiki: "), name


def test_a_refusal_of_the_domain_stands_beside_its_field(sign_in):
    response = sign_in("pengelola").post(reverse("desk:sop-numbering", args=["dinsos"]), {"pattern": "SOP"})
    assert response.status_code == 422
    assert error_links(response) == ["#id_pattern"]
    assert soup(response).select_one("[name=pattern]")["value"] == "SOP"


def test_what_a_step_passed_meanwhile_refuses_keeps_the_typed_text(sign_in):
    case = make.publication(at="preparing")
    dinsos = sign_in("dinsos")
    url = reverse("desk:describe", args=[case.number])
    dinsos.get(url)
    make.step(case, "prepare", actor="dinsos")
    response = dinsos.post(url, {"title": "Judul yang panjang", "summary": "Yang saya ketik"})
    assert response.status_code in (403, 409)
    assert "Yang saya ketik" in text(response)


def test_deleting_a_draft_that_somebody_edited_meanwhile_is_a_conflict(sign_in):
    from sop.drafts import editing
    from sop.versions import actions

    version = actions.new_draft(make.SopVersion.objects.filter(sop__flow="publication").get(), actor=make.demo("utama"))
    editing.save(version, {"number": "7/SOP/2026"}, actor=make.demo("utama"), seen=version.revision)
    utama = sign_in("utama")
    url = reverse("desk:sop-delete-draft", args=[version.sop.slug, version.version])
    response = utama.post(url, {"revisi": "0"})
    assert response.status_code == 409
    assert "Lihat dahulu perubahannya" in text(response)
    assert soup(response).select_one("[name=revisi]")["value"] == str(
        make.SopVersion.objects.get(pk=version.pk).revision
    )
