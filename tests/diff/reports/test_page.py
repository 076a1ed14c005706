"""A comparison as a page that filters in a browser, marks what changed and escapes what it shows."""

from __future__ import annotations

import re
from pathlib import Path

from goalgen.diff.reports.page import html
from goalgen.diff.values import Difference
from tests.support.browser import needs_chromium, title_after
from tests.support.diff_reports import rows_of


def test_the_page_escapes_what_it_shows_and_needs_nothing_else(hard: Difference) -> None:
    page = html(hard)
    assert "<b>项" not in page and page.count("R&amp;D &lt;b&gt;项&lt;/b&gt; {{ 原 }} {_{ =1+1") >= 4
    assert not re.search(r"https?://|<link|src=", page)


def test_the_page_marks_what_changed_on_either_side(difference: Difference) -> None:
    page = html(difference)
    assert "<td><del>35</del></td><td><ins>42</ins></td>" in page
    assert "<td>不少于<del>30</del>次</td><td>不少于<ins>36</ins>次</td>" in page


@needs_chromium
def test_the_page_filters_in_a_real_browser(difference: Difference, tmp_path: Path) -> None:
    script = """
      const seen = () => document.querySelectorAll('tbody tr[data-sorts]:not([hidden])').length;
      const set = (name, value) => { form.elements[name].value = value; form.dispatchEvent(new Event('input')); };
      const told = [seen()];
      set('unit', '衡阳市人民政府驻长沙办事处'); told.push(seen());
      set('sort', '资金减少'); told.push(seen());
      set('unit', ''); told.push(seen());
      set('sort', ''); set('word', '12345'); told.push(seen(), document.querySelectorAll('article:not([hidden])').length);
      document.title = told.concat(shown.textContent).join('|');"""
    rows = rows_of(difference)
    one_unit = [row for row in rows if row.unit == "衡阳市人民政府驻长沙办事处"]
    less = [row for row in rows if "资金减少" in row.sorts]
    word = [row for row in rows if "12345" in f"{row.name}{row.code}{row.label}{row.before}{row.after}{row.note}"]
    wanted = [len(rows), len(one_unit), len([row for row in less if row in one_unit]), len(less), len(word)]
    projects = len({row.code for row in word})
    title = "|".join(map(str, [*wanted, projects, f"显示 {projects} 个项目，{len(word)} 处"]))
    assert title_after(html(difference), script, tmp_path) == title
