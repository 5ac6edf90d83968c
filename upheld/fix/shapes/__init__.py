"""From bodies that were seen to what documents them: a model of the project's, or a small one of our own."""
