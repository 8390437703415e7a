"""How gunicorn serves the portal, on systemd's socket or a port: ``gunicorn -c python:ppid.serving ppid.wsgi``."""

import gc

from ppid import env
from ppid.starting import in_a_sentence

with in_a_sentence():
    bind = f"127.0.0.1:{env.number('PORT', 8000, least=1, most=65535)}"
    workers = env.number("WEB_CONCURRENCY", 2, least=1, most=64)
worker_class = "gthread"
threads = 4
timeout = 60
graceful_timeout = 10
preload_app = True
loglevel = "warning"
control_socket_disable = True


def when_ready(server):
    # What is loaded stays in memory that the workers share: the collector must not write into it.
    gc.collect()
    gc.freeze()


def post_worker_init(worker):
    if worker.age == 1:
        print(_welcome(str(worker.sockets[0])), flush=True)


def _welcome(address: str) -> str:
    """Return the address and, in the demo, who can sign in."""
    from django.conf import settings
    from django.db import connections

    if address.startswith("unix:"):
        address = settings.SITE_URL or address
    officers = "the portal alone" if settings.PORTAL_ALONE else f"officers: {address}/meja/"
    lines = [f"{settings.SITE_NAME}: {address} ({officers})"]
    if settings.DEMO and not settings.PORTAL_ALONE and (people := _demo_people()):
        widths = [max(map(len, column)) for column in zip(*people, strict=True)]
        lines += [f"Demo sign-ins, all with the password {settings.DEMO_PASSWORD}:"]
        lines += ["  " + "  ".join(map(str.ljust, person, widths)).rstrip() for person in people]
    connections.close_all()
    return "\n".join([*lines, "Ctrl-C stops it."])


def _demo_people() -> list[tuple[str, str, str]]:
    """Return e-mail, name and roles of each demo person."""
    from django.utils import timezone

    from ppid.organisation.models import Appointment

    people = {}
    appointments = Appointment.objects.in_force(on=timezone.localdate()).filter(user__is_demo=True)
    for held in appointments.select_related("user", "role", "unit"):
        people.setdefault(held.user, []).append(str(held))
    return [(user.email, user.name, "; ".join(roles)) for user, roles in people.items()]
