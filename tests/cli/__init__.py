"""Every command, its output and its exit codes."""
