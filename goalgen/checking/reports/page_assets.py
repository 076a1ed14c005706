"""Hold the style and the script of the .html report."""

from __future__ import annotations

from typing import Final

STYLE: Final = """
:root{--error:#f8d7da;--warning:#fff3cd;--info:#e2e8f0}
body{font:14px/1.6 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;margin:0;color:#222;background:#f6f7f9}
header{position:sticky;top:0;background:#fff;padding:8px 20px;border-bottom:1px solid #ccc;z-index:1}
h1{font-size:20px;margin:0}header p{margin:2px 0 6px}form{display:flex;gap:18px;flex-wrap:wrap;align-items:center}
main{padding:0 20px}h2{font-size:16px;margin:22px 0 8px}small{font-weight:normal;color:#666}
.pair{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:16px;align-items:start}
table{border-collapse:collapse;width:100%;background:#fff;font-size:12px;table-layout:fixed;white-space:pre-line}
caption{font-weight:bold;padding:4px}td,th{border:1px solid #555;padding:3px 5px;vertical-align:middle}
th{background:#fafafa;font-weight:normal}td.error,th.error{background:var(--error)}td.warning,th.warning{background:var(--warning)}
td.info,th.info{background:var(--info)}.lit{outline:3px solid #0b63ce;outline-offset:-2px}
ol{list-style:none;margin:0;padding:0;max-height:85vh;overflow:auto}
li{background:#fff;border-left:6px solid;margin:0 0 6px;padding:5px 9px;cursor:pointer}li.error{border-color:#c62828}
li.warning{border-color:#e0a800}li.info{border-color:#7a8ba3}li:hover,li:focus{background:#eef4fd;outline:none}
.hint{display:block;color:#555}code{display:block;color:#777;font-size:11px;overflow-wrap:anywhere}[hidden]{display:none!important}
footer{padding:16px 20px;color:#555}
@media(max-width:900px){.pair{grid-template-columns:1fr}}
@media print{header{position:static}form{display:none}ol{max-height:none}section{break-inside:avoid-page}}
"""

SCRIPT: Final = """
const form = document.querySelector('form'), shown = form.querySelector('output');
function filter() {
  const want = Object.fromEntries(new FormData(form));
  let count = 0;
  for (const section of document.querySelectorAll('section')) {
    let any = false;
    for (const item of section.querySelectorAll('li')) {
      const fits = (!want.unit || section.dataset.unit === want.unit)
        && (!want.severity || item.dataset.severity === want.severity)
        && (!want.criterion || item.dataset.criterion === want.criterion);
      item.hidden = !fits;
      if (fits) { any = true; count += 1; }
    }
    section.hidden = !any;
  }
  shown.textContent = '显示 ' + count + ' 条';
}
function show(item) {
  document.querySelectorAll('.lit').forEach(cell => cell.classList.remove('lit'));
  const cell = item.dataset.cell && document.getElementById(item.dataset.cell);
  if (cell) { cell.classList.add('lit'); cell.scrollIntoView({block: 'center', behavior: 'smooth'}); }
}
form.addEventListener('change', filter);
document.addEventListener('click', event => { const item = event.target.closest('li'); if (item) show(item); });
document.addEventListener('keydown', event => {
  if (event.key === 'Enter' && event.target.matches('li')) show(event.target);
});
filter();
"""
