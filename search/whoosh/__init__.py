"""The engine on whoosh (内置索引), the default. Start at home.py."""
