"""Cells to values: the only package that knows what people really type."""
