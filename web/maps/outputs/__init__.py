"""A map as a file (导出): drawn as SVG, as a table for spreadsheets, and what such files are called. Pure."""
