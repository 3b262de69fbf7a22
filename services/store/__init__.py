"""Rows in, cells out: the only package that knows how workbooks are kept."""
