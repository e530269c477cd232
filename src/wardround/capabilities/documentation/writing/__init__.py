"""How a note is written: from the words of a visit to sentences with evidence."""
