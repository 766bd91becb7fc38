"""Responsibility in running text (句子里的责任): sentences that charge units, and duties listed by unit."""
