"""Answers made from plain rows, once for every store (回答)."""
