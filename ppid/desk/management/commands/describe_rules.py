"""``manage.py describe_rules``: what every form takes, and what the database holds its rows to, as they are now."""

from collections.abc import Iterator

from django import forms
from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import models
from django.urls import get_resolver

_OURS = ("ppid.", "sop.")
_LIMITS = (
    ("min_length", "at least {} letters"),
    ("max_length", "at most {} letters"),
    ("min_value", "from {}"),
    ("max_value", "to {}"),
)
_CHOICES = 12  # more are told by their number


class Command(BaseCommand):
    help = (
        "Print the rules of all input as Markdown: the fields of each form with their kind and limits, then of each "
        "table the constraints and triggers that hold what belongs together. Their names are the rules as sentences."
    )

    def handle(self, **options):
        self.stdout.write("# Forms\n")
        for form in forms_in_use():
            self.stdout.write(f"\n## {form.__module__}.{form.__qualname__}\n{_first_line(form)}\n")
            for name, field in form.base_fields.items():
                self.stdout.write(f"- {_field(name, field)}")
        self.stdout.write("\n# Rows\n")
        for model in our_models():
            rules = rules_of(model)
            self.stdout.write(f"\n## {model._meta.db_table}\n{_first_line(model)}\n")
            for name in rules:
                self.stdout.write(f"- {name.replace('_', ' ')}")


def forms_in_use() -> list[type[forms.BaseForm]]:
    """Return the forms that have fields of their own, by their names; every page is loaded by its address first."""
    _ = get_resolver().url_patterns
    found = {each for each in _below(forms.BaseForm) if each.__module__.startswith(_OURS)}
    with_fields = [each for each in found if getattr(each, "base_fields", None)]
    return sorted(with_fields, key=lambda each: (each.__module__, each.__qualname__))


def our_models() -> list[type[models.Model]]:
    """Return the models whose tables are ours, by their tables."""
    found = [each for each in apps.get_models() if each.__module__.startswith(_OURS) and rules_of(each)]
    return sorted(found, key=lambda each: each._meta.db_table)


def rules_of(model: type[models.Model]) -> list[str]:
    """Return the names of the constraints and triggers of a table."""
    constraints = [each.name for each in model._meta.constraints]
    return constraints + [each.name for each in getattr(model._meta, "triggers", [])]


def _below(cls: type) -> Iterator[type]:
    for each in cls.__subclasses__():
        yield each
        yield from _below(each)


def _first_line(of: type) -> str:
    return (of.__doc__ or "").strip().partition("\n")[0]


def _field(name: str, field: forms.Field) -> str:
    said = [type(field).__name__, "required" if field.required else "may be empty"]
    said += [
        words.format(value) for limit, words in _LIMITS if isinstance(value := getattr(field, limit, None), int | float)
    ]
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        codes = [str(code) for code, _ in field.choices if code != ""]
        if codes:
            said.append(f"one of {', '.join(codes)}" if len(codes) <= _CHOICES else f"one of {len(codes)}")
    label = f" («{field.label}»)" if field.label else ""
    return f"{name}{label}: {', '.join(said)}"
