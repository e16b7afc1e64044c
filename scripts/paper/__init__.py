"""Makes one PDF of the book: the built site's pages joined into one, printed by Chromium, with its page numbers."""
