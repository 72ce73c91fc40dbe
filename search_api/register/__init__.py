"""The register: the commitments of all texts, filtered, counted, paged and laid out as rows."""
