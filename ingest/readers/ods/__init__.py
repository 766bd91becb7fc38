""".ods (ISO/IEC 26300, OpenDocument spreadsheet). Start at read.py."""
