"""Whatever is sent to any form of the product gets an answer: no error of ours, a sentence, nothing lost, nothing half.

The forms are read off the pages, so a new one is in by itself. ``FORMS_INPUTS`` says how many inputs all of them get
together; README tells of the long run.
"""

import os
from math import ceil
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.forms.answers import Tally, faults_of, rows
from tests.forms.conftest import CAST
from tests.forms.posts import posts
from tests.forms.sent import inputs
from tests.test_parameters import ROUTES

INPUTS = int(os.environ.get("FORMS_INPUTS", "400"))
IS_LONG = "FORMS_INPUTS" in os.environ


@pytest.fixture(scope="module")
def tally():
    """What all inputs came to; of the long run a line for each process stays in the folder of the tests."""
    counted = Tally()
    yield counted
    if IS_LONG:
        with (Path(django_settings.VAR) / "forms.txt").open("a") as file:
            file.write(f"{counted}\n")


@pytest.mark.parametrize("name", ROUTES)
def test_whatever_is_sent_to_a_form_gets_an_answer(name, every_form, browsers, tally, db):
    faults: dict[str, str] = {}
    for form in [each for each in every_form.values() if each.name == name]:
        tally.forms.add(form.shape)
        before = rows()

        @settings(
            max_examples=ceil(INPUTS / len(every_form)),
            derandomize=not IS_LONG,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(sent=inputs(form), another=st.sampled_from([False] * 9 + [True]), who=st.sampled_from(CAST))
        def send(sent, another, who, form=form, before=before):
            client = browsers[who if another else form.who]
            for fault in faults_of(form, sent, client, before=before, may=not another, tally=tally):
                faults.setdefault(
                    f"{form.name} {form.address}: {fault}", f"{who if another else form.who} {sent}"[:1500]
                )

        send()
    assert not faults, "\n".join(f"{fault}\n    {sent}" for fault, sent in faults.items())


def test_every_address_that_takes_a_post_has_its_form(every_form):
    seen = {form.name for form in every_form.values() if form.method == "post"}
    assert set(posts()) - seen == set()
