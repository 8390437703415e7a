"""``manage.py doctor``: all that is examined, one line each, in words; the page «Keadaan sistem» shows the same."""

import json

from django.core.checks import ERROR, WARNING, CheckMessage, Error, Warning, registry
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connections

from ppid.web.database_away import is_away, reason
from ppid.web.examinations import Examined, examine_all

_WORDS = {ERROR: "SALAH", WARNING: "awas"}


class Command(BaseCommand):
    help = "Examine settings, database, files, jobs and accounts, and say what is wrong and what to do."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="for a program that watches: a list of what was found")
        parser.add_argument("--strict", action="store_true", help="end with an error also when the portal would start")

    def handle(self, json, strict, **options):
        try:
            connections["default"].ensure_connection()
        except DatabaseError as error:
            if not is_away(error):
                raise
            raise CommandError(f"Basis data tidak menjawab: {reason(error)}") from error
        examined = [*examine_all(), _djangos_own()]
        (self.as_json if json else self.in_words)(examined)
        if any(each.stops_the_start for each in examined):
            raise CommandError("Portal tidak dapat mulai seperti ini.")
        if strict and any(each.is_bad for each in examined):
            raise CommandError("Ada yang harus dibenahi.")

    def in_words(self, examined: list[Examined]) -> None:
        self.line("baik", "Pengaturan masuk akal")
        for each in examined:
            if each.is_good:
                facts = " ".join(message.msg for message in each.messages)
                self.line("baik", f"{each.title}. {facts}".removesuffix(". ") if facts else each.title)
            for message in each.messages:
                if message.level >= WARNING:
                    self.line(_WORDS[ERROR if message.level >= ERROR else WARNING], message.msg, message.hint)
        if all(each.is_good for each in examined):
            self.stdout.write("Semua baik.")
        elif not any(each.stops_the_start for each in examined):
            self.stdout.write("Portal dapat berjalan.")

    def line(self, word: str, said: str, hint: str | None = None) -> None:
        self.stdout.write(f"{word:<7}{said}" + (f"\n       {hint}" if hint else ""))

    def as_json(self, examined: list[Examined]) -> None:
        found = [
            {
                "title": each.title,
                "state": "bad" if each.is_bad else "doubtful" if each.is_doubtful else "good",
                "messages": [{"id": m.id or "", "said": m.msg, "do": m.hint or ""} for m in each.messages],
            }
            for each in examined
        ]
        self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))


def _djangos_own() -> Examined:
    """Return what Django's own checks say of a machine in use."""
    checks = registry.registry.get_checks(include_deployment_checks=True)
    found: list[CheckMessage] = [
        message
        for check in checks
        if not hasattr(check, "title")
        for message in check(app_configs=None, databases=list(connections))
        if not message.is_silenced()
    ]
    kept = [(Error if each.is_serious() else Warning)(each.msg, hint=each.hint, id=each.id) for each in found]
    return Examined("Pemeriksaan Django untuk mesin yang dipakai", tuple(kept))
