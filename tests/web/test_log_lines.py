"""No line of the log opens an auditor's link or a person's calendar, and none names a person."""

import io
import json
import logging
import logging.config
import re
from copy import deepcopy
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import settings as settings_of_hypothesis
from hypothesis import strategies as st

from ppid.web.log_lines import JsonLineFormatter
from ppid.web.reference import ReferenceFilter, referred_to
from tests import make

SECRET = "Zq3x_-rahasia-yang-membuka"


@pytest.fixture
def lines():
    """Return what the console would show; the handler is built from the settings."""
    written = io.StringIO()
    built = logging.config.DictConfigurator(deepcopy(settings.LOGGING))  # it takes apart what it builds from
    form = built.configure_formatter(built.config["formatters"]["line"])
    handler = logging.StreamHandler(written)
    handler.setFormatter(form)
    handler.addFilter(built.configure_filter(built.config["filters"]["reference"]))
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "rest"),
    [("desk:auditor", []), ("desk:auditor-pdf", ["P-2026-0001"]), ("desk:auditor-zip", ["P-2026-0001"])],
)
def test_a_refused_use_of_a_link_leaves_no_secret(lines, name, rest):
    assert Client().post(reverse(name, args=[SECRET, *rest])).status_code == 404
    assert "/meja/pemeriksa/…/" in lines.getvalue()
    assert SECRET not in lines.getvalue()


@pytest.mark.django_db
def test_an_unknown_calendar_leaves_no_secret(lines):
    assert Client().get(reverse("desk:calendar-feed", args=[SECRET])).status_code == 404
    assert "/meja/tenggat/….ics" in lines.getvalue()
    assert SECRET not in lines.getvalue()


def test_a_traceback_leaves_none_either(lines):
    try:
        raise ValueError(f"GET /meja/pemeriksa/{SECRET}?a=1")
    except ValueError:
        logging.getLogger("ppid").exception("Failed at %s", f"/meja/tenggat/{SECRET}.ics")
    assert "Traceback" in lines.getvalue()
    assert SECRET not in lines.getvalue()


@pytest.fixture
def objects():
    """Return what the console would show in production, object by object."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLineFormatter())
    handler.addFilter(ReferenceFilter())
    logging.getLogger().addHandler(handler)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    logging.getLogger().removeHandler(handler)


def test_a_line_of_production_is_one_object_with_the_reference(objects):
    with referred_to("A1B2C3D4"):
        logging.getLogger("ppid.web").warning("Baris\npertama", extra={"request": object(), "email": "a@b.id"})
    (line,) = objects()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4}", line.pop("at"))
    assert line == {"level": "WARNING", "logger": "ppid.web", "reference": "A1B2C3D4", "message": "Baris\npertama"}


@pytest.mark.parametrize(
    "said",
    [
        "Surel ke siti.aminah@pontianakkota.go.id ditolak",
        "NIK 6171056703900004 pada dokumen",
        "NIP 19800101 200501 1 001 salah",
        "NPWP 09.254.294.3-407.000",
        "telepon 081234567890",
        'DETAIL:  Key (email)=(siti@x.id) already exists in "organisation_user".',
        "Failing row contains (7, Siti Aminah, 1980).",
        f"GET /meja/pemeriksa/{SECRET}/",
    ],
)
def test_nothing_of_a_person_stands_in_a_line_not_in_its_traceback_either(objects, lines, said):
    try:
        raise ValueError(said)
    except ValueError:
        logging.getLogger("ppid").exception(said)
    (line,) = objects()
    for private in ("siti", "Siti", "@pontianak", "6171", "19800101", "09.254", "0812", SECRET):
        assert private not in line["message"] + line["exc_info"]
        assert private not in lines.getvalue()


@pytest.mark.parametrize(
    "said", ["proses P-2026-0001", "a1" * 32, "2026-11-27 16:48:46", "port 8000", "1.250.000 baris"]
)
def test_other_numbers_stay(objects, said):
    logging.getLogger("ppid").warning(said)
    assert objects()[0]["message"] == said


@pytest.mark.django_db
def test_what_was_refused_is_a_line_with_reference_path_and_the_accounts_number_alone(objects):
    person = make.person("ppid_pelaksana")
    client = Client()
    client.force_login(person)
    refused = [client.get(reverse("desk:person-add")), client.post(reverse("desk:unit-add"), {"name": "Rahasia"})]
    assert [answer.status_code for answer in refused] == [403, 403]
    for answer, line in zip(refused, objects(), strict=True):
        assert line["reference"] == answer["X-Reference"]
        assert line["account"] == str(person.pk)
        assert line["message"] == f"Forbidden (Permission denied): {answer.request['PATH_INFO']}"
        assert person.email not in str(line)
        assert "Rahasia" not in str(line)


@pytest.mark.django_db
def test_a_step_that_is_not_ones_own_is_a_line_too(objects):
    case = make.publication(at="clarifying")
    client = Client()
    client.force_login(make.demo("bidang"))
    answer = client.post(reverse("desk:step", args=[case.number, "clarify"]), {"moves": case.moves})
    assert answer.status_code == 403
    (line,) = objects()
    assert (line["reference"], line["account"]) == (answer["X-Reference"], str(make.demo("bidang").pk))
    assert case.number in line["message"]


@pytest.mark.django_db
def test_a_stranger_has_no_account_in_the_log(objects):
    answer = Client().get("/tidak/ada/")
    (line,) = objects()
    assert (line["reference"], "account" in line) == (answer["X-Reference"], False)


@given(st.text(max_size=300))
@settings_of_hypothesis(max_examples=200)
def test_any_text_is_one_line_of_json_and_quickly_so(said):
    record = logging.LogRecord("ppid", logging.ERROR, "", 0, "%s", (said,), None)
    record.reference = "-"
    written = JsonLineFormatter().format(record)
    assert "\n" not in written
    assert set(json.loads(written)) <= {"at", "level", "logger", "reference", "message"}


def test_no_call_of_the_log_names_a_person():
    """A law: who did it stands in the ledger of people; the log has the number of the account."""
    call = re.compile(r"\blog(?:ger)?\.(?:debug|info|warning|error|exception)\((?:[^()]|\([^()]*\))*\)")
    person = re.compile(r"\b(?:user|actor|person|given|editing|closing|opening|holder)\w*\.(?:email|name|nip)\b")
    root = Path(settings.BASE_DIR)
    calls = [
        (path, found[0])
        for folder in ("ppid", "sop")
        for path in sorted((root / folder).rglob("*.py"))
        for found in call.finditer(path.read_text())
    ]
    assert len(calls) > 30
    assert [(path.name, said) for path, said in calls if person.search(said)] == []
