"""The programs of the five articles that the book audits, one module an article, in our own code."""
