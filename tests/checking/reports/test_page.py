"""The review as a page that filters in a browser and escapes what it shows."""

from __future__ import annotations

import re
from pathlib import Path

from goalgen.checking.check import grouped
from goalgen.checking.reports.page import html
from goalgen.errors import Place, Problem
from tests.support.browser import needs_chromium, title_after
from tests.support.places import ROOT
from tests.support.review_cases import MOBILE, run, submission


def test_html_escapes_what_it_shows(tmp_path: Path) -> None:
    submission(tmp_path, {"项目名称": "<script>alert(1)</script>", **MOBILE})
    page = run(str(tmp_path), "--format", "html")[1]
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page
    assert "http://" not in page and "https://" not in page


@needs_chromium
def test_the_page_filters_in_a_real_browser(tmp_path: Path) -> None:
    script = """
      const pick = (name, value) => { form.elements[name].value = value; form.dispatchEvent(new Event('change')); };
      const seen = () => document.querySelectorAll('li:not([hidden])').length;
      const before = seen(); pick('severity', '错误'); const errors = seen(); pick('criterion', '可行性');
      const one = seen(); document.querySelector('li:not([hidden])').click();
      document.title = [before, errors, one, document.querySelector('.lit').textContent].join('|');"""
    page = run(str(ROOT), "--year", "2020", "--format", "html")[1]
    assert title_after(page, script, tmp_path) == "677|79|1|2套房屋"


def test_a_finding_is_shown_at_the_cell_it_belongs_to(tmp_path: Path) -> None:
    """An indicator has a cell for each side; what concerns both, or a key that is not printed, stands further out."""
    made = submission(tmp_path, {})
    (project,) = made.years[0].projects
    fields = "绩效指标.数量指标.督查次数.年度", "绩效指标.数量指标.督查次数", "编号"
    found = [
        Problem("F01", "甲", Place(f"{n}.yaml"), project=project.code, field=field, year=2020)
        for n, field in enumerate(fields)
    ]
    page = html(grouped(made, found))
    assert re.findall('data-cell="([^"]*)"', page) == [
        "0-绩效指标.数量指标.督查次数.年度",
        "0-绩效指标.数量指标",
        "",
    ]
