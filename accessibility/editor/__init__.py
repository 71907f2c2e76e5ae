"""What helps an editor who is writing: our rules in Wagtail's checker, and the transcript."""
