"""Bring the styles of several templates into one document: alike ones are shared, others of the same name renamed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Final

from lxml import etree

from goalgen.word.binding.fields import fields
from goalgen.word.binding.markup import PARAGRAPH_ORDER, A, in_order, local, made, put, taken, val, w

_REFERENCES: Final = ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link", "styleLink", "numStyleLink")
_USERS: Final = {"p": ("pPr", "pStyle"), "tbl": ("tblPr", "tblStyle")}
_TYPE_OF: Final = {"p": "paragraph", "tbl": "table"}
RUN_ORDER: Final = in_order(
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden "
    "color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish "
    "oMath rPrChange"
)


_DEFAULTS: Final = ("normal", "normal table", "default paragraph font", "no list")
"""What programs know the default styles by: only those of the first template may be called so."""


class StyleBook:
    """Hold the styles of one template as they are called in the bundle.

    `names` says what a style id became, where it became another, `titles` the same of the names that people see; `defaults`
    the style of paragraphs and tables that name none, where the bundle's is another; `added` are the elements that come to
    the bundle's styles.
    """

    def __init__(self, number: int, styles: etree._Element, others: Sequence[StyleBook], base: etree._Element) -> None:
        self.names: dict[str, str] = {}
        self.titles: dict[str, str] = {}
        self.defaults: dict[str, str] = {}
        self.added: list[etree._Element] = []
        self._number = number
        if number == 0:
            return
        differences = _default_differences(styles, base)
        ours, theirs = _styles(base), _styles(styles)
        alike = set() if differences else _alike(ours, theirs)
        there = [*ours.values(), *(style for book in others for style in book.added)]
        ids = {style.get(w("styleId"), "").lower() for style in there}
        titles = {*_DEFAULTS, *(val(style, "name").lower() for style in there)}
        for name, style in theirs.items():
            if name not in alike:
                self._add(style, ids, titles, differences)
        self._find_defaults(ours, theirs, differences)
        rename_styles(self.added, self.names)

    def _add(
        self, style: etree._Element, ids: set[str], titles: set[str], differences: Mapping[str, etree._Element]
    ) -> None:
        """Take a style in, under another id and name where these are taken."""
        copy = deepcopy(style)
        copy.attrib.pop(w("default"), "")
        name, title = copy.get(w("styleId"), ""), val(copy, "name")
        if name.lower() in ids:
            self.names[name] = f"{name}_t{self._number + 1}"
            copy.set(w("styleId"), self.names[name])
        if title.lower() in titles:
            self.titles[title] = f"{title} ({self._number + 1})"
            for said in copy.iterchildren(w("name")):
                said.set(w("val"), self.titles[title])
            for alias in copy.findall(w("aliases")):
                copy.remove(alias)
        if style.get(w("type")) == "paragraph" and not val(style, "basedOn"):
            _fold(copy, differences)
        self.added.append(copy)

    def _find_defaults(
        self,
        ours: Mapping[str, etree._Element],
        theirs: Mapping[str, etree._Element],
        differences: Mapping[str, etree._Element],
    ) -> None:
        for user, kind in _TYPE_OF.items():
            own, base = _default(theirs, kind), _default(ours, kind)
            if not own and (base or (differences and user == "p")):
                own = f"goalgen_{kind}_t{self._number + 1}"
                style = made("style", type=kind, styleId=own)
                style.append(made("name", val=f"goalgen {kind} {self._number + 1}"))
                _fold(style, differences if kind == "paragraph" else {})
                self.added.append(style)
            renamed = self.names.get(own, own)
            if renamed != base:
                self.defaults[user] = renamed


def _styles(root: etree._Element) -> dict[str, etree._Element]:
    return {style.get(w("styleId"), ""): style for style in root.iterchildren(w("style"))}


def _default(styles: Mapping[str, etree._Element], kind: str) -> str:
    marked = (n for n, s in styles.items() if s.get(w("type")) == kind and s.get(w("default")) in ("1", "true", "on"))
    return next(marked, "")


def _alike(ours: Mapping[str, etree._Element], theirs: Mapping[str, etree._Element]) -> set[str]:
    """Return the ids of styles that are the same in both, and lean on none that is not."""
    alike = {name for name in theirs if name in ours and _text(ours[name]) == _text(theirs[name])}
    while True:
        leaning = {
            name
            for name in alike
            for relation in ("basedOn", "link")
            if val(theirs[name], relation) not in ("", *alike) or theirs[name].find(f".//{w('numPr')}") is not None
        }
        if not leaning:
            return alike
        alike -= leaning


def _text(element: etree._Element) -> bytes:
    copy = deepcopy(element)
    for name in ("rsid", "next"):
        for child in copy.findall(w(name)):
            copy.remove(child)
    return etree.tostring(copy, method="c14n", exclusive=True, with_tail=False)


def _default_differences(styles: etree._Element, base: etree._Element) -> dict[str, etree._Element]:
    """Return what the defaults of a template say otherwise than the bundle's: by pPr and rPr, those that its styles must say."""
    found = {}
    for name in ("pPr", "rPr"):
        own, other = (root.find(f"{w('docDefaults')}/{w(name + 'Default')}/{w(name)}") for root in (styles, base))
        mine = {local(child): child for child in own} if own is not None else {}
        theirs = {local(child): child for child in other} if other is not None else {}
        said = made(name)
        for key in (*mine, *(key for key in theirs if key not in mine)):
            if key in mine and key in theirs and _text(mine[key]) == _text(theirs[key]):
                continue
            value = _whole(key, mine.get(key), theirs.get(key))
            if value is not None:
                put(said, value, PARAGRAPH_ORDER if name == "pPr" else RUN_ORDER)
        if len(said):
            found[name] = said
    return found


_WITHOUT: Final[Mapping[str, Mapping[str, str]]] = {
    "sz": {"val": "20"},
    "szCs": {"val": "20"},
    "kern": {"val": "0"},
    "spacing": {"before": "0", "after": "0", "line": "240", "lineRule": "auto"},
    "jc": {"val": "left"},
    "widowControl": {"val": "1"},
    "rFonts": {
        "ascii": "Times New Roman",
        "hAnsi": "Times New Roman",
        "eastAsia": "Times New Roman",
        "cs": "Times New Roman",
        "hint": "default",
    },
    "ind": dict.fromkeys(("left", "right", "firstLine", "hanging", "firstLineChars", "hangingChars"), "0"),
    "color": {"val": "auto"},
    "snapToGrid": {"val": "1"},
    **{key: {"val": "0"} for key in ("b", "bCs", "i", "iCs")},
}
"""What Word takes where a template says nothing and the bundle's defaults do."""


def _whole(name: str, own: etree._Element | None, base: etree._Element | None) -> etree._Element | None:
    """Say a format in full: what a template says, and for what the bundle's defaults say beyond it, what Word takes without."""
    if own is None and name not in _WITHOUT:
        return None
    value = deepcopy(own) if own is not None else made(name)
    for key in base.attrib if base is not None else ():
        usual = _WITHOUT.get(name, {}).get(str(key).rpartition("}")[2])
        if usual is not None and key not in value.attrib:
            value.set(key, usual)
    return value


def _fold(style: etree._Element, differences: Mapping[str, etree._Element]) -> None:
    """Say in a style that is based on none what its template's defaults say otherwise than the bundle's."""
    for name, said in differences.items():
        own = style.find(w(name))
        if own is None:
            own = made(name)
            before = style.find(w("rPr")) if name == "pPr" else None
            at = style.index(before) if before is not None else _after_head(style)
            style.insert(at, own)
        for child in said:
            there = own.find(child.tag)
            order = PARAGRAPH_ORDER if name == "pPr" else RUN_ORDER
            if there is None:
                put(own, deepcopy(child), order)
            else:
                for key, value in child.attrib.items():
                    there.set(key, there.get(key, value))


def _after_head(style: etree._Element) -> int:
    """Return where the formats of a style begin: behind its name and what follows it, before those of tables."""
    formats = (n for n, child in enumerate(style) if local(child) in ("rPr", "tblPr", "trPr", "tcPr", "tblStylePr"))
    paragraphs = [n + 1 for n, child in enumerate(style) if local(child) == "pPr"]
    return paragraphs[0] if paragraphs else next(formats, len(style))


def rename_styles(roots: Iterable[etree._Element], names: Mapping[str, str]) -> None:
    """Call the styles that trees refer to what they are called in the bundle."""
    for root in roots if names else ():
        for element in root.iter(*map(w, _REFERENCES)):
            name = element.get(w("val"), "")
            element.set(w("val"), names.get(name, name))


def name_defaults(roots: Iterable[etree._Element], defaults: Mapping[str, str]) -> None:
    """Name the style of each paragraph and table that names none, where the bundle's default is another."""
    for root in roots:
        for user, style in defaults.items():
            holder, name = _USERS[user]
            for element in root.iter(w(user)):
                own = element.find(w(holder))
                if own is None:
                    own = made(holder)
                    element.insert(0, own)
                if own.find(w(name)) is None:
                    own.insert(0, made(name, val=style))


def rename_titles(roots: Sequence[etree._Element], titles: Mapping[str, str]) -> None:
    """Call styles what they are called in the bundle where a field names them by their title: STYLEREF, contents."""
    for field in fields(roots) if titles else ():
        if field.kind in ("STYLEREF", "TOC"):
            field.rewrite(lambda code: _retitled(code, titles))


def _retitled(code: str, titles: Mapping[str, str]) -> str:
    for title, new in titles.items():
        code = code.replace(f'"{title}"', f'"{new}"').replace(f"{title},", f"{new},")
    return code


def theme_fonts(theme: etree._Element | None) -> Iterator[tuple[str, str]]:
    """Go through the fonts of a theme: minorHAnsi, majorEastAsia, … and the name of each; the Chinese one for East Asia."""
    for size in ("major", "minor"):
        fonts = theme.find(f".//{{{A}}}{size}Font") if theme is not None else None
        if fonts is None:
            continue
        latin, east, other = (_typeface(fonts.find(f"{{{A}}}{name}")) for name in ("latin", "ea", "cs"))
        chinese = next((_typeface(one) for one in fonts if one.get("script") == "Hans"), "")
        for slot, face in (("Ascii", latin), ("HAnsi", latin), ("EastAsia", east or chinese), ("Bidi", other)):
            yield f"{size}{slot}", face


def _typeface(element: etree._Element | None) -> str:
    return element.get("typeface", "") if element is not None else ""


_SLOTS: Final = {"asciiTheme": "ascii", "hAnsiTheme": "hAnsi", "eastAsiaTheme": "eastAsia", "cstheme": "cs"}
_COLOURS: Final = ("themeColor", "themeTint", "themeShade", "themeFill", "themeFillTint", "themeFillShade")


def leave_theme(roots: Iterable[etree._Element], fonts: Mapping[str, str], colours: Mapping[str, str]) -> None:
    """Say fonts and colours themselves where trees take them from the theme of a template whose theme the bundle has not."""
    for root in roots:
        for element in root.iter("*"):
            for themed, plain in _SLOTS.items() if element.tag == w("rFonts") else ():
                face = fonts.get(taken(element, w(themed)), "")
                if face:
                    element.set(w(plain), face)
            for name in _COLOURS:
                taken(element, w(name))
        _colour(root, colours)


def _colour(root: etree._Element, colours: Mapping[str, str]) -> None:
    """Say the colours of drawings themselves."""
    for element in root.iter(f"{{{A}}}schemeClr"):
        colour = colours.get(element.get("val", ""))
        if colour:
            element.tag = f"{{{A}}}srgbClr"
            element.set("val", colour)


_MAPPED: Final = {"tx1": "dk1", "tx2": "dk2", "bg1": "lt1", "bg2": "lt2"}


def theme_colours(theme: etree._Element | None) -> dict[str, str]:
    """Return the colours of a theme as RRGGBB, by the names that drawings use."""
    scheme = theme.find(f".//{{{A}}}clrScheme") if theme is not None else None
    found: dict[str, str] = {}
    for colour in scheme if scheme is not None else ():
        value = next(iter(colour), None)
        if value is not None:
            found[local(colour)] = str(value.get("lastClr") or value.get("val", ""))
    return found | {name: found[base] for name, base in _MAPPED.items() if base in found}
