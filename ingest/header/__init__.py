"""The header of an official document (公文眉首). Start at read.py."""
