"""Questions in words (问答). Start at answer.py."""
