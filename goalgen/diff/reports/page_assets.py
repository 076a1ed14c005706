"""Hold the style and the script of the .html report of a difference."""

from __future__ import annotations

from typing import Final

STYLE: Final = """
body{font:14px/1.6 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;margin:0;color:#222;background:#f6f7f9}
header{position:sticky;top:0;background:#fff;padding:8px 20px;border-bottom:1px solid #ccc;z-index:1}
h1{font-size:20px;margin:0}header p{margin:2px 0 6px}form{display:flex;gap:18px;flex-wrap:wrap;align-items:center}
select,input{font:inherit}input{width:16em}output{color:#555}
main{padding:0 20px}h2{font-size:17px;margin:26px 0 4px}h3{font-size:15px;margin:16px 0 4px}
small{font-weight:normal;color:#666}
table{border-collapse:collapse;width:100%;background:#fff;font-size:13px;table-layout:fixed}
td,th{border:1px solid #bbb;padding:3px 6px;vertical-align:top;overflow-wrap:anywhere;white-space:pre-line}
th{background:#f3f5f8;font-weight:normal;text-align:left}thead th{text-align:center}
.field{width:21%}.side{width:26%}.measure{width:13%}.note{width:14%}
.totals{margin-top:14px;table-layout:auto}.totals td{text-align:right}.totals tfoot{font-weight:bold}
.new h3::before{content:"+ ";color:#1b7f3b}.gone h3::before{content:"- ";color:#b3261e}.gone h3{color:#777}
del{background:#fbd5d5;text-decoration:line-through;text-decoration-color:#b3261e}
ins{background:#cdebd3;text-decoration:none;font-weight:600}
.more{color:#b3261e}.less{color:#1b7f3b}.better{color:#1b7f3b}.worse{color:#9a5b00}
footer{padding:16px 20px;color:#555}[hidden]{display:none!important}
@page{size:A4 landscape;margin:12mm}
@media print{body{background:#fff;font-size:10.5pt}header{position:static;border:0;padding:0}form{display:none}main{padding:0}
table{font-size:9pt}thead{display:table-header-group}tr,h2,h3{break-inside:avoid}h2,h3{break-after:avoid}
del,ins{background:none;-webkit-print-color-adjust:exact}ins{text-decoration:underline}}
"""

SCRIPT: Final = """
const form = document.querySelector('form'), shown = form.querySelector('output');
function fits(row, article, want) {
  const word = want.word.trim().toLowerCase();
  return (!want.sort || row.dataset.sorts.split('|').includes(want.sort))
    && (!word || (article.querySelector('h3').textContent + row.textContent).toLowerCase().includes(word));
}
function filter() {
  const want = Object.fromEntries(new FormData(form));
  let count = 0, projects = 0;
  for (const section of document.querySelectorAll('section')) {
    const chosen = !want.unit || section.dataset.unit === want.unit;
    let any = false;
    for (const article of section.querySelectorAll('article')) {
      let rows = 0;
      for (const row of article.querySelectorAll('tbody tr')) {
        row.hidden = !(chosen && fits(row, article, want));
        rows += !row.hidden;
      }
      article.hidden = !rows;
      projects += !!rows;
      count += rows;
      any ||= rows > 0;
    }
    section.hidden = !any;
  }
  shown.textContent = '显示 ' + projects + ' 个项目，' + count + ' 处';
}
form.addEventListener('input', filter);
form.addEventListener('submit', event => event.preventDefault());
filter();
"""
