"""Texts made up of what is badly written."""

from __future__ import annotations

from hypothesis import strategies as st

messy = st.text(alphabet="正常 　\u00a0\n\r,;:()［］〔〕2017号査R1%，（）#-'\"[{&", max_size=25)
