"""The door for gunicorn."""

import io
import os

from django.core.wsgi import get_wsgi_application

from ppid.starting import in_a_sentence
from ppid.web.charset import utf8_only
from ppid.web.too_long import limit_statements
from ppid.web.whole_bodies import whole_bodies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ppid.settings")


def _refuse_unsafe_start():
    """Stop here, with sentences, when a check of settings or data fails."""
    from django.core.management import call_command
    from django.db import connections

    call_command("check", databases=list(connections), stdout=io.StringIO())
    connections.close_all()  # gunicorn may load this before it forks, and workers must not share a connection


with in_a_sentence():
    application = whole_bodies(utf8_only(get_wsgi_application()))
    _refuse_unsafe_start()
    limit_statements()  # only now: a start may take its time
