"""Drawings and sliders of the chapters; each module imports its libraries when it is imported itself."""
