"""Paper: PDFs that Typst sets from a template of the theme and the data of a view. No text is ever Typst source."""
