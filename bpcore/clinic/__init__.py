"""What is known about wrong gradients: the table of defects, and the doctor that recognises them."""
