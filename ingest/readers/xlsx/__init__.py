""".xlsx (ECMA-376, SpreadsheetML). Start at read.py."""
