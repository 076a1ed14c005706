"""Read YAML text into nodes that know their place, judge it by shapes, edit it so that the rest stays as it was."""

from goalgen.source.nodes import Mapping, Node, Scalar, Sequence
from goalgen.source.reading import Document, decode, encode, parse, read

__all__ = ["Document", "Mapping", "Node", "Scalar", "Sequence", "decode", "encode", "parse", "read"]
