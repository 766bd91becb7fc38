"""From words to a query and back (提问): lexer, grammar, what words find, and the answer. Start at reply.py."""
