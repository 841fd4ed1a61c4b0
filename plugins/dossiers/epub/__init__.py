"""A dossier as a book for readers: EPUB 3.2, with what older readers need beside it."""
