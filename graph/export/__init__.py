"""The library for other programs and other libraries (导出)."""
