"""The room of one record type: its rules and how its records are built."""
