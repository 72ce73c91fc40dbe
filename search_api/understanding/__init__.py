"""What a question states about what it seeks, by the authority file and the headings of the texts."""
