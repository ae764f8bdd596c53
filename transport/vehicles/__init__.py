"""What moves: the transport as a whole, its component, its units, and the form's notation."""
