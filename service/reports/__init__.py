"""What was sold: built as a job, since it reads every order of the time asked about."""
