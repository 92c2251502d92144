"""Lines → numbered tree; tables → rows."""

from vanban.outline.blocks import Appendix, Block, BlockKind, Outline
from vanban.outline.tree import outline

__all__ = ["Appendix", "Block", "BlockKind", "Outline", "outline"]
