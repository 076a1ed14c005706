"""What development and CI install is locked: each release pinned and hashed, and in step with pyproject.toml."""

from __future__ import annotations

import json
import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from tests.support.places import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
WANTED = {
    "requirements.lock": [*PROJECT["dependencies"], *EXTRAS["build"]],
    "requirements-dev.lock": [*PROJECT["dependencies"], *EXTRAS["dev"]],
}


MENDED = {
    "jinja2": ("3.1.6", "CVE-2025-27516"),
    "lxml": ("6.1.0", "CVE-2026-41066"),
    "pyyaml": ("5.4", "CVE-2020-14343"),
    "python-docx": ("0.8.6", "GHSA-34wj-p5jm-2p96"),
}
"""Weaknesses of what opens other people's files, each with the first release that has none of it."""


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(file: str) -> dict[str, tuple[Version, int]]:
    """Each package of a lock: its version and how many hashes stand with it."""
    text = (ROOT / file).read_text(encoding="utf-8")
    entries = re.findall(r"(?m)^(\S+)==(\S+)([^\n]*\n(?:    [^\n]*\n)*)", text)
    return {canonical(name): (Version(version), rest.count("--hash=sha256:")) for name, version, rest in entries}


@pytest.mark.parametrize("file", WANTED)
def test_the_lock_holds_what_the_project_asks_for(file: str) -> None:
    locked = pins(file)
    for text in WANTED[file]:
        wanted = Requirement(text)
        assert canonical(wanted.name) in locked, f"run make lock: {wanted.name} is not in {file}"
        version, _ = locked[canonical(wanted.name)]
        assert version in wanted.specifier, f"run make lock: {file} has {wanted.name} {version}"


@pytest.mark.parametrize("file", WANTED)
def test_every_release_is_pinned_and_hashed_and_comes_from_no_address(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    heads = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    locked = pins(file)
    assert len(heads) == len(locked) > 10
    assert all(hashes for _, hashes in locked.values())
    assert "://" not in text and " @ " not in text


def test_both_locks_name_the_same_releases() -> None:
    few, many = (pins(file) for file in WANTED)
    assert {name: many.get(name) for name in few} == few


def test_what_windows_alone_needs_is_locked_too() -> None:
    text = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8")
    assert re.search(r"(?m)^colorama==\S+ ; sys_platform == 'win32'", text)


def test_the_validator_from_npm_is_pinned_and_hashed() -> None:
    folder = ROOT / "tools" / "validator"
    wanted = json.loads((folder / "package.json").read_text(encoding="utf-8"))["dependencies"]
    packages = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert packages[""]["dependencies"] == wanted
    assert all(entry["integrity"].startswith("sha512-") for name, entry in packages.items() if name)


def test_make_installs_from_the_locks_and_checks_the_hashes() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    rules = text[text.index("$(VENV)/.installed: ") : text.index("clean:")]
    assert rules.count("--require-hashes -r requirements") == 2
    assert "--no-deps --no-build-isolation -e ." in rules


@pytest.mark.parametrize("name", MENDED)
def test_no_release_with_a_weakness_that_is_known_here_may_be_used(name: str) -> None:
    """What `make audit` asks the internet, for the few libraries that matter most, where there is none."""
    mended, advisory = MENDED[name]
    for file in WANTED:
        assert pins(file)[name][0] >= Version(mended), advisory
    for wanted in map(Requirement, PROJECT["dependencies"]):
        if canonical(wanted.name) == name:
            assert not wanted.specifier.contains(f"{mended}.dev0", prereleases=True), f"{wanted} lets {advisory} in"
