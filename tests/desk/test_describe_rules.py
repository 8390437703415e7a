"""The rules of input as a document that is always true: printed from the forms and tables themselves."""

import io
import re

import pytest
from django.apps import apps
from django.core.management import call_command


@pytest.fixture(scope="module")
def told() -> str:
    said = io.StringIO()
    call_command("describe_rules", stdout=said)
    return said.getvalue()


def test_each_field_is_told_with_its_limits(told):
    assert "- password («Kata sandi»): CharField, may be empty, at most 4096 letters\n" in told
    holidays = told.split("## ppid.desk.calendar.forms.HolidayForm\n")[1].split("\n## ")[0]
    assert holidays.startswith("A day that is not worked.")
    assert "- name («Nama»): CharField, required, at most 150 letters" in holidays
    assert re.search(r"- kind \(«Jenis»\): TypedChoiceField, required, one of \w+, \w+", holidays)


def test_forms_of_both_buildings_are_told(told):
    for form in ("ppid.portal.report.", "ppid.desk.account.forms.SignInForm", "ppid.desk.people.forms."):
        assert f"## {form}" in told
    assert told.count("\n## ppid.desk.") > 90


def test_each_table_of_ours_tells_what_belongs_together(told):
    assert "- a session that ended says why\n" in told
    rows = told.split("# Rows\n")[1]
    for model in apps.get_models():
        if model.__module__.startswith(("ppid.", "sop.")):
            for rule in [*model._meta.constraints, *getattr(model._meta, "triggers", [])]:
                assert f"- {rule.name.replace('_', ' ')}" in rows
