"""From an article to an annotated document: cleaned view, spaCy annotation, dates, quantities, names."""
