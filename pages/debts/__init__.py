"""Debts, their classes, and what came of them."""
