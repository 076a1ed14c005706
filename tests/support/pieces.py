"""Parts in pieces, short and long."""

from __future__ import annotations

from hypothesis import strategies as st

PARTS = st.lists(st.binary(max_size=300) | st.binary(min_size=1, max_size=3).map(lambda b: b * 5000), max_size=6)
