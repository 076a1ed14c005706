"""Join the settings of the templates of a bundle: those of the first serve, but for what binding itself needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Final

from lxml import etree

from goalgen.word.binding.markup import in_order, made, put, w

_ORDER: Final = in_order(
    "writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries displayBackgroundShape "
    "printPostScriptOverText printFractionalCharacterWidth printFormsData embedTrueTypeFonts embedSystemFonts saveSubsetFonts "
    "saveFormsData mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader bordersDoNotSurroundFooter gutterAtTop "
    "hideSpellingErrors hideGrammaticalErrors activeWritingStyle proofState formsDesign attachedTemplate linkStyles "
    "stylePaneFormatFilter stylePaneSortMethod documentType mailMerge revisionView trackRevisions doNotTrackMoves "
    "doNotTrackFormatting documentProtection autoFormatOverride styleLockTheme styleLockQFSet defaultTabStop autoHyphenation "
    "consecutiveHyphenLimit hyphenationZone doNotHyphenateCaps showEnvelope summaryLength clickAndTypeStyle defaultTableStyle "
    "evenAndOddHeaders bookFoldRevPrinting bookFoldPrinting bookFoldPrintingSheets drawingGridHorizontalSpacing "
    "drawingGridVerticalSpacing displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery "
    "doNotUseMarginsForDrawingGridOrigin drawingGridHorizontalOrigin drawingGridVerticalOrigin doNotShadeFormData "
    "noPunctuationKerning characterSpacingControl printTwoOnOne strictFirstAndLastChars noLineBreaksAfter noLineBreaksBefore "
    "savePreviewPicture doNotValidateAgainstSchema saveInvalidXml ignoreMixedContent alwaysShowPlaceholderText "
    "doNotDemarcateInvalidXml saveXmlDataOnly useXSLTWhenSaving saveThroughXslt showXMLTags alwaysMergeEmptyNamespace "
    "updateFields hdrShapeDefaults footnotePr endnotePr compat docVars rsids mathPr attachedSchema themeFontLang "
    "clrSchemeMapping doNotIncludeSubdocsInStats doNotAutoCompressPictures forceUpgrade captions readModeInkLockDown "
    "smartTagType schemaLibrary shapeDefaults doNotEmbedSmartTags decimalSymbol listSeparator"
)
_WHOLE: Final = {
    "mirrorMargins": "对称页边距",
    "gutterAtTop": "装订线在顶端",
    "displayBackgroundShape": "页面背景",
    "documentProtection": "限制编辑",
    "trackRevisions": "修订",
    "defaultTabStop": "默认制表位",
    "autoHyphenation": "自动断字",
    "characterSpacingControl": "标点压缩",
    "noLineBreaksAfter": "行尾不许的字符",
    "noLineBreaksBefore": "行首不许的字符",
    "strictFirstAndLastChars": "首尾字符",
    "compat": "兼容性设置",
}
"""What a document has one of, and forms of several templates may want differently."""


def joined_settings(base: etree._Element | None, even: bool, endnotes: bool) -> etree._Element | None:
    """Return the settings of a bundle; None where those of the first template serve as they are.

    `even` says that some form tells odd and even pages apart, `endnotes` that some form has endnotes, which then stand at
    the end of each form.
    """
    root = deepcopy(base) if base is not None else made("settings")
    told_apart = root.find(w("evenAndOddHeaders"))
    if even == (told_apart is not None and told_apart.get(w("val"), "1") not in ("0", "false", "off")) and not endnotes:
        return None
    if even:
        put(root, made("evenAndOddHeaders"), _ORDER)
    if endnotes:
        own = root.find(w("endnotePr"))
        own = put(root, made("endnotePr"), _ORDER) if own is None else own
        for place in own.findall(w("pos")):
            own.remove(place)
        own.insert(0, made("pos", val="sectEnd"))
    return root


def told_settings(templates: Sequence[tuple[str, etree._Element | None]]) -> Iterator[str]:
    """Say in Chinese what further templates want otherwise than the first, whose settings serve for all; by file name."""
    (first, base), *rest = templates
    for label, settings in rest:
        other = [word for name, word in _WHOLE.items() if _text(settings, name) != _text(base, name)]
        if other:
            yield f"{label} 的{'、'.join(other)}和 {first} 的不同；一个 Word 文件只能有一种，合订本按 {first}"


def _text(settings: etree._Element | None, name: str) -> bytes:
    found = settings.find(w(name)) if settings is not None else None
    return etree.tostring(found, method="c14n", exclusive=True, with_tail=False) if found is not None else b""
