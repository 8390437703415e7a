"""The sheet check: what Permenpan RB 35/2012 and good sense ask of a sheet, rule by rule, as data.

``check()`` is all that others need: the editor while somebody types, the version page, and ``sop.versions.actions``,
where an error stops a version and a warning asks for a reason. The rules of the sheet itself are in ``flow``,
``texts``, ``identity`` and ``paper``; they see a ``Sheet`` alone. ``library`` holds those that ask the database.
"""

from sop.check import flow, identity, library, paper, texts
from sop.check.rules import Finding, Level, Rule
from sop.models import SopVersion
from sop.sheet import Sheet

__all__ = ["SHEET_RULES", "Finding", "Level", "check", "errors", "rules", "warnings"]

SHEET_RULES: tuple[Rule, ...] = tuple(
    sorted([*flow.RULES, *texts.RULES, *identity.RULES, *paper.RULES], key=lambda rule: rule.order)
)


def check(thing: Sheet | SopVersion) -> list[Finding]:
    """Return what is to be said about a sheet: errors first, then warnings, then notes.

    A version is held against its running flow and the legal bases on record too; fetch it ``with_sheet()``.
    """
    sheet = thing if isinstance(thing, Sheet) else thing.sheet()
    findings = [finding for rule in SHEET_RULES for finding in rule(sheet)]
    if isinstance(thing, SopVersion) and sheet.rows:
        findings += [finding for rule in library.RULES for finding in rule(thing)]
    return sorted(findings, key=lambda finding: finding.order)


def errors(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.level == Level.ERROR]


def warnings(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.level == Level.WARNING]


def rules() -> tuple[Rule, ...]:
    """Return every rule, in the order of their codes, for a page that explains them."""
    return tuple(sorted([*SHEET_RULES, *library.RULES], key=lambda rule: rule.order))
