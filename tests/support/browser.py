"""A page of goalgen's in a real browser: its own controls worked by a script, which tells what the page then shows."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
needs_chromium = pytest.mark.skipif(not CHROMIUM, reason="没有 chromium")
_QUIET = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"


def title_after(page: str, script: str, folder: Path) -> str:
    """The title of a page when a script added to its end has run; files of the browser's go into a folder."""
    target = folder / "page.html"
    target.write_text(page.replace("</body>", f"<script>{script}</script></body>"), encoding="utf-8")
    words = [*_QUIET.split(), "--disable-sync", f"--user-data-dir={folder / 'profile'}", "--dump-dom", target.as_uri()]
    made = subprocess.run(
        [str(CHROMIUM), *words], capture_output=True, text=True, timeout=60, check=True, encoding="utf-8"
    )
    found = re.search(r"<title>(.*?)</title>", made.stdout, re.DOTALL)
    return html.unescape(found.group(1)) if found else ""
