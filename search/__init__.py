"""Finding it again (检索): words, filters and questions. Start at catalog.py."""
