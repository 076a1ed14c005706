#!/usr/bin/env python3
"""Take the pictures of README.md and docs/forms.md anew, as LibreOffice prints them: form, diff, one of each form pack.

    build_pictures.py

The fonts of the templates are seldom on a machine that runs this; Noto Serif CJK SC stands in for all of them. Needs
soffice and pdftoppm (poppler), the project's own submission and docs/example.
"""

import os
import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).resolve().parent.parent
IMAGES: Final = ROOT / "docs" / "images"
GOALGEN: Final = (sys.executable, "-m", "goalgen")
STAND_IN: Final = "Noto Serif CJK SC"
FONTS: Final = ("仿宋", "宋体", "方正小标宋简体", "Segoe UI Symbol")


class Picture(NamedTuple):
    """A part of a document's first page, in dots at a resolution: left, top, width, height."""

    name: str
    dots_per_inch: int
    part: tuple[int, int, int, int]


FORM: Final = Picture("form", 110, (45, 42, 820, 1108))
DIFF: Final = Picture("diff", 100, (44, 60, 1082, 764))
PACKS: Final = {
    "xiangmu_88": Picture("pack-xiangmu_88", 80, (48, 48, 564, 560)),
    "hexin_101": Picture("pack-hexin_101", 80, (48, 48, 564, 580)),
    "guangxi_2021": Picture("pack-guangxi_2021", 80, (48, 48, 564, 780)),
    "ningxiang_2021": Picture("pack-ningxiang_2021", 80, (48, 48, 564, 830)),
}
"""Of the first project of each pack's example."""


def main() -> None:
    """Print the two documents and take their pictures. Raises CalledProcessError where a program fails."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder)
        run(*GOALGEN, "render", "-q", "--year", "2020", "--only", "zheng-wu-du-cha", "-o", made)
        (form,) = (made / "2020" / "forms").glob("*.docx")
        form.rename(made / "form.docx")
        run(*GOALGEN, "diff", "2020", "2021", "--format", "docx", "-o", made / "diff.docx")
        for name, picture in PACKS.items():
            run(*GOALGEN, "render", "-q", ROOT / "docs" / "example" / name, "-o", made / name)
            first, *_ = sorted((made / name).glob("*/forms/*.docx"))
            first.rename(made / f"{picture.name}.docx")
        for picture in (FORM, DIFF, *PACKS.values()):
            take(picture, made)


def take(picture: Picture, folder: Path) -> None:
    """Print a document of the folder and keep the picture of its first page."""
    config = folder / "fonts.conf"
    config.write_text(font_config(folder), encoding="utf-8")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    source = folder / f"{picture.name}.docx"
    run(
        "soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, source, FONTCONFIG_FILE=str(config)
    )
    part = (word for pair in zip(("-x", "-y", "-W", "-H"), picture.part, strict=True) for word in pair)
    page = ("-f", 1, "-l", 1, "-singlefile", "-gray", "-r", picture.dots_per_inch)
    run("pdftoppm", *page, *part, folder / f"{picture.name}.pdf", folder / picture.name)
    (IMAGES / f"{picture.name}.png").write_bytes(png((folder / f"{picture.name}.pgm").read_bytes()))


def png(pgm: bytes) -> bytes:
    """Make a PNG of sixteen greys, a quarter of what pdftoppm's own takes, of a binary PGM without comments."""
    _, size, _, dots = pgm.split(b"\n", 3)
    width, height = map(int, size.split())
    lines = (dots[start : start + width] + b"\xff" * (width % 2) for start in range(0, width * height, width))
    packed = b"".join(
        b"\0" + bytes(left & 0xF0 | right >> 4 for left, right in zip(line[::2], line[1::2], strict=True))
        for line in lines
    )
    header = struct.pack(">IIBBBBB", width, height, 4, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(packed, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def font_config(folder: Path) -> str:
    """A configuration of fonts in which the stand-in goes for every font of the templates."""
    aliases = "".join(
        f'<match><test name="family"><string>{font}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{STAND_IN}</string></edit></match>'
        for font in FONTS
    )
    return (
        f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>/usr/share/fonts</dir>'
        f"<cachedir>{folder / 'fonts'}</cachedir>{aliases}</fontconfig>"
    )


def run(*words: object, **more: str) -> None:
    """Run a program, with more in its environment."""
    subprocess.run([str(word) for word in words], check=True, cwd=ROOT, env={**os.environ, **more}, capture_output=True)


if __name__ == "__main__":
    main()
