"""The store on Neo4j (共用的图数据库). Start at store.py."""
