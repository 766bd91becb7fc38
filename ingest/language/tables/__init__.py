"""Dated tables (表): places and those above them, festivals and working days."""
