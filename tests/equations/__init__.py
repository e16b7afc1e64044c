"""The executable form of every labelled equation of the book, a file a page."""
