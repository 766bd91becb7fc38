"""A file as bytes (文件): within limits, of which kind, out of its container, converted where only an office program
reads it."""
