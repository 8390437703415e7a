"""Whatever is sent to any form of the product gets an answer: no error of ours, a sentence, nothing lost.

The forms are read off the pages, so a new one is in by itself. ``FORMS_INPUTS`` says how many inputs all of them get
together; README tells of the long run.
"""

import os
from collections import Counter
from math import ceil
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.forms.answers import faults_of
from tests.forms.conftest import CAST
from tests.forms.posts import posts
from tests.forms.sent import inputs
from tests.test_parameters import ROUTES

IS_LONG = "FORMS_INPUTS" in os.environ
INPUTS = int(os.environ.get("FORMS_INPUTS", "400"))


def told(counted: Counter, name: str, forms: int) -> str:
    """Return a line of how many inputs were sent, how they were answered, and how long the slowest answer took."""
    answers = {str(what): number for (_, what), number in counted.items()}
    slowest = answers.pop("slowest", 0)
    said = ", ".join(f"{what} {number}" for what, number in sorted(answers.items()))
    return f"{name}: {sum(answers.values())} inputs to {forms} forms: {said}; slowest {slowest} ms\n"


@pytest.mark.parametrize("name", ROUTES)
def test_whatever_is_sent_to_a_form_gets_an_answer(name, every_form, browsers, db):
    forms = [each for each in every_form.values() if each.name == name]
    if not forms:
        return
    faults: dict[str, str] = {}
    tally: Counter = Counter()

    @settings(
        max_examples=max(2, ceil(INPUTS / len(every_form) * len(forms))),
        derandomize=not IS_LONG,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(
        form_and_sent=st.sampled_from(forms).flatmap(lambda form: st.tuples(st.just(form), inputs(form))),
        another=st.sampled_from([None] * 40 + list(CAST)),
    )
    def send(form_and_sent, another):
        form, sent = form_and_sent
        client = browsers[another or form.who]
        for fault in faults_of(form, sent, client, may=not another, tally=tally):
            faults.setdefault(fault, f"{form.address} from {form.page} by {another or form.who}: {sent}"[:2000])

    send()
    if IS_LONG:
        with (Path(django_settings.VAR) / "forms.txt").open("a") as file:
            file.write(told(tally, name, len(forms)))
    assert not faults, "\n".join(f"{fault}\n    {sent}" for fault, sent in faults.items())


def test_every_address_that_takes_a_post_has_its_form(every_form, db):
    seen = {form.name for form in every_form.values() if form.method == "post"}
    assert set(posts()) - seen == set()
