"""Texts that a form prints as they stand, and a project with them in fields of every kind."""

from __future__ import annotations

from hypothesis import strategies as st

from goalgen.forms.project import Project
from tests.support.project_making import Horizon, indicator, overview, replace

ODD = (
    "R&D",
    "A<B>C",
    "{{ 7*7 }}",
    "{% raw %}",
    "{%tr for 行 in 指标行 %}",
    "{_{ x }_}",
    "{_% x %_}",
    "“引”'\"",
    "一行\n\n三行",
    "列\t列",
    "𠮷野家😀",
    "e\u0301\u200b\u200d",
    "</w:t></w:r>",
    "&#0; &amp;",
    "  前后  空  格  ",
    "\u3000",
    "",
    "{#",
    "}}",
    "\u00a0\u0085",
)
"""Texts that some tool on the way has been known to change."""


TEXTS = st.one_of(
    st.sampled_from(ODD),
    st.text(
        st.one_of(st.sampled_from("\n\t{}%#_&<>'\" "), st.characters(exclude_categories=("Cs", "Cc", "Cn"))),
        max_size=40,
    ),
)


FIELDS = 8


def project_of(base: Project, texts: list[str]) -> Project:
    """A project with these texts in eight fields of every kind."""
    name, unit, basis, medium, annual, what, value, filler = texts
    return replace(
        base,
        name=name,
        unit=unit,
        overview={**overview(base), "立项依据": basis},
        goals={Horizon.MEDIUM: medium, Horizon.ANNUAL: annual},
        indicators=(indicator("数量指标", what, value, value),),
        filler=filler,
    )
