"""The engine on Neo4j's full-text index. Start at home.py."""
