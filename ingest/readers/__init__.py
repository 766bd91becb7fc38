"""From a file to its reading text (读取), one folder or file a format. Start at read.py."""
