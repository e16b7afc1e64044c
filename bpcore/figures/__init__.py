"""Drawings and sliders of the chapters; each function imports Matplotlib or anywidget when it is called."""
