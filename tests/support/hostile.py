"""Templates of a megabyte made to keep a program busy, one for each pattern that could; `python -m tests.support.hostile NAME…`.

Run by itself, checks those named with a limit on processor time: who needs more is killed by the system.
"""

from __future__ import annotations

import math
import resource
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from goalgen.errors import GoalgenError
from goalgen.forms.pack import load_form
from goalgen.printing.printer import Printer
from tests.support.docx_making import docx, paragraph, run, table
from tests.support.places import ROOT
from tests.support.project_making import replace

SIZE: Final = 1_000_000
SECONDS: Final = 60
"""Processor time for one template: what is linear needs one to four, what is not needs hours."""


def filled(unit: str, size: int = SIZE) -> str:
    """A text repeated up to a size."""
    return unit * (size // len(unit.encode()))


FEW: Final = 2_400
"""Half as many tags as a part may hold: with the filler a megabyte too."""
FILLER: Final = "甲" * 130


BODIES: Final[Mapping[str, str]] = {
    "a tag never closed before tables": paragraph("{{ 电话 ") + filled(table(("", ""), ("", ""))),
    "openings": paragraph(filled("{{")),
    "openings of statements": paragraph(filled("{% ")),
    "openings of comments": paragraph(filled("{# ")),
    "openings in paragraphs": filled(paragraph("{{ 甲 ")),
    "quotes in tags": paragraph(filled("{{ ' }}{{ \" }}")),
    "quotes without end": paragraph("{{ '" + filled('"a" ') + "}}"),
    "closings": paragraph(filled("}} %} ")),
    "raw without end": paragraph(filled("{% raw %}")),
    "braces and dashes": filled(paragraph("{%- if 年度 -%}")),
    "dashes without tags": filled(paragraph("-%} {%-")),
    "row tags": table(*[("{%tr if 年度 %}", "{%tr endif %}")] * 4000),
    "paragraph tags": filled(paragraph("{%p if 年度 %}")),
    "cell tags": table(*[("{%tc if 年度 %}", "{%tc endif %}")] * 4000),
    "run tags": paragraph(filled("{%r if 年度 %}")),
    "spans": table(*[("{% colspan 2 %}", "{% vm %}")] * 4000),
    "runs of one letter": f"<w:p>{filled(run('{'))}</w:p>",
    "a tag over runs": f"<w:p>{run('{{ 年')}{filled(run('度'))}{run(' }}')}</w:p>",
    "runs without words": filled('<w:p w:rsidR="1"><w:r w:rsidR="1"/></w:p>') + paragraph("{{ 年度 }}\t甲"),
    "empty paragraphs": filled('<w:p w:rsidR="1"/>') + paragraph("{{ 年度 }}"),
    "bookmarks": filled('<w:bookmarkStart w:id="1" w:name="_GoBack"/><w:bookmarkEnd w:id="1"/>') + paragraph("甲"),
    "bookmarks in a loop": paragraph("{%p for 行 in 指标行 %}")
    + filled('<w:p><w:bookmarkStart w:id="1" w:name="a"/><w:bookmarkEnd w:id="1"/></w:p>')
    + paragraph("{%p endfor %}"),
    "variables": paragraph(filled("{% set 甲 = 1 %}")),
    "sums": paragraph("{{ 1" + filled("+1") + " }}"),
    "loops in loops": paragraph("{% for 行 in 指标行 %}" * 15 + filled("甲") + "{% endfor %}" * 15),
    "loops that do nothing": paragraph("{% for 行 in range(99999) %}" * 6 + "{% endfor %}" * 6),
    "text that doubles": paragraph("{% set 甲 = 'aaaaaaaa' %}" + "{% set 甲 = 甲 ~ 甲 %}" * 60 + "{{ 甲 }}"),
    "blocks that double": paragraph(
        "{% set 甲 = 'aaaaaaaa' %}" + "{% set 甲 %}{{ 甲 }}{{ 甲 }}{% endset %}" * 60 + "{{ 甲 }}"
    ),
    "macros that double": paragraph(
        "{% macro m0() %}a{% endmacro %}"
        + "".join(f"{{% macro m{n}() %}}{{{{ m{n - 1}() }}}}{{{{ m{n - 1}() }}}}{{% endmacro %}}" for n in range(1, 60))
        + "{{ m59() }}"
    ),
    "tables in tables": '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="1"/></w:tblGrid><w:tr><w:tc>' * 40
    + filled(paragraph("{%p if 年度 %}") + paragraph("{%p endif %}"), 200_000)
    + "<w:p/></w:tc></w:tr></w:tbl><w:p/>" * 40,
    "few openings": paragraph(f"{{{{ {FILLER}" * FEW),
    "few openings of comments": paragraph(f"{{# {FILLER}" * FEW),
    "few openings in paragraphs": paragraph(f"{{% {FILLER}") * FEW,
    "few raws": paragraph(f"{{% raw %}}{FILLER}" * FEW),
    "few quotes": paragraph(f"{{{{ '{FILLER} }}}}" * FEW),
    "few variables": paragraph(f"{{% set 甲 = 1 %}}{FILLER}" * FEW),
    "few variables with names": paragraph("".join(f"{{% set a{n} = 1 %}}{FILLER}" for n in range(FEW))),
    "few variables and choices": paragraph(
        "".join(f"{{% set a{n} = 1 %}}{{% if 年度 %}}{FILLER}{{% endif %}}" for n in range(FEW // 3))
    ),
    "few values": paragraph(f"{{{{ 年度 }}}}{FILLER}") * FEW,
    "few choices in choices": paragraph("{% if 年度 %}" * 150 + FILLER * FEW + "{% endif %}" * 150),
    "few choices of many branches": paragraph(
        "{% if 年度 == '1' %}" + f"{{% elif 年度 == '2' %}}{FILLER}" * (FEW - 2) + "{% endif %}"
    ),
    "few dashes": paragraph(f"甲{{%- if 年度 -%}}{FILLER}{{%- endif -%}}") * (FEW // 2),
    "few rows": table(*[("{%tr if 年度 %}",), (FILLER,), ("{%tr endif %}",)] * (FEW // 2)),
    "few cells": table(*[("{%tc if 年度 %}", FILLER, "{%tc endif %}")] * (FEW // 2)),
    "few runs": f"<w:p>{run('{%r if 年度 %}') + run(FILLER) + run('{%r endif %}')}</w:p>" * (FEW // 2),
    "few tabs": paragraph(f"{{{{ 年度 }}}}\t{FILLER}|{{{{ 年度 | upper }}}}") * (FEW // 2),
    "few merges": table(*[("{% vm %}{{ 年度 }}", FILLER)] * (FEW // 3)),
    "few comments": table(*[("{#tr 甲 #}", FILLER)] * FEW),
    "few functions": paragraph("{{ 年度 }}" + "{{ 年度 | replace('1', '11') }}" * (FEW // 2) + FILLER * FEW),
    "few boxes": (
        '<w:sdt><w:sdtPr><w:tag w:val="{{ 年度 }}"/><w14:checkbox/></w:sdtPr><w:sdtContent>'
        + paragraph(FILLER)
        + "</w:sdtContent></w:sdt>"
    )
    * (FEW // 5),
    "nothing but words": filled(paragraph("甲乙丙丁")) + paragraph("{{ 年度 }}"),
}


def main(names: Sequence[str]) -> None:
    """Check templates one after the other, each within the limit, and say what became of them."""
    form = load_form(ROOT / "templates" / "form_2020.yaml")
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            used = math.ceil(time.process_time())
            resource.setrlimit(resource.RLIMIT_CPU, (used + SECONDS, resource.RLIM_INFINITY))
            path = Path(folder, "t.docx")
            path.write_bytes(docx(BODIES[name]))
            try:
                Printer(replace(form, template=path))
                print(f"{name}: used", flush=True)
            except GoalgenError as error:
                print(f"{name}: told {error.problems[0].message[:60]}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
