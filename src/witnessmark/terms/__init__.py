"""The nouns of the house: frozen values without input or output, shared by every room."""
