"""The lines of one's own program: which change of one of them makes a wrong gradient right."""
