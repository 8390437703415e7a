"""What README and the guide name exists, and what exists is named there."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

from tests.test_settings import named_in_code

ROOT = Path(settings.BASE_DIR)
README = (ROOT / "README.md").read_text()
GUIDE = (ROOT / "docs" / "operasi.md").read_text()
LINT = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
PERSONS_WITHOUT_A_ROLE = {"Visitor", "Assessor", "IT person", "Whoever has an account"}


def section(title: str) -> str:
    return README.split(f"\n## {title}\n")[1].split("\n## ")[0]


def first_cells(title: str) -> list[str]:
    """Return the first cell of each row of the tables in a section."""
    rows = [line.split("|")[1].strip() for line in section(title).splitlines() if line.startswith("|")]
    return [cell for cell in rows if not set(cell) <= {"-"} and cell not in {"Name", "Command", "Person"}]


def test_every_setting_is_named_and_every_named_one_exists():
    named = {name for cell in first_cells("Settings") for name in re.findall(r"`([A-Z0-9_]+)`", cell)}
    assert named == named_in_code() - {"APPOINT_PASSWORD"}
    assert "`APPOINT_PASSWORD`" in README


def test_the_example_of_settings_holds_no_other():
    names = re.findall(r"^([A-Z0-9_]+)=", (ROOT / "deploy" / "ppid.env").read_text(), re.MULTILINE)
    assert {name.removesuffix("_FILE") for name in names} <= named_in_code()


def test_every_command_is_named_and_every_named_one_exists():
    exist = get_commands()
    ours = {name for name, app in exist.items() if app.startswith("ppid") or app == "sop"}
    named = {name for cell in first_cells("A live portal") for name in re.findall(r"`(\w+)[ `]", cell)}
    assert ours <= named | set(re.findall(r"`(\w+)`", section("A live portal")))
    assert named <= set(exist)
    called = set(re.findall(r"(?:manage\.py|ppid-manage) (\w+)", README + GUIDE))
    assert called <= set(exist)


def test_every_role_is_named_and_every_named_one_exists():
    roles = {row["fields"]["name"] for row in json.loads((ROOT / "fixtures" / "roles.json").read_text())}
    named = {person for cell in first_cells("What each person can do") for person in cell.split(", ")}
    assert named - PERSONS_WITHOUT_A_ROLE == roles


def test_every_script_is_named_and_every_named_one_exists():
    exist = {f"script/{file.name}" for file in (ROOT / "script").iterdir()}
    assert set(re.findall(r"script/[\w-]+", README + GUIDE)) == exist


@pytest.mark.parametrize("contract", [each for each in LINT if each["type"] == "layers"], ids=lambda each: each["name"])
def test_the_layers_are_those_that_import_linter_holds(contract):
    assert f"`{' → '.join(contract['layers'])}`" in README


def test_the_tree_of_the_house_holds_what_is_there():
    tree = section("Architecture").split("```")[1]
    for line in tree.strip().splitlines():
        start = re.match(r"[\w./]+(?:  [\w.]+/?)*", line)
        for name in re.split(r"\s+", start[0]) if start else ():
            places = (ROOT / name, ROOT / "ppid" / name)
            assert any(place.exists() for place in places), name
    rooms = {f"ppid/{room.name}/" for room in (ROOT / "ppid").iterdir() if (room / "apps.py").exists()}
    assert {room for room in rooms if room not in tree} == set()


def test_every_address_of_a_file_in_the_docs_leads_somewhere():
    for name in ("README.md", "SECURITY.md", "CONTRIBUTING.md", "docs/operasi.md"):
        text = (ROOT / name).read_text()
        for target in re.findall(r"\]\(([^)#:]+)\)", text):
            assert (ROOT / name).parent.joinpath(target).exists(), f"{name}: {target}"
        for path in re.findall(r"`((?:ppid|tests|deploy|docs|script|sop)/[\w./-]+)`", text):
            assert (ROOT / path).exists(), f"{name}: {path}"
