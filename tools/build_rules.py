"""Write docs/rules.md from the rules' own manual pages."""

from __future__ import annotations

from pathlib import Path

from goalgen.checking.manual import markdown

TARGET = Path(__file__).parent.parent / "docs" / "rules.md"

if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(markdown(), encoding="utf-8")
    print(f"已写 {TARGET}")
