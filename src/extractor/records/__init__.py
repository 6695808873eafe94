"""From a document to records: one room per record type."""
