"""How this copy is set up."""
