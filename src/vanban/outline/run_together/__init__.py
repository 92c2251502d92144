"""Tables whose text layer has run the cells into one another, read back into rows and columns.

A scanned table whose layer was read line by line across the columns has no cells any more: ``| UBND Tài chính ngành, địa
phát triển kinh tế`` holds a slice of four of them. Rows are taken apart by their numbers, columns by what they say.
"""

from vanban.outline.run_together.read import woven_tables
from vanban.outline.run_together.table import WovenCell, WovenRow, WovenTable

__all__ = ["WovenCell", "WovenRow", "WovenTable", "woven_tables"]
