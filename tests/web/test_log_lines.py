"""No line of the log opens an auditor's link or a person's calendar."""

import io
import logging
import logging.config

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

SECRET = "Zq3x_-rahasia-yang-membuka"


@pytest.fixture
def lines():
    """Return what the console would show; the handler is built from the settings."""
    written = io.StringIO()
    built = logging.config.DictConfigurator(settings.LOGGING)
    form = built.configure_formatter(settings.LOGGING["formatters"]["line"])
    handler = logging.StreamHandler(written)
    handler.setFormatter(form)
    handler.addFilter(built.configure_filter(settings.LOGGING["filters"]["reference"]))
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
