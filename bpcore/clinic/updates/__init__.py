"""An optimiser's step, held against the book's rule: what it does, and which formula it computes instead."""
