"""How far each centre is."""
