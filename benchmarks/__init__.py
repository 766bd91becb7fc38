"""Measuring (测): `python -m benchmarks`. Start at __main__.py."""
