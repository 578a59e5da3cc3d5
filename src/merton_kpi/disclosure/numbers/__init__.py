"""The numbers in a text, and what the words around each say that it stands for."""
