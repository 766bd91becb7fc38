""".docx (ECMA-376, WordprocessingML). Start at read.py."""
