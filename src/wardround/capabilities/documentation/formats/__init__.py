"""The formats of transcripts: each module reads the text of one into turns."""

from wardround.capabilities.documentation.formats import cues, plain, textgrid, turns

__all__ = ["cues", "plain", "textgrid", "turns"]
