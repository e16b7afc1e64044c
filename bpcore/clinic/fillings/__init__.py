"""What can stand in each place of the backward pass: the right formula, and its neighbours, made by rule."""
