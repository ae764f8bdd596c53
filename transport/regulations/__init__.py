"""What the law says, by date: dated values with citations, one typed view per subject."""
